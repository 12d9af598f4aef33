"""gongkai (公开): from annual reports on government information disclosure to a knowledge graph."""
