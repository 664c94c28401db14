"""What a summary is about: the claims of a topic, an entity, or a list, from a name as people write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from onrecord.answers.listing import narrower
from onrecord.answers.summary.summary import About
from onrecord.errors import Place, UnknownTerm, UnreadableFile
from onrecord.model import Claim
from onrecord.store.records import DEFAULT, StoreBase
from onrecord.vocab import CONCEPT, CONCEPT_KINDS, KB, KINDS, SKOS, compact, expand

_MOST_NEAR = 3
_KINDS = (*CONCEPT_KINDS[:2], *KINDS[3:], *CONCEPT_KINDS[2:])


def about_name(base: StoreBase, name: str, kb_iri: str = KB) -> About | None:
    """The claims about a topic, matter, office or other entity; None where the base knows none of that name.

    A name is a prefixed name (`office:opr`), an IRI, a slug, or a label or synonym in any case.
    """
    iri = _iri(base, name.strip(), kb_iri)
    if iri is None:
        return None
    label = base.label(iri) or compact(iri)
    if iri.startswith(CONCEPT):
        below = narrower(base, [iri])
        found = [c for c in base.claims() if below & {*c.topics, *(str(t.object) for t in c.assertions)}]
    else:
        found = [c for c in base.claims() if iri in c.entities or iri in _sayers(c)]
    return About(label[:1].upper() + label[1:], compact(iri), tuple(found), iri)


def about_claims(
    base: StoreBase, names: Iterable[str], title: str, subject: str, iri_of: Mapping[str, str]
) -> About:
    """Some claims by IRI or name; `iri_of` maps the names to IRIs.

    Raises:
        UnknownTerm: the base does not hold one of them.
    """
    found: dict[str, Claim] = {}
    for name in names:
        claim = base.claim(iri_of.get(name, name))
        if claim is None:
            raise UnknownTerm(f"No claim {name!r}.", next_step="List them: onrecord list")
        found[claim.iri] = claim
    return About(title, subject, tuple(found.values()))


def claim_names(text: str, file: str) -> list[str]:
    """The names in a list of claims: one a line; empty lines and lines that begin with # say nothing.

    Raises:
        UnreadableFile: a line holds more than one name, or there is none.
    """
    names = []
    for number, line in enumerate(text.splitlines(), 1):
        words = [] if line.lstrip().startswith("#") else line.split()
        if len(words) > 1:
            raise UnreadableFile(
                "A line of a list of claims holds one name.",
                place=Place(file, number),
                next_step="Write one slug, prefixed name or IRI a line.",
            )
        names += words
    if not names:
        raise UnreadableFile(
            "The list names no claim.", place=Place(file), next_step="Write one name a line."
        )
    return names


def near(base: StoreBase, name: str) -> list[str]:
    """Names of topics and entities that look like a name which the base does not know."""
    known = _names(base)
    plain = name.rpartition(":")[2].replace("-", " ").casefold()
    return (
        [compact(known[plain])]
        if plain in known
        else get_close_matches(plain, sorted(known), n=3, cutoff=0.6)
    )


def near_on_record(base: StoreBase, subject: str) -> list[str]:
    """Up to three subjects that have claims, near one that has none: broader concepts, else what claims name.

    Args:
        base: where claims are read.
        subject: its IRI or prefixed name.
    """
    iri = expand(subject) if ":" in subject else subject
    if not _is_safe(iri):
        return []
    told = [c for c in base.claims() if c.retirement is None]
    used = Counter(name for c in told for name in {*c.topics, *c.entities, *_objects(c)})
    broader = _broader(base, iri)
    words = _telling(base.label(iri))
    kind = iri.rpartition("/")[0]
    like = [
        other
        for other in used
        if _kind_rank(other) < len(_KINDS)
        and other != iri
        and (words & _telling(base.label(other)) or other.startswith(f"{kind}/"))
    ]
    ranked = sorted(like, key=lambda o: (-len(words & _telling(base.label(o))), -used[o], o))
    return [compact(o) for o in dict.fromkeys([*(b for b in broader if used[b]), *ranked])][:_MOST_NEAR]


def _telling(label: str) -> set[str]:
    return {word for word in label.casefold().split() if len(word) > 3}


def _broader(base: StoreBase, iri: str) -> list[str]:
    """The concepts above one, the nearest first."""
    found: list[str] = []
    ahead = [iri]
    while ahead:
        for quad in base.match(ahead.pop(0), SKOS + "broader", None, DEFAULT):
            above = str(getattr(quad.object, "value", ""))
            if above not in (iri, *found):
                found.append(above)
                ahead.append(above)
    return found


def _objects(claim: Claim) -> set[str]:
    return {t.object for t in claim.assertions if isinstance(t.object, str)}


def _sayers(claim: Claim) -> set[str]:
    return {who for citation in claim.citations for who in citation.said_by}


def _iri(base: StoreBase, name: str, kb_iri: str) -> str | None:
    if ":" in name:
        iri = expand(name)
        iri = kb_iri + iri.removeprefix(KB) if iri.startswith(KB) else iri
        return iri if _is_safe(iri) and _is_subject(base, iri) else None
    if _is_safe(name):
        for kind in _KINDS:
            iri = expand(f"{kind}:{name}")
            iri = kb_iri + iri.removeprefix(KB) if iri.startswith(KB) else iri
            if _is_subject(base, iri):
                return iri
    return _names(base).get(name.casefold())


def _is_safe(name: str) -> bool:
    return bool(name) and not any(c in '<>"{}|^`%\\' or ord(c) <= 32 for c in name)


def _is_subject(base: StoreBase, iri: str) -> bool:
    return (
        base.entity(iri) is not None
        or next(base.match(iri, SKOS + "inScheme", None, DEFAULT), None) is not None
    )


def _names(base: StoreBase) -> dict[str, str]:
    """Labels and synonyms of topics, matters and entities, in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for predicate in ("prefLabel", "altLabel"):
        quads = base.match(None, SKOS + predicate, None, DEFAULT)
        pairs = [tuple(str(getattr(t, "value", "")) for t in (q.subject, q.object)) for q in quads]
        for iri, label in sorted(pairs, key=lambda pair: (_kind_rank(pair[0]), pair)):
            if _kind_rank(iri) < len(_KINDS):
                found.setdefault(label.casefold(), iri)
    return found


def _kind_rank(iri: str) -> int:
    return next((n for n, kind in enumerate(_KINDS) if f"/{kind}/" in iri), len(_KINDS))
