"""Reading a summary back from its page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from onrecord.answers.summary.written import CLOSE, OPEN, Written, WrittenItem, WrittenNote, digest_of
from onrecord.errors import Place, UnreadableFile

LONGEST_TAG = 4000
"""Most characters of a tag in a page."""
MOST_ODD = 100
"""Most comments, declarations and the like in a page."""
_TAGS = frozenset((
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "nav", "ul", "ol", "li", "a",
    "strong", "span", "q",
))  # fmt: skip
_ATTRIBUTES = frozenset((
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "rel", "aria-label",
    "data-claim", "data-page",
))  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4")
_BLOCKS = (*_HEADINGS, "p", "div", "section", "table", "body")
_KEPT_APART = ("title", "style", "nav")
_APART = "\n"
"""What parts the texts of elements within one that is kept apart."""


def html_summary(text: str, file: str) -> Written:
    """A summary that is a page.

    Raises:
        UnreadableFile: its markup would take very long to read.
    """
    _refuse_broken(text, file)
    page = _Page()
    page.feed(text)
    page.close()
    return page.finished()


def _refuse_broken(text: str, file: str) -> None:
    """Refuse markup that takes a parser very long: tags without an end, and no end of comments."""
    unended = any(len(piece) - piece.find("<") > LONGEST_TAG for piece in text.split(">") if "<" in piece)
    if unended or any(text.count(start) > MOST_ODD for start in ("<!", "<?")):
        raise UnreadableFile(
            "The page holds tags without an end, or too many comments.",
            place=Place(file),
            next_step="Give a file that onrecord summary has written.",
        )


class _Page(HTMLParser):
    """Collects a page: every text outside its furniture counts as text of the summary."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Written()
        self._shape: list[str] = []
        self._apart: dict[str, list[str]] = {kind: [] for kind in _KEPT_APART}
        self._text: list[str] = []
        self._line = 1
        self._kind = ""
        self._label: list[str] | None = None
        self._said_label = ""
        self._note: WrittenNote | None = None
        self._is_name = False
        self._quoted: list[str] | None = None
        self._skip = ""
        self._shown = ""

    # tags ---------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a heading, a paragraph, a reference, a quotation, or a marker."""
        given = {name: value or "" for name, value in attrs}
        self._shape.append(" ".join((tag, *(f"{n}={v}" for n, v in sorted(given.items())))))
        if tag not in _TAGS or not _ATTRIBUTES.issuperset(given) or len(given) < len(attrs):
            self.found.odd.append((f"<{tag}> with {', '.join(given) or 'no attributes'}", self.getpos()[0]))
        if self._skip in _KEPT_APART:
            self._apart[self._skip].append(_APART)
        elif tag in _KEPT_APART:
            self._flush()
            self._skip = tag
        elif self._note is not None:
            self._in_note(self._note, tag, given)
        elif tag in _BLOCKS:
            self._flush()
            self._kind = "beside" if tag == "p" and given.get("class") == "about" else tag
        elif tag == "li" and (number := re.fullmatch(r"note-([0-9]{1,6})", given.get("id", ""))):
            self._begin_note(int(number[1]), given)
        elif tag == "strong" and given.get("class") == "label" and not "".join(self._text).strip():
            self._label = []
        elif tag == "a":
            self._marker(given)

    def _begin_note(self, number: int, given: dict[str, str]) -> None:
        self._flush()
        self._note = WrittenNote(number, given.get("data-claim", ""), line=self.getpos()[0])
        self.found.notes.append(self._note)

    def _marker(self, given: dict[str, str]) -> None:
        target = re.fullmatch(r"#note-([0-9]{1,6})", given.get("href", ""))
        if target:
            self._text.append(f"{OPEN}{target[1]}{CLOSE}")
            self._skip = "a"
            self._shown = ""
        else:
            self.found.odd.append((f"a link to {given.get('href', '')}", self.getpos()[0]))

    def _in_note(self, note: WrittenNote, tag: str, given: dict[str, str]) -> None:
        if tag == "li" and (number := re.fullmatch(r"note-([0-9]{1,6})", given.get("id", ""))):
            self._begin_note(int(number[1]), given)
        elif tag == "li":
            note.items.append(WrittenItem(line=self.getpos()[0]))
        elif tag == "span":
            self._is_name = True
        elif tag == "q":
            self._quoted = []
        elif tag == "a" and note.items:
            link = given.get("href", "")
            note.items[-1].links.append(link)
            if given.get("data-page") not in (None, link.partition("#:~:")[0]):
                self.found.odd.append((f"another address in print: {given['data-page']}", self.getpos()[0]))
            self._skip = "a"
            self._shown = ""

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        self._shape.append(f"/{tag}")
        if tag == self._skip:
            self._end_skipped(tag)
        elif tag == "span":
            self._is_name = False
        elif tag == "q" and self._quoted is not None:
            if self._note is not None and self._note.items:
                self._note.items[-1].quotations.append(" ".join("".join(self._quoted).split()))
            self._quoted = None
        elif tag == "ol":
            self._flush()
            self._note = None
        elif tag in ("p", *_HEADINGS):
            self._flush()
        elif tag == "strong" and self._label is not None:
            self._said_label = " ".join("".join(self._label).split())
            self._label = None

    def _end_skipped(self, tag: str) -> None:
        """End a link or what is kept apart: a link must show the number that it leads to."""
        self._skip = ""
        if tag != "a":
            return
        last = self._text[-1] if self._text and self._note is None else ""
        expected = last.replace(OPEN, "[").replace(CLOSE, "]") if last else "To the words"
        if self._shown.strip() != expected:
            self.found.odd.append((f"a link that reads “{self._shown.strip()}”", self.getpos()[0]))

    # texts --------------------------------------------------------------------------------------------

    def handle_data(self, data: str) -> None:
        """Text: of a reference, or of what is open."""
        if self._skip in _KEPT_APART:
            self._apart[self._skip].append(data)
        elif self._skip:
            self._shown += data
        elif self._label is not None:
            self._label.append(data)
        elif self._note is not None:
            self._note_text(self._note, data)
        else:
            self._line = self._line if self._text else self.getpos()[0]
            self._text.append(data)

    def _note_text(self, note: WrittenNote, data: str) -> None:
        if self._quoted is not None:
            self._quoted.append(data)
        if self._is_name:
            note.name += data
        elif note.items:
            note.items[-1].text += data
        else:
            note.head += data

    def handle_decl(self, decl: str) -> None:
        """The declaration before the page is part of what was written."""
        self._shape.append(f"!{decl}")

    def handle_comment(self, data: str) -> None:
        """A comment has no place in a summary."""
        self.found.odd.append(("a comment", self.getpos()[0]))

    def handle_pi(self, data: str) -> None:
        """Nor has an instruction."""
        self.found.odd.append(("a processing instruction", self.getpos()[0]))

    def unknown_decl(self, data: str) -> None:
        """Nor has a declaration."""
        self.found.odd.append(("a declaration", self.getpos()[0]))

    def _flush(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text = []
        kind, self._kind = self._kind, ""
        label, self._said_label = self._said_label, ""
        if not text and not label:
            return
        if kind == "h1" and not self.found.title:
            self.found.title, self.found.title_line = text, self._line
        elif kind in _HEADINGS:
            self.found.headings.append((text, self._line))
        elif kind == "beside":
            self.found.add_beside(text, self._line)
        else:
            self.found.add_paragraph(label, text, self._line)

    def finished(self) -> Written:
        """What the page held, its last text included."""
        self._flush()
        found = self.found
        for note in found.notes:
            note.head, note.name = " ".join(note.head.split()), " ".join(note.name.split()).removeprefix("· ")
            for item in note.items:
                item.text = " ".join(item.text.split())
        title = " ".join("".join(self._apart["title"]).split())
        if title != found.title:
            found.odd.append((f"another title in its head: “{title}”", None))
        contents = [line.strip() for line in "".join(self._apart["nav"]).splitlines()]
        known = {text for text, _ in found.headings}
        found.odd += [(f"in the contents: “{text}”", None) for text in contents if text and text not in known]
        style = " ".join("".join(self._apart["style"]).split())
        found.digest = digest_of(found, *self._shape, style, " ".join(filter(None, contents)))
        return found
