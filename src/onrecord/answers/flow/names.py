"""Offices and matters by the names that people give them, and what is nearest to a name that none bears."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches

from onrecord.answers.phrasing import name_of, one_line
from onrecord.errors import UnknownTerm
from onrecord.store.records import DEFAULT, StoreBase
from onrecord.vocab import CONCEPT, KINDS, PREFIXES, SKOS, compact, kind_of, slug

PARTY_KINDS = tuple(kind for kind in KINDS if kind not in ("claim", "conflict", "source"))
"""Kinds of things that may stand at an end of a referral, offices first."""
MATTER = f"{CONCEPT}matter/"
_MOST_NAMED = 3

IriOf = Callable[[str, str], str]
"""(name, kind) -> the IRI of a slug, prefixed name or IRI in a base."""


def party(base: StoreBase, iri_of: IriOf, name: str) -> str:
    """The IRI of an office, position, group or the like, by slug, prefixed name, IRI, label or synonym.

    Raises:
        UnknownTerm: nothing of that kind bears the name, or several things do.
    """
    return _resolved(base, iri_of, name, "office", PARTY_KINDS)


def matter(base: StoreBase, iri_of: IriOf, name: str) -> str:
    """The IRI of a matter, by slug, prefixed name, IRI, label or synonym.

    Raises:
        UnknownTerm: no matter bears the name, or several do.
    """
    return _resolved(base, iri_of, name, "matter", ("matter",))


def _resolved(base: StoreBase, iri_of: IriOf, name: str, kind: str, kinds: tuple[str, ...]) -> str:
    spelled = [iri for iri in _spelled(iri_of, name, kinds) if base.knows(iri)]
    if spelled:
        return spelled[0]
    named = _named(base, kinds)
    found = sorted(named.get(_key(name), ()))
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(compact(iri) for iri in found)
        raise UnknownTerm(f"Several are called {name!r}: {listed}.", next_step="Give one of these.")
    meant = nearest(name, {**{slug(iri): {iri} for iris in named.values() for iri in iris}, **named})
    shown = [f"{name_of(base, iri)} ({compact(iri)})" for iri in meant]
    step = f"Did you mean {' or '.join(shown)}?" if shown else f"Give {kind}:SLUG, a name or an IRI."
    raise UnknownTerm(f"The base holds no {kind} {one_line(name)!r}.", next_step=step)


def _spelled(iri_of: IriOf, name: str, kinds: Iterable[str]) -> Iterator[str]:
    """The IRIs that a name may spell out: of its own prefix, or as a slug of any kind."""
    for kind in kinds:
        try:
            iri = iri_of(name.strip(), kind)
        except UnknownTerm:
            return
        is_foreign = "://" in name and kind_of(iri) is None and not iri.startswith(CONCEPT)
        if is_foreign or any(f"/{kind}/" in iri and slug(iri) for kind in kinds):
            yield iri


def _named(base: StoreBase, kinds: tuple[str, ...]) -> dict[str, set[str]]:
    """The things of some kinds by label and synonym, in small letters."""
    found: dict[str, set[str]] = {}
    for predicate in ("prefLabel", "altLabel"):
        for quad in base.match(None, SKOS + predicate, None, DEFAULT):
            iri, label = (str(getattr(term, "value", "")) for term in (quad.subject, quad.object))
            is_concept = iri.startswith(CONCEPT)
            if any(f"/{kind}/" in iri for kind in kinds) and is_concept == ("matter" in kinds):
                found.setdefault(_key(label), set()).add(iri)
    return found


def _key(name: str) -> str:
    return one_line(name).casefold().removeprefix("the ").strip()


def nearest(name: str, named: dict[str, set[str]]) -> list[str]:
    """What bears the names nearest to one that is not known, the nearest first.

    >>> nearest("Harbor Board", {"harbour board": {"urn:x:board"}, "inspector": {"urn:x:inspector"}})
    ['urn:x:board']
    """
    wanted = _key(name.rpartition(":")[2] if name.split(":")[0] in PREFIXES else name)
    words = set(wanted.replace("-", " ").split())
    inside = [key for key in named if words and words <= set(key.replace("-", " ").split())]
    close, far = (get_close_matches(wanted, sorted(named), n=2 * _MOST_NAMED, cutoff=c) for c in (0.8, 0.6))
    keys = [*close, *sorted(inside, key=lambda key: (len(key), key)), *far]
    return list(dict.fromkeys(iri for key in keys for iri in sorted(named[key])))[:_MOST_NAMED]
