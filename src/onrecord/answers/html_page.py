"""The frame of every HTML page that we write: self-contained, no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>"""


def html_page(title: str, style: str, body: Iterable[str]) -> str:
    """A page with a title as its heading; `body` is markup whose texts are escaped already."""
    head = _HEAD.format(title=escape(title), style=style)
    return "\n".join([head, *body, "</body>", "</html>"]) + "\n"
