"""A gate before the emulator, which tests close at one request: for faults in the middle of an apply."""

from __future__ import annotations

import http.client
import re
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Final

from auroraform.sandbox.emulator.process import Emulator

_PATIENCE_SECONDS: Final = 120.0
_DENIED: Final = b"<Error><Code>AccessDenied</Code><Message>closed by the test</Message></Error>"
# The service for which a request is signed.
_STATES: Final = re.compile(r"/(s3|dynamodb)/aws4_request")
# Of one connection, and so not passed on.
_HOP_BY_HOP: Final = {"connection", "content-length", "expect", "keep-alive", "transfer-encoding"}


@dataclass(frozen=True)
class Held:
    """A request that AWS has done, and whose answer nobody has heard yet."""

    text: str
    done: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)

    def wait(self) -> None:
        """Until AWS has done it."""
        assert self.done.wait(_PATIENCE_SECONDS), f"nobody asked for {self.text}"

    def release(self) -> None:
        """Let the answer through."""
        self.released.set()


class Gate:
    """An address that stays, before an emulator that may be another after a while.

    Attributes:
        states: where requests of S3 and DynamoDB go.
        emulator: where all others go.
    """

    def __init__(self, states: Emulator, emulator: Emulator) -> None:
        self.states = states
        self.emulator = emulator
        self.url = ""
        self._held: list[Held] = []
        self._denied: list[str] = []

    @classmethod
    @contextmanager
    def before(cls, states: Emulator, emulator: Emulator | None = None) -> Iterator[Gate]:
        """An open gate before one emulator, or before another for all but states and locks."""
        gate = cls(states, emulator or states)
        with _Server(gate) as server:
            gate.url = f"http://127.0.0.1:{server.server_port}"
            Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield gate
            finally:
                for held in gate._held:
                    held.release()
                server.shutdown()

    def hold(self, text: str) -> Held:
        """Keep the answer to the next request whose line or body has a text."""
        held = Held(text)
        self._held.append(held)
        return held

    @contextmanager
    def denying(self, text: str) -> Iterator[None]:
        """Refuse each request whose line or body has a text, as AWS does when a permission is missing."""
        self._denied.append(text)
        try:
            yield
        finally:
            self._denied.remove(text)

    def holds(self, request: str) -> Held | None:
        return next((held for held in self._held if held.text in request and not held.done.is_set()), None)

    def denies(self, request: str) -> bool:
        return any(text in request for text in self._denied)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Who was killed while it waited keeps its connection for as long as it likes.
    block_on_close = False

    def __init__(self, gate: Gate) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.gate = gate

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as in socketserver
        # Either side may be gone: that is what the tests are about.
        if not isinstance(sys.exception(), ConnectionError | http.client.HTTPException):
            super().handle_error(request, client_address)


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _pass(self) -> None:
        gate = self.server.gate
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = f"{self.command} {self.path}\n{body.decode(errors='replace')}"
        if gate.denies(request):
            self._answer(http.HTTPStatus.FORBIDDEN, [], _DENIED)
            return
        held = gate.holds(request)
        target = gate.states if _STATES.search(self.headers.get("Authorization", "")) else gate.emulator
        with closing(http.client.HTTPConnection(target.url.removeprefix("http://"))) as emulator:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
            emulator.request(self.command, self.path, body, headers)
            answer = emulator.getresponse()
            content = answer.read()
        if held:
            held.done.set()
            held.released.wait(_PATIENCE_SECONDS)
        self._answer(answer.status, answer.getheaders(), content)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _pass  # noqa: N815 - names of http.server

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        # To HEAD, the length is that of what is not sent.
        length = next((value for name, value in headers if name.lower() == "content-length"), "0")
        for name, value in headers:
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", length if self.command == "HEAD" else str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name of http.server
        """Say nothing: whoever asked sees what goes wrong."""
