"""`onrecord.toml`: what a base may set, with the defaults that hold without it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.errors import ConfigError, Place
from onrecord.vocab import KB

FILE_NAME = "onrecord.toml"
LEVELS = ("off", "info", "warning", "violation")
_NEXT = "See docs/configuration.md for what may stand in it."


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one base.

    Attributes:
        name: shown in summaries.
        iri: what the IRIs of the base's own claims, sources and entities begin with.
        max_file_bytes: larger fact files and source files are refused.
        quotation_words: fewest and most words of a quotation.
        affix_words: most words of a prefix or suffix.
        query_seconds: time limit of a query.
        query_rows: most rows of an answer.
        levels: severity by rule id, `off` to silence a rule everywhere.
    """

    name: str = "Unnamed base"
    iri: str = KB
    max_file_bytes: int = 64_000_000
    quotation_words: tuple[int, int] = (4, 12)
    affix_words: int = 4
    query_seconds: int = 60
    query_rows: int = 100_000
    levels: Mapping[str, str] = field(default_factory=dict)


def read_config(folder: Path) -> Config:
    """The settings of the base in a folder; the defaults where there is no file.

    Raises:
        ConfigError: unreadable TOML, an unknown key, or a value of the wrong kind.
    """
    path = folder / FILE_NAME
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Config()
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (None, None)
        raise ConfigError(
            f"Not TOML: {error}.", place=Place(str(path), line, column), next_step=_NEXT
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"Cannot be read: {error}.", place=Place(str(path))) from error
    return _config(data, Place(str(path)))


def _config(data: dict[str, Any], place: Place) -> Config:
    base = _table(data, "base", {"name": str, "iri": str}, place)
    limits = _table(
        data,
        "limits",
        {
            "max_file_bytes": int,
            "quotation_words": list,
            "affix_words": int,
            "query_seconds": int,
            "query_rows": int,
        },
        place,
    )
    rules = data.pop("rules", {})
    if data:
        raise ConfigError(f"Unknown table [{sorted(data)[0]}].", place=place, next_step=_NEXT)
    if not isinstance(rules, dict):
        raise ConfigError("[rules] must be a table.", place=place, next_step=_NEXT)
    for rule, level in rules.items():
        if level not in LEVELS:
            raise ConfigError(
                f"Level {level!r} of rule {rule!r} is none of {', '.join(LEVELS)}.",
                place=place,
                next_step=_NEXT,
            )
    if "quotation_words" in limits:
        limits["quotation_words"] = _word_range(limits["quotation_words"], place)
    return Config(**base, **limits, levels=rules)


def _table(data: dict[str, Any], name: str, kinds: dict[str, type], place: Place) -> dict[str, Any]:
    table = data.pop(name, {})
    if not isinstance(table, dict):
        raise ConfigError(f"[{name}] must be a table.", place=place, next_step=_NEXT)
    for key, value in table.items():
        if key not in kinds:
            raise ConfigError(f"Unknown key {key!r} in [{name}].", place=place, next_step=_NEXT)
        if type(value) is not kinds[key] or (isinstance(value, int) and value <= 0):
            wanted = {int: "a whole number above 0", str: "a string", list: "a list"}[kinds[key]]
            raise ConfigError(f"{key} in [{name}] must be {wanted}.", place=place, next_step=_NEXT)
    return dict(table)


def _word_range(value: list[Any], place: Place) -> tuple[int, int]:
    if len(value) != 2 or any(type(n) is not int for n in value) or not 0 < value[0] <= value[1]:
        raise ConfigError("quotation_words must be [fewest, most].", place=place, next_step=_NEXT)
    return value[0], value[1]
