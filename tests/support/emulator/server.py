"""The server program: moto, started as `python -m support.emulator.server --fd N`.

It serves on a listening socket that its parent made, and lives as long as its standard input is open.
"""

from __future__ import annotations

import argparse
import ipaddress
import logging
import os
import socket
import sys
import threading
from collections.abc import Iterable
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

from support.emulator import cluster_roles, gaps
from support.emulator.network import Seed
from support.emulator.refusals import RefuseWhatMotoLacks
from support.emulator.seed import SeedError, plant

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SEED_PATH = "/auroraform/seed"


class WithSeeding:
    """Our own path before moto's, which takes every other one for an AWS call."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != SEED_PATH:
            return self._app(environ, start_response)
        return _answer_seed(Request(environ))(environ, start_response)


def _answer_seed(request: Request) -> Response:
    account = os.environ.get("MOTO_ACCOUNT_ID", DEFAULT_ACCOUNT_ID)
    try:
        seed = Seed.model_validate_json(request.get_data())
        plant(seed, ec2_backends[account][seed.region])
    except (ValidationError, SeedError, ServiceException) as error:
        return Response(str(error), status=400)
    return Response(status=204)


def application() -> WSGIApplication:
    return RefuseWhatMotoLacks(WithSeeding(DomainDispatcherApplication(create_backend_app)))


def serve(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    if not ipaddress.ip_address(host).is_loopback:
        # Anybody may do anything in here.
        raise SystemExit(f"refuses to serve on {host}: only loopback")
    server = make_server(
        host, port, application(), threaded=True, request_handler=MotoRequestHandler, fd=listener.fileno()
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # Ends when the parent closes the pipe or dies, so that no server outlives its tests.
    sys.stdin.buffer.read()
    server.shutdown()


def main() -> None:
    parser = argparse.ArgumentParser(prog="support.emulator.server")
    parser.add_argument("--fd", type=int, required=True, help="a listening socket")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    gaps.close_all()
    cluster_roles.provide()
    serve(socket.socket(fileno=arguments.fd))


if __name__ == "__main__":
    main()
