"""RDS Proxy: what it logs in with, who reaches it and what it reaches, and what it takes of each instance."""

from dataclasses import dataclass
from typing import Final

import pytest

from auroraform.schemas.coherence import WHOLE_RULES, WholeRule, proxy
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.network import SecurityGroup, SecurityGroupRule
from auroraform.schemas.resolved.proxy import ConnectionPool, Proxy, ProxyAuth, ProxyRole
from support.workspaces import Files, environment, lines, manifest

SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbCdEf"  # noqa: S105 - a name
KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"
MASTER: Final = "aws_rds_cluster.orders.master_user_secret[0]"


def mysql(text: str, version: str = "8.0.mysql_aurora.3.08.0") -> str:
    return text.replace("aurora-postgresql", "aurora-mysql").replace("16.8", version)


def resolved(files: Files, spec: str = "proxy: {}", **written: str) -> Proxy:
    found = files.cluster(**{"manifests__orders": manifest(spec)} | written).proxy
    assert found is not None
    return found


def group(made: Proxy) -> SecurityGroup:
    assert made.security_group is not None
    return made.security_group


def role(made: Proxy) -> ProxyRole:
    assert isinstance(made.role, ProxyRole)
    return made.role


class TestLogins:
    def test_it_is_the_master_user_with_the_secret_that_rds_keeps_and_clients_show_iam(self, files: Files) -> None:
        made = resolved(files)
        arn = Expression(f"{MASTER}.secret_arn")
        assert made.auth == (ProxyAuth(secret_arn=arn, iam_auth="REQUIRED", client_password_auth_type=None),)
        assert (role(made).name, role(made).secret_arns, role(made).kms_key_ids) == (
            "prod-orders-eu-west-1-proxy",
            (arn,),
            (),
        )

    def test_users_of_its_own_take_the_place_of_the_master_user(self, files: Files) -> None:
        made = resolved(files, f'proxy: {{secrets: [{{secretArn: "{SECRET}", kmsKeyId: "{KEY}"}}]}}')
        assert [auth.secret_arn for auth in made.auth] == [SECRET]
        assert (role(made).secret_arns, role(made).kms_key_ids) == ((SECRET,), (KEY,))

    def test_both_are_there_where_both_are_asked_for(self, files: Files) -> None:
        made = resolved(files, f'proxy: {{masterUser: true, secrets: [{{secretArn: "{SECRET}", iamAuth: DISABLED}}]}}')
        assert [(auth.iam_auth, auth.client_password_auth_type) for auth in made.auth] == [
            ("REQUIRED", None),
            ("DISABLED", "POSTGRES_SCRAM_SHA_256"),
        ]

    def test_clients_show_passwords_where_the_cluster_has_no_iam(self, files: Files) -> None:
        (auth,) = resolved(files, "iamDatabaseAuthenticationEnabled: false\nproxy: {}").auth
        assert (auth.iam_auth, auth.client_password_auth_type) == ("DISABLED", "POSTGRES_SCRAM_SHA_256")

    @pytest.mark.parametrize(
        ("version", "spec", "expected"),
        [
            ("8.0.mysql_aurora.3.08.0", "iamAuth: DISABLED", "MYSQL_CACHING_SHA2_PASSWORD"),
            ("8.0.mysql_aurora.3.08.0", "iamAuth: DISABLED, requireTls: false", "MYSQL_NATIVE_PASSWORD"),
            ("5.7.mysql_aurora.2.12.6", "iamAuth: DISABLED", "MYSQL_NATIVE_PASSWORD"),
        ],
        ids=["current", "without TLS", "version 2"],
    )
    def test_passwords_are_shown_in_the_newest_way_that_clients_can(
        self, files: Files, version: str, spec: str, expected: str
    ) -> None:
        text = mysql(manifest(f"tls: {{required: false}}\nproxy: {{{spec}}}"), version)
        outcome = files.outcome(manifests__orders=text, environments__prod=environment(class_="staging"))
        ((found,),) = (stack.clusters for stack in outcome.stacks)
        assert found.proxy is not None
        assert [auth.client_password_auth_type for auth in found.proxy.auth] == [expected]

    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            ("kmsKey: {create: true}", Expression("aws_kms_key.orders.arn")),
            (f"masterUserSecretKmsKeyId: {KEY}", KEY),
            # No policy takes an alias.
            ("masterUserSecretKmsKeyId: alias/secrets", Expression(f"{MASTER}.kms_key_id")),
        ],
        ids=["made", "named", "alias"],
    )
    def test_its_role_uses_the_key_of_the_secret(self, files: Files, spec: str, expected: str) -> None:
        made = resolved(files, f"{spec}\nproxy: {{}}")
        assert role(made).kms_key_ids == (expected,)
        assert role(made).secrets_manager == "secretsmanager.eu-west-1.amazonaws.com"

    def test_the_environment_says_where_the_role_is_and_what_bounds_it(self, files: Files) -> None:
        boundary = "arn:aws:iam::111122223333:policy/boundary"
        where = environment(spec=f"iam: {{path: /databases/, permissionsBoundary: '{boundary}'}}")
        made = role(resolved(files, environments__prod=where))
        assert (made.path, made.permissions_boundary) == ("/databases/", boundary)


