"""Pulumi's engine in this process, for programs of `pulumi_openstack`.

It knows Pulumi's protocols and state, and OpenStack; nothing of specs, plans or the command line of this product.
"""

from orchestrator.engine.command import ENGINE_VERSION, EmbeddedCommand

__all__ = ["ENGINE_VERSION", "EmbeddedCommand"]
