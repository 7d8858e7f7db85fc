"""Part one of a review: which documents change, and which things of theirs are added, changed and removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from orchestrator.errors import SpecError
from orchestrator.flow.review.flat import differing, flat
from orchestrator.flow.review.parts import OF_A_PROJECT, Key, Part, catalogue_parts, tenant_parts
from orchestrator.model.finding import ObjectRef
from orchestrator.model.review import Change, DocumentChange, PartChange
from orchestrator.model.site import Host
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant, TenantState
from orchestrator.planning.environment import tenant_environment

_NOBODY: Final[Mapping[str, Any]] = {}


def changed_documents(before: Specs | None, after: Specs) -> tuple[DocumentChange, ...]:
    """Region and catalogue first, then sites, hosts, tenants and waivers, each by name."""
    found = [_region(before, after), _catalogue(before, after)]
    for kind, attribute in (("Site", "sites"), ("Host", "hosts")):
        found += _plain(kind, getattr(before, attribute, _NOBODY), getattr(after, attribute))
    names = sorted({*(before.tenants if before else ()), *after.tenants})
    found += [_tenant(name, before, after) for name in names]
    found += _plain("Waiver", before.waivers if before else _NOBODY, after.waivers)
    return tuple(one for one in found if one)


def _region(before: Specs | None, after: Specs) -> DocumentChange | None:
    return _document("Region", after.region.name, before.region if before else None, after.region)


def _catalogue(before: Specs | None, after: Specs) -> DocumentChange | None:
    was = catalogue_parts(before.catalogue) if before else {}
    parts = _parts(was, catalogue_parts(after.catalogue))
    if not parts:
        return None
    change = Change.CHANGED if before else Change.ADDED
    return DocumentChange(ref=ObjectRef(kind="Catalogue", name=after.catalogue.name), change=change, parts=parts)


def _plain(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[DocumentChange | None]:
    names = sorted({*before, *after})
    return [_document(kind, name, before.get(name), after.get(name)) for name in names]


def _document(kind: str, name: str, before: Any, after: Any) -> DocumentChange | None:
    """Field by field; of one that comes or goes only that it does."""
    if before == after:
        return None
    change = _change(before, after)
    fields = differing(flat(before), flat(after)) if change is Change.CHANGED else ()
    site = str(getattr(after or before, "site", name if kind == "Site" else ""))
    says = (_machine(after),) if isinstance(after, Host) and before is None else ()
    return DocumentChange(ref=ObjectRef(kind=kind, name=name), change=change, site=site, fields=fields, says=says)


def _machine(host: Host) -> str:
    return f"{host.threads} threads, {host.memory_gib} GiB, owner {host.owner}, aggregate {host.aggregate}"


def _change(before: Any, after: Any) -> Change:
    if before is None:
        return Change.ADDED
    return Change.REMOVED if after is None else Change.CHANGED


def _tenant(name: str, before: Specs | None, after: Specs) -> DocumentChange | None:
    was = before.tenants.get(name) if before else None
    now = after.tenants.get(name)
    try:
        had = tenant_parts(tenant_environment(before, name)) if before and was else {}
        has = tenant_parts(tenant_environment(after, name)) if now else {}
    except SpecError as error:
        return _unbuildable(name, was, now, error)
    has_now = {} if now is None or now.state is TenantState.RETIRED else has
    fields = differing(flat(was, OF_A_PROJECT), flat(now, OF_A_PROJECT)) if was and now else ()
    if now is None:
        return _gone(name, was, had)
    if now.state is TenantState.RETIRED and was:
        return _retired(name, was, now, had, fields)
    parts = _parts(had, has_now)
    if not parts and not fields:
        return None
    return DocumentChange(
        ref=ObjectRef(kind="Tenant", name=name),
        change=_change(was, now),
        site=now.site,
        fields=fields,
        parts=parts,
        creates=_objects(has_now, had),
        deletes=_objects(had, has_now),
        says=tuple(_said(was, now)),
    )


def _gone(name: str, was: Tenant | None, had: Mapping[Key, Part]) -> DocumentChange | None:
    if was is None:
        return None
    count = _objects(had, {})
    if was.state is TenantState.RETIRED:
        said = "it was retired: what is left of it is not deleted any more"
    else:
        said = f"a missing file deletes nothing: its {count} objects stay, and nobody counts them any more; "
        said += "`state: retired` deletes"
    return DocumentChange(ref=ObjectRef(kind="Tenant", name=name), change=Change.REMOVED, site=was.site, says=(said,))


def _retired(
    name: str, was: Tenant, now: Tenant, had: Mapping[Key, Part], fields: tuple[Any, ...]
) -> DocumentChange | None:
    first = was.state is not TenantState.RETIRED
    if not first and not fields:
        return None
    count = _objects(had, {}) if first else 0
    said = f"retired: its {count} objects are deleted, data included" if first else "retired before this change"
    return DocumentChange(
        ref=ObjectRef(kind="Tenant", name=name),
        change=Change.CHANGED,
        site=now.site,
        fields=fields,
        deletes=count,
        says=(said,),
    )


def _unbuildable(name: str, was: Tenant | None, now: Tenant | None, error: SpecError) -> DocumentChange:
    return DocumentChange(
        ref=ObjectRef(kind="Tenant", name=name),
        change=_change(was, now),
        site=now.site if now else "",
        says=(f"cannot be built as it is written: {error}",),
    )


def _said(was: Tenant | None, now: Tenant) -> Iterator[str]:
    if was and was.state is not now.state:
        told = {
            TenantState.SUSPENDED: "suspended: its servers are shut off, nothing is deleted",
            TenantState.ACTIVE: f"active again, after it was {was.state.value}",
        }
        yield told.get(now.state, now.state.value)
    if was and was.protect and not now.protect:
        yield "its protection is taken off: what holds its data may be deleted"
    if was and was.site != now.site:
        yield f"moves from site {was.site} to {now.site}: servers that name no site are made anew there"


def _parts(before: Mapping[Key, Part], after: Mapping[Key, Part]) -> tuple[PartChange, ...]:
    keys = dict.fromkeys((*after, *before))
    return tuple(one for key in keys if (one := _part_change(key, before.get(key), after.get(key))))


def _part_change(key: Key, before: Part | None, after: Part | None) -> PartChange | None:
    if before == after:
        return None
    fields = differing(before.fields if before else {}, after.fields if after else {})
    kind, name = key
    return PartChange(kind=kind, name=name, change=_change(before, after), fields=fields)


def _objects(some: Mapping[Key, Part], others: Mapping[Key, Part]) -> int:
    """Objects of the cloud that `some` have and the others have not."""
    return sum(max(0, part.objects - (others[key].objects if key in others else 0)) for key, part in some.items())
