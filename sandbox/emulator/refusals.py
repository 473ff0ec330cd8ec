"""Answer what moto cannot do with HTTP 400.

moto crashes there, which is HTTP 500; the AWS provider repeats that up to 25 times with growing
pauses, so that a call which can never succeed looks like a hang.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CODE = "EmulatorGap"

_LOG = logging.getLogger(__name__)
_SIGNED_SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")
_QUERY_ERROR = (
    "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
    "<RequestId>emulator</RequestId></ErrorResponse>"
)
_XML_ERRORS = {
    "ec2": (
        "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>"
        "<RequestID>emulator</RequestID></Response>"
    ),
    "s3": "<Error><Code>{code}</Code><Message>{message}</Message></Error>",
    "route53": _QUERY_ERROR,
    "cloudfront": _QUERY_ERROR,
}


class RefuseWhatMotoLacks:
    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._answer(environ)(environ, start_response)

    def _answer(self, environ: WSGIEnvironment) -> Response:
        try:
            response = Response.from_app(self._app, environ)
        except Exception as error:
            _LOG.exception("refused %s %s", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            return refusal(environ, f"{type(error).__name__}: {error}")
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return refusal(environ, response.get_data(as_text=True))
        if _is_unrouted(response):
            # The provider would take a plain 404 for a resource that is gone.
            return refusal(environ, f"no such call: {environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        return response


def _is_unrouted(response: Response) -> bool:
    """Flask's own page; what moto says about a missing resource is in the protocol of the call."""
    unrouted = response.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
    return unrouted and response.get_data().lower().startswith(b"<!doctype html>")


def refusal(environ: WSGIEnvironment, message: str) -> Response:
    """The error in the protocol of the call, as the provider shows the message only if it can read it."""
    if template := _xml_template(environ):
        body = template.format(code=CODE, message=escape(message))
        return Response(body, status=HTTPStatus.BAD_REQUEST, mimetype="text/xml")
    body = json.dumps({"__type": CODE, "message": message})
    headers = {"x-amzn-ErrorType": CODE}
    return Response(body, status=HTTPStatus.BAD_REQUEST, mimetype="application/json", headers=headers)


def _xml_template(environ: WSGIEnvironment) -> str | None:
    signed = _SIGNED_SERVICE.search(environ.get("HTTP_AUTHORIZATION", ""))
    if signed and signed[1] in _XML_ERRORS:
        return _XML_ERRORS[signed[1]]
    form = environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded")
    return _QUERY_ERROR if form else None
