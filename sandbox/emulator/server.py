"""The server program: moto, started as `python -m auroraform.sandbox.emulator.server --fd N`.

It serves on a listening socket that its parent made, and lives as long as its standard input is open, or, with
`--detached`, until it is terminated.
"""

from __future__ import annotations

import argparse
import ipaddress
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from moto.core.exceptions import ServiceException
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ec2.models import ec2_backends
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from pydantic import ValidationError
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from auroraform.sandbox.emulator import gaps
from auroraform.sandbox.emulator.accounts import ByAccessKey
from auroraform.sandbox.emulator.network import Seed
from auroraform.sandbox.emulator.refusals import RefuseWhatMotoLacks
from auroraform.sandbox.emulator.repetitions import AnswerRepetitionsAlike
from auroraform.sandbox.emulator.seed import SeedError, plant
from auroraform.sandbox.emulator.stock import Stock
from auroraform.sandbox.emulator.stocking import put

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SEED_PATH = "/auroraform/seed"
STOCK_PATH = "/auroraform/stock"
IDENTITY_PATH = "/auroraform/identity"


class WithSeeding:
    """Our own paths before moto's, which takes every other one for an AWS call."""

    def __init__(self, app: WSGIApplication, identity: str) -> None:
        self._app = app
        self._ours: dict[str, Callable[[Request], Response]] = {
            SEED_PATH: _answer_seed,
            STOCK_PATH: _answer_stock,
            IDENTITY_PATH: lambda _: Response(identity),
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        ours = self._ours.get(environ["PATH_INFO"])
        return (ours(Request(environ)) if ours else self._app)(environ, start_response)


def _answer_seed(request: Request) -> Response:
    account = os.environ.get("MOTO_ACCOUNT_ID", DEFAULT_ACCOUNT_ID)
    try:
        seed = Seed.model_validate_json(request.get_data())
        plant(seed, ec2_backends[account][seed.region])
    except (ValidationError, SeedError, ServiceException) as error:
        return Response(str(error), status=400)
    return Response(status=204)


def _answer_stock(request: Request) -> Response:
    try:
        put(Stock.model_validate_json(request.get_data()))
    except (ValidationError, ServiceException) as error:
        return Response(str(error), status=400)
    return Response(status=204)


def application(identity: str = "") -> WSGIApplication:
    moto = ByAccessKey(DomainDispatcherApplication(create_backend_app))
    return AnswerRepetitionsAlike(RefuseWhatMotoLacks(WithSeeding(moto, identity)))


def serve(listener: socket.socket, identity: str = "", *, detached: bool = False) -> None:
    host, port = listener.getsockname()[:2]
    if not ipaddress.ip_address(host).is_loopback:
        # Anybody may do anything in here.
        raise SystemExit(f"refuses to serve on {host}: only loopback")
    server = make_server(
        host, port, application(identity), threaded=True, request_handler=MotoRequestHandler, fd=listener.fileno()
    )
    if detached:
        server.serve_forever()
        return
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # Ends when the parent closes the pipe or dies, so that no server outlives its tests.
    sys.stdin.buffer.read()
    server.shutdown()


def main() -> None:
    parser = argparse.ArgumentParser(prog="auroraform.sandbox.emulator.server")
    parser.add_argument("--fd", type=int, required=True, help="a listening socket")
    parser.add_argument("--identity", default="", help="what tells this server from another")
    parser.add_argument("--detached", action="store_true", help="outlive the parent")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    gaps.close_all()
    serve(socket.socket(fileno=arguments.fd), arguments.identity, detached=arguments.detached)


if __name__ == "__main__":
    main()
