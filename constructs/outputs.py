"""The outputs of a cluster."""

from collections.abc import Iterable

from auroraform.constructs.bindings import Construct, TerraformElement
from auroraform.constructs.naming import reference
from auroraform.schemas.outputs import (
    ENDPOINT,
    GROUP_OUTPUT,
    OUTPUTS,
    SECRET_OUTPUT,
    endpoint_output,
    expression,
    policy_outputs,
    proxy_outputs,
    topic_output,
)
from auroraform.schemas.resolved.proxy import Proxy


class ClusterOutputs(TerraformElement):
    """`output.<label>_<name>` for each value: one set per cluster, told apart by the cluster's label.

    One element for all of them: CDKTF asks it twice what it becomes, where an element or an override for each would
    cross over to Node a dozen times and more.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        label: str,
        has_group: bool,
        has_secret: bool,
        endpoints: list[str],
        users: tuple[str, ...] = (),
        proxy: Proxy | None = None,
    ) -> None:
        super().__init__(scope, id_)
        sources = OUTPUTS | (SECRET_OUTPUT if has_secret else {})
        if not has_group:
            del sources[GROUP_OUTPUT]
        values = {name: expression(label, source) for name, source in sources.items()} | policy_outputs(label, users)
        values |= {endpoint_output(key): expression(f"{label}_{key}", ENDPOINT) for key in endpoints}
        if proxy is not None:
            values |= proxy_outputs(label, has_reader=proxy.reader_endpoint_name is not None)
        self._outputs = {f"{label}_{name}": {"value": f"${{{value}}}"} for name, value in values.items()}

    def to_terraform(self) -> dict[str, object]:
        """The outputs, as CDKTF merges them into the stack."""
        return {"output": self._outputs}


class TopicOutputs(TerraformElement):
    """`output.<label>_<severity>_topic_arn` for each topic that is made."""

    def __init__(self, scope: Construct, id_: str, *, label: str, severities: Iterable[str]) -> None:
        super().__init__(scope, id_)
        self._outputs = {
            topic_output(label, severity): {"value": reference("aws_sns_topic", f"{label}_{severity}", "arn")}
            for severity in severities
        }

    def to_terraform(self) -> dict[str, object]:
        """The outputs, as CDKTF merges them into the stack."""
        return {"output": self._outputs}
