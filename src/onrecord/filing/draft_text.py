"""A drafted claim as TriG or YAML, ready to be filled in; unfilled, the check refuses it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from onrecord.filing.drafting import Draft, Fragment
from onrecord.model import Standing
from onrecord.vocab import KB, KINDS, PREFIXES, slug

FORMATS = ("trig", "yaml")
_TO_FILL = "FILL-IN"
_STATEMENT = "FILL IN: a sentence in your own words, with a full stop"
_PREFIXED = re.compile(r"(?:^|[\s(])([a-z]+):(?=[A-Za-z])")
_SPOKEN = (Standing.ALLEGATION, Standing.ARGUMENT)


def draft_text(draft: Draft, base_iri: str = KB, form: str = "trig") -> str:
    """The text of a draft in one of `FORMATS`.

    What only a person can know is marked FILL IN, in ways that a check refuses: a statement without a full
    stop, a topic that the ontology does not define, no assertion yet.
    """
    return _yaml(draft) if form == "yaml" else _trig(draft, base_iri)


def _trig(draft: Draft, base_iri: str) -> str:
    name = f"claim:{draft.claim}"
    body = "\n".join(
        [
            f"GRAPH {name} {{",
            "  # FILL IN what it asserts, on nodes named after the claim, for instance:",
            f"  # {name}.referral a ov:Referral ; ov:from office:... ; ov:to office:... .",
            "}",
            f"{name} a onr:Claim ;",
            f"  onr:statement {_quoted(_STATEMENT)}@en ;",
            f"  onr:topic topic:{_TO_FILL} ;",
            "  onr:citation [",
            *(f"    {line}" for line in _citation(draft)),
        ]
    )
    prefixes = {**PREFIXES, **{kind: f"{base_iri}{kind}/" for kind in KINDS}}
    used = {*_PREFIXED.findall(body), "office"}
    declared = [f"@prefix {p}: <{iri}> ." for p, iri in prefixes.items() if p in used]
    return "\n".join([*declared, "", body, ""])


def _citation(draft: Draft) -> Iterator[str]:
    fragment = draft.fragment
    located = f" ; onr:locator {_quoted(fragment.locator)}" if fragment.locator else ""
    yield f"onr:source source:{draft.source.slug}{located} ;"
    yield f"onr:stance onr:supports ; onr:standing onr:{draft.standing.value} ;"
    if draft.standing in _SPOKEN:
        yield f"onr:saidBy office:{_TO_FILL} ;"
    if fragment.references:
        yield f"onr:reference {' , '.join(f'source:{slug(iri)}' for iri in fragment.references)} ;"
    yield from (f"# {line}" for line in _around(fragment))
    parts = (("prefix", fragment.prefix), ("exact", fragment.exact), ("suffix", fragment.suffix))
    yield " ; ".join(f"oa:{part} {_quoted(words)}" for part, words in parts if words) + " ] ."


def _yaml(draft: Draft) -> str:
    fragment = draft.fragment
    cited = {
        "source": draft.source.slug,
        "locator": fragment.locator and _quoted(fragment.locator),
        "standing": draft.standing.value,
        "said_by": _TO_FILL if draft.standing in _SPOKEN else "",
        "reference": f"[{', '.join(slug(iri).rpartition('-')[2] for iri in fragment.references)}]",
        "prefix": fragment.prefix and _quoted(fragment.prefix),
        "quote": _quoted(fragment.exact),
        "suffix": fragment.suffix and _quoted(fragment.suffix),
    }
    lines = [
        f"claim: {draft.claim}",
        f"statement: {_quoted(_STATEMENT)}",
        f"topic: {_TO_FILL}",
        "citation:",
        *(f"  # {line}" for line in _around(fragment)),
        *(f"  {key}: {value}" for key, value in cited.items() if value and value != "[]"),
        "# FILL IN what it asserts, for instance:",
        "# asserts:",
        "#   referral: {from: ..., to: ..., obligation: must}",
    ]
    return "\n".join(lines) + "\n"


def _around(fragment: Fragment) -> Iterator[str]:
    """What stands next to the quotation and is not quoted, for the reader."""
    if fragment.before and not fragment.prefix:
        yield f"the sentence has before it: {fragment.before}"
    if fragment.after and not fragment.suffix:
        yield f"the sentence has behind it: {fragment.after}"


def _quoted(text: str) -> str:
    """A string as TriG and YAML both write it."""
    return json.dumps(text, ensure_ascii=False)
