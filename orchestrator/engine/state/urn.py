"""Names of resources: `urn:pulumi:STACK::PROJECT::[PARENT_TYPE$]TYPE::NAME`."""

from __future__ import annotations

from typing import Final

STACK_TYPE: Final = "pulumi:pulumi:Stack"
PROVIDER_PREFIX: Final = "pulumi:providers:"


def build(stack: str, project: str, parent: str, kind: str, name: str) -> str:
    """The URN of a resource; the parent's qualified type stands in front unless the parent is the Stack."""
    above = qualified_type(parent) if parent else ""
    chain = kind if above in {"", STACK_TYPE} else f"{above}${kind}"
    return f"urn:pulumi:{stack}::{project}::{chain}::{name}"


def root(stack: str, project: str) -> str:
    return build(stack, project, "", STACK_TYPE, f"{project}-{stack}")


def qualified_type(urn: str) -> str:
    """The chain of types from the outermost parent down to the resource itself."""
    return _parts(urn)[2]


def type_of(urn: str) -> str:
    return qualified_type(urn).rsplit("$", 1)[-1]


def name_of(urn: str) -> str:
    return _parts(urn)[3]


def stack_of(urn: str) -> str:
    return _parts(urn)[0].removeprefix("urn:pulumi:")


def project_of(urn: str) -> str:
    return _parts(urn)[1]


def is_provider(kind: str) -> bool:
    return kind.startswith(PROVIDER_PREFIX)


def is_default_provider(urn: str) -> bool:
    """Whether the engine made this provider itself, because a resource named none."""
    return is_provider(type_of(urn)) and name_of(urn).startswith("default")


def package_of(kind: str) -> str:
    """The package of a type token: `openstack` for both `openstack:a/b:C` and `pulumi:providers:openstack`."""
    return kind.removeprefix(PROVIDER_PREFIX) if is_provider(kind) else kind.split(":", 1)[0]


def _parts(urn: str) -> list[str]:
    parts = urn.split("::", 3)
    if len(parts) != 4 or not parts[0].startswith("urn:pulumi:"):  # noqa: PLR2004  the four parts of the docstring
        raise ValueError(f"not a URN: {urn!r}")
    return parts
