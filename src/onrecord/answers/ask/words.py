"""Words of an answer that every format of it uses."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.answers.ask.ask import Asked, Part, Sentence
from onrecord.answers.flags import claim_named
from onrecord.answers.phrasing import one_line, standing_label, time_of
from onrecord.model import AssessmentVerdict, Claim, Standing
from onrecord.vocab import compact

NOT_ON_RECORD = "Not on record."
_ATTRIBUTED = (Standing.ALLEGATION, Standing.ARGUMENT)


def said(asked: Asked, claim: Claim, number: int) -> str:
    """A claim's statement as a sentence; an allegation or argument says whose it is."""
    text = one_line(claim.statement)
    if claim.standing not in _ATTRIBUTED or claim.iri in asked.attributed:
        return text
    names = asked.notes[number - 1].names
    who = dict.fromkeys(names[iri] for c in claim.supporting for iri in c.said_by if iri in names)
    kind = "Alleged" if claim.standing is Standing.ALLEGATION else "Argued"
    return f"{kind} by {', '.join(who)}: {text}" if who else f"{kind}, by whom is not recorded: {text}"


def footing(claim: Claim) -> str:
    """In brackets after a sentence: its standing, its age, and what is open about it."""
    unproven = any(a.verdict is AssessmentVerdict.UNPROVEN for a in claim.assessments)
    return "; ".join([standing_label(claim), time_of(claim), *(["unproven"] if unproven else [])])


def opening(sentence: Sentence) -> str:
    """What stands before a sentence that is more than one claim, or about what is not known."""
    if sentence.kind == "conflict":
        return f"Sources differ (separated by {sentence.separated_by}):"
    return "Not known:" if sentence.kind == "gap" else ""


def age(asked: Asked) -> str:
    """How old what is said is, going by the claims' own dates and by those of their sources."""
    dates = sorted(date for note in asked.notes for date in [_date(note.claim)] if note.claim and date)
    undated = sum(_is_undated(note.claim) for note in asked.notes)
    issued = sorted(
        c.source.issued for note in asked.notes for c in note.cited if c.source and c.source.issued
    )
    parts = []
    if dates:
        parts.append(f"dated {dates[0]} to {dates[-1]}" if dates[0] != dates[-1] else f"dated {dates[0]}")
    if undated:
        parts.append(f"no date on {undated} of {len(asked.notes)} claims")
    if issued:
        parts.append(f"newest dated source {issued[-1]}")
    keeping = f" Keeps to claims valid on {asked.as_of}." if asked.as_of else ""
    return f"Age: {'; '.join(parts)}.{keeping}" if parts else keeping.strip()


def _date(claim: Claim | None) -> str:
    return (claim.as_of or claim.valid_from or claim.valid_through) if claim is not None else ""


def _is_undated(claim: Claim | None) -> bool:
    return claim is not None and not _date(claim) and not claim.time_wording


def remarks(asked: Asked) -> Iterator[str]:
    """What a reader must know of how the answer came about."""
    if asked.read_as:
        yield (
            "Read " + ", ".join(f"\u201c{was}\u201d as \u201c{now}\u201d" for was, now in asked.read_as) + "."
        )
    if asked.left_out:
        yield f"Left out, because a check of a quotation failed: {', '.join(map(compact, asked.left_out))}."


def missing(part: Part) -> str:
    """What of a part the base does not speak of, or ""."""
    if not part.unknown:
        return ""
    words = ", ".join(f"\u201c{word}\u201d" for word in part.unknown)
    return f"The base says nothing of {words}."


def nearest(claim: Claim) -> str:
    """A claim that comes near a question and does not answer it."""
    return claim_named({claim.iri: claim}, claim.iri)
