"""An answer as data: the same content as the Python objects."""

from __future__ import annotations

from typing import Any

from onrecord.answers.ask.ask import Asked, Part, Sentence
from onrecord.answers.ask.words import age, footing, said
from onrecord.answers.notes import note_data
from onrecord.answers.sheet_json import without_empty
from onrecord.store.records import StoreBase


def ask_data(asked: Asked, base: StoreBase) -> dict[str, Any]:
    """The answer as plain data; empty values are left out, and `on_record` always stands."""
    return {
        "question": asked.question,
        "on_record": asked.is_on_record,
        **without_empty(
            {
                "as_of": asked.as_of,
                "read_as": [{"asked": was, "read": now} for was, now in asked.read_as],
                "parts": [_part(asked, part) for part in asked.parts],
                "age": age(asked) if asked.notes else "",
                "notes": [note_data(note, base) for note in asked.notes],
                "left_out": list(asked.left_out),
                "questions": [
                    without_empty(
                        {
                            "name": offer.name,
                            "title": offer.title,
                            "parameters": dict(offer.parameters),
                            "command": offer.command,
                        }
                    )
                    for offer in asked.offers
                ],
            }
        ),
    }


def _part(asked: Asked, part: Part) -> dict[str, Any]:
    data = {
        "sentences": [_sentence(asked, sentence) for sentence in part.sentences],
        "unknown": list(part.unknown),
        "nearest": [{"claim": c.iri, "statement": c.statement} for c in part.nearest],
    }
    return {"asked": part.asked, "on_record": bool(part.sentences), **without_empty(data)}


def _sentence(asked: Asked, sentence: Sentence) -> dict[str, Any]:
    claims = [
        {
            "claim": claim.iri,
            "note": number,
            "text": said(asked, claim, number),
            "footing": footing(claim),
        }
        for claim, number in zip(sentence.claims, sentence.notes, strict=True)
    ]
    return without_empty({"kind": sentence.kind, "separated_by": sentence.separated_by, "claims": claims})
