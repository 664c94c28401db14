"""What a check is made of: the whole base, or files in front of it, with the shapes that apply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from onrecord.errors import ConfigError, OnRecordError, Place
from onrecord.model import Severity
from onrecord.store.index import memory_base, open_index, parse_base
from onrecord.store.layout import Layout
from onrecord.store.reading import FactFile, read_path
from onrecord.store.records import StoreBase
from onrecord.validation.check import Subject
from onrecord.validation.rules import WAIVABLE, all_rules
from onrecord.vocab import SH, SHAPE


def whole_base(layout: Layout) -> Subject:
    """Every file of a base."""
    parsed = parse_base(layout)
    base = memory_base(parsed.files, layout)
    errors = list(parsed.errors)
    try:
        base.proofs  # noqa: B018 - read here, so that a damaged file is reported and not raised later
    except OnRecordError as error:
        errors.append(error)
        base.proofs = {}
    return _subject(layout, parsed.facts, base, errors, whole=True)


def named_files(layout: Layout, paths: Sequence[str], input_format: str = "") -> Subject:
    """Files by path (`-` for standard input) as new facts; those that cannot be read are reported."""
    files: list[FactFile] = []
    errors: list[OnRecordError] = []
    limit, iri = layout.config.max_file_bytes, layout.config.iri
    for given in dict.fromkeys(paths):
        name = layout.name_of(Path(given)) if given != "-" and _is_own(layout, given) else given
        try:
            files.append(read_path(Path(given), name, limit, iri, input_format))
        except OnRecordError as error:
            errors.append(error)
    return in_context(layout, files, errors)


def in_context(layout: Layout, files: Iterable[FactFile], errors: Iterable[OnRecordError] = ()) -> Subject:
    """Parsed files as new facts in front of the base."""
    files = list(files)
    below = open_index(layout, tolerant=True)
    return _subject(layout, files, memory_base(files, layout, over=below), list(errors), whole=False)


def _is_own(layout: Layout, given: str) -> bool:
    return Path(given).resolve().is_relative_to(layout.root.resolve())


def _subject(
    layout: Layout, files: Sequence[FactFile], base: StoreBase, errors: list[OnRecordError], *, whole: bool
) -> Subject:
    paths = layout.shape_files()
    ontology = _read(layout, layout.ontology_files(), errors)
    record = _read(layout, [p for p in paths if p.parent.name != "assertion"], errors)
    assertion = _read(layout, [p for p in paths if p.parent.name == "assertion"], errors)
    _refuse_levels(layout, [*record, *assertion])
    config = layout.config
    return Subject(files, base, ontology, record, assertion, config, errors, whole, config.name)


def _read(layout: Layout, paths: Sequence[Path], errors: list[OnRecordError]) -> list[FactFile]:
    files = []
    for path in paths:
        try:
            config = layout.config
            files.append(read_path(path, layout.name_of(path), config.max_file_bytes, config.iri))
        except OnRecordError as error:
            if error.place not in [e.place for e in errors]:
                errors.append(error)
    return files


def _refuse_levels(layout: Layout, shapes: Sequence[FactFile]) -> None:
    """Refuse levels of rules that do not exist, and lower levels of rules that the base's trust rests on."""
    defaults = {**_shape_severities(shapes), **{r.id: r.severity for r in all_rules().values()}}
    place = Place(str(layout.root / "onrecord.toml"))
    for rule, level in layout.config.levels.items():
        if rule not in defaults:
            raise ConfigError(f"[rules] names {rule!r}, which is no rule.", place=place)
        if not rule.startswith(WAIVABLE) and _lowers(level, defaults[rule]):
            raise ConfigError(
                f"[rules] lowers {rule!r}, which the base's trust rests on.",
                place=place,
                next_step=f"Only rules beginning with {' or '.join(WAIVABLE)} can be lowered.",
            )


def _shape_severities(shapes: Sequence[FactFile]) -> dict[str, Severity]:
    subjects = {q.subject for f in shapes for q in f.quads if q.subject.startswith(SHAPE)}
    declared = {
        q.subject: Severity(str(q.object).removeprefix(SH).lower())
        for f in shapes
        for q in f.quads
        if q.predicate == SH + "severity" and q.object in [SH + s.value.title() for s in Severity]
    }
    return {iri.removeprefix(SHAPE): declared.get(iri, Severity.VIOLATION) for iri in subjects}


def _lowers(level: str, default: Severity) -> bool:
    return level == "off" or Severity(level).rank > default.rank
