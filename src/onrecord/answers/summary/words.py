"""What stands in a summary beside its sentences: where it comes from, what it leaves out, how to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.answers.phrasing import one_line
from onrecord.answers.summary.summary import Summary

ABOUT = "About this summary"
REFERENCES = "References"
FIXED = (ABOUT, REFERENCES)
"""Headings that every summary has, behind those of its sections."""
READING = (
    "Every sentence is the statement of a claim as the base has it, or several with the same subject or "
    "speaker joined; the number leads to the words that it rests on.",
    "The best that a check says of a sentence is that nothing was found against it: the quotation stands in "
    "its source. Whether the source is right is for the reader.",
    "Statements in law come first, then official statements and findings of oversight bodies, then "
    "reporting, then allegations and arguments. Claims that were retired, contradicted or refused by a check "
    "are left out.",
)
"""How to read a summary."""
_LONGEST = 2000
"""Characters of a text that is looked at as one of those beside the sentences."""
_ORIGIN = re.compile(
    r"As of (?P<as_of>[0-9-]*)\. Made from “(?P<base>.*)”(?:, version (?P<version>[0-9a-f]+))?\. "
    r"(?P<told>\d+) of (?P<asked>\d+) claims? on “(?P<subject>.*)” (?:is|are) told"
    r"(?:; (?P<failed>\d+) refused by a check)?\.(?: Stamp: (?P<stamp>[0-9a-f]+)\.)?"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """The day and the base that a summary speaks for, and how much of it.

    Attributes:
        stamp: a digest of all that the file says, as it was written; it finds slips, not forgers.
    """

    as_of: str = ""
    base: str = ""
    version: str = ""
    told: int = 0
    asked: int = 0
    subject: str = ""
    failed: int = 0
    stamp: str = ""


def origin_of(found: Summary, stamp: str = "") -> Origin:
    """Where a summary comes from."""
    told = len({iri for s in found.sentences for iri in s.claims} & found.asked)
    return Origin(
        found.as_of,
        one_line(found.base_name),
        found.version,
        told,
        len(found.asked),
        one_line(found.subject),
        found.failed,
        stamp,
    )


def origin_words(origin: Origin) -> str:
    """Where a summary comes from, in words."""
    version = f", version {origin.version}" if origin.version else ""
    refused = f"; {origin.failed} refused by a check" if origin.failed else ""
    many = "claim" if origin.asked == 1 else "claims"
    stamp = f" Stamp: {origin.stamp}." if origin.stamp else ""
    return (
        f"As of {origin.as_of}. Made from “{origin.base}”{version}. {origin.told} of {origin.asked} {many} "
        f"on “{origin.subject}” {'is' if origin.told == 1 else 'are'} told{refused}.{stamp}"
    )


def origin_in(text: str) -> Origin | None:
    """What a text about a summary says of where it comes from; None where it says nothing of it."""
    match = _ORIGIN.fullmatch(text) if len(text) < _LONGEST else None
    if match is None:
        return None
    told, asked, failed = (int(match[name] or 0) for name in ("told", "asked", "failed"))
    as_of, base, version, subject, stamp = (
        match[name] or "" for name in ("as_of", "base", "version", "subject", "stamp")
    )
    return Origin(as_of, base, version, told, asked, subject, failed, stamp)


def left_out_words(left_out: dict[str, int]) -> str:
    """How many claims sections leave out; "" for none."""
    counted = {title: count for title, count in left_out.items() if count}
    if not counted:
        return ""
    first, *others = counted.items()
    parts = [f"{first[1]} more claim{'' if first[1] == 1 else 's'} on “{first[0]}”"]
    return f"Not told here: {', '.join([*parts, *(f'{count} on “{title}”' for title, count in others)])}."


_LEFT_OUT = re.compile(r"Not told here: (\d+) more claims? on “([^”]+)”((?:, \d+ on “[^”]+”)*)\.")
_MORE = re.compile(r", (\d+) on “([^”]+)”")


def left_out_in(text: str) -> dict[str, int] | None:
    """What a text says that sections leave out; None where it says nothing of it."""
    match = _LEFT_OUT.fullmatch(text) if len(text) < _LONGEST else None
    if match is None:
        return None
    return {match[2]: int(match[1]), **{title: int(count) for count, title in _MORE.findall(match[3])}}


def about_lines(found: Summary) -> Iterator[str]:
    """How to read the summary, and what it leaves out."""
    yield from READING
    left_out = left_out_words({section.title: section.left_out for section in found.sections})
    if left_out:
        yield left_out
