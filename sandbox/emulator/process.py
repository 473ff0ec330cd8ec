"""Start the emulator as a process of its own, talk to it, and stop it."""

from __future__ import annotations

import base64
import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict
from urllib.parse import parse_qsl

from botocore.config import Config

from auroraform.sandbox.emulator.network import Seed, Vpc
from auroraform.sandbox.emulator.stock import Stock

ACCOUNT_ID = "111122223333"
REGION = "eu-west-1"

_HOST = "127.0.0.1"
_START_SECONDS = 60.0
_STOP_SECONDS = 5.0
_ANSWER_SECONDS = 5.0
_BACKLOG = 128
_LOG_TAIL = 20_000


class EmulatorError(Exception):
    """The emulator did not start, or refused what was asked of it."""


class ClientOptions(TypedDict):
    endpoint_url: str
    region_name: str
    aws_access_key_id: str
    aws_secret_access_key: str
    config: Config


@dataclass(frozen=True)
class Emulator:
    url: str
    account_id: str
    region: str
    log: Path
    access_key: str = "testing"

    def as_account(self, account_id: str) -> Emulator:
        """The same one as its clients in an account see it; it must have been started for all accounts."""
        return replace(self, account_id=account_id, access_key=account_id)

    def environment(self) -> dict[str, str]:
        """What sends a child process here instead of to AWS: its services, its state and its locks."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
        }

    def client_options(self) -> ClientOptions:
        """The same for a client in this process: `boto3.client("rds", **emulator.client_options())`."""
        return {
            "endpoint_url": self.url,
            "region_name": self.region,
            "aws_access_key_id": self.access_key,
            "aws_secret_access_key": "testing",
            # A proxy of the caller must not get in between, and an answer will not change by asking again.
            "config": Config(proxies={}, retries={"total_max_attempts": 1}),
        }

    def reset(self) -> None:
        self._request("POST", "/moto-api/reset")

    def seed(self, *vpcs: Vpc, region: str | None = None) -> None:
        body = Seed(region=region or self.region, vpcs=vpcs).model_dump_json(by_alias=True)
        self._request("POST", "/auroraform/seed", body)

    def stock(self, wanted: Stock) -> None:
        self._request("POST", "/auroraform/stock", wanted.model_dump_json(by_alias=True))

    def identity(self) -> str:
        """What it was started as."""
        return self._request("GET", "/auroraform/identity", timeout=_ANSWER_SECONDS)

    @contextmanager
    def recording(self) -> Iterator[list[dict[str, str]]]:
        """The forms that are sent to services with a query protocol, such as RDS; filled at the end of the block."""
        forms: list[dict[str, str]] = []
        self._request("POST", "/moto-api/recorder/reset-recording")
        self._request("POST", "/moto-api/recorder/start-recording")
        try:
            yield forms
        finally:
            self._request("POST", "/moto-api/recorder/stop-recording")
            with _recording(self.log).open(encoding="utf-8") as entries:
                forms += [_form(json.loads(entry)) for entry in entries]

    def wait_until_ready(self) -> None:
        # The socket listens already, so one request waits in its queue for the server, or for the end of it.
        self._request("GET", "/moto-api/", timeout=_START_SECONDS)

    def log_tail(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-_LOG_TAIL:] if self.log.is_file() else ""

    def _request(self, method: str, path: str, body: str | None = None, timeout: float = 30.0) -> str:
        # http.client knows no proxies, so a proxy of the caller cannot get in between.
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=timeout)
        try:
            connection.request(method, path, body)
            response = connection.getresponse()
            answer = response.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            raise EmulatorError(f"{method} {path}: {error!r}\n{self.log_tail()}") from error
        finally:
            connection.close()
        if response.status >= http.HTTPStatus.BAD_REQUEST:
            raise EmulatorError(f"{method} {path}: {response.status} {answer}")
        return answer


def launch(
    log: Path, account_id: str = "", region: str = REGION, *, identity: str = "", detached: bool = False
) -> tuple[Emulator, subprocess.Popen[bytes]]:
    """Start an empty AWS; it may not answer yet.

    Args:
        log: what the server says is added to this file.
        account_id: the only account; empty for all of them, each with its number as access key.
        region: the Region of clients that do not say.
        identity: what the server answers when it is asked who it is.
        detached: it outlives this process, and an interruption of the terminal does not reach it.

    Raises:
        EmulatorError: if there is no process to wait for.
    """
    try:
        return _launch(log, account_id, region, identity=identity, detached=detached)
    except OSError as error:
        raise EmulatorError(f"the emulator cannot be started: {error}") from error


def await_start(emulator: Emulator, process: subprocess.Popen[bytes]) -> None:
    """Until it answers.

    Raises:
        EmulatorError: if it ends instead, or takes too long; with what it said.
    """
    try:
        emulator.wait_until_ready()
    except EmulatorError as error:
        try:
            # Who has closed the connection is about to end.
            code = process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            raise error from None
        said = emulator.log_tail() or "it said nothing"
        raise EmulatorError(f"the emulator ended with exit code {code} before it answered:\n{said}") from error


def _launch(
    log: Path, account_id: str, region: str, *, identity: str, detached: bool
) -> tuple[Emulator, subprocess.Popen[bytes]]:
    # Listening before the server starts leaves no gap in which another process takes the port.
    with socket.create_server((_HOST, 0), backlog=_BACKLOG) as listener, log.open("ab") as output:
        port = listener.getsockname()[1]
        arguments = ["--fd", str(listener.fileno()), "--identity", identity, *(["--detached"] if detached else [])]
        process = subprocess.Popen(  # noqa: S603 - our own program
            # -P: nothing in the current folder may stand in for a module.
            [sys.executable, "-P", "-m", "auroraform.sandbox.emulator.server", *arguments],
            env=_server_environment(os.environ, account_id, _recording(log)),
            stdin=subprocess.DEVNULL if detached else subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=(listener.fileno(),),
            start_new_session=detached,
        )
    return Emulator(f"http://{_HOST}:{port}", account_id, region, log), process


@contextmanager
def running_emulator(log: Path, account_id: str = ACCOUNT_ID, region: str = REGION) -> Iterator[Emulator]:
    """An empty AWS account that ends with the block."""
    emulator, process = launch(log, account_id, region)
    try:
        await_start(emulator, process)
        yield emulator
    finally:
        stop(process)


def _form(entry: dict[str, object]) -> dict[str, str]:
    body = str(entry["body"] or "")
    text = base64.b64decode(body).decode(errors="replace") if entry["body_encoded"] else body
    return dict(parse_qsl(text))


def _recording(log: Path) -> Path:
    return log.with_suffix(".requests")


def _server_environment(caller: Mapping[str, str], account_id: str, recording: Path) -> dict[str, str]:
    # moto reads AWS_* as any client would, and a profile that does not exist breaks it.
    foreign = ("AWS_", "MOTO_", "PYTHON")
    kept = {name: value for name, value in caller.items() if not name.startswith(foreign) or name == "PYTHONPATH"}
    return (
        kept
        | ({"MOTO_ACCOUNT_ID": account_id} if account_id else {})
        | {
            "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
            "MOTO_RECORDER_FILEPATH": str(recording),
        }
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    with process:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