class TestNetwork:
    def test_who_may_connect_to_the_cluster_may_connect_to_it_at_its_own_port(self, files: Files) -> None:
        spec = """
        port: 6000
        networkType: DUAL
        allowedCidrBlocks: [10.1.0.0/16]
        securityGroup:
          rules:
            both: {cidrIpv4: 10.2.0.0/16, fromPort: 5900, toPort: 6100}
            again: {cidrIpv4: 10.2.0.0/16}
            other: {cidrIpv4: 10.3.0.0/16, fromPort: 7000}
            ipv6: {cidrIpv6: "2001:db8::/32"}
            itself: {self: true}
        proxy: {}
        """
        rules = group(resolved(files, spec)).ingress
        assert {(rule.key, rule.cidr_ipv4 or rule.referenced_security_group_id) for rule in rules} == {
            ("sg-0app", "sg-0app"),
            ("cidr-10-1-0-0-16", "10.1.0.0/16"),
            ("both", "10.2.0.0/16"),
            ("itself", "aws_security_group.orders.id"),
        }
        # RDS Proxy listens nowhere else, and has addresses of IPv4 only.
        assert {(rule.from_port, rule.to_port, rule.cidr_ipv6) for rule in rules} == {(5432, 5432, None)}

    def test_those_who_are_named_for_it_alone_take_their_place(self, files: Files) -> None:
        spec = "allowedCidrBlocks: [10.1.0.0/16]\nproxy: {securityGroupIds: [sg-1], allowedCidrBlocks: [10.9.0.0/16]}"
        assert [rule.key for rule in group(resolved(files, spec)).ingress] == ["sg-1", "cidr-10-9-0-0-16"]

    def test_it_reaches_the_cluster_and_nothing_else(self, files: Files) -> None:
        made = resolved(files, "port: 6000\nproxy: {}")
        to, from_ = Expression("aws_security_group.orders.id"), Expression("aws_security_group.orders_proxy.id")
        assert group(made).egress == (
            SecurityGroupRule(
                key="cluster",
                description="to the cluster",
                from_port=6000,
                to_port=6000,
                referenced_security_group_id=to,
            ),
        )
        assert made.cluster_rule == SecurityGroupRule(
            key="proxy",
            description="from the RDS Proxy",
            from_port=6000,
            to_port=6000,
            referenced_security_group_id=from_,
        )

    def test_no_group_is_made_beside_existing_ones(self, files: Files) -> None:
        made = resolved(
            files,
            "securityGroup: {managed: false}\nassociateSecurityGroupIds: [sg-db]\n"
            "proxy: {associateSecurityGroupIds: [sg-proxy]}",
        )
        assert (made.security_group, made.cluster_rule, made.associated_security_group_ids) == (
            None,
            None,
            ("sg-proxy",),
        )

    def test_subnets_that_come_to_the_cluster_later_do_not_replace_it(self, files: Files) -> None:
        made = resolved(files)
        assert (made.subnet_ids, made.ignores_subnets) == (("subnet-0a", "subnet-0b", "subnet-0c"), True)

    def test_subnets_of_its_own_do(self, files: Files) -> None:
        made = resolved(files, "proxy: {subnetIds: [subnet-1, subnet-2]}")
        assert (made.subnet_ids, made.ignores_subnets) == (("subnet-1", "subnet-2"), False)

    def test_everybody_is_told_where_everybody_may_connect_to_it(self, files: Files) -> None:
        found = lines(files.problems(manifests__orders=manifest("proxy: {allowedCidrBlocks: [0.0.0.0/0]}")))
        assert [line.partition(": ")[0] for line in found] == [
            "manifests/orders.yaml:8:31 error[AF114] spec.proxy.allowedCidrBlocks[0]"
        ]


