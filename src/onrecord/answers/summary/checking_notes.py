"""Auditing the references of a written summary: claim, quotations, sources, dates, links and outcomes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from onrecord.answers.notes import Note, note_data, notes
from onrecord.answers.sourced.as_markdown import address
from onrecord.answers.summary.choice import unusable
from onrecord.answers.summary.grounds import Grounds, shortened
from onrecord.answers.summary.references import Entry, Item, entries
from onrecord.answers.summary.summary import refusal
from onrecord.answers.summary.written import WrittenItem, WrittenNote
from onrecord.model import Claim, Finding, Outcome, Severity
from onrecord.vocab import compact

_HERE = frozenset({"outcome", "means", "reason", "warnings"})
"""What a citation's data say of the check, which depends on the texts at hand."""
_OF_FILES = frozenset({"file", "line"})


class NoteAuditor:
    """Audits references, and whether the claims that they name may still be told."""

    def __init__(self, grounds: Grounds, also: Collection[str], used: Collection[int]) -> None:
        self.grounds, self.used = grounds, used
        known = {n: c for n, c in grounds.claims.items() if c is not None}
        in_order = [n for n in dict.fromkeys(note.number for note in grounds.written.notes) if n in known]
        found = notes(
            grounds.base, [known[n].iri for n in in_order], check=lambda _: grounds.results.values()
        )
        by_iri = {note.iri: note for note in found}
        self.notes: dict[int, Note] = {n: replace(by_iri[known[n].iri], number=n) for n in in_order}
        self.entries = {e.number: e for e in entries(list(self.notes.values()), also)}

    def findings(self) -> Iterator[Finding]:
        """What speaks against the references, in their order."""
        for note in self.grounds.written.notes:
            yield from self._note(note)

    def _note(self, note: WrittenNote) -> Iterator[Finding]:
        number, bad = note.number, self.grounds.bad
        if self.grounds.notes[number] is not note:
            yield bad("two-notes", f"Two references have the number {number}.", note.line)
            return
        if number not in self.used:
            yield bad("unused-note", f"No sentence carries note {number}.", note.line)
        claim = self.grounds.claims[number]
        if claim is None:
            name = note.claim or "no claim"
            yield bad("unknown-claim", f"Note {number} names {name}, which is not in the base.", note.line)
            return
        yield from self._usable(note, claim)
        if note.data is not None:
            yield from self._data(note, claim, note.data)
            return
        entry = self.entries[number]
        if note.name not in ("", compact(claim.iri)):
            message = (
                f"Note {number} shows the name {shortened(note.name)}; its claim is {compact(claim.iri)}."
            )
            yield bad("reference", message, note.line, claim.iri)
        if note.head != " ".join(entry.head.split()):
            message = f"Note {number} begins “{shortened(note.head)}”; the base has “{entry.head}”."
            yield bad("reference", message, note.line, claim.iri)
        yield from self._items(note, entry)

    def _usable(self, note: WrittenNote, claim: Claim) -> Iterator[Finding]:
        name, bad = f"Note {note.number}: {compact(claim.iri)}", self.grounds.bad
        if why := unusable(claim):
            yield bad("not-current", f"{name} is {why}.", note.line, claim.iri)
        elif why := unusable(claim, self.grounds.as_of):
            yield bad("not-valid", f"{name} is {why}.", note.line, claim.iri)
        refused = refusal(self.grounds.base, claim, self.grounds.results)
        if refused:
            yield bad("failed", f"{name} is refused: {refused}.", note.line, claim.iri)

    # lines of a reference -----------------------------------------------------------------------------

    def _items(self, note: WrittenNote, entry: Entry) -> Iterator[Finding]:
        left, wanted = list(note.items), []
        for item in entry.items:
            same = next((w for w in left if self._is(w, item)), None)
            left.remove(same) if same is not None else wanted.append(item)
        for line, item in zip_longest(left, wanted):
            yield from self._line(note, line, item, entry.iri)

    def _line(
        self, note: WrittenNote, line: WrittenItem | None, item: Item | None, focus: str
    ) -> Iterator[Finding]:
        number, bad = note.number, self.grounds.bad
        if line is None:
            text = item.text if item is not None else ""
            yield bad("lacks", f"Note {number} lacks “{shortened(text)}”", note.line, focus)
        elif item is None:
            message = f"Note {number} says “{shortened(line.text)}”, and the base does not."
            yield bad("quotation" if line.quotations else "reference", message, line.line, focus)
        elif line.quotations != [item.quoted[1]] and item.quoted[1]:
            quoted = "; ".join(line.quotations)
            message = f"Note {number} quotes “{shortened(quoted)}”; the citation has “{item.quoted[1]}”."
            yield bad("quotation", message, line.line, focus)
        elif not _same_link(line, item):
            have = item.link or "none"
            message = f"Note {number} links to {' and '.join(line.links) or 'nothing'}; the base has {have}."
            yield bad("link", message, line.line, focus)
        elif line.text.startswith(item.before):
            yield from self._outcome(note, line, item, focus)
        else:
            rule = "source" if item.source and item.source not in line.text else "reference"
            message = f"Note {number} says “{shortened(line.text)}”; the base has “{shortened(item.before)}”"
            yield bad(rule, message, line.line, focus)

    def _is(self, line: WrittenItem, item: Item) -> bool:
        quoted = [item.quoted[1]] if item.quoted[1] else []
        return line.text == item.text and line.quotations == quoted and _same_link(line, item)

    def _outcome(self, note: WrittenNote, line: WrittenItem, item: Item, focus: str) -> Iterator[Finding]:
        """Another outcome: where nobody has changed the file, other texts are at hand here."""
        said = line.text.removeprefix(item.before).strip()
        here = f"here it is “{item.outcome}”" if item.outcome else "here nothing was checked"
        message = f"Note {note.number} says “{shortened(said)}”; {here}."
        is_same = said.startswith("Check: found") and item.outcome.startswith("Check: found")
        if not self.grounds.is_as_written:
            yield self.grounds.bad("outcome", message, line.line, focus)
        elif not is_same:
            yield self.grounds.finding("outcome", message, line.line, Severity.INFO)

    # data ---------------------------------------------------------------------------------------------

    def _data(self, note: WrittenNote, claim: Claim, data: dict[str, Any]) -> Iterator[Finding]:
        expected = note_data(self.notes[note.number], self.grounds.base)
        for path, have, want in _differences(data, expected):
            key = path[-1]
            if key in _OF_FILES:
                continue
            if "citations" in path and key in _HERE:
                yield from self._data_outcome(note, path, have, want, claim)
                continue
            rule = {"quotation": "quotation", "link": "link"}.get(
                key, "source" if "source" in path else "reference"
            )
            message = (
                f"Note {note.number} has {_shown(have)} as its {' '.join(path)}; the base has {_shown(want)}."
            )
            yield self.grounds.bad(rule, message, _line_of(note, path), claim.iri)

    def _data_outcome(
        self, note: WrittenNote, path: tuple[str, ...], have: object, want: object, claim: Claim
    ) -> Iterator[Finding]:
        message = f"Note {note.number} has {_shown(have)} as its {' '.join(path)}; here it is {_shown(want)}."
        if not self.grounds.is_as_written:
            yield self.grounds.bad("outcome", message, _line_of(note, path), claim.iri)
        elif path[-1] == "outcome" and Outcome.FOUND.value in (have, want):
            yield self.grounds.finding("outcome", message, _line_of(note, path), Severity.INFO)


def _line_of(note: WrittenNote, path: tuple[str, ...]) -> int | None:
    """The line to which keys lead, else that of the reference."""
    found = (note.lines.get(path[:length]) for length in range(len(path), 0, -1))
    return next((line for line in found if line is not None), note.line)


def _same_link(line: WrittenItem, item: Item) -> bool:
    if not item.link:
        return not line.links
    return line.links in ([item.link], [address(item.link)])


def _shown(value: object) -> str:
    return f"“{shortened(str(value))}”" if value not in (None, "") else "nothing"


def _differences(
    have: object, want: object, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], object, object]]:
    """Where two pieces of plain data differ: the keys that lead there, and both values."""
    if isinstance(have, dict) and isinstance(want, dict):
        for key in dict.fromkeys([*want, *have]):
            yield from _differences(have.get(key), want.get(key), (*path, str(key)))
    elif isinstance(have, list) and isinstance(want, list) and len(have) == len(want):
        for number, pair in enumerate(zip(have, want, strict=True), 1):
            yield from _differences(*pair, (*path, str(number)))
    elif have != want or type(have) is not type(want):
        yield path or ("data",), have, want
