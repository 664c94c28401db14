"""The referral flow in the language of Graphviz; notes follow as comments."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.answers.flow.flow import Flow
from onrecord.answers.flow.picture import (
    ALLEGED,
    Look,
    folded,
    gathered,
    label_lines,
    legend,
    look,
    note_lines,
)
from onrecord.answers.flow.words import origin
from onrecord.answers.notes import statement
from onrecord.answers.phrasing import one_line

_WIDTH = 30
_NODE_WIDTH = 24


def flow_dot(flow: Flow, title: str = "Referral flow") -> str:
    """The flow as a digraph, each referral a box between its parties; every text is quoted.

    A hollow tip leads to a recipient of which one is enough.
    """
    return "\n".join(_lines(flow, title)) + "\n"


def _lines(flow: Flow, title: str) -> Iterator[str]:
    yield "digraph flow {"
    yield '  graph [rankdir=LR, nodesep=0.2, ranksep=0.4, labelloc=t, fontname="Helvetica"];'
    yield f"  label={_label([title, origin(flow)])};"
    yield '  node [shape=box, fontname="Helvetica", fontsize=11];'
    ids = {party.iri: f"p{number}" for number, party in enumerate(flow.parties, 1)}
    for party in flow.parties:
        name = _label(folded(one_line(party.name), _NODE_WIDTH))
        yield f'  {ids[party.iri]} [label={name}, style="rounded,filled", fillcolor="#e9eef7"];'
    noted = {note.number: note for note in flow.notes}
    for number, one in enumerate(gathered(flow), 1):
        line = _style(look(one.edge))
        text = _label(label_lines(one, _WIDTH))
        says = quoted(" ".join(f"[{n}] {statement(noted[n])}" for n in one.edge.notes))
        yield f"  r{number} [label={text}, tooltip={says}, fontsize=9, {line}];"
        yield from (f"  {ids[source]} -> r{number} [arrowhead=none, {line}];" for source in one.sources)
        for target in one.targets:
            tip = "empty" if target in one.choice else "normal"
            yield f"  r{number} -> {ids[target]} [arrowhead={tip}, {line}];"
    yield "}"
    for text in (*legend(flow), *(line for note in flow.notes for line in note_lines(note))):
        yield f"// {one_line(text)}"


def _style(shown: Look) -> str:
    style = {"": "solid", ALLEGED: "dotted"}.get(shown.dashes, "dashed")
    return f'color="{shown.colour}", penwidth={shown.width}, style={style}'


def quoted(text: str) -> str:
    r"""A text as a quoted string that Graphviz shows as it is.

    >>> print(quoted('a "b" \\N &lt;'))
    "a \"b\" \\N &amp;lt;"
    """
    plain = one_line(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _label(lines: list[str]) -> str:
    return '"' + "\\n".join(quoted(line)[1:-1] for line in lines) + '"'
