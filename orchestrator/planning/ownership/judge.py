"""Differences as they were found, judged by their owners; and what of them a repair takes over into the state."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from orchestrator.model.drift import Difference, FieldDrift, FoundChange, FoundObject, ObjectDrift, Owner
from orchestrator.planning.ownership.rule import SPECS_DO_NOT_SAY, FieldRule, Ownership
from orchestrator.planning.ownership.table import OWNERSHIP

_VANISHED: Final = "what was applied is there no more"
_STRANGE: Final = "it stands in the tenant's project and no spec asks for it"
_UNKNOWN: Final = FieldRule(owner=Owner.OURS, reason="nothing is declared of this field", unsaid=True)
Property = tuple[str, Any, Any]  # name as shown, applied, found


def ignored_fields(kind: str) -> frozenset[str]:
    """Fields of this kind in which a difference is none."""
    return frozenset(name for name, rule in _rules(kind).items() if rule.owner is Owner.IGNORED)


def judged(found: FoundObject) -> ObjectDrift | None:
    """The object with its owner; None when nothing of the difference means anything."""
    if found.difference is Difference.GONE:
        return _whole(found, Owner.OURS, _VANISHED)
    if found.difference is Difference.ADDED:
        return _added(found)
    fields = tuple(field for change in found.changes for field in _fields(found, change))
    owner = Owner.OURS if any(field.owner is Owner.OURS for field in fields) else Owner.THEIRS
    return _whole(found, owner, "", fields) if fields else None


def taken_over(
    kind: str, inputs: Mapping[str, Any], recorded: Mapping[str, Any], found: Mapping[str, Any]
) -> dict[str, Any]:
    """What the state is to hold before a repair: as recorded, but for what is ours and can be put back from here.

    `recorded`, `found`: the object's outputs.
    """
    kept = dict(recorded)
    for name in {*recorded, *found}:
        rule = _rule(kind, name)
        if recorded.get(name) == found.get(name) or rule.by_hand:
            continue
        target = rule.tells or name
        value = _ours_of(kind, target, rule, inputs, recorded.get(name), found.get(name))
        if rule.tells and value == recorded.get(name):
            continue
        if value is None:
            kept.pop(target, None)
        else:
            kept[target] = value
    return kept


def _ours_of(kind: str, target: str, rule: FieldRule, inputs: Mapping[str, Any], recorded: Any, found: Any) -> Any:
    """The value with the differences that are ours, and no others."""
    declared = inputs.get(target)
    if not (isinstance(recorded, dict) and isinstance(found, dict)):
        return found if _owner(rule, declared, applied=recorded)[0] is Owner.OURS else recorded
    value = dict(recorded)
    for key in {*recorded, *found}:
        owner = _owner_of_key(kind, target, rule, declared, key)[0]
        if owner is Owner.OURS and key in found:
            value[key] = found[key]
        elif owner is Owner.OURS:
            value.pop(key, None)
    return value


def _fields(found: FoundObject, change: FoundChange) -> Iterator[FieldDrift]:
    rule = _rule(found.kind, change.path)
    name = rule.tells or change.path
    declared = found.declared.get(name)
    for shown, applied, now in _parts(name, change):
        key = shown.removeprefix(f"{name}.") if shown != name else ""
        if key:
            owner, reason = _owner_of_key(found.kind, name, rule, declared, key)
        else:
            owner, reason = _owner(rule, declared, applied=applied)
        if owner is not Owner.IGNORED:
            yield FieldDrift(field=shown, applied=text(applied), found=text(now), owner=owner, reason=reason)


def _parts(name: str, change: FoundChange) -> Iterator[Property]:
    """A map key by key, everything else whole."""
    if not (isinstance(change.applied, dict) and isinstance(change.found, dict)):
        yield name, change.applied, change.found
        return
    for key in sorted({*change.applied, *change.found}):
        if change.applied.get(key) != change.found.get(key):
            yield f"{name}.{key}", change.applied.get(key), change.found.get(key)


def _owner(rule: FieldRule, declared: Any, *, applied: Any) -> tuple[Owner, str]:
    if rule.owner is not Owner.OURS:
        return rule.owner, rule.reason
    if rule.only and declared != rule.only:
        return Owner.THEIRS, rule.reason
    if declared is None and not (rule.unsaid and applied is not None):
        return Owner.THEIRS, SPECS_DO_NOT_SAY
    return Owner.OURS, rule.by_hand or rule.reason


def _owner_of_key(kind: str, name: str, rule: FieldRule, declared: Any, key: str) -> tuple[Owner, str]:
    special = _rules(kind).get(f"{name}.{key}")
    if special is not None:
        return special.owner, special.reason
    said = isinstance(declared, dict) and key in declared
    if rule.by_key and not said:
        return Owner.THEIRS, SPECS_DO_NOT_SAY
    return _owner(rule, declared, applied="")


def _added(found: FoundObject) -> ObjectDrift:
    known = OWNERSHIP.get(found.kind)
    if known is not None and known.part_of and found.within_kind == known.part_of:
        return _whole(found, Owner.OURS, known.part_reason)
    return _whole(found, Owner.THEIRS, _STRANGE)


def _whole(found: FoundObject, owner: Owner, reason: str, fields: tuple[FieldDrift, ...] = ()) -> ObjectDrift:
    return ObjectDrift(
        kind=found.kind,
        name=found.name,
        id=found.id,
        difference=found.difference,
        owner=owner,
        reason=reason,
        within=found.within,
        fields=fields,
    )


def _rules(kind: str) -> Mapping[str, FieldRule]:
    return OWNERSHIP.get(kind, Ownership(kind=kind)).fields


def _rule(kind: str, name: str) -> FieldRule:
    if name.startswith("__"):
        return FieldRule(owner=Owner.IGNORED, reason="the engine's own note")
    return _rules(kind).get(name, _UNKNOWN)


def text(value: Any) -> str:
    """For people; empty: not there."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)
