"""Nothing of the caller leads Terraform to AWS or to HCP Terraform."""

import os
from pathlib import Path
from typing import Final

import pytest

from auroraform.sandbox.documents import Document
from auroraform.sandbox.errors import SandboxError
from auroraform.sandbox.isolation import environment, isolate, override, require_loopback
from auroraform.sandbox.terraform import Terraform

URL: Final = "http://127.0.0.1:4566"
PLACE: Final = ("111122223333", "eu-west-1")
POISON: Final = {
    "AWS_ACCESS_KEY_ID": "AKIAREALREALREALREAL",
    "AWS_SECRET_ACCESS_KEY": "real",
    "AWS_SESSION_TOKEN": "real",
    "AWS_PROFILE": "production",
    "AWS_DEFAULT_PROFILE": "production",
    "AWS_CONFIG_FILE": "/real/config",
    "AWS_SHARED_CREDENTIALS_FILE": "/real/credentials",
    "AWS_ENDPOINT_URL": "https://real.example",
    "AWS_ENDPOINT_URL_RDS": "https://rds.eu-west-1.amazonaws.com",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    "AWS_WEB_IDENTITY_TOKEN_FILE": "/real/token",
    "AWS_ROLE_ARN": "arn:aws:iam::333344445555:role/admin",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.2/credentials",
    "AWS_S3_ENDPOINT": "https://s3.example",
    "aws_profile": "production",
    "TF_VAR_x": "1",
    "TF_CLI_ARGS_apply": "-var-file=/real/file",
    "TF_CLI_ARGS": "-chdir=/real",
    "TF_DATA_DIR": "/real/data",
    "TF_WORKSPACE": "real",
    "TF_TOKEN_app_terraform_io": "real",
    "TF_CLI_CONFIG_FILE": "/real/no-such-file",
    "TF_PLUGIN_CACHE_DIR": "/real/no-such-folder",
    "NO_PROXY": "example.org",
}


def document(**provider: str) -> Document:
    return {
        "terraform": {"backend": {"s3": {"bucket": "states", "key": "dev", "region": "eu-west-1"}}},
        "provider": {"aws": [{"allowed_account_ids": ["111122223333"], "region": "eu-west-1", **provider}]},
    }


def test_nothing_of_the_callers_account_is_left(tmp_path: Path) -> None:
    made = environment(
        {**POISON, "PATH": "/bin", "HOME": "/home/me", "HTTPS_PROXY": "http://proxy"}, URL, PLACE, tmp_path
    )
    assert made == {
        "PATH": "/bin",
        "HOME": "/home/me",
        # To download the provider; what goes to loopback does not pass it.
        "HTTPS_PROXY": "http://proxy",
        "NO_PROXY": "example.org,127.0.0.1",
        "no_proxy": "127.0.0.1",
        "AWS_ENDPOINT_URL": URL,
        "AWS_ACCESS_KEY_ID": "111122223333",
        "AWS_SECRET_ACCESS_KEY": "sandbox",
        "AWS_REGION": "eu-west-1",
        "AWS_CONFIG_FILE": str(tmp_path / "aws-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "aws-credentials"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
    }
    require_loopback(made)


def test_where_the_provider_comes_from_stays_the_callers_affair(tmp_path: Path) -> None:
    config = tmp_path / "tofu.rc"
    config.touch()
    made = environment({"TF_CLI_CONFIG_FILE": str(config), "TF_PLUGIN_CACHE_DIR": str(tmp_path)}, URL, PLACE, tmp_path)
    assert (made["TF_CLI_CONFIG_FILE"], made["TF_PLUGIN_CACHE_DIR"]) == (str(config), str(tmp_path))


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"AWS_ENDPOINT_URL": "https://rds.eu-west-1.amazonaws.com"},
        {"AWS_ENDPOINT_URL": "http://localhost:4566"},
        {"AWS_ENDPOINT_URL": "http://10.0.0.1:4566"},
        {"AWS_ENDPOINT_URL": "http://127.0.0.1@example.org"},
        {"AWS_ENDPOINT_URL": ""},
        {"AWS_ENDPOINT_URL": URL, "AWS_ENDPOINT_URL_S3": "https://s3.amazonaws.com"},
    ],
)
def test_it_refuses_to_run_without_exactly_one_address_of_this_machine(
    variables: dict[str, str], tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    tool = tmp_path / "terraform"
    tool.write_text(f"#!/bin/sh\ntouch {ran}\n", encoding="utf-8")
    tool.chmod(0o700)
    with pytest.raises(SandboxError, match="only one address of this machine is allowed"):
        Terraform(tool, tmp_path, {**os.environ, **variables} if variables else {}).init()
    assert not ran.exists()


def test_a_profile_of_the_environment_is_one_of_the_sandbox(tmp_path: Path) -> None:
    isolate(tmp_path, document(profile="production"))
    assert (tmp_path / "aws-credentials").read_text(encoding="utf-8") == (
        "[production]\naws_access_key_id = 111122223333\naws_secret_access_key = sandbox\n"
    )
    assert (tmp_path / "aws-config").read_text(encoding="utf-8") == "[profile production]\nregion = eu-west-1\n"


def test_hcp_terraform_is_never_asked() -> None:
    stack = document()
    stack["terraform"] = {"cloud": {"organization": "acme", "hostname": "app.terraform.io"}}
    stack["data"] = {
        "terraform_remote_state": {"prod-orders": {"backend": "remote", "config": {"organization": "acme"}}}
    }
    assert override(stack) == {
        "provider": {"aws": [{"max_retries": 3}]},
        "terraform": {"backend": {"local": {}}},
        "data": {
            "terraform_remote_state": {
                "prod-orders": {"backend": "local", "config": {"path": "../prod-orders/terraform.tfstate"}}
            }
        },
    }


def test_state_in_s3_stays_as_it_is_synthesized() -> None:
    assert override(document()) == {"provider": {"aws": [{"max_retries": 3}]}}
