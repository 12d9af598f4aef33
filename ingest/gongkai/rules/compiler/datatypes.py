"""Whether a literal is of a datatype and well formed in it (SHACL 4.1.2), as an expression."""

from __future__ import annotations

from gongkai.rules.compiler.terms import UnsupportedShapeError
from gongkai.rules.result import Term
from gongkai.turtle import XSD

_CAST = frozenset({"string", "boolean", "decimal", "integer", "double", "float", "dateTime", "date", "time"})
_RANGES = {  # of the types derived from xsd:integer (XML Schema 1.1, part 2, 3.4)
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_PATTERNS = {"gYear": "^-?([1-9][0-9]{3,}|0[0-9]{3})(Z|[+-][0-9]{2}:[0-9]{2})?$", "anyURI": "^[^ ]*$"}


def has_datatype(v: str, datatype: str, shape: Term) -> str:
    """The expression for a variable.

    Raises:
        UnsupportedShapeError: an XSD datatype whose lexical form the compiler does not know.
    """
    same = f"isLiteral({v}) && DATATYPE({v}) = <{datatype}>"
    if not datatype.startswith(XSD):
        return same
    name = datatype.removeprefix(XSD)
    if name in _CAST:
        return f"{same} && COALESCE(sameTerm(DATATYPE(<{datatype}>(STR({v}))), <{datatype}>), false)"
    if name in _RANGES:
        number = f"<{XSD}integer>(STR({v}))"
        low, high = _RANGES[name]
        tests = [f"{number} >= {low}"] * (low is not None) + [f"{number} <= {high}"] * (high is not None)
        return f"{same} && COALESCE({' && '.join(tests)}, false)"
    if name in _PATTERNS:
        return f'{same} && REGEX(STR({v}), "{_PATTERNS[name]}")'
    raise UnsupportedShapeError(shape, f"the lexical form of xsd:{name}")
