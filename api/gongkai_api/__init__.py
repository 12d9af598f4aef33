"""The service of gongkai: SPARQL and linked data over a published generation of the store."""
