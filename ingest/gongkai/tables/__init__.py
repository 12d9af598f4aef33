"""Finding the three tables of the form in a document, whatever their layout, and filling the form from them.

pieces: the document as cells in reading order · labels: the form's labels found in them · scan: which numbers stand under
which labels (runs) · alignment: which row each run is · heads, columns, placement: which column each number is · rows,
block, upright, breaking: the kinds of tables and how each is filled · ledger: what is put into the cells, and what is in
doubt.
"""
