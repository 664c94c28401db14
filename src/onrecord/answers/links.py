"""Links that open a source at the words quoted (URL fragment text directives)."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from onrecord.model import Citation, Source


def web_address(source: Source) -> str:
    """The first http or https address of a source, or "".

    >>> web_address(Source("x", "t", urls=("ftp://example.org/a", "https://example.org/b")))
    'https://example.org/b'
    """
    return next((url for url in source.urls if _is_web(url)), "")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(c.isspace() for c in url)


def deep_link(citation: Citation, source: Source) -> str:
    """The source's address with a text fragment for the quotation; "" without a web address.

    Syntax: https://wicg.github.io/scroll-to-text-fragment/ (prefix-, start, -suffix).

    >>> deep_link(
    ...     Citation("c", "x", "s", "self-reported, in part", prefix="was", suffix="only"),
    ...     Source("s", "t", urls=("https://example.org/a",)),
    ... )
    'https://example.org/a#:~:text=was-,self%2Dreported%2C%20in%20part,-only'
    """
    address = web_address(source)
    if not address:
        return ""
    parts = [f"{_encoded(citation.prefix)}-"] if citation.prefix else []
    parts.append(_encoded(citation.exact))
    if citation.suffix:
        parts.append(f"-{_encoded(citation.suffix)}")
    return f"{address}{'' if '#' in address else '#'}:~:text={','.join(parts)}"


def _encoded(words: str) -> str:
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")
