"""The referral flow as a Mermaid flowchart; notes follow as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from onrecord.answers.flow.flow import Flow
from onrecord.answers.flow.picture import Look, gathered, label_lines, legend, look, note_lines
from onrecord.answers.flow.words import origin
from onrecord.answers.phrasing import one_line
from onrecord.model import Standing

_MEANT = re.compile(r"^-|(?<=\d)[.)](?=\s)|_|[^\w\s.,:()/'\[\]\u00b7\u2013\u2014\u2019-]")
"""What Mermaid could take for more than a letter: markup, and what begins a list."""
_NO_MARKUP = {ord("<"): "\u2039", ord(">"): "\u203a"}
"""A title cannot escape what Mermaid takes for markup."""
_WIDTH = 22
_COLOURS = {
    Standing.LAW: "#3f6fd1",
    Standing.OFFICIAL_STATEMENT: "#118a94",
    Standing.OVERSIGHT_FINDING: "#3a9440",
    Standing.REPORTING: "#b8690f",
    Standing.ALLEGATION: "#808080",
    Standing.ARGUMENT: "#808080",
}
"""Colours that can be told on a light ground and on a dark one: a reader's theme decides which it is."""
_ONE_OF = '|"one of"|'


def flow_mermaid(flow: Flow, title: str = "Referral flow") -> str:
    """The flow as a flowchart, each referral a box between its parties; every text is escaped."""
    return "\n".join(_lines(flow, title)) + "\n"


def _lines(flow: Flow, title: str) -> Iterator[str]:
    head = one_line(f"{title}. {origin(flow)}").translate(_NO_MARKUP)
    yield from ("---", f"title: {json.dumps(head, ensure_ascii=False)}", "---")
    yield "flowchart LR"
    ids = {party.iri: f"p{number}" for number, party in enumerate(flow.parties, 1)}
    for party in flow.parties:
        yield f'  {ids[party.iri]}(["{escaped(one_line(party.name))}"])'
    styles: list[str] = []
    for number, one in enumerate(gathered(flow), 1):
        line = _style(look(one.edge))
        says = "<br/>".join(escaped(text) for text in label_lines(one, _WIDTH))
        yield f'  r{number}["{says}"]'
        yield f"  style r{number} fill:#fff,color:#1c1c1c,{line}"
        yield from (f"  {ids[source]} --- r{number}" for source in one.sources)
        for target in one.targets:
            yield f"  r{number} -->{_ONE_OF if target in one.choice else ''} {ids[target]}"
        styles += [line] * (len(one.sources) + len(one.targets))
    yield from (f"  linkStyle {number} {style}" for number, style in enumerate(styles))
    for text in (*legend(flow), *(line for note in flow.notes for line in note_lines(note))):
        yield f"%% {_comment(text)}"


def _style(shown: Look) -> str:
    dashes = f",stroke-dasharray:{shown.dashes}" if shown.dashes else ""
    return f"stroke:{_COLOURS[shown.standing]},stroke-width:{shown.width}px{dashes}"


def escaped(text: str) -> str:
    """A text that Mermaid shows as it is, inside quotation marks.

    >>> escaped('a "b" <c>')
    'a #34;b#34; #60;c#62;'
    >>> escaped("1. who decides")
    '1#46; who decides'
    """
    return _MEANT.sub(lambda m: f"#{ord(m.group())};", text)


def _comment(text: str) -> str:
    return one_line(text).replace("{", "(").replace("}", ")")
