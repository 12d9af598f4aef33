"""The national form of the report: sections, tables, rows, columns and identities, read from `ontology/form.ttl`.

Source: 国办公开办函〔2021〕30号 (the form in force) and 国办公开办函〔2019〕60号 (the one before it).
"""

from gongkai.form.model import Along, Column, Form, Heading, Identity, Label, Part, Row, Section, Table
from gongkai.form.reading import Line, article_words, form, forms, lines, measure_words

__all__ = [
    "Along",
    "Column",
    "Form",
    "Heading",
    "Identity",
    "Label",
    "Line",
    "Part",
    "Row",
    "Section",
    "Table",
    "article_words",
    "form",
    "forms",
    "lines",
    "measure_words",
]
