"""The reference of all rules as Markdown: one anchor a rule, in Python and in the shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from onrecord.model import Literal
from onrecord.store.reading import Quad
from onrecord.vocab import SH, SHAPE


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule for the page."""

    id: str
    severity: str
    title: str
    explanation: str


_FAMILIES: Mapping[str, str] = {
    "file": "Files",
    "citation": "Citations",
    "quotation": "Quotations",
    "proof": "Proofs",
    "wording": "Wording",
    "across": "Across claims",
    "terms": "Terms",
    "shapes": "Shapes files",
    "structure": "Structure",
    "filing": "Filing",
    "review": "Reviews",
    "waiver": "Waivers",
    "base": "The base",
}


def rules_page(rules: Iterable[RuleEntry], shapes: Iterable[RuleEntry]) -> str:
    """The page: rules decided in Python by family, then the shapes by the class they are for."""
    lines = [
        "# Rules",
        "",
        "Every finding of `onrecord check` carries the id of one of these rules. Generated: edit the rules, "
        "not this page.",
        "",
        "A claim may waive a rule whose id begins with `wording-` or `across-`, with a reason, an author and "
        "a date; each waiver is printed. `[rules]` in onrecord.toml sets other levels for a whole base; what "
        "the base's trust rests on (all but wording and across rules) can only be raised.",
    ]
    known = list(_FAMILIES)
    ordered = sorted(rules, key=lambda r: (known.index(_family(r)), r.id))
    for family, entries in groupby(ordered, key=_family):
        lines += ["", f"## {_FAMILIES[family]}", *_entries(entries)]
    lines += ["", "## Shapes", "", "From the files in `shapes/`; the message says what to do."]
    lines += _entries(sorted(shapes, key=lambda r: r.id))
    return "\n".join(lines) + "\n"


def _family(rule: RuleEntry) -> str:
    return rule.id.partition("-")[0]


def _entries(entries: Iterable[RuleEntry]) -> list[str]:
    lines: list[str] = []
    for rule in entries:
        lines += ["", f"### {rule.id}", "", f"*{rule.severity}* · {rule.title}", "", rule.explanation]
    return lines


def shape_entries(quads: Iterable[Quad]) -> list[RuleEntry]:
    """The shapes of shapes files as rules: name, severity and message."""
    described: dict[str, dict[str, str]] = {}
    for q in quads:
        if q.subject.startswith(SHAPE):
            value = q.object.value if isinstance(q.object, Literal) else q.object
            described.setdefault(q.subject, {})[q.predicate] = value
    return [
        RuleEntry(
            iri.removeprefix(SHAPE),
            about.get(SH + "severity", SH + "Violation").removeprefix(SH).lower(),
            about.get(SH + "name", ""),
            about[SH + "message"],
        )
        for iri, about in described.items()
        if SH + "message" in about
    ]
