"""The referral flow as a Mermaid flowchart; notes follow as comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.answers.flow import Flow
from onrecord.answers.flow_picture import Look, gathered, label, legend, look, note_lines
from onrecord.answers.phrasing import one_line

_PLAIN = re.compile(r"[^\w\s.,:()/'\[\]\u00b7\u2013\u2014\u2019-]")
_WIDTH = 22
_ONE_OF = '|"one of"|'


def flow_mermaid(flow: Flow) -> str:
    """The flow as a flowchart, each referral a box between its parties; every text is escaped."""
    return "\n".join(_lines(flow)) + "\n"


def _lines(flow: Flow) -> Iterator[str]:
    yield "flowchart LR"
    ids = {party.iri: f"p{number}" for number, party in enumerate(flow.parties, 1)}
    for party in flow.parties:
        yield f'  {ids[party.iri]}(["{escaped(one_line(party.name))}"])'
    styles: list[str] = []
    for number, one in enumerate(gathered(flow), 1):
        line = _style(look(one.edge))
        says = "<br/>".join(escaped(text) for _, text in label(one.edge, flow, _WIDTH))
        yield f'  r{number}["{says}"]'
        yield f"  style r{number} fill:#fff,{line}"
        yield from (f"  {ids[source]} --- r{number}" for source in one.sources)
        for target in one.targets:
            yield f"  r{number} -->{_ONE_OF if target in one.choice else ''} {ids[target]}"
        styles += [line] * (len(one.sources) + len(one.targets))
    yield from (f"  linkStyle {number} {style}" for number, style in enumerate(styles))
    for text in (*legend(flow), *(line for note in flow.notes for line in note_lines(note))):
        yield f"%% {_comment(text)}"


def _style(shown: Look) -> str:
    dashes = f",stroke-dasharray:{shown.dashes}" if shown.dashes else ""
    return f"stroke:{shown.colour},stroke-width:{shown.width}px{dashes}"


def escaped(text: str) -> str:
    """A text that Mermaid shows as it is, inside quotation marks.

    >>> escaped('a "b" <c>')
    'a #34;b#34; #60;c#62;'
    """
    return _PLAIN.sub(lambda m: f"#{ord(m.group())};", text)


def _comment(text: str) -> str:
    return one_line(text).replace("{", "(").replace("}", ")")
