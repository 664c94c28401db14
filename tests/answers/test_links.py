"""Links to the quoted words, by the syntax of text fragments."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from onrecord.answers.links import deep_link, web_address
from onrecord.model import Citation, Source
from shipped import shipped_base, shipped_citations


def _link(exact: str, *, prefix: str = "", suffix: str = "", url: str = "https://example.org/a") -> str:
    return deep_link(Citation("c", "x", "s", exact, prefix, suffix), Source("s", "t", urls=(url,)))


@pytest.mark.parametrize(
    ("link", "fragment"),
    [
        (_link("four plain words here"), "four%20plain%20words%20here"),
        (_link("self-kept, & so on"), "self%2Dkept%2C%20%26%20so%20on"),
        (_link("a b", prefix="be-fore"), "be%2Dfore-,a%20b"),
        (_link("a b", suffix="after, it"), "a%20b,-after%2C%20it"),
        (_link("a b", prefix="x", suffix="y"), "x-,a%20b,-y"),
        (_link("§ 115.22(e) – “so”"), "%C2%A7%20115.22%28e%29%20%E2%80%93%20%E2%80%9Cso%E2%80%9D"),
    ],
)
def test_hyphens_commas_and_ampersands_are_encoded(link: str, fragment: str) -> None:
    assert link == f"https://example.org/a#:~:text={fragment}"


def test_a_fragment_that_is_there_is_kept() -> None:
    assert _link("a b", url="https://example.org/a#part") == "https://example.org/a#part:~:text=a%20b"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "https://",
        "not a url",
        "http://[x",
    ],
)
def test_nothing_but_web_addresses_is_linked(url: str) -> None:
    assert _link("a b", url=url) == ""
    assert web_address(Source("s", "t", urls=(url,))) == ""


def test_every_shipped_link_carries_the_words_quoted() -> None:
    for citation in shipped_citations():
        source = shipped_base().source(citation.source)
        assert source is not None
        link = deep_link(citation, source)
        if link:
            directive = link.partition(":~:text=")[2]
            assert unquote(directive.replace("-,", "|").replace(",-", "|")).split("|") == [
                part for part in (citation.prefix, citation.exact, citation.suffix) if part
            ]
            assert not any(c.isspace() for c in link)
