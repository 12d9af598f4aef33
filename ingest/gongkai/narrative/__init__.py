"""The narrative of a report: from sections in prose to facts with evidence."""
