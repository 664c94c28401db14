"""Reading referrals from the graphs of claims, narrowed to what is wanted; what is left out, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from onrecord.answers.listing import broader, narrower
from onrecord.answers.phrasing import name_of, one_line
from onrecord.model import Claim, Literal, Standing, Term
from onrecord.store.records import StoreBase
from onrecord.store.scope import valid_on
from onrecord.vocab import CONCEPT, OV, RDF_TYPE

REPORT = CONCEPT + "activity/report"
RETIRED = ("retracted", "corrected", "superseded")
"""Why an edge may no longer be current."""
DISPUTES = ("contradicted", "unproven", "in conflict", "disputed by a source")
"""What may speak against an edge, the worst first."""
OBLIGATIONS = {"must": "must", "should": "should", "may": "may", "inPractice": "in practice"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a flow is narrowed to; every part that is set must fit.

    Attributes:
        matters: the referral is about one of these concepts, or a narrower one.
        parties: it goes from or to one of them.
        start: it leaves this party, or one that is reached from there within `steps`; "" for any.
        end: it reaches this party, or one from which that is reached within `steps`; "" for any.
        steps: how far it is followed from `start` and to `end`; 0 for as far as it goes.
        as_of: its claim is valid on that date; "" for any.
        include: any of "superseded", "contradicted", "alleged", "argued", which are left out otherwise.
        reports: also who reports to whom, and not referrals alone.
    """

    matters: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    start: str = ""
    end: str = ""
    steps: int = 1
    as_of: str = ""
    include: frozenset[str] = frozenset()
    reports: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """One way in which matters pass from one party to another, as one claim or several say it.

    Attributes:
        source, target: IRIs of parties.
        is_report: whether somebody reports to the target; otherwise a referral.
        instead: the other recipients, where the target is one of several of which one is enough.
        matters: concepts that it is about.
        obligation: "must", "should", "may", "in practice", or "" where none is stated.
        conditions, time_limits: in our words.
        legal_basis: sources of law.
        claims: the claims that say so.
        notes: their numbers.
        standing: that of each of them.
        times: when they hold, as far as recorded.
        said_by: names of those who say so, where it is only alleged or argued.
        disputes: what speaks against it; any of `RETIRED` and `DISPUTES`.
    """

    source: str
    target: str
    is_report: bool
    instead: tuple[str, ...]
    matters: tuple[str, ...]
    obligation: str
    conditions: tuple[str, ...]
    time_limits: tuple[str, ...]
    legal_basis: tuple[str, ...]
    claims: tuple[str, ...]
    notes: tuple[int, ...] = ()
    standing: Standing = Standing.ARGUMENT
    times: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether other claims or sources speak against it, it is unproven, or no longer current."""
        return bool(self.disputes)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A referral that is left out, and why."""

    edge: Edge
    reason: str


def read(base: StoreBase, wanted: Wanted) -> tuple[list[Edge], list[Skipped]]:
    """The referrals that are wanted and may be used, wherever they start and end; those left out."""
    matters = narrower(base, wanted.matters)
    kept: list[Edge] = []
    skipped: list[Skipped] = []
    for claim in _claims(base, wanted):
        for edge in _edges(claim, wanted):
            if wanted.parties and not wanted.parties & {edge.source, edge.target}:
                continue
            if wanted.matters and not matters & set(edge.matters):
                reason = _off_matter(base, wanted, edge)
                skipped += [Skipped(edge, reason)] if reason else []
            elif reason := _not_usable(claim, wanted):
                skipped.append(Skipped(edge, reason))
            else:
                kept.append(edge)
    return _merged(kept), skipped


def _claims(base: StoreBase, wanted: Wanted) -> Iterator[Claim]:
    """Every claim whose graph may hold what is wanted, by IRI."""
    marks = [(RDF_TYPE, OV + "Referral"), *([(OV + "activity", REPORT)] if wanted.reports else [])]
    quads = (q for predicate, obj in marks for q in base.match(None, predicate, obj, None))
    for iri in sorted({str(getattr(q.graph_name, "value", "")) for q in quads} - {""}):
        claim = base.claim(iri)
        if claim is not None:
            yield claim


