"""Finding the three tables of the form in a document, whatever their layout, and filling the form from them.

pieces: the document as cells in reading order · labels: the form's labels found in them · scan: which numbers stand under
which labels · alignment: which row each run of numbers is · placement: which column each number is.
"""
