from __future__ import annotations

from urllib.parse import parse_qsl, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_api.messages import HEADERS, Headers, Malformed, decode


@given(st.lists(st.tuples(st.text(min_size=1), st.text())))
def test_parameters_come_as_they_were_sent(pairs: list[tuple[str, str]]) -> None:
    form = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)
    assert decode(form.encode()) == tuple(pairs)


@given(
    st.lists(
        st.sampled_from(
            ["%", "%4", "%41", "%e6%9f%b3", "=", "==", "+", "_", "a", "\r\n", "\n", "\t", ".", " "]
        )
    )
)
def test_whatever_is_sent_is_read_as_others_read_it(pieces: list[str]) -> None:
    form = "x=" + "".join(pieces)
    assert decode(form.encode()) == tuple(parse_qsl(form, keep_blank_values=True))


@pytest.mark.parametrize("form", [b"a=%FF", b"a=%e6%9f", "a=柳".encode(), b"a=1&" * 1001])
def test_what_is_no_utf8_or_too_much_is_malformed(form: bytes) -> None:
    with pytest.raises(Malformed):
        decode(form)


@pytest.mark.parametrize("pairs", [[(b"accept", b"x" * HEADERS)], [(b"x", b"x" * 100)] * 200])
def test_more_headers_than_are_read_are_not_kept(pairs: list[tuple[bytes, bytes]]) -> None:
    headers = Headers([(b"host", b"h"), *pairs])
    assert (headers.too_large, headers.host, headers.wishes) == (True, "localhost", ("", "", ""))
    assert Headers([(b"host", b"h")]).host == "h"
