"""Where things of a project are put: under which names, below which parent, by whose credential."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`key`: of the project within the tenant; `project_id`: in the cloud; `provider`: scoped to the project.

    `protect`: against deletion.
    """

    tenant: str
    key: str
    project_id: pulumi.Output[str]
    parent: pulumi.Resource
    provider: pulumi.ProviderResource
    protect: bool

    def name(self, *parts: str) -> str:
        """A logical name, unique within the tenant: from names that are identities, never from display names."""
        return "/".join((self.key, *parts))

    def mark(self, *parts: str) -> str:
        """What tells an object as ours where two may have the same name, as its description in the cloud."""
        return f"mutualis {self.tenant}/{self.name(*parts)}"

    def options(
        self,
        *,
        after: Sequence[pulumi.Resource] = (),
        ignore: Sequence[str] = (),
        replace_on: Sequence[str] = (),
        delete_first: bool | None = None,
        lasting: bool = False,
    ) -> pulumi.ResourceOptions:
        """`after`: what must stand before and go after; `lasting`: holds data, so `protect` counts."""
        return pulumi.ResourceOptions(
            parent=self.parent,
            provider=self.provider,
            depends_on=list(after),
            ignore_changes=list(ignore),
            replace_on_changes=list(replace_on),
            delete_before_replace=delete_first,
            protect=True if lasting and self.protect else None,
        )

    def deploying(self, *after: pulumi.Resource, formerly: str = "") -> pulumi.ResourceOptions:
        """For what the project's own credential may not do: the deploying one makes it, once the project is ready.

        `formerly`: another logical name, under which older states know it.
        """
        return pulumi.ResourceOptions(
            parent=self.parent,
            depends_on=[self.provider, *after],
            aliases=[pulumi.Alias(name=formerly)] if formerly else None,
        )
