"""Rule packs: rules added, and rules silenced, without touching the core. A pack with any error is refused as a whole.

A pack is a Turtle file, or a folder of them. It holds one gk:RulePack, any number of gk:Rule with their shapes, and the law
that these cite, where the core does not have it. gk:silences names rules of the core that are not to be checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from gongkai import turtle
from gongkai.errors import OntologyError
from gongkai.rules import engine
from gongkai.rules.catalogue import Role, Rule, rules
from gongkai.rules.checking import RuleSet, core, memory
from gongkai.rules.shapes import RDF, SH, Shapes, load
from gongkai.turtle import GK, Graph


def with_packs(paths: Sequence[Path]) -> RuleSet:
    """The core rules with packs laid over them, in their order.

    Raises:
        OntologyError: a pack is not sound; the message names the pack and what is wrong. None of it is applied.
    """
    ruleset = core()
    for path in paths:
        try:
            ruleset = _laid_over(ruleset, _files(path))
        except OntologyError as error:
            msg = f"rule pack {path}: {error}; the pack is refused as a whole"
            raise OntologyError(msg) from error
    return ruleset


def _files(path: Path) -> tuple[Path, ...]:
    files = tuple(sorted(path.rglob("*.ttl"))) if path.is_dir() else (path,)
    if not files:
        msg = "the folder holds no .ttl file"
        raise OntologyError(msg)
    return files


def _laid_over(ruleset: RuleSet, files: tuple[Path, ...]) -> RuleSet:
    graph = Graph.load(*files)
    packs = list(graph.subjects(GK + "RulePack"))
    if len(packs) != 1:
        msg = f"it describes {len(packs)} gk:RulePack, expected one"
        raise OntologyError(msg)
    law = Graph.load(*turtle.files("law"), *files)
    added = rules(graph, law)
    silenced = frozenset(graph.values(packs[0], GK + "silences"))
    known = {rule.iri for rule in ruleset.rules}
    _refuse("silences rules that are not there", silenced - known)
    _refuse("defines rules anew that are there", {rule.iri for rule in added} & known)
    _refuse("gives keys to rules that others have", {r.key for r in added} & {r.key for r in ruleset.rules})
    shapes = Shapes((*ruleset.shapes.triples, *load(*files).triples))
    _refuse("names shapes that are not there", set(_missing(added, shapes)))
    _run_dry(shapes)
    kept = tuple(rule for rule in ruleset.rules if rule.iri not in silenced)
    return RuleSet((*kept, *added), shapes)


def _missing(added: Sequence[Rule], shapes: Shapes) -> Iterator[str]:
    for rule in added:
        for role in Role:
            for shape in rule.shapes(role):
                kinds = shapes.objects(ox.NamedNode(shape), RDF + "type")
                if not any(k.value in (SH + "NodeShape", SH + "PropertyShape") for k in kinds):
                    yield shape


def _refuse(what: str, names: set[str] | frozenset[str]) -> None:
    if names:
        msg = f"it {what}: {', '.join(sorted(names))}"
        raise OntologyError(msg)


def _run_dry(shapes: Shapes) -> None:
    """Compiles every shape and runs each query on nothing, so that an error is found before the first report is checked."""
    data = memory(())
    for query in engine.compile_for(shapes, data):
        try:
            data.query(query.text())
        except SyntaxError as error:
            msg = f"<{query.shape}>: its query is no SPARQL ({error})"
            raise OntologyError(msg) from error
