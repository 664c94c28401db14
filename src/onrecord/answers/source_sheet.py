"""Sources: a list of them, and one with its record, references, captures, commitment and citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.answers.links import web_address
from onrecord.answers.phrasing import Paint, cut, dated, one_line, plain, wrapped
from onrecord.answers.sheet_json import reference_data, source_data, without_empty
from onrecord.model import Citation, Claim, Snapshot, Source
from onrecord.sources.archive import Archive, Capture
from onrecord.store.records import StoreBase
from onrecord.vocab import compact


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """A source with everything known of it.

    Attributes:
        snapshots: the base's commitments to its text.
        captures: what the reader's archive holds of it.
        cited: the claims that cite it, each with those citations.
    """

    source: Source
    snapshots: tuple[Snapshot, ...] = ()
    captures: tuple[Capture, ...] = ()
    cited: tuple[tuple[Claim, tuple[Citation, ...]], ...] = ()

    @property
    def citations(self) -> int:
        """How many citations there are."""
        return sum(len(citations) for _, citations in self.cited)

    @property
    def is_same_text(self) -> bool | None:
        """Whether the latest text at hand is one that the base commits to; None where either is lacking."""
        if not self.captures or not self.snapshots:
            return None
        return self.captures[-1].text_digest in {s.text_digest for s in self.snapshots}


def source_sheets(base: StoreBase, archive: Archive) -> list[SourceSheet]:
    """A sheet for every source, by IRI."""
    cited = _by_source(base.claims())
    return [_sheet(base, archive, source, cited) for source in base.sources()]


def source_sheet(base: StoreBase, archive: Archive, source: Source) -> SourceSheet:
    """The sheet of one source."""
    return _sheet(base, archive, source, _by_source(base.claims()))


def _by_source(claims: Iterable[Claim]) -> dict[str, list[tuple[Claim, tuple[Citation, ...]]]]:
    cited: dict[str, list[tuple[Claim, tuple[Citation, ...]]]] = {}
    for claim in claims:
        for iri in dict.fromkeys(c.source for c in claim.citations):
            own = tuple(c for c in claim.citations if c.source == iri)
            cited.setdefault(iri, []).append((claim, own))
    return cited


def _sheet(
    base: StoreBase,
    archive: Archive,
    source: Source,
    cited: Mapping[str, list[tuple[Claim, tuple[Citation, ...]]]],
) -> SourceSheet:
    captures = tuple(archive.captures(source.slug))
    return SourceSheet(source, tuple(base.snapshots(source.iri)), captures, tuple(cited.get(source.iri, ())))


def source_rows(sheets: Sequence[SourceSheet]) -> Iterator[list[str]]:
    """Rows of a table: id, tier, date, text at hand, committed, citations, title."""
    for sheet in sheets:
        yield [
            sheet.source.slug,
            sheet.source.tier,
            sheet.source.issued or cut(dated(sheet.source), 20),
            {None: "yes" if sheet.captures else "", True: "yes", False: "other"}[sheet.is_same_text],
            "yes" if sheet.snapshots else "",
            str(sheet.citations),
            cut(sheet.source.title, 70),
        ]


def source_text(sheet: SourceSheet, base: StoreBase, paint: Paint = plain) -> str:
    """One source as text."""
    source = sheet.source
    lines = [paint(compact(source.iri), "place"), "", wrapped(source.title, "  "), ""]
    facts = (
        ("publisher", ", ".join(source.publishers)),
        ("type", source.type),
        ("tier", source.tier),
        ("date", dated(source)),
        ("identifier", source.identifier),
        ("rights", source.rights),
    )
    lines += [wrapped(value, " " * 14, f"  {name:<12}") for name, value in facts if value]
    lines += [f"  {'address':<12}{one_line(url)}" for url in source.urls]
    lines += [wrapped(note, " " * 14, f"  {'note':<12}") for note in source.notes]
    lines += _texts(sheet, paint)
    lines += _references(sheet, base, paint)
    lines += _cited(sheet, paint)
    return "\n".join(lines) + "\n"


def _texts(sheet: SourceSheet, paint: Paint) -> Iterator[str]:
    yield ""
    yield paint("Text", "head")
    for snapshot in sheet.snapshots:
        yield f"  committed: {snapshot.word_count:,} words, text {snapshot.text_digest}"
        yield f"             root {snapshot.root}"
    if not sheet.snapshots:
        yield "  no commitment in the base"
    for capture in sheet.captures:
        yield f"  at hand: {capture.words:,} words, text {capture.text_digest}"
        name = one_line(capture.file_name)
        yield f"           filed on {capture.captured} from {name} ({capture.extractor})"
    if not sheet.captures:
        yield f"  not at hand; file it: onrecord source add FILE --id {sheet.source.slug}"
    if sheet.is_same_text is False:
        yield f"  {paint('the latest text at hand is not the one that was committed to', 'warning')}"


def _references(sheet: SourceSheet, base: StoreBase, paint: Paint) -> Iterator[str]:
    references = sheet.source.references
    if references:
        yield ""
        yield paint("References", "head")
    for reference in sorted(references, key=lambda r: (len(r.marker), r.marker)):
        yield f"  {one_line(reference.marker)}"
        if not reference.candidates:
            yield wrapped(f"unresolved: {reference.unresolved}", "      ", "    ")
        for candidate in reference.candidates:
            found = base.source(candidate.source)
            title = f" \u201c{one_line(found.title)}\u201d" if found is not None else ""
            text = (
                f"{candidate.confidence} confidence: {compact(candidate.source)}{title}: {candidate.reason}"
            )
            yield wrapped(text, "      ", "    ")


def _cited(sheet: SourceSheet, paint: Paint) -> Iterator[str]:
    yield ""
    yield f"{paint('Citations', 'head')}  {sheet.citations}"
    for claim, citations in sheet.cited:
        yield wrapped(f"{compact(claim.iri)}: {claim.statement}", "    ", "  ")
        for citation in citations:
            where = f" ({one_line(citation.locator)})" if citation.locator else ""
            yield wrapped(f"\u201c{one_line(citation.exact)}\u201d{where}", "      ", "    ")


def source_sheet_data(sheet: SourceSheet, *, whole: bool = True) -> dict[str, Any]:
    """One source as plain data; `whole` adds references, captures and citations."""
    data: dict[str, Any] = {
        **source_data(sheet.source),
        "address": web_address(sheet.source),
        "rights": sheet.source.rights,
        "text_at_hand": bool(sheet.captures),
        "same_text": sheet.is_same_text,
        "committed": bool(sheet.snapshots),
        "citation_count": sheet.citations,
    }
    if whole:
        data["notes"] = list(sheet.source.notes)
        data["references"] = [reference_data(r) for r in sheet.source.references]
        data["captures"] = [capture_data(c) for c in sheet.captures]
        data["commitments"] = [
            {"text": s.text_digest, "bytes": s.byte_digest, "words": s.word_count, "root": s.root}
            for s in sheet.snapshots
        ]
        data["citations"] = [
            {"citation": c.iri, "claim": claim.iri, "quotation": c.exact, "locator": c.locator}
            for claim, citations in sheet.cited
            for c in citations
        ]
    return without_empty(data)


def capture_data(capture: Capture) -> dict[str, Any]:
    """One filing of a source."""
    return {
        "bytes": capture.byte_digest,
        "text": capture.text_digest,
        "words": capture.words,
        "extractor": capture.extractor,
        "filed": capture.captured,
        "file": capture.file_name,
    }
