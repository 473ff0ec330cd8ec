"""Custom endpoints: how many, of which instances, and whether these are there.

Source: Amazon Aurora User Guide, "Custom endpoints".
"""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.endpoints import Endpoint
from auroraform.schemas.shape import suggest
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

MOST_ENDPOINTS: Final = 5
LONGEST_IDENTIFIER: Final = 63

_FIELD: Final = "endpoints"


def endpoints(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    written = {key: endpoint for key, endpoint in (spec.endpoints or {}).items() if endpoint is not None}
    if len(written) > MOST_ENDPOINTS:
        yield Finding(
            Code.NOT_SUPPORTED,
            (_FIELD,),
            f"a cluster takes {MOST_ENDPOINTS} custom endpoints, and these are {len(written)}",
            "delete some",
        )
    for key, endpoint in written.items():
        if endpoint.members is not None and endpoint.excluded_members is not None:
            yield Finding(
                Code.CONFLICT,
                (_FIELD, key, "excludedMembers"),
                "members and excludedMembers exclude each other",
                "keep members to name the instances, or excludedMembers to name all others",
            )


def identifiers(_: AwsRdsClusterSpec, cluster: ResolvedCluster, situation: Situation) -> Iterator[Finding]:
    for endpoint in cluster.endpoints:
        if len(endpoint.identifier) > LONGEST_IDENTIFIER:
            yield Finding(
                Code.BAD_VALUE,
                (_FIELD, endpoint.key),
                f"in {situation.environment} its identifier {endpoint.identifier} would have "
                f"{len(endpoint.identifier)} characters; RDS takes {LONGEST_IDENTIFIER}",
                "shorten the name, or set a shorter metadata.id",
            )


def members(_: AwsRdsClusterSpec, cluster: ResolvedCluster, situation: Situation) -> Iterator[Finding]:
    known = [instance.key for instance in cluster.instances]
    for endpoint in cluster.endpoints:
        for field, keys in (("members", endpoint.static_members), ("excludedMembers", endpoint.excluded_members)):
            for index, key in enumerate(keys):
                if key not in known:
                    near = suggest(key, known)
                    yield Finding(
                        Code.BAD_VALUE,
                        (_FIELD, endpoint.key, field, index),
                        f'in {situation.environment} the cluster has no instance "{key}"',
                        f"did you mean {near}?" if near else f"the keys of its instances are {', '.join(known)}",
                    )


def reached(_: AwsRdsClusterSpec, cluster: ResolvedCluster, situation: Situation) -> Iterator[Finding]:
    """Endpoints that no instance can be behind."""
    for endpoint in cluster.endpoints:
        if _added_later(endpoint, cluster):
            continue
        if endpoint.custom_endpoint_type == "READER" and len(cluster.instances) == 1:
            yield _leads_nowhere(
                (_FIELD, endpoint.key, "type"),
                f"in {situation.environment} the cluster has one instance and so no reader: the endpoint leads nowhere",
                "declare a second instance, or write ANY",
            )
        elif {instance.key for instance in cluster.instances} <= {*endpoint.excluded_members}:
            yield _leads_nowhere(
                (_FIELD, endpoint.key, "excludedMembers"),
                f"in {situation.environment} every instance is left out: the endpoint leads nowhere",
                "leave out fewer",
            )


def _added_later(endpoint: Endpoint, cluster: ResolvedCluster) -> bool:
    """Whether autoscaling may put an instance behind the endpoint."""
    autoscaling = cluster.reader_autoscaling
    return (
        autoscaling is not None and autoscaling.max_capacity >= len(cluster.instances) and not endpoint.static_members
    )


def _leads_nowhere(path: tuple[str, ...], message: str, help_: str) -> Finding:
    return Finding(Code.NO_EFFECT, path, message, help_, Severity.WARNING)
