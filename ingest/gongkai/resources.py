"""Where the RDF lies: the folders of a checkout, or their copies in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from gongkai.errors import OntologyError


def folder(name: str) -> Path:
    """The folder `ontology`, `shapes`, `queries` or `examples`.

    Raises:
        OntologyError: neither a checkout nor the wheel's copy holds it.
    """
    here = Path(__file__).resolve().parent
    for candidate in (here / "data" / name, here.parents[1] / name):
        if candidate.is_dir():
            return candidate
    msg = f"the folder {name}/ is neither in {here / 'data'} nor beside it: reinstall gongkai"
    raise OntologyError(msg)
