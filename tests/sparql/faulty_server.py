"""A web server that answers as a test tells it to, rightly or wrongly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Received:
    """What the server was sent."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Faulty:
    """A running server: its address, and every request that came in."""

    url: str
    requests: list[Received] = field(default_factory=list)


Reply = Callable[[BaseHTTPRequestHandler, Received], None]


def sends(
    body: bytes, kind: str = "application/sparql-results+json", status: int = 200, **more: str
) -> Reply:
    """A whole reply; further headers with `_` for `-`."""

    def reply(handler: BaseHTTPRequestHandler, _: Received) -> None:
        handler.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), **more}
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


@contextmanager
def answering(reply: Reply) -> Iterator[Faulty]:
    """A server on a free port that gives one reply to every POST."""
    faulty = Faulty("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            received = Received(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            faulty.requests.append(received)
            try:
                reply(self, received)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    faulty.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield faulty
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
