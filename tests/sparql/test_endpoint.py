"""Endpoints that fail: every fault is one clear error, and nothing of half an answer is shown."""

from __future__ import annotations

import gzip
import json
import time
from base64 import b64encode
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest

from onrecord.errors import QueryError
from onrecord.sparql.evaluating import Request
from onrecord.sparql.remote import Limits, RemoteEngine, remote_query
from sparql.faulty_server import Received, Reply, answering, sends
from sparql.remote_server import free_port

ROWS = "SELECT ?a { ?a ?b ?c }"
YES = "ASK { ?a ?b ?c }"
TRIPLES = "CONSTRUCT WHERE { ?a ?b ?c }"
NAMES = ("urn:x", "urn:y")
BODY = json.dumps(
    {
        "head": {"vars": ["a"]},
        "results": {"bindings": [{"a": {"type": "uri", "value": name}} for name in NAMES]},
    }
).encode()
TRUE = b'{"head": {}, "boolean": true}'
LINKED = b'[{"@id":"urn:s","urn:p":[{"@id":"urn:o"}]},{"@id":"urn:t","urn:p":[{"@value":"v"}]}]'
XML = (
    b'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="urn:s"><p xmlns="urn:" rdf:resource="urn:o"/></rdf:Description></rdf:RDF>'
)
JSON_LD, RDF_XML = "application/ld+json", "application/rdf+xml"
LAST_WORDS = b"The SPARQL operation has been cancelled"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep requests to this machine off whatever proxy it has."""
    monkeypatch.setenv("NO_PROXY", "*")


def failure(reply: Reply, query: str = ROWS, path: str = "", seconds: float = 5) -> str:
    """The error that a query ends in."""
    with answering(reply) as server, pytest.raises(QueryError) as raised:
        remote_query(server.url + path, Request(query), seconds)
    assert raised.value.next_step
    return str(raised.value)


def rows(reply: Reply) -> tuple[object, ...]:
    """The rows that a query gets."""
    with answering(reply) as server:
        return remote_query(server.url, Request(ROWS), 5)[0].rows


def test_a_whole_answer_is_read() -> None:
    assert rows(sends(BODY)) == tuple((name,) for name in NAMES)
    assert rows(sends(gzip.compress(BODY), Content_Encoding="gzip")) == tuple((name,) for name in NAMES)
    with answering(sends(TRUE)) as server:
        assert remote_query(server.url, Request(YES), 5)[0].boolean is True
    for body, kind, count in ((LINKED, JSON_LD, 2), (XML, RDF_XML, 1)):
        with answering(sends(body, kind)) as server:
            assert len(remote_query(server.url, Request(TRIPLES), 5)[0]) == count


# cut off ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "body", "kind"),
    [
        (ROWS, BODY, "application/sparql-results+json"),
        (YES, TRUE, "application/sparql-results+json"),
        (TRIPLES, LINKED, JSON_LD),
        (TRIPLES, XML, RDF_XML),
    ],
    ids=["rows", "yes or no", "JSON-LD", "RDF/XML"],
)
def test_an_answer_cut_anywhere_is_an_error(query: str, body: bytes, kind: str) -> None:
    """Also where the connection ends as it should and the status is 200."""
    cut = 0

    def reply(handler: BaseHTTPRequestHandler, received: Received) -> None:
        sends(body[:cut], kind)(handler, received)

    with answering(reply) as server:
        engine = RemoteEngine(server.url)
        ask: Callable[[str], object] = {ROWS: engine.rows, YES: engine.ask, TRIPLES: engine.triples}[query]
        while cut < len(body):
            with pytest.raises(QueryError, match="breaks off"):
                ask(query)
            cut += 1
        assert ask(query)


@pytest.mark.parametrize("cut", [len(BODY), len(BODY) - 2, 40])
def test_an_error_after_the_rows_is_an_error_and_is_quoted(cut: int) -> None:
    told = failure(sends(BODY[:cut] + LAST_WORDS))
    assert "breaks off" in told
    assert LAST_WORDS.decode() in told


def test_words_after_yes_are_an_error() -> None:
    assert "breaks off" in failure(sends(TRUE + LAST_WORDS), YES)


def test_a_body_shorter_than_announced_is_an_error() -> None:
    def reply(handler: BaseHTTPRequestHandler, _: Received) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.send_header("Content-Length", str(len(BODY) + 1))
        handler.end_headers()
        handler.wfile.write(BODY)
        handler.close_connection = True

    assert "ended the connection" in failure(reply)


def test_chunks_without_the_last_one_are_an_error() -> None:
    def reply(handler: BaseHTTPRequestHandler, _: Received) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(BODY), BODY))
        handler.close_connection = True

    assert "ended the connection" in failure(reply)


def test_what_an_endpoint_itself_calls_partial_is_an_error() -> None:
    assert "breaks off" in failure(sends(BODY, status=206))
    assert "result timeout" in failure(sends(BODY, X_SQL_State="S1TAT", X_SQL_Message="result timeout"))
    assert "has more" in failure(sends(BODY, X_SPARQL_MaxRows="2"))
    assert len(rows(sends(BODY, X_SPARQL_MaxRows="3"))) == 2
    assert "has more" in failure(sends(BODY[:-1] + b',"meta":{"result-size-total": 3}}'))
    assert len(rows(sends(BODY[:-1] + b',"meta":{"result-size-total": 2}}'))) == 2


@pytest.mark.parametrize("kind", ["application/n-triples", "text/turtle", ""])
def test_triples_in_a_form_that_shows_no_end_are_refused(kind: str) -> None:
    assert "break off unseen" in failure(sends(b"<urn:s> <urn:p> <urn:o> .\n", kind), TRIPLES)


def test_too_many_rows_and_too_many_bytes_are_refused() -> None:
    with answering(sends(BODY)) as server:
        with pytest.raises(QueryError, match="more than 1 rows; none are shown"):
            remote_query(server.url, Request(ROWS), 5, 1)
        with pytest.raises(QueryError, match="more than 1 rows"):
            RemoteEngine(server.url, Limits(rows=1)).select(ROWS)
        with pytest.raises(QueryError, match="larger than 50 bytes"):
            RemoteEngine(server.url, Limits(size=50)).select(ROWS)
    with answering(sends(LINKED, JSON_LD)) as server, pytest.raises(QueryError, match="more than 1 rows"):
        remote_query(server.url, Request(TRIPLES), 5, 1)


# what is no answer ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html>Welcome</html>", "text/html"),
        (b'{"error": "no"}', "application/json"),
        (b"[]", "application/json"),
        (TRUE, "application/json"),
        (BODY.replace(b"urn:x", b"urn: x"), "application/json"),
    ],
)
def test_another_thing_than_rows_is_an_error(body: bytes, kind: str) -> None:
    assert "Give the address of a SPARQL 1.1 endpoint" in failure(sends(body, kind))


def test_rows_are_no_yes() -> None:
    assert "yes or no" in failure(sends(BODY), YES)


def test_triple_terms_are_refused() -> None:
    part = '{"type":"uri","value":"urn:x"}'
    term = f'{{"type":"triple","value":{{"subject":{part},"predicate":{part},"object":{part}}}}}'
    body = f'{{"head":{{"vars":["a"]}},"results":{{"bindings":[{{"a":{term}}}]}}}}'
    assert "RDF 1.2" in failure(sends(body.encode()))


def test_terms_are_spelled_in_one_way() -> None:
    kinds = {
        "double": ("1e5", "1.5"),
        "integer": ("07", "x"),
        "boolean": ("true", "1"),
        "decimal": ("1.0", "1."),
    }
    xsd = "http://www.w3.org/2001/XMLSchema#"
    terms = [
        {"type": "literal", "value": value, "datatype": xsd + kind}
        for kind, values in kinds.items()
        for value in values
    ]
    body = {"head": {"vars": ["a"]}, "results": {"bindings": [{"a": term} for term in terms]}}
    with answering(sends(json.dumps(body).encode())) as server:
        found = [row[0] for row in RemoteEngine(server.url).select(ROWS).rows]
    assert found == [
        f'"1e5"^^<{xsd}double>',
        f'"1.5"^^<{xsd}double>',
        "07",
        f'"x"^^<{xsd}integer>',
        "true",
        f'"1"^^<{xsd}boolean>',
        "1.0",
        f'"1."^^<{xsd}decimal>',
    ]


# refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [300, 302, 401, 403, 404, 406, 413, 429, 500, 502, 503, 504])
def test_another_status_is_an_error_with_the_words_of_the_endpoint(status: int) -> None:
    page = b"<html><head><style>p {}</style><title>Oh</title></head><body>No&nbsp;way,\n  today</body></html>"
    told = failure(sends(page, "text/html", status, Location=""))
    assert str(status) in told or status == 302
    assert "No way, today" in told or status == 302
    assert "<" not in told


def test_long_and_hostile_words_are_cut_and_cleaned() -> None:
    told = failure(sends(b"\x1b[31m" + b"word " * 1000, "text/plain", 500))
    assert "\x1b" not in told
    assert len(told) < 500


def test_a_syntax_error_that_we_see_ourselves_is_shown_in_place() -> None:
    told = failure(sends(b"parse error", "text/plain", 400), "SELECT ?a {\n ?a ?b }")
    assert told.startswith("query:2:8: ")


def test_another_400_is_quoted() -> None:
    assert "HTTP status 400: too hard." in failure(sends(b"too hard.", "text/plain", 400))


def test_refused_queries_are_not_sent() -> None:
    with answering(sends(BODY)) as server:
        for query in ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", "DROP ALL", "SELECT { no:x }"):
            with pytest.raises(QueryError):
                remote_query(server.url, Request(query), 5)
    assert not server.requests


# how it is asked --------------------------------------------------------------------------------------


def test_a_query_is_sent_as_it_is_with_the_prefixes_that_it_lacks() -> None:
    text = "PREFIX rdf: <urn:own>\nASK { ?s a onr:Claim ; rdf:x 'skos:y' # oa:z\n}"
    with answering(sends(TRUE)) as server:
        remote_query(server.url, Request(text), 5)
    (sent,) = server.requests
    assert sent.body.decode() == "PREFIX onr: <https://w3id.org/onrecord/ns#> " + text
    assert sent.headers["content-type"] == "application/sparql-query"
    assert sent.headers["accept"] == "application/sparql-results+json"


@pytest.mark.parametrize("status", [400, 405, 415])
def test_an_endpoint_that_wants_a_form_gets_one(status: int) -> None:
    def reply(handler: BaseHTTPRequestHandler, received: Received) -> None:
        is_form = received.headers["content-type"] == "application/x-www-form-urlencoded"
        sends(TRUE if is_form else b"", status=200 if is_form else status)(handler, received)

    with answering(reply) as server:
        engine = RemoteEngine(server.url)
        assert engine.ask(YES)
        assert engine.ask(YES)
    assert [r.body[:6] for r in server.requests] == [b"ASK { ", b"query=", b"query="]


def test_name_and_password_are_sent_and_never_shown() -> None:
    def reply(handler: BaseHTTPRequestHandler, received: Received) -> None:
        sent = received.headers["authorization"]
        words = f"no access for jo:s3cret/ with key=abc at {received.path} by {sent}"
        sends(words.encode(), "text/plain", 403)(handler, received)

    with answering(reply) as server:
        address = server.url.replace("//", "//jo:s3cret%2F@") + "?key=abc"
        with pytest.raises(QueryError) as raised:
            remote_query(address, Request(ROWS), 5)
    expected = b64encode(b"jo:s3cret/").decode()
    assert server.requests[0].headers["authorization"] == f"Basic {expected}"
    assert server.requests[0].path == "/sparql?key=abc"
    for secret in ("s3cret", "abc", expected):
        assert secret not in str(raised.value)
    assert server.url in str(raised.value)


def moved(location: Callable[[Received], str], status: int = 307) -> Reply:
    """A redirect, and an answer at /there."""

    def reply(handler: BaseHTTPRequestHandler, received: Received) -> None:
        if received.path == "/there":
            sends(BODY)(handler, received)
        else:
            sends(b"", status=status, Location=location(received))(handler, received)

    return reply


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_on_the_same_server_is_followed(status: int) -> None:
    with answering(moved(lambda _: "/there", status)) as server:
        assert len(remote_query(server.url, Request(ROWS), 5)[0]) == 2
    assert [r.body for r in server.requests] == [ROWS.encode()] * 2


def test_a_redirect_to_another_server_is_not_followed() -> None:
    with answering(sends(BODY)) as other:
        for target in (other.url, other.url.replace("127.0.0.1", "localhost"), "ftp://127.0.0.1/", "//[", ""):
            assert "redirects to" in failure(moved(lambda _, to=target: to))  # type: ignore[misc]
    assert not other.requests
    assert "in a circle" in failure(moved(lambda _: "/sparql"))
    assert "HTTP status 303" in failure(moved(lambda _: "/there", 303))


# no connection ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org/sparql",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://",
        "http://h:99999/",
        "http://[x/",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(QueryError, match="no http or https address"):
        remote_query(address, Request(ROWS), 5)


def test_no_connection_is_an_error() -> None:
    with pytest.raises(QueryError, match="does not take connections"):
        remote_query(f"http://127.0.0.1:{free_port()}/", Request(ROWS), 5)
    with pytest.raises(QueryError, match="host name that is not known"):
        remote_query("http://nowhere.invalid/", Request(ROWS), 10)
    assert "certificate" in failure_over_tls()


def failure_over_tls() -> str:
    """The error from an endpoint that does not speak TLS."""
    with answering(sends(BODY)) as server, pytest.raises(QueryError) as raised:
        remote_query(server.url.replace("http:", "https:"), Request(ROWS), 5)
    return str(raised.value)


def waits(seconds: float, first: bytes = b"") -> Reply:
    """A reply that begins, if at all, and then comes drop by drop."""

    def reply(handler: BaseHTTPRequestHandler, _: Received) -> None:
        handler.wfile.write(first)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(0.1)
            handler.wfile.write(b" " if first else b"")
        handler.close_connection = True

    return reply


@pytest.mark.parametrize(
    "first",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{"],
    ids=["nothing", "half a head", "half a body"],
)
def test_the_time_limit_holds_however_slowly_an_endpoint_answers(first: bytes) -> None:
    began = time.monotonic()
    told = failure(waits(1.5, first), seconds=0.4)
    assert "within 0.4 seconds; nothing of its answer is shown" in told
    assert time.monotonic() - began < 4


def test_the_time_limit_ends_the_wait_itself() -> None:
    with answering(waits(3, b"HTTP/1.1 200 OK\r\n")) as server:
        began = time.monotonic()
        with pytest.raises(QueryError, match="did not answer"):
            remote_query(server.url, Request(ROWS), 0.3)
        assert time.monotonic() - began < 1.5