def _edges(claim: Claim, wanted: Wanted) -> Iterator[Edge]:
    """A claim's referrals and reports, one for each pair of sender and recipient."""
    by_node: dict[str, dict[str, list[Term]]] = {}
    for triple in claim.assertions:
        by_node.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    for node in sorted(by_node):
        says = by_node[node]
        if OV + "Referral" in says.get(RDF_TYPE, ()):
            yield from _pairs(claim, says, "from")
        elif (
            wanted.reports and OV + "Function" in says.get(RDF_TYPE, ()) and REPORT in _iris(says, "activity")
        ):
            yield from _pairs(claim, says, "by")


def _pairs(claim: Claim, says: Mapping[str, Sequence[Term]], sender: str) -> Iterator[Edge]:
    choice = _iris(says, "toOneOf")
    for source in _iris(says, sender):
        for target in dict.fromkeys((*_iris(says, "to"), *choice)):
            yield Edge(
                source=source,
                target=target,
                is_report=sender == "by",
                instead=tuple(c for c in choice if c != target) if target in choice else (),
                matters=_iris(says, "matter"),
                obligation=_obligation(says),
                conditions=_texts(says, "condition"),
                time_limits=_texts(says, "timeLimit"),
                legal_basis=_iris(says, "legalBasis"),
                claims=(claim.iri,),
                standing=claim.standing or Standing.ARGUMENT,
                times=_times(claim),
            )


def _times(claim: Claim) -> tuple[str, ...]:
    """When a claim holds, in a word or two, where that is recorded."""
    if claim.valid_from and claim.valid_through:
        return (f"{claim.valid_from} to {claim.valid_through}",)
    if claim.valid_from or claim.valid_through:
        return (f"from {claim.valid_from}" if claim.valid_from else f"until {claim.valid_through}",)
    return (f"as of {claim.as_of}",) if claim.as_of else ()


def _iris(says: Mapping[str, Sequence[Term]], name: str) -> tuple[str, ...]:
    return tuple(sorted({t for t in says.get(OV + name, ()) if isinstance(t, str)}))


def _texts(says: Mapping[str, Sequence[Term]], name: str) -> tuple[str, ...]:
    return tuple(sorted({one_line(t.value) for t in says.get(OV + name, ()) if isinstance(t, Literal)}))


def _obligation(says: Mapping[str, Sequence[Term]]) -> str:
    """The force of a referral; the weakest where a graph states several."""
    stated = {iri.removeprefix(OV) for iri in _iris(says, "obligation")}
    return next((OBLIGATIONS[name] for name in reversed(OBLIGATIONS) if name in stated), "")


def _off_matter(base: StoreBase, wanted: Wanted, edge: Edge) -> str:
    """Why a referral on no wanted matter is worth a word: it may cover one; "" where it is on another."""
    if not edge.matters:
        return "names no matter"
    above = broader(base, wanted.matters)
    covering = [m for m in edge.matters if m in above]
    return f"speaks of a broader matter: {', '.join(name_of(base, m) for m in covering)}" if covering else ""


def _not_usable(claim: Claim, wanted: Wanted) -> str:
    """Why a claim is left out; "" where it may be used."""
    retired, standing = claim.retirement, claim.standing
    if retired is not None and "superseded" not in wanted.include:
        return f"{retired.kind.value}; shown with --include superseded"
    if claim.is_contradicted and "contradicted" not in wanted.include:
        return "contradicted; shown with --include contradicted"
    if standing is None:
        return "no citation supports it"
    word = {Standing.ALLEGATION: "alleged", Standing.ARGUMENT: "argued"}.get(standing, "")
    if word and word not in wanted.include:
        return f"only {word}; shown with --include {word}"
    return f"not valid on {wanted.as_of}" if wanted.as_of and not valid_on(claim, wanted.as_of) else ""


def _merged(found: Sequence[Edge]) -> list[Edge]:
    """Referrals that several claims state alike, as one."""
    alike = sorted(found, key=lambda e: (_key(e), e.claims))
    merged = []
    for _, group in groupby(alike, key=_key):
        same = list(group)
        claims = tuple(dict.fromkeys(c for edge in same for c in edge.claims))
        merged.append(replace(same[0], claims=claims))
    return merged


def _key(edge: Edge) -> tuple[object, ...]:
    ends = (edge.source, edge.target, edge.is_report, edge.instead, edge.matters)
    return (
        *ends,
        edge.obligation,
        edge.conditions,
        edge.time_limits,
        edge.legal_basis,
        edge.standing,
        edge.times,
    )
