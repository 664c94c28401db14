"""Rule wording-attribution: whose word it is, is not recorded or not said."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.citations.wording.case import Case, Problem, Rule
from onrecord.citations.wording.lexicon import attributes
from onrecord.citations.wording.tokens import stem, tokens
from onrecord.model import Severity, Standing
from onrecord.vocab import slug

_SOMEBODYS = (Standing.ALLEGATION, Standing.ARGUMENT)


def check_attribution(case: Case) -> Iterator[Problem]:
    """Allegations and arguments without anybody behind them, and statements that hide who is."""
    for citation in case.claim.citations:
        if citation.standing in _SOMEBODYS and not citation.said_by:
            yield case.problem_of(
                citation,
                f"The quotation stands as {citation.standing.label}, and nothing says whose it is.",
                "Add onr:saidBy with the person, group or office whose words they are.",
            )
    speakers = _speakers(case)
    if speakers is None or attributes(case.statement) or _names_any(case, speakers):
        return
    standing = case.claim.standing
    assert standing is not None  # noqa: S101  (speakers are found only with a standing)
    yield case.problem(
        f"The claim rests on an {standing.label}, and the statement says it as a fact.",
        "Say in the statement whose word it is (according to ..., ... say, ... argue).",
    )


def _speakers(case: Case) -> set[str] | None:
    """Who must be named: whoever stands behind the best citations; None where nobody need be."""
    standing = case.claim.standing
    best = [p.citation for p in case.passages if p.citation.standing is standing]
    speakers = {iri for citation in best for iri in citation.said_by}
    if standing in _SOMEBODYS or (standing is Standing.OFFICIAL_STATEMENT and speakers):
        return speakers
    return None


def _names_any(case: Case, speakers: set[str]) -> bool:
    spoken = [stem(t.word) for t in case.statement if t.is_word]
    joined = f" {' '.join(spoken)} "
    for iri in speakers:
        entity = case.entities.get(iri)
        names = entity.names if entity else (slug(iri).replace("-", " "),)
        for name in names:
            wanted = " ".join(stem(t.word) for t in tokens(name) if t.is_word)
            if wanted and f" {wanted} " in joined:
                return True
    return False


RULE: Rule[Case] = Rule(
    "wording-attribution",
    Severity.VIOLATION,
    "Attribution lost",
    "A citation that stands as allegation or argument names nobody in onr:saidBy; or the claim's best"
    " standing is allegation, argument or an official statement by somebody, and the statement neither names"
    " that somebody nor says that it is somebody's word (according to, say, argue, ...). Record whose words"
    " they are, and say so.",
    check_attribution,
)
