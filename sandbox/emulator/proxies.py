"""Gaps in RDS Proxy: changes of a proxy, its endpoints, and the query that opens its connections."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import RDSClientError
from moto.rds.models import DBProxy, DBProxyTargetGroup, RDSBackend, RDSBaseModel
from moto.rds.responses import RDSResponse

from auroraform.sandbox.emulator.patching import add_calls, define, getter, replace

_SETTINGS = {
    "Auth": "auth",
    "RequireTLS": "require_tls",
    "IdleClientTimeout": "idle_client_timeout",
    "DebugLogging": "debug_logging",
    "RoleArn": "role_arn",
    "SecurityGroups": "vpc_security_group_ids",
}


def modify_proxies() -> None:
    """moto lacks the call that changes or renames a proxy."""

    def modify_db_proxy(self: RDSResponse) -> ActionResult:
        proxy = _proxy(self)
        for parameter, attribute in _SETTINGS.items():
            if parameter in self.params:
                replace(proxy, attribute, self.params[parameter])
        if name := self.params.get("NewDBProxyName"):
            self.backend.db_proxies[name] = self.backend.db_proxies.pop(proxy.db_proxy_name)
            proxy.db_proxy_name = name
        return ActionResult({"DBProxy": proxy})

    add_calls(RDSResponse, modify_db_proxy)


def keep_initialization_query() -> None:
    """moto drops the statements that a proxy runs on each connection that it opens."""
    modify, read = RDSBackend.modify_db_proxy_target_group, getter(DBProxyTargetGroup, "connection_pool_config")

    def modify_and_keep(self: RDSBackend, proxy_name: str, config: dict[str, Any]) -> DBProxyTargetGroup:
        group = modify(self, proxy_name, config)
        replace(group, "init_query", config.get("InitQuery", ""))
        return group

    replace(RDSBackend, "modify_db_proxy_target_group", modify_and_keep)
    define(
        DBProxyTargetGroup,
        "connection_pool_config",
        lambda self: {**read(self), "InitQuery": vars(self).get("init_query", "")},
    )


class ProxyEndpoint(RDSBaseModel):
    """An endpoint beside the proxy's own, with attributes under the names that moto's answers are made from."""

    resource_type = "db-proxy-endpoint"

    def __init__(self, proxy: DBProxy, parameters: dict[str, Any]) -> None:
        super().__init__(proxy.backend)
        self.db_proxy_endpoint_name: str = parameters["DBProxyEndpointName"]
        self.db_proxy_name = proxy.db_proxy_name
        self.vpc_id = proxy.vpc_id
        self.vpc_subnet_ids: list[str] = parameters["VpcSubnetIds"]
        self.vpc_security_group_ids: list[str] = parameters.get("VpcSecurityGroupIds") or proxy.vpc_security_group_ids
        self.target_role: str = parameters.get("TargetRole", "READ_WRITE")
        self.endpoint = (
            f"{self.db_proxy_endpoint_name}.endpoint.proxy-{proxy.url_identifier}.{self.region}.rds.amazonaws.com"
        )
        self.status = "available"
        self.is_default = False
        self.tags = parameters.get("Tags", [])

    @property
    def resource_id(self) -> str:
        return self.db_proxy_endpoint_name

    @property
    def db_proxy_endpoint_arn(self) -> str:
        return self.arn


def provide_proxy_endpoints() -> None:
    """moto lacks the endpoints that a proxy has beside its own."""

    def create_db_proxy_endpoint(self: RDSResponse) -> ActionResult:
        endpoint = ProxyEndpoint(_proxy(self), self.params)
        if endpoint.resource_id in _kept(self.backend):
            raise RDSClientError("DBProxyEndpointAlreadyExistsFault", f"{endpoint.resource_id} already exists")
        _kept(self.backend)[endpoint.resource_id] = endpoint
        return ActionResult({"DBProxyEndpoint": endpoint})

    def describe_db_proxy_endpoints(self: RDSResponse) -> ActionResult:
        if "DBProxyEndpointName" in self.params:
            return ActionResult({"DBProxyEndpoints": [_endpoint(self)]})
        proxy = self.params.get("DBProxyName")
        found = [one for one in _kept(self.backend).values() if proxy in {None, one.db_proxy_name}]
        return ActionResult({"DBProxyEndpoints": found})

    def modify_db_proxy_endpoint(self: RDSResponse) -> ActionResult:
        endpoint = _endpoint(self)
        groups = self.params.get("VpcSecurityGroupIds", endpoint.vpc_security_group_ids)
        endpoint.vpc_security_group_ids = groups
        return ActionResult({"DBProxyEndpoint": endpoint})

    def delete_db_proxy_endpoint(self: RDSResponse) -> ActionResult:
        return ActionResult({"DBProxyEndpoint": _kept(self.backend).pop(_endpoint(self).resource_id)})

    add_calls(
        RDSResponse,
        create_db_proxy_endpoint,
        describe_db_proxy_endpoints,
        modify_db_proxy_endpoint,
        delete_db_proxy_endpoint,
    )
    find = RDSBackend._get_resource_for_tagging

    def find_endpoints_too(self: RDSBackend, arn: str) -> object:
        return next((one for one in _kept(self).values() if one.arn == arn), None) or find(self, arn)

    replace(RDSBackend, "_get_resource_for_tagging", find_endpoints_too)


def _proxy(self: RDSResponse) -> DBProxy:
    (proxy,) = self.backend.describe_db_proxies(self.params["DBProxyName"])
    return proxy


def _kept(backend: RDSBackend) -> dict[str, ProxyEndpoint]:
    # On the backend, so that a reset of moto empties it.
    endpoints: dict[str, ProxyEndpoint] = vars(backend).setdefault("proxy_endpoints", {})
    return endpoints


def _endpoint(self: RDSResponse) -> ProxyEndpoint:
    name = self.params["DBProxyEndpointName"]
    if name not in _kept(self.backend):
        raise RDSClientError("DBProxyEndpointNotFoundFault", f"{name} not found")
    return _kept(self.backend)[name]
