"""Auditing the sentences of a written summary: each must say what its notes' claims say, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.answers.summary.abbreviations import abbreviations, unexpanded
from onrecord.answers.summary.choice import ALL, DIFFER, ESTABLISHED, UNKNOWN, sections_of
from onrecord.answers.summary.disputes import Dispute, dispute_label, led, may_join
from onrecord.answers.summary.grounds import Grounds, shortened
from onrecord.answers.summary.labels import common_date, label_of
from onrecord.answers.summary.sentences import Manner, Sentence, fits, sentence_of
from onrecord.answers.summary.twins import twins
from onrecord.answers.summary.written import CLOSE, OPEN, WrittenParagraph, WrittenSentence
from onrecord.model import Claim, Finding, Severity, Standing

_SETTLED = (Standing.LAW, Standing.OFFICIAL_STATEMENT, Standing.OVERSIGHT_FINDING)
Also = dict[str, tuple[str, ...]]


class TextAuditor:
    """Audits sentences and the labels before them.

    Attributes:
        used: the notes that sentences carry.
        also: the claims that stand beside one that says the same.
    """

    def __init__(self, grounds: Grounds) -> None:
        self.grounds = grounds
        self.short = abbreviations(grounds.base)
        self.used: set[int] = set()
        self.also: set[str] = set()
        self._read: set[str] = set()
        self._numbers = {c.iri: n for n, c in reversed(grounds.claims.items()) if c is not None}
        self._label = ("", "")

    def findings(self) -> Iterator[Finding]:
        """What speaks against the sentences, in their order."""
        for paragraph in self.grounds.written.paragraphs:
            yield from self._paragraph(paragraph)

    def _paragraph(self, paragraph: WrittenParagraph) -> Iterator[Finding]:
        told: list[tuple[WrittenSentence, list[Claim], Also]] = []
        for sentence in paragraph.sentences:
            yield from self._notes(sentence)
            claims = [c for n in sentence.notes if (c := self.grounds.claims.get(n)) is not None]
            if claims and len(claims) == len(sentence.notes):
                told.append((sentence, *self._parted(claims)))
        every = [c for _, claims, _ in told for c in claims]
        if not every:
            return
        if paragraph.section == DIFFER:
            yield from self._dispute(paragraph, told, every)
            return
        yield from self._labelled(paragraph, every)
        said = common_date(paragraph.section, every)
        for sentence, claims, also in told:
            yield from self._placed(paragraph.section, sentence, claims)
            yield from self._compare(sentence, claims, also, said)

    def _parted(self, claims: Sequence[Claim]) -> tuple[list[Claim], Also]:
        """The claims that make a sentence, and those beside each that say the same."""
        main, also = [claims[0]], Also()
        for claim in claims[1:]:
            if twins(main[-1], claim):
                also[main[-1].iri] = (*also.get(main[-1].iri, ()), claim.iri)
                self.also.add(claim.iri)
            else:
                main.append(claim)
        return main, also

    # notes --------------------------------------------------------------------------------------------

    def _notes(self, sentence: WrittenSentence) -> Iterator[Finding]:
        line, text, bad = sentence.line, sentence.text, self.grounds.bad
        if text in self._read:
            yield self.grounds.finding("repeated", f"Said before: {shortened(text)}", line, Severity.WARNING)
        self._read.add(text)
        self.used |= set(sentence.notes)
        if not sentence.notes:
            yield bad("no-note", f"No note: {shortened(text)}", line)
        for number in sentence.notes:
            if number not in self.grounds.notes:
                yield bad("unknown-note", f"Note {number} is not among the references.", line)
        named = tuple(self.grounds.notes[n].claim for n in sentence.notes if n in self.grounds.notes)
        if sentence.claims is not None and sentence.claims != named:
            yield bad("note", f"It names other claims than its notes do: {shortened(text)}", line)

    # what it says -------------------------------------------------------------------------------------

    def _compare(
        self, sentence: WrittenSentence, claims: list[Claim], also: Also, said: str
    ) -> Iterator[Finding]:
        words, line, focus = self.grounds.words, sentence.line, claims[0].iri
        if len(claims) > 1 and not fits(claims, words):
            apart = " ".join(sentence_of([c], Manner(words)).text for c in claims)
            message = f"These cannot be one sentence: “{sentence.text}”; the base has “{apart}”"
            yield self.grounds.bad("differs", message, line, focus)
            return
        expected = sentence_of(claims, Manner(words, self.grounds.contested, said), also)
        if self._is(sentence, expected):
            return
        if self._is(sentence, sentence_of(claims, Manner(words, (), said), also)):
            said = shortened(sentence.text)
            message = f"Sources differ, and neither the sentence nor another one says so: {said}"
            yield self.grounds.bad("one-sided", message, line, focus)
        else:
            yield self._differs(sentence, expected, focus)

    def _differs(self, sentence: WrittenSentence, expected: Sentence, focus: str) -> Finding:
        have = " ".join(expected.text.split())
        if unexpanded(sentence.text, self.short) == have:
            message = f"The notes do not stand behind the words that they are for: {shortened(sentence.text)}"
            return self.grounds.bad("note", message, sentence.line, focus)
        message = f"The text is “{sentence.text}”; the base has “{have}”"
        return self.grounds.bad("differs", message, sentence.line, focus)

    def _is(self, sentence: WrittenSentence, expected: Sentence) -> bool:
        text = " ".join(expected.text.split())
        if sentence.marked:
            numbers = self._numbers
            text = " ".join(
                part.text + "".join(f"{OPEN}{numbers[iri]}{CLOSE}" for iri in (part.claim, *part.also))
                for part in expected.parts
            )
        return unexpanded(sentence.marked or sentence.text, self.short) == " ".join(text.split())

    # where it stands ----------------------------------------------------------------------------------

    def _labelled(self, paragraph: WrittenParagraph, claims: list[Claim]) -> Iterator[Finding]:
        section, before = self._label
        label = paragraph.label or (before if section == paragraph.section else "")
        self._label = (paragraph.section, label)
        expected = label_of(self.grounds.base, paragraph.section, claims)
        if label != expected:
            message = f"Before these sentences stands “{shortened(label)}”; it must be “{expected}”."
            yield self.grounds.bad("label", message, paragraph.line, claims[0].iri)

    def _placed(self, section: str, sentence: WrittenSentence, claims: list[Claim]) -> Iterator[Finding]:
        about = self.grounds.about
        entity = about.entity if about is not None else ""
        for claim in claims:
            if claim.is_gap or section == UNKNOWN:
                fit = claim.is_gap and section == UNKNOWN
            elif section == ESTABLISHED:
                fit = claim.standing in _SETTLED
            else:
                fit = section == ALL or section in sections_of(claim, entity)
            if not fit:
                message = f"Not where it belongs, under “{shortened(section)}”: {shortened(sentence.text)}"
                yield self.grounds.bad("section", message, sentence.line, claim.iri)

    def _dispute(
        self,
        paragraph: WrittenParagraph,
        told: list[tuple[WrittenSentence, list[Claim], Also]],
        claims: list[Claim],
    ) -> Iterator[Finding]:
        """The sides of a conflict: all of them, each as it stands, under what separates them."""
        names = frozenset(c.iri for c in claims)
        found = [conflict for conflict, sides in self.grounds.conflicts.values() if sides == names]
        labels = [dispute_label(self.grounds.base, Dispute(c, tuple(claims))) for c in found]
        if not found:
            message = "These sentences are not the sides of one conflict in the base."
            yield self.grounds.bad("one-sided", message, paragraph.line, claims[0].iri)
        elif paragraph.label not in labels:
            message = (
                f"Before these sentences stands “{shortened(paragraph.label)}”; it must be “{labels[0]}”."
            )
            yield self.grounds.bad("label", message, paragraph.line, claims[0].iri)
        several, last = len({c.standing for c in claims}) > 1, None
        manner = Manner(self.grounds.words)
        for sentence, members, _ in told:
            standing = members[0].standing
            if len(members) > 1 and not (may_join(members) and fits(members, manner.words)):
                message = f"Sides of a conflict stand in sentences of their own: {shortened(sentence.text)}"
                yield self.grounds.bad("differs", message, sentence.line, members[0].iri)
                continue
            expected = led(sentence_of(members, manner), standing if several else None, last)
            last = standing
            if not self._is(sentence, expected):
                yield self._differs(sentence, expected, members[0].iri)
