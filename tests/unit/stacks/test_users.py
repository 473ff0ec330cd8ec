"""Application users: what is meant by them, and the text of the scripts that make them."""

import re
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auroraform.schemas.regions import partition_of
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.users import AttachedRole, DataApi
from auroraform.stacks.layout import SCRIPT_MARK
from auroraform.stacks.scripts import account, comment, connect, identifier, literal, pattern, script, scripts
from support.workspaces import Files, environment, manifest

SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf"  # noqa: S105 - a name
KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"


def cluster(files: Files, users: str, *, mysql: bool = False, **written: str) -> ResolvedCluster:
    text = manifest(f"databaseName: orders\nenableHttpEndpoint: true\napplicationUsers: [{users}]")
    if mysql:
        text = text.replace("aurora-postgresql", "aurora-mysql").replace("16.8", "8.0.mysql_aurora.3.08.0")
    return files.cluster(manifests__orders=text, **written)


class TestWhatIsMeant:
    def test_a_user_is_of_the_first_database_and_its_usual_schema(self, files: Files) -> None:
        (user,) = cluster(files, "{name: app, access: owner}").application_users
        assert (user.databases, user.schemas, user.policy_name) == (
            ("orders",),
            ("public",),
            "prod-orders-eu-west-1-app",
        )
        assert user.account.arn("rds-db", "dbuser:x/app") == "arn:aws:rds-db:eu-west-1:111122223333:dbuser:x/app"

    def test_a_database_of_mysql_has_no_schemas(self, files: Files) -> None:
        (user,) = cluster(files, "{name: app, access: owner}", mysql=True).application_users
        assert user.schemas == ()

    def test_what_is_said_is_meant(self, files: Files) -> None:
        (user,) = cluster(files, "{name: app, access: owner, databases: [b, a], schemas: [x]}").application_users
        assert (user.databases, user.schemas) == (("b", "a"), ("x",))

    @pytest.mark.parametrize(
        ("region", "host"),
        [
            ("eu-west-1", "secretsmanager.eu-west-1.amazonaws.com"),
            ("us-gov-west-1", "secretsmanager.us-gov-west-1.amazonaws.com"),
            ("cn-north-1", "secretsmanager.cn-north-1.amazonaws.com.cn"),
        ],
    )
    def test_a_key_is_for_secrets_manager_alone(self, files: Files, region: str, host: str) -> None:
        key = KEY.replace("arn:aws:", f"arn:{partition_of(region)}:").replace("eu-west-1", region)
        users = f"{{name: app, access: owner, dataApi: {{secretArn: {SECRET}, kmsKeyId: {{value: {key}}}}}}}"
        where = environment().replace("eu-west-1", region)
        (user,) = cluster(files, users, environments__prod=where).application_users
        assert user.data_api == DataApi(secret_arn=SECRET, kms_key_id=key, secrets_manager=host)

    def test_the_name_of_a_policy_fits(self, files: Files) -> None:
        name = "u" * 63
        (user,) = cluster(
            files,
            f"{{name: {name}, access: owner}}",
            environments__prod=environment(spec=f"naming: {'n' * 50}-{{name}}"),
        ).application_users
        assert len(user.policy_name) == 128
        assert user.policy_name.startswith(f"{'n' * 50}-orders-eu-west-1-uuu")

    def test_roles_have_keys_of_their_own_whatever_a_label_can_hold(self, files: Files) -> None:
        reference = "{valueFrom: {kind: AwsIamRole, name: ci, fieldPath: status.outputs.role_name}}"
        table = "references: {AwsIamRole/ci: {status.outputs.role_name: {ssmParameter: /ci}}}"
        (user,) = cluster(
            files,
            f"{{name: app, access: owner, roles: [a.b, a-b, {reference}]}}",
            environments__prod=environment(spec=table),
        ).application_users
        assert user.roles == (
            AttachedRole(key="a_b-app", name="a.b"),
            AttachedRole(key="a_b_2-app", name="a-b"),
            AttachedRole(
                key="AwsIamRole_ci-app",
                name=Expression("data.aws_ssm_parameter.AwsIamRole_ci_status_outputs_role_name.insecure_value"),
            ),
        )

    def test_no_two_pairs_of_a_role_and_a_user_have_one_key(self, files: Files) -> None:
        users = cluster(
            files, "{name: c, access: owner, roles: [a_b]}, {name: b_c, access: owner, roles: [a]}"
        ).application_users
        assert [role.key for user in users for role in user.roles] == ["a_b-c", "a-b_c"]


