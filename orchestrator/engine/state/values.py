"""Property values as the engine holds them: plain Python, with a mark for secrets and one for unknowns.

The whole of a top-level property is secret when any part of it is, as the bridge to OpenStack sees it too; so
for what a provider carries out `Secret` stands only at the top of a property map. Stacks, components and stack
references belong to no provider: in theirs it stands where the program put it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.engine.provider import UNKNOWN, Unknown

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  a type signature of the protocol
REFERENCE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
STACK_REFERENCE: Final = "pulumi:pulumi:StackReference"  # a type of the engine's own: no provider carries it out
UNKNOWN_MARK: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
MASK: Final = "[secret]"
DEFAULTS: Final = "__defaults"
INTERNAL: Final = frozenset({DEFAULTS, "__internal", "__meta", "__pulumi_raw_state_delta"})

PropertyMap = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that must not be shown or stored in clear."""

    value: Any

    def __repr__(self) -> str:
        return "Secret(...)"


def bare(value: Any) -> Any:
    """The value itself, whether secret or not."""
    return value.value if isinstance(value, Secret) else value


def plain(properties: Mapping[str, Any]) -> PropertyMap:
    """What a provider is given: no secret marks, resource references as ids."""
    return {name: _dereferenced(bare(value)) for name, value in properties.items()}


def _dereferenced(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get(SIGNATURE) == REFERENCE:
            return value.get("id") or UNKNOWN
        return {name: _dereferenced(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_dereferenced(part) for part in value]
    return value


def with_secrets(properties: Mapping[str, Any], names: frozenset[str]) -> PropertyMap:
    """The same properties with those of the given names marked secret."""
    return {
        name: Secret(value) if name in names and not isinstance(value, Secret) else value
        for name, value in properties.items()
    }


def secret_names(properties: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name for name, value in properties.items() if isinstance(value, Secret))


def has_secret(value: Any) -> bool:
    """Whether some part of the value is secret."""
    if isinstance(value, Secret):
        return True
    if isinstance(value, Mapping):
        return any(has_secret(part) for part in value.values())
    return isinstance(value, list | tuple) and any(has_secret(part) for part in value)


def without_secrets(value: Any) -> Any:
    """The value in clear, however deep its secrets stand."""
    if isinstance(value, Secret):
        return without_secrets(value.value)
    if isinstance(value, Mapping):
        return {name: without_secrets(part) for name, part in value.items()}
    return [without_secrets(part) for part in value] if isinstance(value, list | tuple) else value


def has_unknown(value: Any) -> bool:
    """Whether some part of the value is known only to a real run."""
    if isinstance(value, Unknown):
        return True
    if isinstance(value, Secret):
        return has_unknown(value.value)
    if isinstance(value, Mapping):
        return any(has_unknown(part) for part in value.values())
    if isinstance(value, list | tuple):
        return any(has_unknown(part) for part in value)
    return False


def masked(value: Any) -> Any:
    """The value as JSON for people and events: secrets hidden, unknowns as Pulumi's marker."""
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET, "ciphertext": MASK}
    if isinstance(value, Unknown):
        return UNKNOWN_MARK
    if isinstance(value, Mapping):
        return {name: masked(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [masked(part) for part in value]
    return value


def without_internals(properties: Mapping[str, Any]) -> PropertyMap:
    """The properties that a program may see: not the provider's own notes."""
    return {name: value for name, value in properties.items() if name not in INTERNAL}
