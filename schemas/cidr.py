"""Networks in CIDR notation, as rules of security groups take them.

EC2 API reference, SecurityGroupRuleRequest: what is no network address EC2 makes one of without a word, and answers
with the result; so it is asked for here, in the one spelling that EC2 answers with.
"""

import ipaddress
from collections.abc import Callable
from typing import Annotated, Final

from auroraform.schemas.expressed import Expressed, whole
from auroraform.schemas.scalars import Text
from auroraform.schemas.values import bad_value

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_BYTE: Final = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_V4: Final = rf"({_BYTE}\.){{3}}{_BYTE}"
_V4_PATTERN: Final = rf"{_V4}(/(0*([0-9]|[12][0-9]|3[0-2])|{_V4}))?"
_V6_PATTERN: Final = r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(/[0-9]+)?"

_LIST_TAKES_V4: Final = (
    "give it a rule of its own, as securityGroup: {rules: {office: {cidrIpv6: 2001:db8::/32}}}, with networkType: DUAL"
)


def is_everywhere(cidr: str) -> bool:
    """Whether a network is all there is."""
    return ipaddress.ip_network(cidr).prefixlen == 0


def _ipv4(other: str) -> Callable[[str], str]:
    """The check of an IPv4 network; `other` is where one of IPv6 belongs."""

    def check(value: str) -> str:
        if _parsed(ipaddress.IPv6Network, value, strict=False) is not None:
            raise bad_value("is an IPv6 network", other)
        return _exact(ipaddress.IPv4Network, value, "is not an IPv4 network", "write it as 10.0.0.0/16")

    return check


def _ipv6(value: str) -> str:
    loose = _parsed(ipaddress.IPv6Network, value, strict=False)
    if _parsed(ipaddress.IPv4Network, value, strict=False) is not None or (
        # Releases of Python differ in how they write these, and no IPv6 packet comes from one.
        isinstance(loose, ipaddress.IPv6Network) and loose.network_address.ipv4_mapped is not None
    ):
        raise bad_value("is an IPv4 network", "give it as cidrIpv4")
    return _exact(ipaddress.IPv6Network, value, "is not an IPv6 network", "write it as 2001:db8::/32")


def _exact(kind: type[_Network], value: str, what: str, advice: str) -> str:
    """The network in the spelling that AWS answers with."""
    # A zone, as in fe80::%eth0, is an address's on one machine.
    loose = None if "%" in value else _parsed(kind, value, strict=False)
    if loose is None:
        raise bad_value(what, advice)
    if _parsed(kind, value, strict=True) is None:
        raise bad_value("has bits set behind its prefix length", f"write the network itself: {loose}")
    return str(loose)


def _parsed(kind: type[_Network], value: str, *, strict: bool) -> _Network | None:
    try:
        return kind(value, strict=strict)
    except ValueError:
        return None


CidrBlock = Annotated[Text, Expressed(_ipv4(_LIST_TAKES_V4), whole(_V4_PATTERN))]
"""Of Project Planton's list, which is for IPv4 only."""
CidrIpv4 = Annotated[Text, Expressed(_ipv4("give it as cidrIpv6"), whole(_V4_PATTERN))]
CidrIpv6 = Annotated[Text, Expressed(_ipv6, whole(_V6_PATTERN))]
