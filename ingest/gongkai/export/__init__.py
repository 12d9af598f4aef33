"""Dumps of a store: dated, reproducible, with checksums, and with what changed since an earlier one.

A dump is a folder:

    data.nq.gz            every graph as it was ingested, in order: N-Quads; ingesting it gives the same store
    written.nq.gz         what users wrote by SPARQL, if anything
    data.ttl.gz           the same triples as Turtle
    data.jsonld.gz        the same graphs as JSON-LD 1.1, with its context
    cube.nt.gz            the figures as a normalised RDF Data Cube, one observation a cell; cube-structure.ttl
    *.csv, *.parquet      reports, the three tables, notes on their cells (why they are blank, what else they print),
                          and the facts of the text; *.csv-metadata.json is CSV on the Web. In Parquet counts are
                          whole numbers of 64 bits, other numbers have 38 digits, 9 behind the point: what does not
                          fit is in the notes
    added.nq.gz, removed.nq.gz   against an earlier dump
    dataset.json          what it is a dump of: quads are those of data.nq.gz, triples those of the default graph, each once
    SHA256SUMS
"""

from gongkai.export.dump import Dump, dump
from gongkai.export.restore import based, restore

__all__ = ["Dump", "based", "dump", "restore"]
