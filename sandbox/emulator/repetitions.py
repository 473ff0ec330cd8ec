"""Answer a request that is sent again as it was answered before.

A client of AWS repeats a request whose answer got lost on the way, which happens on a busy machine. A second put of
Terraform's own lock would be refused, as if somebody else had it. The repetition has the id of the first attempt.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Final

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_KEPT: Final = 200
_FIRST: Final = "attempt=1"


class AnswerRepetitionsAlike:
    """Keeps the last answers to POST; with other methods a repetition does no harm."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._answers: OrderedDict[str, Response] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        identity = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if environ["REQUEST_METHOD"] != "POST" or not identity:
            return self._app(environ, start_response)
        attempt = environ.get("HTTP_AMZ_SDK_REQUEST", _FIRST).partition(";")[0]
        with self._lock:
            answer = self._answers.get(identity) if attempt != _FIRST else None
        if answer is None:
            answer = Response.from_app(self._app, environ, buffered=True)
            if answer.status_code < HTTPStatus.BAD_REQUEST:
                self._keep(identity, answer)
        return answer(environ, start_response)

    def _keep(self, identity: str, answer: Response) -> None:
        with self._lock:
            self._answers[identity] = answer
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
