"""Sending a query to a SPARQL endpoint over HTTP and reading its whole reply, or one clear error."""

from __future__ import annotations

import html
import re
import socket
import ssl
import time
import weakref
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from threading import Thread
from urllib.parse import SplitResult, unquote, urlsplit

import httpx

from onrecord import __version__
from onrecord.errors import QueryError

LARGEST_REPLY = 64_000_000
"""Bytes of a reply, decompressed, beyond which it is cut off."""
LONGEST_WORDS = 300
"""Characters of an endpoint's own words that a message quotes."""
MOST_REDIRECTS = 5
_LARGEST_REFUSAL = 64_000
_REDIRECTS = frozenset((301, 302, 307, 308))
_WANTS_FORM = frozenset((400, 405, 415, 501))
_CUT_OFF = frozenset((206,))
_TAG = re.compile(r"(?is)<(script|style)\b.*?</\1>|<[^>]{1,500}>")
_ADVICE = {
    400: "Mend the query; the words are the endpoint's own.",
    401: "Give a name and password in the address, as in https://NAME:PASSWORD@HOST/PATH.",
    403: "Ask whoever runs the endpoint for access.",
    404: "Give the address of the SPARQL endpoint itself; it often ends in /sparql or /query.",
    405: "Give the address of the SPARQL endpoint itself; it often ends in /sparql or /query.",
    406: "The endpoint must give SPARQL results in JSON, and triples in JSON-LD or RDF/XML.",
    413: "Shorten the query.",
    414: "Shorten the query.",
    429: "Wait, then ask again.",
}
_NARROWER = "Make the query narrower, or ask again later."


class Refusal(QueryError):
    """An endpoint's answer that is no answer: an HTTP status other than 200.

    Attributes:
        status: the status.
    """

    def __init__(self, message: str, status: int, next_step: str = "") -> None:
        super().__init__(message, next_step=next_step)
        self.status = status


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint replied with status 200.

    Attributes:
        limit: the most rows that it says it ever gives, 0 where it says nothing of the kind.
    """

    media_type: str
    body: bytes
    limit: int = 0


class Endpoint:
    """One SPARQL 1.1 endpoint, spoken to by POST; the address may hold a name and a password.

    Raises:
        QueryError: the address is no http or https address.
    """

    def __init__(self, url: str, seconds: float, largest: int = LARGEST_REPLY) -> None:
        parts = _address(url)
        self.shown = _shown(parts)
        self.seconds = seconds
        self.largest = largest
        self._url = httpx.URL(parts._replace(netloc=_host(parts), fragment="").geturl())
        self._secrets = _secrets(parts)
        self._form: bool | None = None
        name = unquote(parts.username or "")
        auth = (name, unquote(parts.password or "")) if name else None
        agent = {"User-Agent": f"onrecord/{__version__}"}
        self._client = httpx.Client(auth=auth, timeout=seconds, headers=agent, verify=_certificates())
        weakref.finalize(self, self._client.close)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def send(self, query: str, accept: str) -> Reply:
        """The whole reply to a query.

        A query is sent as it is; to an endpoint that refuses that, as a form.

        Raises:
            QueryError: no connection, another status than 200, a reply that is too large, takes too long or
                breaks off.
        """
        waiting: Future[Reply] = Future()
        deadline = time.monotonic() + self.seconds

        def work() -> None:
            try:
                waiting.set_result(self._either_way(query, accept, deadline))
            except BaseException as error:
                waiting.set_exception(error)

        Thread(target=work, daemon=True).start()
        try:
            return waiting.result(self.seconds)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise self._too_long() from error
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError) as error:
            raise self._no_exchange(error) from error

    def words(self, text: str) -> str:
        """An endpoint's own words, fit for a message: on one line, short, without what must stay secret."""
        for secret in self._secrets:
            text = text.replace(secret, "...")
        line = " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())
        return line if len(line) <= LONGEST_WORDS else line[: LONGEST_WORDS - 3].rstrip() + "..."

    def _either_way(self, query: str, accept: str, deadline: float) -> Reply:
        try:
            reply = self._follow(query, accept, deadline, form=bool(self._form))
        except Refusal as refusal:
            if self._form is not None or refusal.status not in _WANTS_FORM:
                raise
            reply = self._follow(query, accept, deadline, form=True)
            self._form = True
        if self._form is None:
            self._form = False
        return reply

    def _follow(self, query: str, accept: str, deadline: float, *, form: bool) -> Reply:
        url = self._url
        for _ in range(MOST_REDIRECTS + 1):
            with self._post(url, query, accept, form=form) as response:
                if response.status_code not in _REDIRECTS:
                    return self._read(response, deadline)
                url = self._next(url, response.headers.get("location", ""))
        raise QueryError(
            f"The endpoint {self.shown} redirects in a circle.",
            next_step="Give the address that it redirects to.",
        )

    def _post(self, url: httpx.URL, query: str, accept: str, *, form: bool) -> _Exchange:
        headers = {"Accept": accept}
        if form:
            request = self._client.build_request("POST", url, data={"query": query}, headers=headers)
        else:
            headers["Content-Type"] = "application/sparql-query"
            request = self._client.build_request("POST", url, content=query.encode(), headers=headers)
        return _Exchange(self._client, request)

    def _next(self, url: httpx.URL, location: str) -> httpx.URL:
        target = url.join(location).copy_with(username="", password="", fragment=None)
        if location and _is_same_server(url, target):
            return target
        raise QueryError(
            f"The endpoint {self.shown} redirects to another server; that is not followed.",
            next_step="Give the other server's address, if it is the one that you mean.",
        )

    def _read(self, response: httpx.Response, deadline: float) -> Reply:
        if response.status_code != 200:
            refused = b"".join(_chunks(response, _LARGEST_REFUSAL, deadline))
            raise self._refusal(response, refused)
        if "x-sql-state" in response.headers:
            raise self.cut_off(response.headers.get("x-sql-message", ""))
        found = b"".join(_chunks(response, self.largest + 1, deadline))
        if len(found) > self.largest:
            raise QueryError(
                f"The endpoint's answer is larger than {self.largest:,} bytes; none of it is shown.",
                next_step="Add LIMIT to the query, or select fewer columns.",
            )
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        limit = response.headers.get("x-sparql-maxrows", "")
        return Reply(media_type, found, int(limit) if limit.isdigit() else 0)

    # errors -------------------------------------------------------------------------------------------

    def cut_off(self, words: str = "") -> QueryError:
        """The error for an answer that is not whole; `words` are what the endpoint says to it."""
        said = self.words(words)
        return QueryError(
            f"The answer of {self.shown} breaks off before its end; nothing of it is shown."
            f"{said and f' Its last words: {said}'}",
            next_step="Make the query narrower: the endpoint's own limit of time or size was reached.",
        )

    def _refusal(self, response: httpx.Response, body: bytes) -> QueryError:
        status = response.status_code
        text = body.decode(response.charset_encoding or "utf-8", "replace")
        if "html" in response.headers.get("content-type", "") or text.lstrip()[:1] == "<":
            text = html.unescape(_TAG.sub(" ", text))
        said = self.words(text)
        if status in _CUT_OFF:
            return self.cut_off(said)
        message = f"The endpoint {self.shown} answers with HTTP status {status}{said and f': {said}'}"
        return Refusal(f"{message.rstrip('.')}.", status, _ADVICE.get(status, _NARROWER))

    def _too_long(self) -> QueryError:
        return QueryError(
            f"{self.shown} did not answer within {self.seconds:g} seconds; nothing of its answer is shown.",
            next_step="Make the query narrower, or give it more time with --timeout SECONDS.",
        )

    def _no_exchange(self, error: Exception) -> QueryError:
        causes = list(_causes(error))
        if any(isinstance(c, socket.gaierror) for c in causes):
            problem, advice = "has a host name that is not known", "Check the address."
        elif any(isinstance(c, ssl.SSLError) for c in causes):
            problem = "has no valid certificate, or does not speak TLS"
            advice = "Check the address; certificates are not passed over."
        elif isinstance(error, httpx.ProxyError):
            problem, advice = "is not reached: the proxy refuses", "Check the proxy named in the environment."
        elif isinstance(error, httpx.ConnectError):
            problem, advice = "does not take connections", "Check the address, and whether the endpoint runs."
        elif isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol)):
            problem, advice = "redirects to what is no address", "Check the address."
        else:
            problem = "ended the connection before its answer was whole; nothing of it is shown"
            advice = _NARROWER
        return QueryError(f"The endpoint {self.shown} {problem}.", next_step=advice)


