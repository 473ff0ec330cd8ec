"""Text that looks like an expression of Terraform's gets a word, at its place; other text gets none."""

import pytest

from support.workspaces import Files, lines, manifest


@pytest.mark.parametrize(
    "text",
    ["${aws_kms_key.main.arn}", "${ data.aws_vpc.main.id }", "x-${var.name}", "${local.a}", "${module.net.id}"],
)
def test_what_looks_like_a_reference_gets_a_hint(text: str, files: Files) -> None:
    spec = f'parameters: [{{name: application_name, value: "{text}"}}]'
    assert lines(files.problems(manifests__orders=manifest(spec))) == [
        "manifests/orders.yaml:8:48 warning[AF302] spec.parameters[0].value: looks like a Terraform expression, and "
        "stays text: nothing in it is evaluated -> to refer to something write valueFrom: {kind: …, name: …, "
        "fieldPath: …}"
    ]


def test_a_key_gets_one_too(files: Files) -> None:
    found = lines(files.problems(manifests__orders=manifest(metadata='labels: {"${var.team}": x}')))
    assert any("warning[AF302] metadata.labels.${var.team}:" in line for line in found)


@pytest.mark.parametrize("text", ["%t:${user}@%d", "$var.name", "{var.name}", '${file(\\"x\\")}'])
def test_other_text_gets_none(text: str, files: Files) -> None:
    spec = f'parameters: [{{name: application_name, value: "{text}"}}]'
    assert lines(files.problems(manifests__orders=manifest(spec))) == []
