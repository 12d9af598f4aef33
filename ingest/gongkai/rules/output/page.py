"""A page that a clerk understands: findings in words, the official tables with the findings on the cells."""

from __future__ import annotations

from collections.abc import Callable

import jinja2

from gongkai.rules.catalogue import Words
from gongkai.rules.checking import Assessment
from gongkai.rules.data import Source
from gongkai.rules.output import phrases
from gongkai.rules.output.summary import summary
from gongkai.rules.output.tables import views
from gongkai.turtle import OWN


def dumps(assessment: Assessment, source: Source) -> str:
    """The page in both languages, whole in itself: no script, nothing loaded from elsewhere.

    Tables are shown of editions with findings; `source` holds what was checked.
    """
    return _rendered("page.html", assessment, source, language="", say=phrases.both, link=str)


def part(assessment: Assessment, source: Source, language: str) -> str:
    """What such a page shows, in "zh" or "en", as a part of a page of the service, whose own addresses it links to."""

    def local(iri: str) -> str:
        return "/" + iri.removeprefix(OWN) if iri.startswith(OWN) else iri

    def say(words: Words) -> str:
        return str(getattr(words, language))

    return _rendered("findings.html", assessment, source, language=language, say=say, link=local)


def _rendered(
    template: str,
    assessment: Assessment,
    source: Source,
    *,
    language: str,
    say: phrases.Say,
    link: Callable[[str], str],
) -> str:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("gongkai.rules.output"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    parts = [
        (
            edition,
            part,
            views(source, edition.iri, part.findings, language or "zh")
            if part.findings or len(assessment.editions) == 1
            else (),
        )
        for edition, part in assessment.parts()
    ]
    return environment.get_template(template).render(
        parts=parts,
        apart=assessment.apart(),
        summary=summary(assessment),
        phrases=phrases,
        language=language,
        say=say,
        link=link,
    )
