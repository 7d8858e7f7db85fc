"""Pulumi's engine in this process, for programs of `pulumi_openstack`.

It knows Pulumi's protocols and state, and OpenStack; nothing of specs, plans or the command line of this product.
Its command is loaded when it is asked for: who only reads a cloud through `cloud/` needs neither Pulumi nor gRPC.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from orchestrator.engine.command import ENGINE_VERSION, EmbeddedCommand

__all__ = ["ENGINE_VERSION", "EmbeddedCommand"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from orchestrator.engine import command  # noqa: PLC0415 see above

    return getattr(command, name)
