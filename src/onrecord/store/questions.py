"""Named questions: SPARQL queries in facts/questions/ with a title, a description and typed parameters.

A question is a file `NAME.rq` that begins with comment lines:

    #+ title: Where an office sends allegations
    #+ description: Every referral from an office, with its condition and time limit.
    #+ param office: an office (default office:jic)

`an office` may be `a` or `an` and any kind of thing of the base, or `a date`, `a number`, `a text`;
`(optional)` in the place of a default leaves the variable free. A parameter is bound as a term to the
variable of its name, which a SELECT names among its columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from onrecord.errors import Place, UnknownTerm, UnreadableFile
from onrecord.model import Literal, Term
from onrecord.store.layout import Layout
from onrecord.store.reading import decode, load_bytes
from onrecord.vocab import CONCEPT_KINDS, KINDS, XSD, compact, expand

PLAIN_KINDS = ("text", "date", "number")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARAM = re.compile(
    r"(?P<name>[A-Za-z_][A-Za-z0-9_]*): an? (?P<kind>[a-z]+)(?: \((?:default (?P<default>[^)]*)|optional)\))?"
)
_OPTIONAL = re.compile(r"\(optional\)$")
_DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_FORM = "Write '#+ param NAME: a KIND (default VALUE)'."


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Attributes:
        name: of the variable that it binds.
        kind: a kind of thing in the base (office, topic ...), or text, date or number.
        default: what it is when it is not given; None when it must be given.
        optional: whether the variable may stay free.
    """

    name: str
    kind: str
    default: str | None = None
    optional: bool = False

    @property
    def shown(self) -> str:
        """The parameter in words, for lists and messages."""
        if self.optional:
            return f"{self.name} ({self.kind}, optional)"
        return f"{self.name} ({self.kind}{f', default {self.default}' if self.default is not None else ''})"


@dataclass(frozen=True, slots=True)
class Question:
    """A named query."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    file: str

    def bind(
        self,
        given: Mapping[str, str],
        knows: Callable[[str], bool],
        iri_of: Callable[[str, str], str] = expand,
    ) -> dict[str, Term]:
        """The terms of the parameters.

        `knows` says whether the base holds an IRI, `iri_of` makes one of a name and the kind it is of.

        Raises:
            UnknownTerm: a parameter that is missing, unknown, of another kind, or not in the base.
        """
        by_name = {p.name: p for p in self.parameters}
        for name in given:
            if name not in by_name:
                takes = ", ".join(p.shown for p in self.parameters) or "none"
                raise UnknownTerm(
                    f"The question {self.name!r} has no parameter {name!r}.",
                    next_step=f"Its parameters: {takes}.",
                )
        bound: dict[str, Term] = {}
        for parameter in self.parameters:
            value = given.get(parameter.name, parameter.default)
            if value is not None:
                bound[parameter.name] = _term(self, parameter, value, knows, iri_of)
            elif not parameter.optional:
                raise UnknownTerm(
                    f"The question {self.name!r} needs the parameter {parameter.name!r} ({parameter.kind}).",
                    next_step=f"Give it: --param {parameter.name}=VALUE",
                )
        return bound


def questions(layout: Layout) -> list[Question]:
    """Every named question of a base, by name.

    Raises:
        UnreadableFile: a question without a title, with a bad name or a bad parameter line.
    """
    return [read_question(path, layout) for path in layout.question_files()]


def question(layout: Layout, name: str) -> Question:
    """The question of that name.

    Raises:
        UnknownTerm: the base has none of that name.
        UnreadableFile: its file is malformed.
    """
    paths = {path.stem: path for path in layout.question_files()}
    if name not in paths:
        near = get_close_matches(name, paths, n=1, cutoff=0.6)
        meant = f" Did you mean {near[0]!r}?" if near else ""
        raise UnknownTerm(f"No question {name!r}.{meant}", next_step="List them: onrecord query --list")
    return read_question(paths[name], layout)


def read_question(path: Path, layout: Layout) -> Question:
    """Read one question file.

    Raises:
        UnreadableFile: see `questions`.
    """
    file = layout.name_of(path)
    text = decode(load_bytes(path, file, layout.config.max_file_bytes), file)
    if not _NAME.fullmatch(path.stem):
        raise UnreadableFile(
            "A question's name is made of small letters, digits and single hyphens.",
            place=Place(file),
            next_step="Rename the file.",
        )
    header = [(i, line[2:].strip()) for i, line in enumerate(text.splitlines(), 1) if line.startswith("#+")]
    title = _entry(header, "title")
    if not title:
        raise UnreadableFile(
            "The question has no title.", place=Place(file, 1), next_step="Begin it with '#+ title: ...'."
        )
    parameters = tuple(_parameters(header, file))
    return Question(path.stem, title, _entry(header, "description"), parameters, text, file)


def _entry(header: Iterable[tuple[int, str]], key: str) -> str:
    return next(
        (line.removeprefix(f"{key}:").strip() for _, line in header if line.startswith(f"{key}:")), ""
    )


def _parameters(header: Iterable[tuple[int, str]], file: str) -> Iterable[Parameter]:
    for number, line in header:
        key = line.partition(" ")[0].rstrip(":")
        if key in ("title", "description"):
            continue
        match = _PARAM.fullmatch(line.removeprefix("param "))
        kinds = (*KINDS, *CONCEPT_KINDS, *PLAIN_KINDS)
        if key != "param" or match is None or match["kind"] not in kinds:
            raise UnreadableFile(
                f"Not a line of a question's header: {line!r}.",
                place=Place(file, number),
                next_step=f"{_FORM} Kinds: {', '.join(kinds)}.",
            )
        yield Parameter(match["name"], match["kind"], match["default"], bool(_OPTIONAL.search(line)))


def _term(
    question: Question,
    parameter: Parameter,
    value: str,
    knows: Callable[[str], bool],
    iri_of: Callable[[str, str], str],
) -> Term:
    kind, value = parameter.kind, value.strip()
    if kind == "text":
        return Literal(value)
    if kind == "date" and _DATE.fullmatch(value):
        return Literal(value, XSD + "date")
    if kind == "number" and _NUMBER.fullmatch(value):
        return Literal(value, XSD + ("decimal" if "." in value else "integer"))
    if kind in PLAIN_KINDS:
        wanted = "a date such as 2026-11-21" if kind == "date" else "a number such as 30"
        raise UnknownTerm(f"{parameter.name}={value} of {question.name!r} must be {wanted}.")
    iri = iri_of(value, kind)
    if any(c in '<>"{}|^`\\' or ord(c) <= 32 for c in iri) or not knows(iri):
        raise UnknownTerm(
            f"{parameter.name}={value} of {question.name!r}: the base holds no {compact(iri)}.",
            next_step=f"Give the name of a thing of kind {kind}, such as {kind}:SLUG.",
        )
    if f"/{kind}/" not in iri:
        raise UnknownTerm(
            f"{parameter.name}={value} of {question.name!r} must be of kind {kind}, "
            f"and {compact(iri)} is not.",
        )
    return iri
