"""Words for readers: labels, times and lines that a terminal can show safely."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from onrecord.model import CitationResult, Claim, Literal, Outcome, Source, Term
from onrecord.store.records import StoreBase
from onrecord.vocab import compact

Paint = Callable[[str, str], str]
"""(text, kind) -> text; kind is a severity, "good", "place", "head" or "faint"."""
WIDTH = 100
OUTCOME_KINDS = {"found": "good", "unchecked": "warning"}
"""How outcomes are painted; every other one as a violation."""


def plain(text: str, kind: str) -> str:
    """No colour."""
    return text


def one_line(text: str) -> str:
    r"""A text on one line, without characters that would steer a terminal.

    >>> one_line("two\n lines")
    'two lines'
    """
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def wrapped(text: str, indent: str = "", first: str | None = None, width: int = WIDTH) -> str:
    """A text wrapped to the width of a page; never broken inside a word or a link."""
    return textwrap.fill(
        one_line(text),
        width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def painted(block: str, part: str, kind: str, paint: Paint, *, last: bool = False) -> str:
    """A block with a part of it painted, where the part was not broken over two lines."""
    at = block.rfind(part) if last else block.find(part)
    if not part or at < 0:
        return block
    return f"{block[:at]}{paint(part, kind)}{block[at + len(part) :]}"


def cut(text: str, width: int) -> str:
    """A text on one line, shortened at a word to a width.

    >>> cut("whoever alleges it", 12)
    'whoever…'
    """
    line = one_line(text)
    return line if len(line) <= width else line[: width - 1].rsplit(" ", 1)[0] + "\u2026"


def name_of(base: StoreBase, term: Term) -> str:
    """A term for readers: a label, else a prefixed name; the text of a literal."""
    if isinstance(term, Literal):
        return one_line(term.value)
    return one_line(base.label(term)) or compact(term)


def time_of(claim: Claim) -> str:
    """When a claim holds, as far as recorded.

    >>> time_of(Claim("x", "", as_of="2015", valid_through="2025-03-21"))
    'as of 2015; valid until 2025-03-21'
    >>> time_of(Claim("x", ""))
    'date not recorded'
    """
    parts = [f"as of {claim.as_of}"] if claim.as_of else []
    if claim.valid_from and claim.valid_through:
        parts.append(f"valid from {claim.valid_from} until {claim.valid_through}")
    elif claim.valid_from:
        parts.append(f"valid from {claim.valid_from}")
    elif claim.valid_through:
        parts.append(f"valid until {claim.valid_through}")
    if claim.time_wording:
        parts.append(f"the source says \u201c{one_line(claim.time_wording)}\u201d")
    return "; ".join(parts) or "date not recorded"


def source_line(source: Source) -> str:
    """A source in one line: title, publishers, date or its wording, tier."""
    parts = [one_line(source.title), ", ".join(one_line(p) for p in source.publishers), dated(source)]
    ended = [part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part]
    return f"{' '.join(ended)} {source.tier.capitalize() or 'Unranked'} source."


def dated(source: Source) -> str:
    """When a source was published, with its own wording where that says more.

    >>> dated(Source("x", "t", issued="2026-02", date_wording="2026-02 (exact day not shown)"))
    '2026-02 (exact day not shown)'
    >>> dated(Source("x", "t", issued="2020", date_wording="fiscal year 2020"))
    '2020 (given as: fiscal year 2020)'
    >>> dated(Source("x", "t"))
    'date not recorded'
    """
    wording = one_line(source.date_wording)
    if not source.issued:
        return f"date {wording}" if wording == "not stated" else wording or "date not recorded"
    if not wording or wording == source.issued:
        return source.issued
    return wording if wording.startswith(source.issued) else f"{source.issued} (given as: {wording})"


def outcome_words(result: CitationResult) -> str:
    """What became of looking for a quotation in its source."""
    if result.outcome is Outcome.FOUND:
        warned = f" ({', '.join(result.warnings)})" if result.warnings else ""
        return f"found by {result.means}{warned}"
    return f"{result.outcome.value}: {result.reason}"


def standing_label(claim: Claim) -> str:
    """The claim's own standing in words: the strongest of its supporting citations'."""
    return claim.standing.label if claim.standing is not None else "none"


def marks_of(claim: Claim) -> list[str]:
    """What a reader must know before using a claim: retired, contradicted, unproven, a gap."""
    marks = [claim.retirement.kind.value] if claim.retirement is not None else []
    marks += sorted({a.verdict.value for a in claim.assessments if a.verdict.value != "upheld"})
    return [*marks, "gap"] if claim.is_gap else marks
