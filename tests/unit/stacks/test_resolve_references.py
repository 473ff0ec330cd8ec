"""What is referred to is held to the same rules as what is written, and brings no expression of its own."""

import re
from typing import Final

from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.network import VpcId
from support.workspaces import Files, environment, lines, managed_group, manifest

TABLE: Final = """
references:
  AwsVpc/main:
    status.outputs.vpc_id: {lookup: {vpc: {Name: main}}}
    tagged: {lookup: {subnets: {Tier: data}}}
  AwsKmsKey/main:
    status.outputs.key_arn: alias/main
    state: {remoteState: {bucket: theirs, key: kms, output: arn}}
"""


def test_subnets_that_only_terraform_knows_join_those_that_are_written(files: Files) -> None:
    spec = "subnetIds: [subnet-a, {valueFrom: {name: main, fieldPath: tagged}}]\nvpcId: {valueFrom: {name: main}}"
    found = files.cluster(environments__prod=environment(spec=TABLE), manifests__orders=manifest(spec))
    assert found.subnet_group is not None
    assert isinstance(found.subnet_group.subnet_ids, Expression)
    assert found.subnet_group.subnet_ids == 'flatten(["subnet-a", data.aws_subnets.AwsVpc_main_tagged.ids])'
    assert managed_group(found).vpc == VpcId("data.aws_vpc.AwsVpc_main_status_outputs_vpc_id.id")


def test_a_key_from_the_table_is_held_to_the_rule_of_keys(files: Files) -> None:
    problems = files.problems(
        environments__prod=environment(spec=TABLE), manifests__orders=manifest("kmsKeyId: {valueFrom: {name: main}}")
    )
    assert lines(problems) == [
        'manifests/orders.yaml:8:14 error[AF102] spec.kmsKeyId: "alias/main" is not the ARN of a KMS key'
        " (AWS answers an alias or id with the ARN of its key, and Terraform would replace the cluster)"
        " -> write it as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…"
    ]


def test_no_text_of_an_environment_becomes_an_expression_of_its_own(files: Files) -> None:
    evil = TABLE.replace("output: arn", "output: 'x} ${file(\"/etc/passwd\")}'")
    assert evil != TABLE
    outcome = files.outcome(
        environments__prod=environment(spec=evil),
        manifests__orders=manifest("kmsKeyId: {valueFrom: {name: main, fieldPath: state}}"),
    )
    keys = [str(cluster.kms_key_id) for stack in outcome.stacks for cluster in stack.clusters]
    assert [key for key in keys if not re.fullmatch(r"[\w.]+", key)] == []


def test_a_network_without_faults_in_its_references_has_no_problems(files: Files) -> None:
    text = environment(spec=TABLE).replace("vpc-0a", "{valueFrom: {name: main}}")
    assert lines(files.problems(environments__prod=text)) == []