def test_names_begin_with_the_cluster_and_its_log_has_a_retention(files: Files) -> None:
    made = resolved(files, "proxy: {readOnlyEndpoint: true}")
    assert (made.name, made.reader_endpoint_name) == ("prod-orders", "prod-orders-reader")
    assert (made.log_group.name, made.log_group.retention_in_days) == ("/aws/rds/proxy/prod-orders", 365)
    assert made.prevent_destroy


@pytest.mark.parametrize(("spec", "name"), [("{}", "prod-orders"), ("{name: pool}", "pool")])
def test_its_alarm_is_of_the_proxy_and_not_of_the_cluster(files: Files, spec: str, name: str) -> None:
    alarms = files.cluster(manifests__orders=manifest(f"proxy: {spec}")).alarms.metric_alarms
    (found,) = (alarm for alarm in alarms if alarm.key == "proxy-borrow-latency")
    assert (found.dimensions, found.severity, found.threshold) == ({"ProxyName": name}, "warning", 100_000)


def test_long_names_stay_within_what_rds_takes(files: Files) -> None:
    made = resolved(files, f"proxy: {{name: {'p' * 63}, readOnlyEndpoint: true}}")
    assert len(made.reader_endpoint_name or "") == 63


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("{}", (90, 45, 120)),
        ("{maxConnectionsPercent: 60}", (60, 30, 120)),
        ("{maxIdleConnectionsPercent: 0, connectionBorrowTimeout: 0}", (90, 0, 0)),
    ],
)
def test_a_pool_leaves_room_and_keeps_half_of_it_open(files: Files, spec: str, expected: tuple[int, int, int]) -> None:
    most, idle, timeout = expected
    assert resolved(files, f"proxy: {{pool: {spec}}}").pool == ConnectionPool(
        max_connections_percent=most,
        max_idle_connections_percent=idle,
        connection_borrow_timeout=timeout,
        init_query=None,
        session_pinning_filters=(),
    )


def test_a_later_layer_takes_it_away(files: Files) -> None:
    where = environment(spec="overrides: {orders: {proxy: null}}")
    assert files.cluster(manifests__orders=manifest("proxy: {}"), environments__prod=where).proxy is None


@dataclass(frozen=True)
class Case:
    """A rule that looks at what a spec becomes: what it says where it must, and the near miss that it lets pass."""

    rule: WholeRule
    broken: str
    fine: str
    expected: str
    mysql: bool = False


_ONE: Final = "instances: {{count: 1{}}}\n"
_SMALL: Final = "instances: {count: 2, instanceClass: db.t4g.medium}\n"
_SERVERLESS: Final = "instances: {count: 2}\nserverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 1}\n"
_READER: Final = "proxy: {readOnlyEndpoint: true}"
_SCALED: Final = "readerAutoscaling: {{averageCpuUtilization: 60, minCapacity: {}, maxCapacity: 2}}\n"
_PERCENT: Final = "proxy: {{pool: {{maxConnectionsPercent: {}}}}}"

