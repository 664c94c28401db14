"""Random triple patterns, paths and expressions that a base is likely to match."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from .query_tree import Node
from .random_bases import NODES, NUMBERS, PREDICATES, WORDS, written

NAMES = "xyzuvwabcdefghijklmnopqrst"
STEPS = ("{p}", "{p}", "{p}", "({p}|{q})", "!{q}", "!({q}|^{p})", "({q}|{p})")
BACK_STEPS = ("^{p}", "^{p}", "(^{p}|{q})", "!(^{q})", "^({p}|{q})", "!({p}|^{q})")


@dataclass
class Scope:
    """What a place of a query sees, with one imagined solution that patterns are made to match.

    Attributes:
        triples: what the patterns here may match.
        known: variables with their values in the imagined solution.
        bound: those of them that patterns of this very group bind, so that its filters see them.
        loose: variables that may be unbound, or whose value is not known.
        noise: how often a pattern is made without looking at the solution.
        names: names that are not used yet anywhere in the query.
        leaks: whether it lies in a UNION or nested group, where Oxigraph 0.5.13 may show an EXISTS variables
            from outside.
        hidden: names of the scope around, which must not be seen from there.
        reused: names that another scope uses; taking one here must not matter.
    """

    triples: Sequence[ox.Triple]
    known: dict[str, object] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    noise: float = 0.02
    names: list[str] = field(default_factory=lambda: list(reversed(NAMES)))
    reused: list[str] = field(default_factory=list)
    hidden: tuple[str, ...] = ()
    leaks: bool = False

    def inner(self, noise: float | None = None, sees: bool = False) -> Scope:
        """A scope for a part of the group; `sees` says whether its filters see what stands outside."""
        noise = self.noise if noise is None else noise
        bound = set(self.bound) if sees else set()
        return replace(self, known=dict(self.known), bound=bound, loose=set(self.loose), noise=noise)

    def correlated(self, noise: float | None = None) -> Scope:
        """A scope for what sees this one: an EXISTS, or the right side of an OPTIONAL."""
        inner = self.inner(noise, sees=True)
        if self.leaks:
            inner.known = {name: value for name, value in self.known.items() if name in self.bound}
        return inner

    @property
    def variables(self) -> list[str]:
        """All that may be selected."""
        return [*self.known, *sorted(self.loose - set(self.known))]


class Patterns:
    """Makes the leaves of a query."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def one_in(self, chance: float) -> bool:
        return self.rng.random() < chance

    def fresh(self, scope: Scope) -> str:
        """A name that the scope does not use yet."""
        if scope.reused and self.one_in(0.4):
            return scope.reused.pop()
        return scope.names.pop() if scope.names else f"v{self.rng.randrange(10**6)}"

    def triple(self, scope: Scope) -> Node:
        """A triple pattern, or a blank node with its properties."""
        t = self.pick(scope)
        if self.one_in(0.06):
            return Node("triple", (f"[ {written(t.predicate)}", self.place(scope, t.object, 0.6), "] ."))
        subject = self.place(scope, t.subject, 0.75)
        predicate = self.place(scope, t.predicate, 0.08)
        return Node("triple", (subject, predicate, self.place(scope, t.object, 0.65), "."))

    def pick(self, scope: Scope) -> ox.Triple:
        """A triple, mostly one that touches the imagined solution."""
        values = list(scope.known.values())
        near = [t for t in scope.triples if t.subject in values or t.object in values]
        if near and self.one_in(0.9):
            return self.rng.choice(near)
        return self.rng.choice(scope.triples)

    def place(self, scope: Scope, term: object, variable: float) -> str:
        """How a term is written in a pattern: a variable that has it, a new one, or itself."""
        if scope.known and self.one_in(scope.noise):
            return self.mention(scope, self.rng.choice(list(scope.known)))
        having = [name for name, value in scope.known.items() if value == term]
        if having and self.one_in(0.85):
            return self.mention(scope, self.rng.choice(having))
        if isinstance(term, ox.BlankNode) or self.one_in(variable):
            name = self.fresh(scope)
            scope.known[name] = term
            return self.mention(scope, name)
        if self.one_in(scope.noise):
            return written(self.rng.choice(PREDICATES if term in PREDICATES else NODES))
        return written(term)

    def mention(self, scope: Scope, name: str) -> str:
        """A variable in a pattern."""
        scope.bound.add(name)
        scope.loose.discard(name)
        return "?" + name

    def walk(self, scope: Scope, closed: bool) -> Node:
        """A path over one to three triples; with `closed`, it has `*`, `+` or `?` in it."""
        triple = self.pick(scope)
        at: object = triple.subject
        steps: list[str] = []
        for _ in range(self.rng.choice((1, 2, 2, 3))):
            step, at = self.step(scope, at)
            steps.append(step)
        if closed:
            i = self.rng.randrange(len(steps))
            steps[i] = self.repeated(steps[i])
        path = self.sequence(steps, closed)
        start = self.place(scope, triple.subject, 0.7)
        end = start if self.one_in(0.03) else self.place(scope, at, 0.7)
        return Node("path", (start, path, end, "."))

    def step(self, scope: Scope, at: object) -> tuple[str, object]:
        """A step from a node, and where it leads in the imagined solution."""
        away = [t for t in scope.triples if t.subject == at]
        back = [t for t in scope.triples if t.object == at]
        forward = bool(away) and (not back or self.one_in(0.75))
        t = self.rng.choice(away if forward else back or scope.triples)
        other = self.rng.choice([p for p in PREDICATES if p != t.predicate])
        form = self.rng.choice(STEPS if forward else BACK_STEPS)
        return form.format(p=written(t.predicate), q=written(other)), t.object if forward else t.subject

    def repeated(self, step: str) -> str:
        """A step with a sign of repetition, at times nested."""
        sign = self.rng.choice("**++?")
        chance = self.rng.random()
        if chance < 0.1:
            return f"(({step})?/{written(self.rng.choice(PREDICATES))}*){sign}"
        if chance < 0.2:
            return f"(({step}){self.rng.choice('*+?')}){sign}"
        if chance < 0.3:
            return f"^(({step}){sign})"
        if chance < 0.4:
            return f"({step}|^{written(self.rng.choice(PREDICATES))}){sign}"
        return f"({step}){sign}"

    def sequence(self, steps: list[str], closed: bool) -> str:
        """The steps in a row, at times grouped, turned round or repeated as a whole."""
        chance = self.rng.random()
        if len(steps) > 2 and chance < 0.4:
            steps = [f"({'/'.join(steps[:2])})", *steps[2:]]
        if closed and len(steps) > 1 and chance > 0.75:
            return f"({'/'.join(steps)}){self.rng.choice('*+?')}"
        if len(steps) > 1 and chance > 0.6:
            return f"({'/'.join(steps)}|{written(self.rng.choice(PREDICATES))})"
        return "/".join(steps)

    def expression(self, scope: Scope) -> str:
        """A condition that mostly holds in the imagined solution."""
        chance = self.rng.random()
        if chance < 0.15:
            return f"({self.condition(scope)} && {self.condition(scope)})"
        if chance < 0.3:
            return f"({self.condition(scope)} || {self.condition(scope)})"
        if chance < 0.36:
            return f"!({self.condition(scope)})"
        return self.condition(scope)

    def condition(self, scope: Scope) -> str:
        """A condition on one or two variables."""
        seen = [n for n in scope.known if n in scope.bound or self.one_in(0.05)]
        if not seen:
            loose = sorted(scope.loose)
            return f"BOUND(?{self.rng.choice(loose)})" if loose else "1 < 2"
        name = self.rng.choice(seen)
        value = scope.known[name]
        if scope.loose and self.one_in(0.2):
            return f"BOUND(?{self.rng.choice(sorted(scope.loose))})"
        if len(seen) > 1 and self.one_in(0.25):
            other = self.rng.choice([n for n in seen if n != name])
            return f"?{name} {'=' if scope.known[other] == value else '!='} ?{other}"
        if self.one_in(scope.noise * 2):
            value = self.rng.choice([*NODES, *NUMBERS, *WORDS])
        return self.rng.choice(_conditions(value)).format(v="?" + name, t=written(value))


def _conditions(value: object) -> Sequence[str]:
    if isinstance(value, ox.BlankNode):
        return ("isBlank({v})", "!isIRI({v})", "{v} != :a")
    if isinstance(value, ox.NamedNode):
        ending = value.value[-1]
        return (
            "{v} = {t}",
            "{v} != :b",
            "isIRI({v})",
            "{v} IN ({t}, :a, 3)",
            f'STRENDS(STR({{v}}), "{ending}")',
            f'REGEX(STR({{v}}), "[{ending}c]$")',
            "sameTerm({v}, {t})",
        )
    if value in NUMBERS and isinstance(value, ox.Literal):
        number = int(value.value)
        return (
            "{v} = {t}",
            f"{{v}} > {number - 1}",
            f"{{v}} <= {number}",
            f"{{v}} + 1 = {number + 1}",
            "{v} != 7",
            "isNumeric({v})",
            "{v} NOT IN (7, :a)",
        )
    return ("{v} = {t}", "isLiteral({v})", "STRLEN(STR({v})) > 2", '{v} != "green"', 'LANG({v}) != "de"')
