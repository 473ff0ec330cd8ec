"""A gate before the emulator, which tests close at one request: for faults in the middle of an apply."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Final

from auroraform.sandbox.emulator.process import Emulator

_PATIENCE_SECONDS: Final = 120.0
_DENIED: Final = b"<Error><Code>AccessDenied</Code><Message>closed by the test</Message></Error>"
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
    """An address that stays, before an emulator that may change."""

    def __init__(self, emulator: Emulator, url: str) -> None:
        self.emulator = emulator
        self.url = url
        self._held: list[Held] = []
        self._denied: list[str] = []

    @classmethod
    @contextmanager
    def before(cls, emulator: Emulator) -> Iterator[Gate]:
        """An open gate."""
        with ThreadingHTTPServer(("127.0.0.1", 0), _Passing) as server:
            gate = cls(emulator, f"http://127.0.0.1:{server.server_port}")
            server.daemon_threads = True
            server.block_on_close = False
            # The handlers have nothing but their server to know the gate by.
            server.gate = gate  # type: ignore[attr-defined]
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
        """Refuse each request whose line or body has a text, as AWS does when credentials have ended."""
        self._denied.append(text)
        try:
            yield
        finally:
            self._denied.remove(text)

    def take(self, request: str) -> Held | None:
        """What holds a request, once."""
        held = next((held for held in self._held if held.text in request and not held.done.is_set()), None)
        return held

    def denies(self, request: str) -> bool:
        return any(text in request for text in self._denied)


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _pass(self) -> None:
        gate: Gate = self.server.gate  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = f"{self.command} {self.path}\n{body.decode(errors='replace')}"
        if gate.denies(request):
            self._answer(http.HTTPStatus.FORBIDDEN, [], _DENIED)
            return
        with closing(http.client.HTTPConnection(gate.emulator.url.removeprefix("http://"))) as emulator:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
            emulator.request(self.command, self.path, body, headers)
            answer = emulator.getresponse()
            content = answer.read()
        if held := gate.take(request):
            held.done.set()
            held.released.wait(_PATIENCE_SECONDS)
        self._answer(answer.status, answer.getheaders(), content, answer.getheader("Content-Length"))

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _pass  # noqa: N815 - names of http.server

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes, length: str | None = None) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        # Of what is only asked about, it is the length that would be sent.
        asked_about = self.command == "HEAD" and length
        self.send_header("Content-Length", length if asked_about and length else str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name of http.server
        """Say nothing: what goes wrong is seen by whoever asked."""
