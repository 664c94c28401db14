"""A claim's sheet as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.answers.flags import claim_named, flags_of, separated
from onrecord.answers.phrasing import (
    OUTCOME_KINDS,
    Paint,
    marks_of,
    name_of,
    one_line,
    outcome_words,
    painted,
    plain,
    source_line,
    standing_label,
    time_of,
    wrapped,
)
from onrecord.answers.reviews import review_line
from onrecord.answers.sheet import Cited, Node, Sheet, is_own
from onrecord.model import Claim, Reference, Triple
from onrecord.store.records import StoreBase
from onrecord.vocab import compact, slug


def sheet_text(sheet: Sheet, base: StoreBase, paint: Paint = plain) -> str:
    """The sheet: what speaks against the claim first, then the claim, then what it rests on."""
    claim = sheet.claim
    lines = [paint(compact(claim.iri), "place")]
    lines += _warnings(sheet, paint)
    lines += ["", wrapped(claim.statement, "  "), ""]
    lines += _facts(claim, base)
    lines += _asserted(sheet, base, paint)
    lines += _citations(sheet, base, paint)
    lines += _about(sheet, base, paint)
    return "\n".join(lines) + "\n"


def _warnings(sheet: Sheet, paint: Paint) -> Iterator[str]:
    for flag in flags_of(sheet.claim, sheet.related):
        yield painted(wrapped(flag.text, "  ", ""), flag.word, flag.kind, paint)


def _facts(claim: Claim, base: StoreBase) -> Iterator[str]:
    yield _field("standing", standing_label(claim))
    yield _field("time", time_of(claim))
    yield _field("topics", ", ".join(name_of(base, t) for t in claim.topics) or "none")
    if claim.created:
        yield _field("added", claim.created)
    if claim.place is not None:
        yield _field("file", str(claim.place))


def _field(name: str, value: str) -> str:
    return wrapped(value, " " * 14, f"  {name:<12}")


# what it asserts --------------------------------------------------------------------------------------


def _asserted(sheet: Sheet, base: StoreBase, paint: Paint) -> Iterator[str]:
    yield ""
    yield paint("Asserts", "head")
    for node in sheet.nodes:
        if is_own(node, sheet.claim):
            yield f"  {name_of(base, node.kind) if node.kind else 'node'} {paint(compact(node.iri), 'faint')}"
            yield from _properties(node, base)
        else:
            for triple in node.triples:
                yield wrapped(f"{name_of(base, node.iri)} \u2013 {_pair(triple, base)}", "    ", "  ")


def _properties(node: Node, base: StoreBase) -> Iterator[str]:
    values: dict[str, list[str]] = {}
    for triple in node.triples:
        values.setdefault(triple.predicate, []).append(name_of(base, triple.object))
    for predicate, named in sorted(values.items(), key=lambda p: _rank(p[0])):
        yield wrapped("; ".join(sorted(named)), " " * 22, f"    {name_of(base, predicate):<17} ")


def _rank(predicate: str) -> tuple[int, str]:
    order = (
        "from",
        "by",
        "of",
        "channelOf",
        "activity",
        "to",
        "toOneOf",
        "over",
        "about",
        "measure",
        "value",
    )
    local = predicate.replace("#", "/").rsplit("/", 1)[-1]
    return (order.index(local) if local in order else len(order), local)


def _pair(triple: Triple, base: StoreBase) -> str:
    return f"{name_of(base, triple.predicate)} \u2013 {name_of(base, triple.object)}"


# what it rests on -------------------------------------------------------------------------------------


def _citations(sheet: Sheet, base: StoreBase, paint: Paint) -> Iterator[str]:
    yield ""
    yield paint("Citations", "head")
    if not sheet.cited:
        yield "  none"
    shown: set[str] = set()
    for number, cited in enumerate(sheet.cited, 1):
        yield from _citation(number, cited, base, paint, shown)


def _citation(number: int, cited: Cited, base: StoreBase, paint: Paint, shown: set[str]) -> Iterator[str]:
    citation, indent = cited.citation, " " * 6
    prefix, suffix = one_line(citation.prefix), one_line(citation.suffix)
    quoted = f"{prefix} \u201c{one_line(citation.exact)}\u201d {suffix}".strip()
    block = painted(wrapped(quoted, indent, f"  {number:<4}"), prefix, "faint", paint)
    yield painted(block, suffix, "faint", paint, last=True)
    said = [citation.stance.value, citation.standing.label]
    if citation.said_by:
        said.append("said by " + ", ".join(name_of(base, who) for who in citation.said_by))
    if citation.locator:
        said.append(one_line(citation.locator))
    yield wrapped(" \u00b7 ".join(said), indent)
    if cited.source is None:
        yield f"{indent}{compact(citation.source)}: {paint('not in the base', 'violation')}"
    else:
        yield wrapped(f"{source_line(cited.source)} {compact(citation.source)}", indent)
    for reference in cited.references:
        yield from _reference(reference, base, indent, shown)
    if cited.link:
        yield f"{indent}{cited.link}"
    if cited.result is not None:
        word = cited.result.outcome.value
        yield painted(
            wrapped(outcome_words(cited.result), indent), word, OUTCOME_KINDS.get(word, "violation"), paint
        )
    if cited.review is not None:
        yield wrapped(review_line(cited.review, void=cited.void), indent)


def _reference(reference: Reference, base: StoreBase, indent: str, shown: set[str]) -> Iterator[str]:
    """An `[n]` marker with where it may point; the reasons only the first time."""
    first = reference.iri not in shown
    shown.add(reference.iri)
    marker = reference.marker or slug(reference.iri)
    if not reference.candidates:
        reason = f": {reference.unresolved}" if reference.unresolved else ""
        yield wrapped(f"{marker} unresolved{reason}", indent + "  ", indent)
    for i, candidate in enumerate(reference.candidates):
        source = base.source(candidate.source)
        title = f"\u201c{one_line(source.title)}\u201d " if source is not None else ""
        word = "probably" if i == 0 else "or"
        reason = f": {candidate.reason}" if first and candidate.reason else ""
        named = f"{marker} {word} {title}({compact(candidate.source)}), {candidate.confidence} confidence"
        yield wrapped(named + reason, indent + "  ", indent)


# what is said about it --------------------------------------------------------------------------------


def _about(sheet: Sheet, base: StoreBase, paint: Paint) -> Iterator[str]:
    yield from _section("Assessments", list(_assessments(sheet)), paint)
    yield from _section("Conflicts", list(_conflicts(sheet, paint)), paint)
    basis = [
        wrapped(f"{a.verdict.value}: {compact(c.iri)}: {c.statement}", "    ", "  ")
        for c, a in sheet.basis_of
    ]
    yield from _section("Others are assessed by it", basis, paint)
    yield from _section("Replaces", [_short(c) for c in sheet.replaces], paint)
    yield from _section("Gaps about the same", [_short(c) for c in sheet.gaps], paint)
    waivers = [
        wrapped(f"{w.rule}: {w.reason} ({w.author}, {w.waived_on or 'no date'})", "    ", "  ")
        for w in sheet.claim.waivers
    ]
    yield from _section("Waivers", waivers, paint)


def _section(title: str, lines: list[str], paint: Paint) -> Iterator[str]:
    if lines:
        yield ""
        yield paint(title, "head")
        yield from lines


def _assessments(sheet: Sheet) -> Iterator[str]:
    for assessment in sheet.claim.assessments:
        on = assessment.assessed_on or "no date"
        yield wrapped(f"{assessment.verdict.value} ({on}): {assessment.reason}", "    ", "  ")
        for iri in assessment.basis:
            yield wrapped(f"basis: {claim_named(sheet.related, iri)}", "      ", "    ")


def _conflicts(sheet: Sheet, paint: Paint) -> Iterator[str]:
    for conflict in sheet.conflicts:
        head = f"{compact(conflict.iri)}, separated by {separated(conflict)}"
        yield f"  {paint(head, 'place')}"
        yield wrapped(conflict.explanation, "    ")
        for iri in conflict.between:
            if iri != sheet.claim.iri:
                yield wrapped(f"against {claim_named(sheet.related, iri)}", "      ", "    ")


def _short(claim: Claim) -> str:
    marks = ", ".join(m for m in marks_of(claim) if m != "gap")
    return wrapped(f"{compact(claim.iri)}{f' [{marks}]' if marks else ''}: {claim.statement}", "    ", "  ")
