"""A summary as plain data, and as JSON."""

from __future__ import annotations

from typing import Any

from onrecord.answers.notes import note_data
from onrecord.answers.sheet_json import as_json, without_empty
from onrecord.answers.summary.reading import stamp_of_data
from onrecord.answers.summary.summary import Section, Summary
from onrecord.answers.summary.words import READING
from onrecord.store.records import StoreBase


def summary_json(found: Summary, base: StoreBase) -> str:
    """The summary as JSON, with the same content as the other formats."""
    return as_json(summary_data(found, base))


def summary_data(found: Summary, base: StoreBase) -> dict[str, Any]:
    """The summary as plain data."""
    data: dict[str, Any] = {
        "title": found.title,
        "subject": found.subject,
        "as_of": found.as_of,
        "base": found.base_name,
        "base_version": found.version,
        "claims_on_subject": len(found.asked),
        "claims_told": len({iri for s in found.sentences for iri in s.claims} & found.asked),
        "claims_refused": found.failed,
        "reading": list(READING),
        "sections": [_section(section, found.numbers) for section in found.sections],
        "notes": [note_data(note, base) for note in found.notes],
    }
    return {**data, "stamp": stamp_of_data(data)}


def _section(section: Section, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "title": section.title,
        "left_out": section.left_out,
        "paragraphs": [
            without_empty(
                {
                    "label": paragraph.label,
                    "sentences": [
                        {
                            "text": sentence.text,
                            "notes": [numbers[iri] for iri in sentence.claims],
                            "claims": list(sentence.claims),
                        }
                        for sentence in paragraph.sentences
                    ],
                }
            )
            for paragraph in section.paragraphs
        ],
    }
