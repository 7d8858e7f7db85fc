"""Networks that two tenants share: what one side says, the other says too, and both under the same agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orchestrator.model.finding import Path
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item, Names


def judge(tenant: Judge, names: Names) -> None:
    """Judged at both sides, so that each member reads it in its own file."""
    uses: dict[str, Mapping[str, Item]] = {}
    for path, network in tenant.items("networks"):
        shares = network.get("sharedWith", ())
        for index, share in enumerate(shares):
            at: Path = (*path, "sharedWith", index)
            _once(tenant, at, share, shares[:index], ("tenant",))
            other = _other(tenant, names, at, share)
            if other is not None:
                if share["tenant"] not in uses:
                    uses[share["tenant"]] = _uses(other, tenant.name)
                _given(tenant, at, network["name"], share, uses[share["tenant"]])
    taken = tenant.spec.get("sharedNetworks", ())
    for path, use in tenant.items("sharedNetworks"):
        _once(tenant, path, use, taken[: int(path[-1])], ("tenant", "network"))
        _taken(tenant, names, path, use)


def _once(tenant: Judge, path: Path, one: Item, before: Iterable[Item], identity: tuple[str, ...]) -> None:
    if any(all(other[field] == one[field] for field in identity) for other in before):
        tenant.report("duplicate-name", path, "the same sharing stands here twice", "keep one of them")


def _uses(other: Item, owner: str) -> Mapping[str, Item]:
    """What the other tenant says it uses of the owner's networks, by name."""
    return {use["network"]: use for use in other.get("sharedNetworks", ()) if use["tenant"] == owner}


def _given(tenant: Judge, path: Path, network: str, share: Item, uses: Mapping[str, Item]) -> None:
    entry = f"sharedNetworks: {{tenant: {tenant.name}, network: {network}, agreement: {share['agreement']}}}"
    _agreed(tenant, path, share, [uses[network]] if network in uses else [], entry)


def _taken(tenant: Judge, names: Names, path: Path, use: Item) -> None:
    other = _other(tenant, names, path, use)
    if other is None:
        return
    networks = {network["name"]: network for network in other.get("networks", ())}
    if not tenant.known((*path, "network"), use["network"], networks, f"tenant '{use['tenant']}' has no network {{}}"):
        return
    theirs = [share for share in networks[use["network"]].get("sharedWith", ()) if share["tenant"] == tenant.name]
    _agreed(tenant, path, use, theirs, f"sharedWith: {{tenant: {tenant.name}, agreement: {use['agreement']}}}")


def _other(tenant: Judge, names: Names, path: Path, one: Item) -> Item | None:
    at = (*path, "tenant")
    if one["tenant"] == tenant.name:
        tenant.report("contradiction", at, "a tenant shares nothing with itself", "name another tenant, or remove it")
        return None
    return names.tenants[one["tenant"]] if tenant.known(at, one["tenant"], names.tenants, "no tenant {}") else None


def _agreed(tenant: Judge, path: Path, one: Item, theirs: list[Item], entry: str) -> None:
    if not theirs:
        hint = f"there: {entry}; until then nothing is shared"
        tenant.report("one-sided", path, f"tenant '{one['tenant']}' does not say so", hint)
    elif one["agreement"] not in [other["agreement"] for other in theirs]:
        message = f"tenant '{one['tenant']}' names another agreement: '{theirs[0]['agreement']}'"
        tenant.report("one-sided", (*path, "agreement"), message, "both sides name the same one")
