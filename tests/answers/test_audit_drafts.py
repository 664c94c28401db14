"""Reading a draft: what counts as a sentence, its place, its markers, its own list; hostile drafts."""

from __future__ import annotations

import time

import pytest

from onrecord.answers.audit.drafts import LARGEST_DRAFT, LONGEST_TEXT, MOST_SENTENCES, read_draft
from onrecord.answers.audit.rules import list_problems
from onrecord.errors import UnreadableFile

MARKDOWN = """\
# Quays

The **Board** closed [41 of 60](https://harbour.example/(x)) reports [1].[^late] Who knows?

<!-- The Board closed 99 reports. -->
```
The Board closed 98 reports.
```

## Sources

[1]: A paper
[2]: Another paper
[2]: The same again
"""
PAGE = """\
<!DOCTYPE html><html><head><title>Not read. At all.</title></head><body>
<script>document.write("The Board closed 97 reports.")</script>
<p onclick="alert('a > b')">Owners &amp; others call the <b>harb</b>our line<sup><a href="#n">2</a></sup>.
It is open.</p>
<h2>Notes</h2><ol><li>A paper</li><li>Another</li></ol>
</body></html>
"""


def test_markdown_is_read_without_its_markup() -> None:
    draft = read_draft(MARKDOWN.encode(), "quays.md")
    assert [(s.line, " ".join(s.text.split()), s.markers) for s in draft.sentences] == [
        (1, "Quays", ()),
        (3, "The Board closed 41 of 60 reports [1].", ("1", "late")),
        (3, "Who knows?", ()),
    ]
    assert draft.entries == {"1": 12, "2": 13} and draft.doubled == (("2", 14),)


def test_markers_are_checked_against_the_drafts_own_list() -> None:
    found = [(p.line, p.message) for p in list_problems(read_draft(MARKDOWN.encode(), "quays.md"))]
    assert found == [
        (3, "The marker [late] has no entry in the draft's list of references."),
        (13, "The entry [2] of the draft's list is referred to nowhere."),
        (14, "The label [2] stands twice in the draft's list of references."),
    ]
    alone = read_draft(b"It is so [1]. It is not [2].", "-")
    assert [p.message for p in list_problems(alone)] == [
        "The draft has markers (2) and no list of references of its own."
    ]


def test_html_is_read_without_scripts_and_with_its_footnotes() -> None:
    draft = read_draft(PAGE.encode(), "-")
    assert draft.kind == "html"
    assert [(s.line, s.text, s.markers) for s in draft.sentences] == [
        (3, "Owners & others call the harbour line[2].", ("2",)),
        (4, "It is open.", ()),
    ]
    assert draft.entries == {"1": 5, "2": 5}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a " * LARGEST_DRAFT, "Larger than 2,000,000 bytes. Audit it in parts."),
        (b"The Board acts. " * 20_000, f"more than {MOST_SENTENCES:,} sentences"),
        (b"word " * 390_000, f"more than {LONGEST_TEXT:,} characters of text"),
        ("The Board acts.".encode("utf-16"), "UTF-16, not UTF-8"),
        ("The Board acts.".encode("utf-16-le"), "Neither text, Markdown nor HTML"),
        (b"The Board acts. " * 1_000 + b"\x00", "Neither text, Markdown nor HTML"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "Neither text, Markdown nor HTML"),
        (b"%PDF-1.7 ...", "Neither text, Markdown nor HTML"),
        (b"two\nlines \xff", "draft:2: Not UTF-8: byte 0xff"),
        (b" \n** -- **\n", "no words"),
        (b"<!--" * 400_000, "no words"),
        (b"<script>" * 200_000, "no words"),
    ],
)
def test_what_is_no_draft_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_draft(data, "draft")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<div>" * 200_000 + b"hello", "a.html"),
        (b"hello" + b"<a href=\"'" * 150_000, "a.html"),
        (b"<sup><a " * 200_000 + b"> hello", "a.html"),
        (b"hello <!--" + b"-" * 1_500_000, "a.md"),
        (b"hello" + b"](" * 290_000, "a.md"),
        (b"[" * 590_000 + b"hello", "a.md"),
        (b"hello" + b"\n" * 1_900_000 + b"there", "a.md"),
        (b"hello" + b" " * 1_900_000 + b"there", "a.txt"),
        (b"[1]: entry\n" * 100_000 + b"\nhello", "a.md"),
        ("hello" + "\u202e" * 400_000, "a.txt"),
        (b"word " * 119_000, "a.txt"),
        (b"a. " * 190_000, "a.txt"),
    ],
)
def test_hostile_drafts_are_read_in_bounded_time(data: bytes | str, name: str) -> None:
    started = time.process_time()
    draft = read_draft(data.encode() if isinstance(data, str) else data, name)
    assert time.process_time() - started < 20
    assert len(draft.sentences) <= MOST_SENTENCES


RICH = """\
---
title: The Board closed 96 reports.
---

| Office | Reports |
|---|---|
| The *Board* | 41 of 60 |

1. The Board acts.
   - It keeps my_file@harbour.example open, see [12](https://harbour.example/a_b).
   - See [the paper][Paper], not ![a picture](p.png).

    ~~~
    The Board closed 95 reports.
    ~~~

[paper]: https://harbour.example/paper
"""


def test_tables_lists_links_and_front_matter_are_read_as_they_are_meant() -> None:
    draft = read_draft(RICH.encode(), "quays.md")
    found = [(s.line, " ".join(s.text.split()), s.markers, s.linked) for s in draft.sentences]
    assert found == [
        (5, "Office Reports", (), False),
        (7, "The Board 41 of 60", (), False),
        (9, "1. The Board acts.", (), False),
        (10, "It keeps my_file@harbour.example open, see .", (), True),
        (11, "See the paper , not a picture .", ("paper",), False),
    ]
    assert draft.entries == {"paper": 17} and not list(list_problems(draft))


def test_a_row_of_a_table_and_a_link_in_html() -> None:
    page = b"<table><tr><td>The Board</td><td>41 of 60</td></tr></table><p>See <a href='https://x.example'>it</a>."
    found = [(" ".join(s.text.split()), s.linked) for s in read_draft(page, "a.html").sentences]
    assert found == [("The Board 41 of 60", False), ("See it.", True)]


def test_a_sentence_without_end_is_taken_in_parts() -> None:
    draft = read_draft(b"word " * 1_000, "a.txt")
    assert [len(s.text.split()) for s in draft.sentences] == [150] * 6 + [100]