CASES: Final = (
    Case(
        proxy.idle_connections,
        "proxy: {pool: {maxConnectionsPercent: 40, maxIdleConnectionsPercent: 41}}",
        "proxy: {pool: {maxConnectionsPercent: 40, maxIdleConnectionsPercent: 40}}",
        "error[AF105] spec.proxy.pool.maxIdleConnectionsPercent: 41 percent stay open, of a pool of at most 40 percent"
        " -> write 40 or less, or delete it for half of that",
    ),
    Case(
        proxy.subnets,
        "proxy: {subnetIds: [subnet-1]}",
        "proxy: {subnetIds: [subnet-1, subnet-2]}",
        "error[AF106] spec.proxy.subnetIds: lists 1 of the at least two subnets that a proxy needs"
        " -> list two or more in different Availability Zones of the cluster's VPC",
    ),
    Case(
        proxy.reader,
        _ONE.format("") + _READER,
        "instances: {count: 2}\n" + _READER,
        "error[AF105] spec.proxy.readOnlyEndpoint: in prod the cluster has one instance and so no reader: the endpoint"
        " leads nowhere -> declare a second instance, or delete it",
    ),
    Case(
        proxy.reader,
        _ONE.format("") + _SCALED.format(0) + _READER,
        _ONE.format("") + _SCALED.format(1) + _READER,
        "warning[AF113] spec.proxy.readOnlyEndpoint: in prod the endpoint leads nowhere while autoscaling has added no"
        " reader -> raise readerAutoscaling.minCapacity to 1, or declare a second instance",
    ),
    Case(
        proxy.budget,
        _SMALL + _PERCENT.format(99),
        _SMALL + _PERCENT.format(98),
        "warning[AF113] spec.proxy.pool.maxConnectionsPercent: the pool may open 400 of the 405 connections to"
        " instance 1 (db.t4g.medium), which leaves 5 to RDS itself, to people, migrations and monitoring"
        " -> write 98 or less",
    ),
    Case(
        proxy.budget,
        "clusterParameters: {max_connections: '60'}\nproxy: {}",
        "clusterParameters: {max_connections: '80'}\nproxy: {}",
        "warning[AF113] spec.proxy: the pool may open 54 of the 60 connections to instance 1 (db.r6g.large), which"
        " leaves 6 to RDS itself, to people, migrations and monitoring -> write 86 or less",
    ),
    Case(
        proxy.budget,
        _SERVERLESS + _PERCENT.format(19),
        _SERVERLESS + _PERCENT.format(20),
        "warning[AF113] spec.proxy.pool.maxConnectionsPercent: the pool may open 35 of the 189 connections to instance"
        " 1 (db.serverless); the proxy keeps some of them for itself, and clients wait for the others"
        " -> write 20 or more",
    ),
    Case(
        proxy.budget,
        "clusterParameters: {max_connections: '9'}\nproxy: {}",
        "clusterParameters: {max_connections: '90'}\nproxy: {}",
        "warning[AF113] spec.proxy: the pool may open 8 of the 9 connections to instance 1 (db.r6g.large), which"
        " leaves 1 to RDS itself, to people, migrations and monitoring -> take a larger instance class",
    ),
    Case(
        proxy.budget,
        "instances: {count: 2, instanceClass: db.z9.large}\n" + _PERCENT.format(10),
        "instances: {count: 2, instanceClass: db.z9.large}\nproxy: {}",
        "warning[AF113] spec.proxy.pool.maxConnectionsPercent: the pool may open 10 percent of the connections to an"
        " instance; the proxy keeps some of them for itself, and clients wait for the others -> write 20 or more",
    ),
)


class TestRules:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.expected[:70])
    def test_each_speaks_where_it_must(self, files: Files, case: Case) -> None:
        assert case.expected in self._told(files, case.broken)

    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.expected[:70])
    def test_each_is_silent_at_a_near_miss(self, files: Files, case: Case) -> None:
        path = case.expected.partition(": ")[0]
        assert not [line for line in self._told(files, case.fine) if line.startswith(path)]

    def test_all_of_them_are_tried(self) -> None:
        assert {case.rule for case in CASES} == {rule for rule in WHOLE_RULES if rule.__module__ == proxy.__name__}

    @staticmethod
    def _told(files: Files, spec: str) -> list[str]:
        return [line.partition(" ")[2] for line in lines(files.problems(manifests__orders=manifest(spec)))]
