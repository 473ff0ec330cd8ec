"""What Terraform may know of its caller: nothing that leads to AWS, to HCP Terraform or to other settings.

Whatever the caller's environment and profiles are, requests go to a loopback address, signed with a key that AWS has
never given to anybody.
"""

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from auroraform.sandbox.documents import Document, Place, backend, place_of, provider, states_read
from auroraform.sandbox.errors import SandboxError
from auroraform.stacks.layout import canonical

OVERRIDE_FILE: Final = "sandbox_override.tf.json"
SECRET: Final = "sandbox"  # noqa: S105 - no secret of anybody
_CONFIG_FILE: Final = "aws-config"
_CREDENTIALS_FILE: Final = "aws-credentials"
_ENDPOINT: Final = "AWS_ENDPOINT_URL"
_DROPPED: Final = ("AWS_", "AMAZON_", "TF_", "TOFU_", "BOTO_")
_RETRIES: Final = 3
"""The provider would ask an emulator that is gone 25 times, with growing pauses."""


def environment(caller: Mapping[str, str], url: str, place: Place, folder: Path) -> dict[str, str]:
    """The variables of Terraform's process.

    Args:
        caller: those of this process.
        url: the emulator.
        place: the account and the Region of the stack.
        folder: the stack's private folder, with the files that `isolate` writes.
    """
    kept = {name: value for name, value in caller.items() if not name.upper().startswith(_DROPPED)}
    account, region = place
    return {
        **kept,
        **_provider_source(caller),
        _ENDPOINT: url,
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": region,
        "AWS_CONFIG_FILE": str(folder / _CONFIG_FILE),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / _CREDENTIALS_FILE),
        "AWS_EC2_METADATA_DISABLED": "true",
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
        # A proxy is for downloading the provider only.
        **{name: ",".join(filter(None, (caller.get(name), "127.0.0.1"))) for name in ("NO_PROXY", "no_proxy")},
    }


def require_loopback(variables: Mapping[str, str]) -> None:
    """Refuse what could send a request to anything but this machine.

    Raises:
        SandboxError: if it could.
    """
    named = {name: value for name, value in variables.items() if name.startswith(_ENDPOINT)}
    if set(named) != {_ENDPOINT} or not is_loopback(named[_ENDPOINT]):
        shown = ", ".join(f"{name}={value}" for name, value in sorted(named.items())) or f"no {_ENDPOINT}"
        raise SandboxError(f"refuses to run Terraform with {shown}: only one address of this machine is allowed")


def is_loopback(url: str) -> bool:
    """Whether a URL names this machine, by number: a name could lead anywhere."""
    try:
        return ipaddress.ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return False


def isolate(folder: Path, document: Document) -> None:
    """Write what makes a private copy of a stack run here: a profile of its own, state in reach, few retries."""
    account, region = place_of(document)
    profile = provider(document).get("profile")
    key = f"aws_access_key_id = {account}\naws_secret_access_key = {SECRET}\n"
    (folder / _CONFIG_FILE).write_text(f"[profile {profile}]\nregion = {region}\n" if profile else "", encoding="utf-8")
    (folder / _CREDENTIALS_FILE).write_text(f"[{profile}]\n{key}" if profile else "", encoding="utf-8")
    (folder / OVERRIDE_FILE).write_text(canonical(override(document)), encoding="utf-8")


def override(document: Document) -> Document:
    """What differs from the stack as it is: nothing that HCP Terraform would be asked for."""
    written: Document = {"provider": {"aws": [{"max_retries": _RETRIES}]}}
    if backend(document)[0] == "cloud":
        written["terraform"] = {"backend": {"local": {}}}
    remote: Document = {
        label: {"backend": "local", "config": {"path": f"../{label}/terraform.tfstate"}}
        for label, content in states_read(document)
        if content["backend"] == "remote"
    }
    if remote:
        written["data"] = {"terraform_remote_state": remote}
    return written


def _provider_source(caller: Mapping[str, str]) -> dict[str, str]:
    """Where the provider is downloaded from is the caller's affair."""
    config, cache = caller.get("TF_CLI_CONFIG_FILE", ""), caller.get("TF_PLUGIN_CACHE_DIR", "")
    return {
        **({"TF_CLI_CONFIG_FILE": config} if config and Path(config).is_file() else {}),
        **({"TF_PLUGIN_CACHE_DIR": cache} if cache and Path(cache).is_dir() else {}),
    }
