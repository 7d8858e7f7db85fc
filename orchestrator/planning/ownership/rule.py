"""What a kind of object says of its fields' owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from orchestrator.model.drift import SPECS_SAY, Owner

SPECS_DO_NOT_SAY: Final = "the spec says nothing of it"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """`reason`: for people. `unsaid`: it counts where the program gave no value as well.

    `by_key`: of a map, keys that the program did not give are theirs. `by_hand`: it is not put back, and why; what to
    do instead. `only`: it is ours while the program gives this value, else theirs.
    `tells`: the field that no call tells, whose value this one has.
    """

    owner: Owner
    reason: str
    unsaid: bool = False
    by_key: bool = False
    by_hand: str = ""
    only: str = ""
    tells: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """`kind`: Pulumi's type token; `part_of`: the kind that is ours whole, so that one too many in it is drift."""

    kind: str
    fields: Mapping[str, FieldRule] = field(default_factory=dict)
    part_of: str = ""
    part_reason: str = ""


def kind(
    name: str,
    ours: str = "",
    *,
    maps: str = "",
    guarded: Mapping[str, str] | None = None,
    theirs: Mapping[str, str] | None = None,
    ignored: Mapping[str, str] | None = None,
    by_hand: Mapping[str, str] | None = None,
    special: Mapping[str, FieldRule] | None = None,
    part_of: str = "",
    part_reason: str = "",
) -> Ownership:
    """One line of the table. Names of fields in one text; else reason -> names of fields.

    `ours`: where the program gives a value; `maps`: the same, key by key; `guarded`: whether it gives one or not.
    """
    fields = {name: FieldRule(owner=Owner.OURS, reason=SPECS_SAY) for name in ours.split()}
    fields |= {name: FieldRule(owner=Owner.OURS, reason=SPECS_SAY, by_key=True) for name in maps.split()}
    for reason, names in (guarded or {}).items():
        fields |= {name: FieldRule(owner=Owner.OURS, reason=reason, unsaid=True) for name in names.split()}
    for reason, names in (by_hand or {}).items():
        rule = FieldRule(owner=Owner.OURS, reason=SPECS_SAY, unsaid=True, by_hand=reason)
        fields |= dict.fromkeys(names.split(), rule)
    for owner, told in ((Owner.THEIRS, theirs), (Owner.IGNORED, {REGION: "region", **(ignored or {})})):
        for reason, names in (told or {}).items():
            fields |= {name: FieldRule(owner=owner, reason=reason) for name in names.split()}
    fields |= special or {}
    token = f"openstack:{name[: name.index(':')]}:{name[name.index(':') + 1 :]}"
    return Ownership(
        kind=token, fields=fields, part_of=f"openstack:{part_of}" if part_of else "", part_reason=part_reason
    )


REGION: Final = "it says where the object was asked for, not what it is"
UNTOLD: Final = "no call tells it back"
ONCE: Final = "it counts when the object is made, and never again"
ENGINE: Final = "it tells the engine how to work; the cloud does not know it"
CLOUD: Final = "the cloud decides it"
TWICE: Final = "another field says the same"
LIFE: Final = "it changes as the object lives"
