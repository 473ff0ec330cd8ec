"""The catalogue of problem codes: none lacks an entry, and every example does what its entry says."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from auroraform.commands.group import cli
from auroraform.schemas.codes import entries
from auroraform.schemas.codes.entries import Example, entry
from auroraform.schemas.codes.prose import describe, markdown
from auroraform.schemas.problems import Code, Severity
from support.workspaces import environment, manifest

FOLDER: Final = Path(entries.__file__).parent
AROUND: Final = {"manifests/orders.yaml": manifest(), "environments/prod.yaml": environment()}
"""The workspace that examples stand in, unless they are the whole."""


def link_to_a_file_outside(folder: Path, _: pytest.MonkeyPatch) -> None:
    outside = folder.parent / "outside.yaml"
    outside.write_text(manifest(name="outside"), encoding="utf-8")
    (folder / "manifests" / "link.yaml").symlink_to(outside)


def construct_that_refuses_everything(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Slow to import, and for this one case only.
    import jsii  # noqa: PLC0415

    import constructs  # noqa: PLC0415
    from auroraform.constructs.bindings import App  # noqa: PLC0415
    from auroraform.stacks import building  # noqa: PLC0415
    from auroraform.stacks.resolve import ResolvedStack  # noqa: PLC0415
    from auroraform.stacks.stack import EnvironmentStack  # noqa: PLC0415

    @jsii.implements(constructs.IValidation)
    class Refusal:
        def validate(self) -> list[str]:
            return ["this is refused"]

    class Refusing(EnvironmentStack):
        def __init__(self, app: App, resolved: ResolvedStack) -> None:
            super().__init__(app, resolved)
            self.node.add_validation(Refusal())

    monkeypatch.setattr(building, "EnvironmentStack", Refusing)


SETUPS: Final[dict[str, Callable[[Path, pytest.MonkeyPatch], None]]] = {
    "a link to a file outside": link_to_a_file_outside,
    "a construct that refuses everything": construct_that_refuses_everything,
}
"""What neither files nor a call can say."""


def write(folder: Path, files: dict[str, str], encoding: str = "utf-8") -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding=encoding)


def told(example: Example, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[str]]:
    """The exit code of an example, and its problems as `severity[code]`, each once."""
    folder.mkdir()
    monkeypatch.chdir(folder)
    if not example.whole:
        write(folder, AROUND)
    if example.before is not None:
        write(folder, example.before)
        assert called("auroraform synth") == (0, "")
    write(folder, example.files, example.encoding)
    if example.setup is not None:
        SETUPS[example.setup](folder, monkeypatch)
    code, said = called(example.call)
    return code, list(dict.fromkeys(re.findall(r"(?:error|warning)\[AF\d+\]", said)))


def called(call: str) -> tuple[int, str]:
    """The exit code of a call, and what it says to people."""
    words = shlex.split(call)
    variables = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
    program, *arguments = words[len(variables) :]
    assert program == "auroraform"
    if not variables:
        result = CliRunner().invoke(cli, arguments, catch_exceptions=False, prog_name=program)
        return result.exit_code, result.stderr
    # Bindings are loaded once per process.
    completed = subprocess.run(
        [sys.executable, "-c", "from auroraform.commands.main import main; main()", *arguments],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return completed.returncode, completed.stderr


@pytest.fixture(autouse=True)
def without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AURORAFORM_WORKSPACE", "CDKTF_CONTEXT_JSON", "CDKTF_OUTDIR", "JSII_NODE"):
        monkeypatch.delenv(name, raising=False)


def test_every_code_has_an_entry_and_every_entry_a_code() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(Code)


@pytest.mark.parametrize("code", Code)
def test_its_failing_example_shows_it_and_nothing_else(
    code: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = entry(code)
    exit_code = 2 if about.severity is Severity.ERROR else 0
    assert told(about.fails, tmp_path / "fails", monkeypatch) == (exit_code, [f"{about.severity}[{code}]"])


@pytest.mark.parametrize("code", Code)
def test_its_passing_example_is_without_problems(code: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(entry(code).passes, tmp_path / "passes", monkeypatch) == (0, [])


@pytest.mark.parametrize("code", Code)
def test_its_two_examples_differ(code: Code) -> None:
    about = entry(code)
    assert about.fails != about.passes


@pytest.mark.parametrize("code", Code)
def test_its_words_are_sentences(code: Code) -> None:
    about = entry(code)
    assert not about.title.endswith(".")
    assert [words for words in (about.meaning, about.why) if not words.endswith(".")] == []
    assert len({about.title, about.meaning, about.why}) == 3


def test_no_two_codes_have_one_title() -> None:
    assert len({entry(code).title for code in Code}) == len(Code)


def test_every_special_setup_is_used() -> None:
    used = {example.setup for code in Code for example in (entry(code).fails, entry(code).passes)}
    assert used - {None} == set(SETUPS)


def test_how_a_code_is_described_on_a_terminal() -> None:
    assert describe(Code.UNQUOTED_VERSION) == (
        "warning[AF108]: A version stands without quotes\n"
        "\n"
        "The engine version looks like a number. Here it is read as it is written, but other tools read a\n"
        "number.\n"
        "\n"
        "Why: To YAML, `16.10` is the number 16.1. Aurora has both a 16.1 and a 16.10, so a tool that\n"
        "rewrites or checks the file could take the wrong one, and succeed.\n"
        "\n"
        "This gets the warning:\n"
        "\n"
        "    # manifests/orders.yaml\n"
        "    apiVersion: aws.project-planton.org/v1\n"
        "    kind: AwsRdsCluster\n"
        "    metadata:\n"
        "      name: orders\n"
        "    spec:\n"
        "      engine: aurora-postgresql\n"
        "      engineVersion: 16.10\n"
        "\n"
        "This passes:\n"
        "\n"
        "    # manifests/orders.yaml\n"
        "    apiVersion: aws.project-planton.org/v1\n"
        "    kind: AwsRdsCluster\n"
        "    metadata:\n"
        "      name: orders\n"
        "    spec:\n"
        "      engine: aurora-postgresql\n"
        '      engineVersion: "16.10"'
    )


def test_a_call_and_what_is_special_are_shown_with_the_files() -> None:
    assert markdown(entry(Code.OUTPUT)).endswith(
        "This fails:\n"
        "\n"
        "```yaml\n"
        "# taken\n"
        "A file, so that no folder of this name can be made.\n"
        "\n"
        "# $ auroraform synth --output taken/out\n"
        "```\n"
        "\n"
        "This passes:\n"
        "\n"
        "```yaml\n"
        "# $ auroraform synth --output free/out\n"
        "```"
    )
    assert "# manifests/billing.yaml (in latin-1)\n" in markdown(entry(Code.UNREADABLE))
    assert "# with a link to a file outside\n\n# $ auroraform validate\n" in markdown(entry(Code.OUTSIDE_WORKSPACE))
    assert "# environments/prod.yaml, at an earlier auroraform synth\n" in markdown(entry(Code.MOVED_STATE))


@pytest.mark.parametrize("code", [Code.BAD_VALUE, Code.OUTPUT])
def test_explain_prints_the_entry_of_a_code(code: Code) -> None:
    result = CliRunner().invoke(cli, ["explain", code], catch_exceptions=False, prog_name="auroraform")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{describe(code)}\n", "")


@pytest.mark.parametrize("more", [("spec.port",), ("--format", "json")])
def test_explain_takes_a_code_alone(more: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, ["explain", "AF102", *more], prog_name="auroraform")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: AF102 is a code: it has no PATH, and is explained in text alone\n" in result.stderr


def test_explain_knows_no_other_code() -> None:
    result = CliRunner().invoke(cli, ["explain", "AF999"], prog_name="auroraform")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: there is no code AF999; docs/errors.md and docs/rules.md list all\n" in result.stderr
