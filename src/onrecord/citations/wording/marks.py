"""Telephone numbers, e-mail addresses, dates, statute and report numbers, each in one canonical form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from onrecord.citations.wording.tokens import fold


@dataclass(frozen=True, slots=True)
class Mark:
    """A number or address that stands for one thing: its canonical forms, and where it stands.

    A mark of several forms (`7/10/2018`) may be read either way.
    """

    forms: tuple[tuple[str, ...], ...]
    start: int
    end: int
    wording: str


def masked(text: str, marks: Iterable[Mark]) -> str:
    """The (folded) text with the marks blanked out, all offsets kept."""
    pieces: list[str] = []
    at = 0
    for mark in sorted(marks, key=lambda m: m.start):
        if mark.end > at:
            begin = max(at, mark.start)
            pieces += (text[at:begin], " " * (mark.end - begin))
            at = mark.end
    return "".join([*pieces, text[at:]])


_EMAIL = regex.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}")
_URL = regex.compile(r"(?<![\w@])(?:https?://|www\.)[^\s<>\"]{1,2000}", regex.IGNORECASE)


def emails(text: str) -> list[Mark]:
    """The e-mail addresses of a text, in lower case."""
    return [_mark(m, ((m.group().rstrip(".").lower(),),)) for m in _EMAIL.finditer(fold(text))]


def urls(text: str) -> list[Mark]:
    """The web addresses of a text; their digits are no figures."""
    return [_mark(m, ((m.group(),),)) for m in _URL.finditer(fold(text))]


def _mark(match: regex.Match[str], forms: tuple[tuple[str, ...], ...]) -> Mark:
    return Mark(forms, match.start(), match.end(), match.group())


_KEYPAD = {
    c: str(n)
    for n, row in enumerate(["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"], 2)
    for c in row
}
_PHONE = regex.compile(
    r"(?<![\p{L}\p{N}.$-])(?:"
    r"\+[0-9]{1,3}(?:[-. ]?\(?[0-9]{1,5}\)?){2,6}"
    r"|(?:1[-. ])?(?:\([0-9]{3}\)[-. ]?|[0-9]{3}[-. ])(?=[0-9A-Z.-]*[0-9])[0-9A-Z]{3,4}[-. ][0-9A-Z]{3,4}"
    r"|1[-. ][0-9]{3}[-. ][0-9A-Z]{7}"
    r"|[0-9]{3}-[0-9]{3}-[0-9]{4}|(?:1[-. ])?8[0-9]{2}-(?:[A-Z]{3,4}-?[A-Z]{3,4})|[0-9]{3}-[0-9]{4}"
    r")(?![\p{L}\p{N}]|-[0-9])"
)


def phones(text: str) -> list[Mark]:
    """The telephone numbers of a text as digits: letters as on a keypad, without the leading 1 or +1.

    >>> phones("at 833-4ICE-OPR")[0].forms == phones("(833-442-3677)")[0].forms == (("8334423677",),)
    True
    """
    found = []
    for match in _PHONE.finditer(fold(text)):
        digits = "".join(_KEYPAD.get(c, c) for c in match.group().lower() if c.isalnum())
        found.append(_mark(match, ((digits.removeprefix("1") if len(digits) == 11 else digits,),)))
    return found


_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_NUMBER = {name[:n]: i for i, name in enumerate(_MONTHS, 1) for n in (3, 4, len(name))} | {
    name: i for i, name in enumerate(_MONTHS, 1)
}
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![\p{L}])\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9])"
_YEAR = r"(?P<year>[12][0-9]{3})(?![0-9])"
_DATES = (
    regex.compile(rf"(?<![0-9]){_DAY}(?:\s+of)?[ -]{_MONTH}(?:,?[ -]{_YEAR})?"),
    regex.compile(rf"(?<!\p{{L}}){_MONTH}\s{_DAY}(?:\s?[-\u2013]\s?[0-9]{{1,2}}(?![0-9]))?(?:,?\s+{_YEAR})?"),
    regex.compile(rf"(?<!\p{{L}}){_MONTH},?\s+(?:of\s+)?{_YEAR}"),
    regex.compile(rf"(?<![0-9-]){_YEAR}-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3][0-9]))?(?![0-9-])"),
)
_SLASHED = regex.compile(r"(?<![0-9/])([0-9]{1,2})[/.]([0-9]{1,2})[/.]([12][0-9]{3})(?![0-9/])")
_LONE_MONTH = regex.compile(
    r"(?<!\p{L})(?P<month>January|February|April|June|July|August|September|October|November|December"
    r"|(?<=(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Ee]arly|[Ll]ate|of|mid|between|through)[ -])"
    r"(?:March|May))"
    r"(?!\p{L})"
)


def dates(text: str) -> list[Mark]:
    """The dates of a text as (year, month, day); a part that is not given is "".

    >>> dates("on July 10, 2018")[0].forms == dates("10 July 2018")[0].forms == dates("2018-07-10")[0].forms
    True
    >>> dates("by April 30")[0].forms
    (('', '4', '30'),)
    """
    folded, found = fold(text), list[Mark]()
    for match in _SLASHED.finditer(folded):
        a, b, year = match.groups()
        found.append(_mark(match, tuple({(year, str(int(m)), str(int(d))) for m, d in ((a, b), (b, a))})))
    rest = masked(folded, found)
    for pattern in (*_DATES, _LONE_MONTH):
        new = [_mark(m, (_date(m.groupdict()),)) for m in pattern.finditer(rest)]
        found += new
        rest = masked(rest, new)
    return sorted(found, key=lambda m: m.start)


def _date(groups: dict[str, str | None]) -> tuple[str, str, str]:
    month = groups["month"] or ""
    number = int(month) if month.isdigit() else _MONTH_NUMBER[month.lower()]
    day = groups.get("day")
    return groups.get("year") or "", str(number), str(int(day)) if day else ""


def dated_as(wanted: Mark, given: Iterable[Mark]) -> bool:
    """Whether some date holds every part that the wanted one names."""
    return any(
        all(w in ("", g) for w, g in zip(form, other, strict=True))
        for date in given
        for other in date.forms
        for form in wanted.forms
    )


_PARENS = r"(?P<parens>(?:\s?\([0-9A-Za-z]{1,5}\)){0,8})"
_CODE = regex.compile(
    r"(?<![\p{L}\p{N}])(?P<title>[0-9]{1,3})\s{0,3}"
    r"(?P<code>U\.?\s?S\.?\s?C\.?(?!\p{L})(?:\s?A\.)?|U\.?S\.?\s?Code|C\.?\s?F\.?\s?R\.?(?!\p{L})|Fed\.\s?Reg\.|F\.?R\.?(?=\s[0-9])"
    r"|Stat\.)\s{0,3}(?:\u00a7{1,2}\s?|[Pp]arts?\s|[Ss]ections?\s|[Ss]ec\.\s)?"
    r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,5})?[A-Za-z]{0,2}(?![A-Za-z])(?:-[0-9]{1,4})?)" + _PARENS
)
_SECTION = regex.compile(
    r"(?<![\p{L}\p{N}])(?:\u00a7{1,2}\s?|(?:[Ss]ections?|[Ss]ecs?\.|[Aa]rticles?|[Tt]itle|[Pp]arts?|[Cc]hapter|"
    r"[Pp]aragraphs?|[Ss]ubsections?|[Ss]ubparagraphs?)\s)"
    r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,5})?[A-Za-z]{0,2}(?![A-Za-z]))?" + _PARENS
)
_PUBLIC_LAW = regex.compile(
    r"(?<!\p{L})(?:Public\s+Law|Pub\.\s?L\.|P\.\s?L\.)\s?(?:No\.\s?)?([0-9]{1,3})[-\u2013]([0-9]{1,4})"
)
_REPORT = regex.compile(
    r"(?<![\p{L}\p{N}])[A-Z]{2,8}(?:[-\u2013\u2014][A-Z]{1,6}){0,3}(?:[-\u2013\u2014 ][0-9]{2,4})"
    r"(?:[-\u2013\u2014][0-9]{1,6}){1,3}[A-Z]{0,3}(?![\p{L}\p{N}])"
)
_DIRECTIVE = regex.compile(
    r"(?<!\p{L})(?P<kind>Directive|Order|Instruction|Memorandum|Form|Bulletin|H\.\s?R\.|S\.(?=\s?[0-9]))"
    r"\s{0,3}(?:[Nn]o\.\s?|[Nn]umber\s)?(?P<number>[A-Z]{0,3}-?[0-9][0-9A-Za-z.-]{0,20})"
)


def references(text: str) -> list[Mark]:
    """Statutes, regulations, sections, public laws, reports, directives: each as a path of its parts.

    >>> references("Under 6 U.S.C. 253(1) and OIG\u201320\u201154")[0].forms
    (('6', 'usc', '253', '1'),)
    >>> [m.forms[0] for m in references("section 115.22(e) of GAO-14-38")]
    [('115', '22', 'e'), ('gao-14-38',)]
    """
    folded, found = fold(text), list[Mark]()
    rest = folded
    for pattern, path in _REFERENCES:
        new = [_mark(m, (p,)) for m in pattern.finditer(rest) if (p := path(m))]
        found += new
        rest = masked(rest, new)
    return sorted(found, key=lambda m: m.start)


def _code_path(m: regex.Match[str]) -> tuple[str, ...]:
    code = (
        "".join(c for c in m["code"].lower() if c.isalpha()).replace("uscode", "usc").replace("usca", "usc")
    )
    return m["title"], code, *_section_path(m)


def _section_path(m: regex.Match[str]) -> tuple[str, ...]:
    number = (m["number"] or "").lower()
    parens = regex.findall(r"[0-9a-z]+", (m["parens"] or "").lower())
    return (*(number.split(".") if number else ()), *parens)


def _name_path(m: regex.Match[str]) -> tuple[str, ...]:
    return ("-".join(regex.findall(r"[0-9a-z]+", m.group().lower())),)


_REFERENCES = (
    (_CODE, _code_path),
    (_PUBLIC_LAW, lambda m: ("public law", m[1], m[2])),
    (_REPORT, _name_path),
    (_DIRECTIVE, lambda m: (m["kind"].lower(), m["number"].lower().rstrip(".-"))),
    (_SECTION, _section_path),
)
_CODES = frozenset(("usc", "cfr", "fedreg", "fr", "stat"))


def refers_to(wanted: Mark, given: Iterable[Mark]) -> bool:
    """Whether a reference of the quotations is the wanted one, or a finer one that lies within it."""
    paths = [form for mark in given for form in mark.forms]
    return any(_within(form, path) for form in wanted.forms for path in paths)


def _within(wanted: tuple[str, ...], path: tuple[str, ...]) -> bool:
    if path[: len(wanted)] == wanted:
        return True
    if len(wanted) > 1 and wanted[1] in _CODES:
        return len(path) > 1 and path[1] not in _CODES and path[: len(wanted) - 2] == wanted[2:]
    return any(path[k : k + len(wanted)] == wanted for k in _tails(path))


def _tails(path: tuple[str, ...]) -> Iterator[int]:
    return iter(range(1, len(path)))
