"""What two tenants share: what one side says, the other says too, and both under the same agreement."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from orchestrator.model.finding import Path
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item, Names
from orchestrator.spec.references.project import project_of

T = TypeVar("T", bound=Hashable)

MOST_PROJECTS: Final = 230
"""In a container's access list: 35 bytes each (`<id>:*,`) in a header of at most 8192, Swift's `max_header_size`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """A kind of object that is shared: its word, its list at the owner, the list at who uses it.

    `besides`: what the owner's side must say more, as a hint writes it; `most`: projects of others that one has room
    for, None: no limit.
    """

    word: str
    owned: str
    used: str
    besides: str = ""
    most: int | None = None

    def uses(self, other: Item, owner: str) -> Mapping[str, list[Item]]:
        """What the other tenant says it uses of the owner's, by name."""
        found: dict[str, list[Item]] = {}
        for use in other.get(self.used, ()):
            if use["tenant"] == owner:
                found.setdefault(use[self.word], []).append(use)
        return found


_KINDS: Final = (
    _Kind(word="network", owned="networks", used="sharedNetworks"),
    _Kind(
        word="container",
        owned="objectContainers",
        used="sharedContainers",
        besides=", access: read",
        most=MOST_PROJECTS,
    ),
)


def judge(tenant: Judge, names: Names) -> None:
    """Judged at both sides, so that each member reads it in its own file."""
    for kind in _KINDS:
        _owned(tenant, names, kind)
        _used(tenant, names, kind)


def _owned(tenant: Judge, names: Names, kind: _Kind) -> None:
    uses: dict[str, Mapping[str, list[Item]]] = {}
    for path, item in tenant.items(kind.owned):
        seen: set[str] = set()
        for index, share in enumerate(item.get("sharedWith", ())):
            at: Path = (*path, "sharedWith", index)
            _once(tenant, at, share["tenant"], seen)
            other = _other(tenant, names, at, share)
            if other is not None:
                if share["tenant"] not in uses:
                    uses[share["tenant"]] = kind.uses(other, tenant.name)
                _given(tenant, at, kind, item["name"], share, uses[share["tenant"]])
        _fits(
            tenant, (*path, "sharedWith"), kind, sum(len(uses[one].get(item["name"], ())) for one in seen & uses.keys())
        )


def _fits(tenant: Judge, path: Path, kind: _Kind, projects: int) -> None:
    if kind.most is not None and projects > kind.most:
        message = f"{projects} projects of other tenants would have access; a {kind.word} has room for {kind.most}"
        tenant.report("access-list-length", path, message, f"share a further {kind.word} with some of them")


def _used(tenant: Judge, names: Names, kind: _Kind) -> None:
    seen: set[tuple[str, str, str]] = set()
    for path, use in tenant.items(kind.used):
        _once(tenant, path, (use["tenant"], use[kind.word], project_of(tenant, use)), seen)
        _taken(tenant, names, path, kind, use)


def _once(tenant: Judge, path: Path, one: T, seen: set[T]) -> None:
    if one in seen:
        tenant.report("duplicate-name", path, "the same sharing stands here twice", "keep one of them")
    seen.add(one)


def _given(tenant: Judge, path: Path, kind: _Kind, name: str, share: Item, uses: Mapping[str, list[Item]]) -> None:
    entry = f"{kind.used}: {{tenant: {tenant.name}, {kind.word}: {name}, agreement: {share['agreement']}}}"
    _agreed(tenant, path, share, uses.get(name, []), entry)


def _taken(tenant: Judge, names: Names, path: Path, kind: _Kind, use: Item) -> None:
    other = _other(tenant, names, path, use)
    if other is None:
        return
    owned = {item["name"]: item for item in other.get(kind.owned, ())}
    message = f"tenant '{use['tenant']}' has no {kind.word} {{}}"
    if not tenant.known((*path, kind.word), use[kind.word], owned, message):
        return
    theirs = [share for share in owned[use[kind.word]].get("sharedWith", ()) if share["tenant"] == tenant.name]
    entry = f"sharedWith: {{tenant: {tenant.name}, agreement: {use['agreement']}{kind.besides}}}"
    _agreed(tenant, path, use, theirs, entry)


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