class _Exchange:
    """A request that is sent on entering and whose connection is let go on leaving."""

    def __init__(self, client: httpx.Client, request: httpx.Request) -> None:
        self._client, self._request = client, request

    def __enter__(self) -> httpx.Response:
        self._response = self._client.send(self._request, stream=True, follow_redirects=False)
        return self._response

    def __exit__(self, *_: object) -> None:
        self._response.close()


def _chunks(response: httpx.Response, most: int, deadline: float) -> Iterator[bytes]:
    """The body, decompressed, up to the first chunk that makes it `most` bytes or more."""
    size = 0
    for chunk in response.iter_bytes():
        yield chunk
        size += len(chunk)
        if size >= most:
            return
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the time is over")


@cache
def _certificates() -> ssl.SSLContext:
    """The certificates that this machine trusts; reading them takes longer than most queries."""
    return httpx.create_ssl_context()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _address(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
        httpx.URL(parts.geturl())
    except (ValueError, httpx.InvalidURL):
        parts, host = None, None
    if parts is None or not host or parts.scheme.lower() not in ("http", "https"):
        raise QueryError(
            "The endpoint's address is no http or https address.",
            next_step="Give it in full, as in https://example.org/sparql.",
        )
    return parts


def _host(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]


def _shown(parts: SplitResult) -> str:
    """An address without name, password, parameters and fragment."""
    return parts._replace(netloc=_host(parts), query="", fragment="").geturl()


def _secrets(parts: SplitResult) -> list[str]:
    """What no message may hold: the longest first, so that no part of one stays behind."""
    pair = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    sent = b64encode(pair.encode()).decode() if parts.username else ""
    given = (parts.password, parts.query, sent)
    found = {text for secret in given if secret for text in (secret, unquote(secret))}
    return sorted(found, key=len, reverse=True)


def _is_same_server(url: httpx.URL, target: httpx.URL) -> bool:
    """Whether a redirect stays on the same host and port, or only turns from http to https."""
    if url.host != target.host or target.scheme not in ("http", "https"):
        return False
    turns_secure = (url.scheme, url.port, target.scheme, target.port) == ("http", None, "https", None)
    return turns_secure or (url.scheme, url.port) == (target.scheme, target.port)
