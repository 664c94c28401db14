"""Reading a draft: what counts as a sentence, its place, its markers, its own list; hostile drafts."""

from __future__ import annotations

import time

import pytest

from onrecord.answers.audit import list_problems
from onrecord.answers.drafts import LARGEST_DRAFT, MOST_SENTENCES, read_draft
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
        (3, "The Board closed [41 of 60] reports [1].", ("1", "late")),
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
        (b"Word. " * (MOST_SENTENCES + 1), "more than 20,000 sentences"),
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
        (b"hello" + b"](" * 300_000, "a.md"),
        (b"hello" + b" " * 1_900_000 + b"there", "a.txt"),
        (b"[1]: entry\n" * 100_000 + b"\nhello", "a.md"),
        ("hello" + "\u202e" * 400_000, "a.txt"),
        (b"word " * 390_000, "a.txt"),
    ],
)
def test_hostile_drafts_are_read_in_bounded_time(data: bytes | str, name: str) -> None:
    started = time.process_time()
    draft = read_draft(data.encode() if isinstance(data, str) else data, name)
    assert time.process_time() - started < 20
    assert len(draft.sentences) <= MOST_SENTENCES


def test_a_sentence_without_end_is_taken_in_parts() -> None:
    draft = read_draft(b"word " * 1_000, "a.txt")
    assert [len(s.text.split()) for s in draft.sentences] == [150] * 6 + [100]
