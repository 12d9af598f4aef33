"""A page that a clerk understands: findings in words, the official tables with the findings on the cells."""

from __future__ import annotations

import jinja2

from gongkai.rules.checking import Assessment
from gongkai.rules.data import Source
from gongkai.rules.output import phrases
from gongkai.rules.output.summary import summary
from gongkai.rules.output.tables import views


def dumps(assessment: Assessment, source: Source) -> str:
    """The page, whole in itself: no script, nothing loaded from elsewhere.

    Tables are shown of editions with findings; `source` holds what was checked.
    """
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
            views(source, edition.iri, part.findings)
            if part.findings or len(assessment.editions) == 1
            else (),
        )
        for edition, part in assessment.parts()
    ]
    return environment.get_template("page.html").render(
        parts=parts, apart=assessment.apart(), summary=summary(assessment), phrases=phrases
    )
