"""One emulator for several accounts: an access key of twelve digits means the account of that number.

No key of AWS looks like that, so that none can be mistaken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_KEY = re.compile(r"Credential=(\d{12})/")


class ByAccessKey:
    """moto heeds this header, unless MOTO_ACCOUNT_ID says that there is one account only."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if named := _KEY.search(environ.get("HTTP_AUTHORIZATION", "")):
            environ["HTTP_X_MOTO_ACCOUNT_ID"] = named[1]
        return self._app(environ, start_response)
