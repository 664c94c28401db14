"""Explaining an answer: what each of its rows (or triples, or its yes or no) rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from onrecord.errors import QueryError
from onrecord.model import Term
from onrecord.sparql.analysis import columns, visible
from onrecord.sparql.asking import Asker
from onrecord.sparql.deriving import NO_CAPS, Caps, Deriver
from onrecord.sparql.engine import ANYTHING, Engine
from onrecord.sparql.evaluating import Request
from onrecord.sparql.explanation import AnyOf, Explanation, Fact, Holders, Mark, Marked
from onrecord.sparql.parsing import parse_query
from onrecord.sparql.patterns import is_variable
from onrecord.sparql.query_text import TextWriter
from onrecord.sparql.running import Answer
from onrecord.sparql.solutions import Found, Row
from onrecord.sparql.terms import token_of

QUICK_SECONDS = 0.004
"""How long a query may take whose rows are explained without restricting its witness query to them."""
QUICK_ROWS = 300
"""Rows up to which a query counts as quick."""
__all__ = ["NO_CAPS", "Caps", "explain"]


def explain(
    engine: Engine,
    request: Request,
    answer: Answer,
    wanted: Sequence[int] | None = None,
    caps: Caps = Caps(),  # noqa: B008 - frozen
) -> list[Explanation]:
    """One explanation for each wanted row or triple of an answer, None for all; exactly one for an ASK.

    A row that cannot be explained says why; nothing is raised for it.
    """
    count = 1 if answer.boolean is not None else len(answer)
    indexes = range(count) if wanted is None or answer.boolean is not None else wanted
    try:
        explainer = _Explainer(engine, request, answer, caps)
        return explainer.explanations(list(indexes), every=wanted is None)
    except QueryError as error:
        return [_unexplained(error.message, engine) for _ in indexes]
    except RecursionError:
        return [_unexplained("The query nests too deeply to be explained.", engine) for _ in indexes]


def _unexplained(reason: str, engine: Engine) -> Explanation:
    return Explanation(AnyOf(()), reason=reason, version=engine.version)


class _Explainer:
    def __init__(self, engine: Engine, request: Request, answer: Answer, caps: Caps) -> None:
        self.engine = engine
        self.request = request
        self.answer = answer
        self.query = parse_query(request.text)
        self.asker = Asker(engine, self.query, request.text, request.base_iri)
        is_quick = answer.seconds < QUICK_SECONDS and len(answer) <= QUICK_ROWS and not self.query.is_cut
        self.deriver = Deriver(self.asker, caps, is_quick=is_quick)
        self.version = engine.version
        self.seen = visible(self.query.where)
        self.names = {f"?{name}": token_of(term) for name, term in request.bindings.items()}

    def explanations(self, indexes: Sequence[int], *, every: bool) -> list[Explanation]:
        if self.answer.boolean is not None:
            found = [self._boolean()]
        elif self.answer.triples is not None:
            found = self._triples(self.answer.triples, indexes, every=every)
        else:
            found = self._rows(indexes, every=every)
        return self._held(found)

    # by form ------------------------------------------------------------------------------------------

    def _rows(self, indexes: Sequence[int], *, every: bool) -> list[Found]:
        shown = [c for c in columns(self.query) if c not in self.names]
        at = [self.answer.variables.index(c[1:]) for c in shown]
        keys = [tuple(token_of(self.answer.rows[i][a]) for a in at) for i in indexes]
        whole = every and not self.query.is_cut
        found = self.deriver.rows(self.query, list(dict.fromkeys(keys)), self.names, every=whole)
        self._rank(found.values())
        return [found[key] for key in keys]

    def _rank(self, found: Iterable[Found]) -> None:
        query = self.query
        if query.offset or (query.limit is not None and len(self.answer) >= query.limit):
            said = "its place among the rows rests on all of them"
            chosen = "which rows the LIMIT leaves is up to the engine"
            mark = Marked(Mark.RANK, said if query.order else chosen)
            for row in found:
                row.beside.append(mark)

    def _boolean(self) -> Found:
        if self.answer.boolean:
            return self.deriver.matches(self.query.where, self.names, "")
        found = Found()
        writer = TextWriter(self.names, lambda: "?value")
        absence = Marked(Mark.ABSENCE, writer.group(self.query.where))
        found.add(self.deriver.block(self.query.where, self.names, ""), (absence,))
        return found

    def _triples(
        self, triples: Sequence[tuple[str, str, Term]], indexes: Sequence[int], *, every: bool
    ) -> list[Found]:
        tokens = [_tokens(triples[i]) for i in indexes]
        if self.query.form == "DESCRIBE":
            return self._described(tokens, triples)
        merged = [Found() for _ in tokens]
        for shape in self.query.template:
            terms = (shape.subject, shape.predicate, shape.object)
            shown = [v for v in dict.fromkeys(terms) if self._is_open(v)]
            unify = self._unifier(terms, shown)
            matched = {i: key for i, t in enumerate(tokens) if (key := unify(t)) is not None}
            keys = list(dict.fromkeys(matched.values()))
            whole = every and not self.query.is_cut
            found = self.deriver.plain(self.query.where, shown, keys, self.names, every=whole) if keys else {}
            for i, key in matched.items():
                for part in found[key].parts:
                    merged[i].add(part.parts, found[key].marks)
                merged[i].more += found[key].more
        self._rank(merged)
        return merged

    def _is_open(self, term: str) -> bool:
        """Whether a term of a template takes its value from the pattern."""
        return is_variable(term) and term in self.seen and term not in self.names

    def _unifier(self, terms: Sequence[str], shown: Sequence[str]) -> Callable[[Sequence[str]], Row | None]:
        """How to get the values of a template's variables that give a triple; None where none do."""
        constants = self.asker.canonical(t for t in terms if not is_variable(t))
        wanted = [self.names.get(t) if is_variable(t) else constants[t] for t in terms]
        at = [shown.index(t) if t in shown else -1 for t in terms]

        def unify(triple: Sequence[str]) -> Row | None:
            bound = [""] * len(shown)
            for token, value, i in zip(triple, wanted, at, strict=True):
                if i >= 0 and bound[i] in ("", token):
                    bound[i] = token
                elif i >= 0 or (value is not None and value != token):
                    return None
            return tuple(bound)

        return unify

    # DESCRIBE -----------------------------------------------------------------------------------------

    def _described(
        self, wanted: Sequence[tuple[str, str, str]], triples: Sequence[tuple[str, str, Term]]
    ) -> list[Found]:
        """Each triple, the links to it where a blank node is described along, and why it is described."""
        into = {o: (s, p, o) for s, p, o in map(_tokens, triples) if o[:2] == "_:"}
        chains = [_links(triple, into) for triple in wanted]
        reasons = self._reasons(list(dict.fromkeys(links[-1][0] for links in chains)))
        found = []
        for links in chains:
            row = Found()
            reason = reasons[links[-1][0]]
            why = (reason.any_of,) if reason.parts else ()
            row.add((*(Fact(*link) for link in links), *why), reason.marks)
            found.append(row)
        return found

    def _reasons(self, subjects: Sequence[str]) -> dict[str, Found]:
        """Which matches of the pattern have a subject described; none for one that the query names."""
        reasons = {subject: Found() for subject in subjects}
        named = self.asker.canonical(c for c in columns(self.query) if not is_variable(c)).values()
        asked = [(s,) for s in subjects if s not in named]
        for column in columns(self.query) if asked else ():
            if self._is_open(column):
                for key, found in self.deriver.plain(self.query.where, [column], asked, self.names).items():
                    for part in found.parts:
                        reasons[key[0]].add(part.parts, found.marks)
        return reasons

    # holders ------------------------------------------------------------------------------------------

    def _held(self, found: Sequence[Found]) -> list[Explanation]:
        facts = [row.facts() for row in found]
        held = self._holders(dict.fromkeys(chain.from_iterable(facts)))
        return [self._explanation(row, own, held) for row, own in zip(found, facts, strict=True)]

    def _holders(self, facts: Iterable[Fact]) -> Mapping[Fact, Holders]:
        present = [f for f in facts if f.subject != ANYTHING]
        held = dict(self.engine.holders(present, self.asker.sources))
        for fact in facts:
            if fact.subject == ANYTHING:
                held.update(self.engine.holders((fact,)))
        return held

    def _explanation(self, row: Found, facts: tuple[Fact, ...], held: Mapping[Fact, Holders]) -> Explanation:
        own = {f: held[f] for f in facts if f in held}
        reason = ""
        if not row.parts:
            reason = "The witness query did not give this row."
        elif len(own) < len(facts):
            unheld = next(f for f in facts if f not in own)
            reason = f"The endpoint cannot be asked which claims hold {unheld}."
        about = self._about(own) if any(h.record for h in own.values()) else ()
        marks = tuple(sorted(row.marks))
        drill_down = self.deriver.drill_down(row) if row.is_capped() else ""
        made = Explanation(row.any_of, marks, own, reason, drill_down, self.version, about)
        made.__dict__["facts"] = facts
        return made

    def _about(self, held: Mapping[Fact, Holders]) -> tuple[str, ...]:
        """The claims that facts of the record are about: named by them, or by a node of theirs."""
        start = f"<{self.request.base_iri}claim/"
        terms = (t for f, h in held.items() if h.record for t in (f.subject, f.object))
        owners = (t[len(start) : -1].partition(".")[0] for t in terms if t.startswith(start))
        return tuple(dict.fromkeys(f"{start[1:]}{slug}" for slug in owners))


def _tokens(triple: tuple[str, str, Term]) -> tuple[str, str, str]:
    subject, predicate, target = triple
    return token_of(subject), token_of(predicate), token_of(target)


def _links(
    triple: tuple[str, str, str], into: Mapping[str, tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """A triple and the links to its subject, as far as that is a blank node."""
    links = [triple]
    while (link := into.get(links[-1][0])) is not None and link not in links:
        links.append(link)
    return links
