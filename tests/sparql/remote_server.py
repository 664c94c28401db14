"""An Oxigraph server of our own: started on a free port of this machine, filled, and stopped."""

from __future__ import annotations

import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

BINARY = Path(sysconfig.get_path("scripts")) / "oxigraph"
STARTING_SECONDS = 20.0

needs_server = pytest.mark.skipif(
    not BINARY.is_file(), reason="the Oxigraph server (PyPI: oxigraph) is not installed"
)


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str

    @property
    def query_url(self) -> str:
        """Where it takes queries."""
        return f"{self.url}/query"

    def load(self, store: ox.Store) -> None:
        """Put everything that a store holds onto it, by the graph store protocol."""
        graphs = [ox.DefaultGraph(), *store.named_graphs()]
        with httpx.Client(trust_env=False, timeout=STARTING_SECONDS) as client:
            for graph in graphs:
                quads = store.quads_for_pattern(None, None, None, graph)
                data = ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES)
                chosen = {"default": ""} if isinstance(graph, ox.DefaultGraph) else {"graph": graph.value}
                headers = {"Content-Type": "application/n-triples"}
                sent = client.put(f"{self.url}/store", params=chosen, content=data or b"", headers=headers)
                sent.raise_for_status()


@contextmanager
def running(folder: Path, seconds: int = 0) -> Iterator[Server]:
    """A server with its data in a folder; with `seconds`, it stops queries that take longer."""
    port = free_port()
    limit = ["--timeout-s", str(seconds)] if seconds else []
    command = [str(BINARY), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", *limit]
    with (folder.parent / f"{folder.name}.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            server = Server(f"http://127.0.0.1:{port}")
            _wait_for(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(STARTING_SECONDS)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        try:
            httpx.get(server.query_url, trust_env=False)
        except httpx.ConnectError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError("the server does not answer")
