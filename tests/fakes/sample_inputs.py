"""Inputs for any type, from its description alone: for tests that hold for all types."""

from __future__ import annotations

from typing import Any

from orchestrator.engine.cloud.schema import Property, ResourceType

GIVEN: dict[str, dict[str, Any]] = {
    "FloatingIp": {"pool": "n"},
    "Image": {},
    "Instance": {"flavorId": "flavor-1", "imageId": "image-1"},
    "InterfaceAttach": {"portId": "port-1"},
    "LoadBalancer": {"vipSubnetId": "subnet-1"},
    "Pool": {"loadbalancerId": "lb-1"},
    "RoleAssignment": {"projectId": "own-project", "userId": "user-1"},
    "RouterInterface": {"subnetId": "subnet-1"},
    "Subnet": {"cidr": "192.0.2.0/24"},
}
"""What a type needs besides what it requires."""


def least(type_: ResourceType) -> dict[str, Any]:
    """No more than the type asks for."""
    required = {name: sample(prop) for name, prop in type_.inputs.items() if prop.required}
    named = {"name": "n"} if type_.autoname else {}
    return required | GIVEN.get(type_.token.rsplit(":", 1)[1], {}) | named


def sample(prop: Property, *, other: bool = False) -> Any:
    """A value of the property's type, or another one."""
    kind = prop.shape.kind
    if kind in {"list", "set"} and not prop.fields:
        return [_scalar(prop, prop.shape.element, other=other)]
    if prop.fields:
        one = {name: sample(field, other=other) for name, field in prop.fields.items() if field.required}
        return [one] if kind in {"list", "set"} else one
    return {"k": _scalar(prop, prop.shape.element, other=other)} if kind == "map" else _scalar(prop, kind, other=other)


def _scalar(prop: Property, kind: str, *, other: bool) -> Any:
    if prop.values:
        return prop.values[0 if other else -1]
    if kind == "bool":
        return not prop.default
    number = 8 if other else 7
    return {"int": number, "float": number + 0.5}.get(kind, str(number))
