"""Pages: the frame that all share, in Chinese or English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import jinja2

from gongkai.sayings import chinese
from gongkai_api.messages import Malformed, Pairs, Request
from gongkai_api.negotiation import language

PAGE_HEADERS: Pairs = (
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self' 'unsafe-inline'; form-action 'self'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
)
"""What every page is sent with: it runs no script, and loads nothing but its style."""
_FOLDER = Path(__file__).parent / "pages"


@dataclass(frozen=True, slots=True)
class View:
    """What a page is made for: the reader's language, the parameters of the address, the generation shown."""

    language: str
    parameters: Pairs = ()
    generation: str = ""
    path: str = ""

    @classmethod
    def of(cls, request: Request, generation: str = "") -> View:
        """The view of a request: the language asked for by `?lang=`, or the one that the reader likes best."""
        try:
            parameters = request.parameters()
        except Malformed:
            parameters = ()
        asked = dict(parameters).get("lang", "")
        tongue = asked if asked in ("zh", "en") else language(request.header("accept-language"))
        return cls(tongue, parameters, generation, request.path)

    def say(self, zh: str, en: str) -> str:
        """The one of two texts that is in the language of the page."""
        return en if self.language == "en" else zh

    def told(self, words: str) -> tuple[str, str]:
        """An error or a warning in the language of the page, where it is known in it; and the language it is in."""
        translated = chinese(words) if self.language == "zh" else None
        return (translated, "zh") if translated else (words, "en")

    def to(self, address: str) -> str:
        """What the page links to: where its language was asked for by `?lang=`, so is that of a page of ours."""
        if not (self._asked and address.startswith("/")):
            return address
        path, hash_, fragment = address.partition("#")
        return f"{path}{'&' if '?' in path else '?'}lang={self.language}{hash_}{fragment}"

    @property
    def _asked(self) -> bool:
        return any(name == "lang" for name, _ in self.parameters)

    def address(self, **changes: str | int) -> str:
        """The address of this page with other parameters; one that is "" is left out."""
        kept = [(name, value) for name, value in self.parameters if name not in changes]
        added = [(name, str(value)) for name, value in changes.items() if value != ""]
        return "?" + urlencode([*kept, *added])


@cache
def environment() -> jinja2.Environment:
    """The templates; everything is escaped."""
    loader = jinja2.FileSystemLoader(_FOLDER)
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def style_sheet() -> bytes:
    """The style sheet."""
    return (_FOLDER / "style.css").read_bytes()


def rendered(template: str, view: View, **values: object) -> bytes:
    """A page."""
    return environment().get_template(template).render(view=view, say=view.say, **values).encode()
