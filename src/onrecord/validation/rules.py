"""The registry of rules: every rule id that a finding may carry, what it means and how to mend it.

Shapes bring their own rules (the shape's local name); those of this file are decided in Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.model import Severity

V, W, I = Severity.VIOLATION, Severity.WARNING, Severity.INFO  # noqa: E741


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule as documented: id, default severity, title, and what to do about it."""

    id: str
    severity: Severity
    title: str
    explanation: str


def _rules(*rows: tuple[str, Severity, str, str]) -> dict[str, RuleInfo]:
    return {row[0]: RuleInfo(*row) for row in rows}


CORE: Mapping[str, RuleInfo] = _rules(
    (
        "file-unreadable",
        V,
        "A file cannot be read",
        "The file is missing, too large, not UTF-8, of an unknown kind, or does not parse. Nothing in it was "
        "checked, so the run ends with exit code 2; the other files are still reported.",
    ),
    (
        "citation-changed",
        V,
        "The quotation is not in its source, but something near it is",
        "The words do not stand in the source's text as quoted. The nearest passage is shown beside the first "
        "difference. Copy the words from the source, or drop the citation.",
    ),
    (
        "citation-absent",
        V,
        "The quotation is not in its source",
        "Nothing near the words stands in the text; or they stand in another section than the locator names; or "
        "the citation's proof fails; or the base holds a commitment to the text and no proof shows the words.",
    ),
    (
        "citation-ambiguous",
        V,
        "The quotation stands in its source more than once",
        "Neither prefix, suffix, locator nor proof says which place is meant. Add up to four words of what stands "
        "before (oa:prefix) or after (oa:suffix), or a section locator.",
    ),
    (
        "citation-unchecked",
        I,
        "The quotation could not be checked",
        "No text of the source is in the archive and the base holds no commitment to one. File the text with "
        "'onrecord source add'. A violation under --strict.",
    ),
    (
        "citation-normalised",
        I,
        "The quotation matches only in its normalised form",
        "The words are the source's, but case, dashes, quotation marks or line breaks are written otherwise.",
    ),
    (
        "citation-stale",
        W,
        "The text at hand is not the one that was cited",
        "The archive's text has another digest than the base's snapshot record. File the text that was cited, or "
        "run 'onrecord prove' to commit to the new one.",
    ),
    (
        "citation-moved",
        W,
        "The quotation stands elsewhere in the newer text",
        "Only with citation-stale: the words are still there, at another place than the proof says.",
    ),
    (
        "citation-proof",
        V,
        "The text holds the quotation, but its proof fails",
        "The proof file does not fit the committed text. Write it anew with 'onrecord prove'.",
    ),
    (
        "citation-twice",
        V,
        "One claim cites the same words of the same source twice",
        "Both citations get one IRI, so their details would mix. Keep one of them.",
    ),
    (
        "citation-foreign-reference",
        V,
        "A reference of another source",
        "onr:reference names an [n] marker of the cited source itself: source:SLUG.ref-N of that source.",
    ),
    (
        "quotation-length",
        V,
        "The quotation is not a fragment of 4 to 12 words",
        "Fewer words single out nothing, more republish the source. Shorten it, or cite two fragments.",
    ),
    (
        "quotation-affix",
        V,
        "The prefix or suffix is longer than 4 words",
        "Keep the words that single the quotation out or carry its negation or condition.",
    ),
    (
        "proof-orphan",
        I,
        "A proof belongs to no citation",
        "The citation was edited or removed after the proof was written. 'onrecord prove' drops it.",
    ),
    (
        "proof-unreadable",
        V,
        "A proof file cannot be read",
        "It is not JSON of this version. Write it anew with 'onrecord prove', with the text in the archive.",
    ),
    (
        "terms-unknown",
        V,
        "An own term that the ontology does not define",
        "Misspelt, most often: the nearest defined term is named. New terms are defined in ontology/ first.",
    ),
    (
        "shapes-term-unknown",
        V,
        "A SHACL term that does not exist",
        "A misspelt constraint constrains nothing, and no engine says so. Correct it.",
    ),
    (
        "shapes-unusable",
        V,
        "The shapes cannot be used",
        "The SHACL engine rejects them. Mend the shape that it names.",
    ),
    (
        "structure-slug",
        V,
        "An IRI whose last step is no slug",
        "Slugs are made of small letters, digits and single hyphens, so that they survive in URLs and file names.",
    ),
    (
        "structure-claim-twice",
        V,
        "Two files hold the same claim",
        "A claim is written in one place. Remove one, or give the second claim its own slug.",
    ),
    (
        "structure-claim-exists",
        W,
        "The base holds a claim of that name already",
        "The file was checked as if it replaced that claim; 'onrecord add' would refuse it. Give a new claim its "
        "own slug; correct an old one in its own file or with 'onrecord retire'.",
    ),
    (
        "structure-graph-empty",
        V,
        "A claim asserts nothing",
        "Write what it asserts as triples into GRAPH with the claim's IRI; a gap asserts one onr:MissingFact.",
    ),
    (
        "structure-graph-unknown",
        V,
        "A graph that belongs to no claim",
        "Every named graph is named by the claim whose assertions it holds, and the claim has a record.",
    ),
    (
        "structure-graph-foreign",
        V,
        "A claim's graph describes what is not its own",
        "Its subjects are the claim's own nodes (claim:SLUG.name) or entities, and what it says of them comes from "
        "the domain's vocabulary; statements, topics and citations stand in the record, outside the graph.",
    ),
    (
        "structure-fact-outside",
        V,
        "A fact about an entity outside a claim",
        "Facts need a source: put the triple into the graph of a claim that cites one. entities.ttl holds identity "
        "only.",
    ),
    (
        "structure-gap",
        V,
        "A gap's graph does not hold exactly one node",
        "It holds one onr:MissingFact: who lacks it, about whom, which property, which matter.",
    ),
    (
        "structure-dangling",
        V,
        "Something is named that the base does not hold",
        "The claim, source, entity or reference does not exist, or is misspelt: the nearest name is given.",
    ),
    (
        "structure-cycle",
        V,
        "Claims that replace each other in a circle",
        "Following onr:replacedBy must end at a claim that stands.",
    ),
    (
        "structure-replaced",
        V,
        "A claim replaces itself or is assessed by itself",
        "Name another claim.",
    ),
    (
        "structure-validity",
        V,
        "A validity that ends before it begins",
        "onr:validThrough lies before onr:validFrom. Correct one of them.",
    ),
    (
        "structure-label",
        V,
        "Two entities with one preferred label",
        "Answers name entities by their labels, so a label names one of them. Shared names are synonyms.",
    ),
    (
        "structure-import",
        V,
        "owl:imports is refused",
        "A check never goes to the network, so what is imported would not be checked. Copy what you need.",
    ),
    (
        "across-share",
        W,
        "The quotations add up to much of a source",
        "More than half of the words of a source that is not in the public domain stand in quotations or their "
        "affixes. Each is a fragment, but together they republish it. Shorten them to the words that carry the "
        "statements. Only a check of the whole base says so.",
    ),
    (
        "structure-draft",
        V,
        "A claim that is still a draft",
        "The statement still says FILL IN, as 'onrecord new' prints it. Write the statement in your own words.",
    ),
    (
        "structure-foreign-claim",
        V,
        "A claim outside the base's own IRIs",
        "The IRI of a claim begins with the base's IRI (onrecord.toml) and claim/, so that its parts are found.",
    ),
    (
        "filing-known",
        V,
        "The base describes it already",
        "Only 'onrecord add': what is filed must be new. Correct what is there in its own file, or with "
        "'onrecord retire'.",
    ),
    (
        "filing-kind",
        V,
        "Not something that is added with claims",
        "Only 'onrecord add': snapshots, reviews and terms are written by other commands or by hand.",
    ),
    (
        "review-void",
        W,
        "A review of what stands no longer",
        "The statement or the quotation was changed after a second reader read them, or the citation is gone. Read "
        "the citation again with 'onrecord review'; it drops reviews of citations that are gone.",
    ),
    (
        "review-partly",
        V,
        "A second reader found that the quotation bears only a part of the statement",
        "Mend the statement, the quotation or who stands behind it; then have the citation read again with "
        "'onrecord review --claim'. Its new verdict stands in the place of this one.",
    ),
    (
        "review-not-supported",
        V,
        "A second reader found that the quotation does not bear the statement",
        "Mend the claim, cite other words or retire it; then have the citation read again with 'onrecord review "
        "--claim'. Its new verdict stands in the place of this one.",
    ),
    (
        "waiver-unknown",
        V,
        "A waiver names no rule",
        "Only rules of this page can be waived, and only wording and across rules: citations and structure cannot.",
    ),
    (
        "base-empty",
        V,
        "There was nothing to check",
        "No claim was found in the files. A run that checked nothing is no pass.",
    ),
)
"""Rules that are not SHACL shapes and not wording rules."""

WAIVABLE = ("wording-", "across-")
"""What the ids of rules that a claim may waive begin with."""


def all_rules() -> dict[str, RuleInfo]:
    """Every rule decided in Python, by id: the core ones, the wording rules, the rules across claims."""
    from onrecord.citations.across import RULES as ACROSS
    from onrecord.citations.wording.rules import RULES as WORDING

    wording = {r.id: RuleInfo(r.id, r.severity, r.title, r.explanation) for r in WORDING}
    across = {r.id: RuleInfo(r.id, r.severity, r.title, r.explanation) for r in ACROSS}
    return {**CORE, **wording, **across}