class TestScripts:
    def test_a_cluster_with_users_has_one(self, files: Files) -> None:
        found = scripts("prod", [cluster(files, "{name: app, access: owner}")])
        assert list(found) == ["stacks/prod/sql/orders.sql"]
        assert found["stacks/prod/sql/orders.sql"].startswith(f"{SCRIPT_MARK}\n")

    def test_one_without_users_has_none(self, files: Files) -> None:
        assert scripts("prod", [cluster(files, "")]) == {}

    def test_a_replica_has_none_as_its_users_come_with_the_data(self, files: Files) -> None:
        source = "arn:aws:rds:eu-west-1:111122223333:cluster:source"
        replica = replace(cluster(files, "{name: app, access: owner}"), replication_source_identifier=source)
        assert scripts("prod", [replica]) == {}

    def test_no_password_is_asked_for_or_set(self, files: Files) -> None:
        users = f"{{name: app, access: owner}}, {{name: api, access: readonly, dataApi: {{secretArn: {SECRET}}}}}"
        for mysql in (False, True):
            statements = [
                line for line in script(cluster(files, users, mysql=mysql)).splitlines() if not line.startswith("--")
            ]
            assert not re.search(r"password '|identified by", "\n".join(statements), re.IGNORECASE)
            assert SECRET not in "\n".join(statements)

    @pytest.mark.parametrize("mysql", [False, True])
    def test_it_is_plain_text_that_any_client_reads(self, files: Files, *, mysql: bool) -> None:
        text = script(cluster(files, "{name: app, access: owner}", mysql=mysql))
        assert text.isascii()
        assert text.endswith(";\n")
        assert not re.search(r"[ \t]\n|\n{3}", text)

    def test_the_name_of_a_file_ends_no_comment(self, files: Files) -> None:
        found = replace(cluster(files, "{name: app, access: owner}"), manifest="manifests/a\nDROP TABLE x;\u2028.yaml")
        assert "manifests/a DROP TABLE x; .yaml" in script(found)

    @pytest.mark.parametrize(("database", "is_asked"), [("orders", False), ("a_b", True)])
    def test_partial_revokes_matter_where_a_name_has_a_wildcard(
        self, files: Files, database: str, *, is_asked: bool
    ) -> None:
        text = script(cluster(files, f"{{name: app, access: owner, databases: [{database}]}}", mysql=True))
        assert ("partial_revokes" in text) is is_asked


class TestQuoting:
    @given(st.text())
    def test_text_is_one_string_whatever_it_holds(self, text: str) -> None:
        quoted = literal(text)
        assert re.fullmatch(r"'([^']|'')*'", quoted, re.DOTALL)
        assert quoted[1:-1].replace("''", "'") == text

    @given(st.text())
    def test_a_name_of_mysql_is_one_name_whatever_it_holds(self, text: str) -> None:
        quoted = identifier(text)
        assert re.fullmatch(r"`([^`]|``)*`", quoted, re.DOTALL)
        assert quoted[1:-1].replace("``", "`") == text

    @given(st.text())
    def test_a_user_of_mysql_may_come_from_anywhere(self, text: str) -> None:
        assert account(text) == f"{literal(text)}@'%'"

    @given(st.text())
    def test_a_pattern_means_its_name_alone(self, text: str) -> None:
        # As MySQL reads it: a character behind a backslash is itself, and no other % or _ is left.
        assert re.sub(r"\\(.)", r"\1", pattern(text), flags=re.DOTALL) == text
        assert not re.search(r"[%_]", re.sub(r"\\.", "", pattern(text), flags=re.DOTALL))

    @given(st.text())
    def test_psql_is_told_to_connect_to_a_plain_name_or_not_at_all(self, text: str) -> None:
        try:
            quoted = connect(text)
        except ValueError:
            return
        assert re.fullmatch(r'"[A-Za-z0-9_]+"', quoted)
        assert quoted == f'"{text}"'

    @given(st.text())
    def test_a_comment_is_one_line(self, text: str) -> None:
        assert len(f"x{comment(text)}x".splitlines()) == 1
