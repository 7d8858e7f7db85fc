"""Programs made of made-up resources, as data: what is tried at random is built, edited and compared here.

A resource refers to earlier ones by their labels, which last for ever; its name in the program may change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import pulumi

THING: Final = "openstack:test/thing:Thing"
GROUP: Final = "test:index:Group"
PREFIX: Final = "urn:pulumi:acme::demo::"
LARGEST: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One resource. `mold` and `base` replace it when they change, `value`, `friend` and `echo` update it.

    `base`, `friend`, `echo`: labels of those whose id (or, for `echo`, another output) flows into it.
    """

    label: str
    name: str
    is_group: bool = False
    is_named: bool = False
    value: int = 0
    mold: int = 0
    parent: str = ""
    base: str = ""
    friend: str = ""
    echo: str = ""
    after: str = ""
    goes_along: bool = False  # with its base, as a subnet's ports do not but a server's disk does
    protect: bool = False
    delete_first: bool | None = None
    ignores_value: bool = False
    replaced_by_value: bool = False
    holds_secret: bool = False
    aliases: tuple[str, ...] = ()

    def uses(self) -> tuple[str, ...]:
        return tuple(label for label in (self.parent, self.base, self.friend, self.echo, self.after) if label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """From what an item is made: numbers that point at earlier items, and choices."""

    parent: int
    base: int
    friend: int
    echo: int
    after: int
    flags: frozenset[str]


FLAGS: Final = (
    "is_group", "is_named", "goes_along", "protect", "delete_first", "create_first", "ignores_value",
    "replaced_by_value", "holds_secret",
)  # fmt: skip
EDITS: Final = (
    "remove", "rename", "rename_anew", "value", "mold", "base", "friend", "echo", "move", "reparent", "protect",
    "delete_first", "is_named",
)  # fmt: skip


class Thing(pulumi.CustomResource):
    serial: pulumi.Output[str]

    def __init__(self, name: str, properties: dict[str, Any], options: pulumi.ResourceOptions) -> None:
        super().__init__(THING, name, {**properties, "serial": None}, options)


class RandomProgram:
    """A program that can be called, and edited between calls."""

    def __init__(self) -> None:
        self.items: tuple[Item, ...] = ()
        self._made = 0

    def item(self, label: str) -> Item:
        return next(item for item in self.items if item.label == label)

    def things(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.is_group)

    def is_protected(self, item: Item) -> bool:
        """By itself or by one above it."""
        return item.protect or (bool(item.parent) and self.is_protected(self.item(item.parent)))

    def container(self, item: Item) -> str:
        """The label of what takes it along when it goes; one that says nothing does as its parent."""
        if item.goes_along or not item.parent:
            return item.base if item.goes_along else ""
        return self.container(self.item(item.parent))

    def has_protected(self) -> bool:
        return any(self.is_protected(item) for item in self.items)

    def unprotect(self) -> None:
        self.items = tuple(replace(item, protect=False) for item in self.items)

    def add(self, seed: Seed) -> None:
        if len(self.items) >= LARGEST:
            return
        things, everything = [i.label for i in self.things()], [i.label for i in self.items]
        base, flags = _pick(things, seed.base), seed.flags
        is_group = "is_group" in flags
        self._made += 1
        item = Item(
            label=f"l{self._made}",
            name=f"r{self._made}",
            parent=_pick(everything, seed.parent),
            is_group=is_group,
            protect="protect" in flags,
        )
        if not is_group:
            item = replace(
                item,
                base=base,
                friend=_pick(things, seed.friend),
                echo=_pick(things, seed.echo),
                after=_pick(things, seed.after),
                goes_along=bool(base) and "goes_along" in flags,
                delete_first=True if "delete_first" in flags else False if "create_first" in flags else None,
                is_named="is_named" in flags,
                ignores_value="ignores_value" in flags,
                replaced_by_value="replaced_by_value" in flags,
                holds_secret="holds_secret" in flags,
            )
        self.items = (*self.items, item)

    def edit(self, what: str, pick: int, number: int) -> None:
        """Change one item in one way; what makes no sense for it is left out."""
        if not self.items:
            return
        index = pick % len(self.items)
        item = self.items[index]
        if what == "remove":
            self._remove(item)
        elif what == "move":
            self._move(index, number)
        else:
            changed = self._changed(item, what, number)
            self.items = tuple(changed if one is item else one for one in self.items)

    def _changed(self, item: Item, what: str, number: int) -> Item:
        before = self.items[: self.items.index(item)]
        if what in {"rename", "rename_anew"}:
            self._made += 1
            kept = (*item.aliases, self.urn(item)) if what == "rename" else ()
            return replace(item, name=f"r{self._made}", aliases=kept)
        if what == "reparent":
            parent = _pick([one.label for one in before], number)
            return replace(item, parent=parent, aliases=(*item.aliases, self.urn(item)))
        if what == "protect":
            return replace(item, protect=not item.protect)
        return (
            item if item.is_group else _of_thing(item, what, [one.label for one in before if not one.is_group], number)
        )

    def _remove(self, item: Item) -> None:
        """With nothing that still names it; one that is protected stays, as its removal has a test of its own."""
        if self.is_protected(item) or any(one.protect for one in self.items if item.label in self._above(one)):
            return
        gone = {item.label}
        for one in self.items:
            if one.parent in gone:
                gone.add(one.label)
        left = (one for one in self.items if one.label not in gone)
        self.items = tuple(_without(one, gone) for one in left)

    def _above(self, item: Item) -> set[str]:
        return {item.parent} | self._above(self.item(item.parent)) if item.parent else set()

    def _move(self, index: int, number: int) -> None:
        """To another place between what it uses and what uses it."""
        item, others = self.items[index], [*self.items[:index], *self.items[index + 1 :]]
        first = max((n + 1 for n, one in enumerate(others) if one.label in item.uses()), default=0)
        last = min((n for n, one in enumerate(others) if item.label in one.uses()), default=len(others))
        others.insert(first + number % (last - first + 1), item)
        self.items = tuple(others)

    def urn(self, item: Item) -> str:
        kind = GROUP if item.is_group else THING
        above = self.urn(self.item(item.parent)).removeprefix(PREFIX).split("::")[0] + "$" if item.parent else ""
        return f"{PREFIX}{above}{kind}::{item.name}"

    def __call__(self) -> None:
        made: dict[str, pulumi.Resource] = {}
        for item in self.items:
            options = _options(item, made)
            if item.is_group:
                made[item.label] = pulumi.ComponentResource(GROUP, item.name, None, options)
            else:
                made[item.label] = Thing(item.name, _properties(item, self.container(item), made), options)
        things = [one for one in made.values() if isinstance(one, Thing)]
        if things:
            pulumi.export("last", things[-1].serial)


def _properties(item: Item, container: str, made: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"label": item.label, "description": f"v{item.value}", "mold": f"m{item.mold}"}
    if container:
        found["within"] = made[container].id
    if item.is_named:
        found["name"] = f"name-{item.label}"
    if item.base:
        found["base"] = made[item.base].id
    if item.friend:
        found["friend"] = {"ids": [made[item.friend].id]}
    if item.echo:
        found["echo"] = made[item.echo].serial.apply(lambda text: f"[{text}]")
    if item.holds_secret:
        found["note"] = pulumi.Output.secret(f"canary-{item.label}")
    return found


def _options(item: Item, made: dict[str, pulumi.Resource]) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions(
        parent=made.get(item.parent),
        depends_on=[made[item.after]] if item.after else None,
        protect=item.protect or None,
        delete_before_replace=item.delete_first,
        deleted_with=made[item.base] if item.goes_along else None,
        ignore_changes=["description"] if item.ignores_value else None,
        replace_on_changes=["description"] if item.replaced_by_value else None,
        aliases=list(item.aliases) or None,
    )


def _of_thing(item: Item, what: str, things: list[str], number: int) -> Item:
    if what in {"base", "friend", "echo"}:
        item = replace(item, **{what: _pick(things, number)})
        return replace(item, goes_along=item.goes_along and bool(item.base))
    if what in {"delete_first", "is_named"}:
        return replace(item, **{what: not getattr(item, what)})
    return replace(item, **{what: getattr(item, what) + 1})


def _pick(labels: list[str], number: int) -> str:
    """0: none; else one of them, counted from the latest."""
    return labels[-(1 + (number - 1) % len(labels))] if labels and number else ""


def _without(item: Item, gone: set[str]) -> Item:
    fields: tuple[str, ...] = ("base", "friend", "echo", "after")
    cut = {name: "" for name in fields if getattr(item, name) in gone}
    item = replace(item, **cut)
    return replace(item, goes_along=item.goes_along and bool(item.base))
