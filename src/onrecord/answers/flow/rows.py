"""The referral flow drawn in rows: each sender with all that it passes on, so that any flow can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.answers.flow.flow import Flow
from onrecord.answers.flow.graph import Drawn, Links
from onrecord.answers.flow.pen import (
    PARTY,
    Line,
    boxed,
    draw_lines,
    escaped,
    frame,
    says,
    set_lines,
    size_of,
    stroke,
    tip,
)
from onrecord.answers.flow.picture import Gathered, referrals

_SENDER, _LABEL, _RECEIVER, _LINE = 220.0, 530.0, 270.0, 70.0
"""Widths of the columns, and of the lines between them, in pixels."""
_PAD = (10.0, 7.0)
_GAP, _BAND_GAP = 10.0, 26.0
IN_WORDS = "In words: what each party passes on"
ONE_IS_ENOUGH = "where tips are hollow, one of these recipients is enough"
BELOW, ABOVE = "passes on, below \u2193", "passes on, above \u2191"


@dataclass(frozen=True, slots=True)
class _Row:
    """What one sender passes on by one referral, with its height."""

    one: Gathered
    label: tuple[Line, ...]
    receivers: tuple[tuple[str, tuple[Line, ...]], ...]
    height: float


def bands(flow: Flow) -> dict[str, list[Gathered]]:
    """The referrals of each sender, senders and referrals in the order of their notes."""
    found: dict[str, list[Gathered]] = {}
    for one in referrals(flow):
        found.setdefault(one.edge.source, []).append(one)
    return found


def anchor_of(senders: Sequence[str], iri: str) -> str:
    """The anchor of a sender's band."""
    return f"from-{senders.index(iri) + 1}"


def rows(flow: Flow, links: Links) -> Drawn:
    """All senders one below the other, each with its referrals and their recipients."""
    found = bands(flow)
    senders = list(found)
    lines: list[str] = []
    y = 0.0
    for sender, passed in found.items():
        made = [_row(flow, one, senders) for one in passed]
        height = sum(row.height for row in made) + _GAP * (len(made) - 1)
        name = set_lines([("name", flow.name(sender))], _SENDER - 2 * _PAD[0])
        height = max(height, size_of(name, _PAD)[1])
        box = frame(0, y, _SENDER, height, PARTY)
        words = "".join(draw_lines(name, _SENDER / 2, y + _PAD[1]))
        lines.append(f'<g id="{anchor_of(senders, sender)}">{box}{words}</g>')
        at = y
        for row in made:
            lines += _draw(row, at, senders, links)
            at += row.height + _GAP
        y += height + _BAND_GAP
    return Drawn(tuple(lines), _SENDER + _LABEL + _RECEIVER + 2 * _LINE, max(0.0, y - _BAND_GAP), "rows")


def _row(flow: Flow, one: Gathered, senders: Sequence[str]) -> _Row:
    said = [*one.label, *([("about", ONE_IS_ENOUGH)] if one.choice else [])]
    label = set_lines(said, _LABEL - 2 * _PAD[0], one.notes)
    receivers = []
    for target in one.targets:
        parts = [("name", flow.name(target))]
        if target in senders:
            is_below = senders.index(target) > senders.index(one.edge.source)
            parts += [("go", BELOW if is_below else ABOVE)] if target != one.edge.source else []
        receivers.append((target, set_lines(parts, _RECEIVER - 2 * _PAD[0])))
    right = _stacked([lines for _, lines in receivers])
    return _Row(one, label, tuple(receivers), max(size_of(label, _PAD)[1], right))


def _draw(row: _Row, y: float, senders: Sequence[str], links: Links) -> Iterator[str]:
    """A referral with straight lines from its sender and to its recipients."""
    one, middle = row.one, y + row.height / 2
    left, right = _SENDER + _LINE, _SENDER + _LINE + _LABEL
    yield f'<path d="M{_SENDER:.1f} {middle:.1f}H{left:.1f}" fill="none" {stroke(one.look)}/>'
    drawn = frame(left, y, _LABEL, row.height, boxed(one.look))
    title = f"<title>{says(one.notes, links.noted)}</title>"
    yield f'<a href="#{escaped(links.anchor)}{one.notes[0]}">{title}{drawn}</a>'
    room = row.height - size_of(row.label, _PAD)[1]
    yield from draw_lines(row.label, left + _PAD[0], y + _PAD[1] + room / 2, links.numbers, mid=False)
    at = y + (row.height - _stacked([lines for _, lines in row.receivers])) / 2
    for target, lines in row.receivers:
        height = size_of(lines, _PAD)[1]
        end = f'<path d="M{right:.1f} {at + height / 2:.1f}h{_LINE:.1f}" fill="none" {stroke(one.look)}'
        yield f"{end} {tip(one.look, is_choice=target in one.choice)}/>"
        box = frame(right + _LINE, at, _RECEIVER, height, PARTY)
        words = "".join(draw_lines(lines, right + _LINE + _RECEIVER / 2, at + _PAD[1]))
        is_sender = target in senders
        yield f'<a href="#{anchor_of(senders, target)}">{box}{words}</a>' if is_sender else f"{box}{words}"
        at += height + _GAP


def _stacked(receivers: Sequence[Sequence[Line]]) -> float:
    """The height of recipients one below the other."""
    return sum(size_of(lines, _PAD)[1] for lines in receivers) + _GAP * (len(receivers) - 1)
