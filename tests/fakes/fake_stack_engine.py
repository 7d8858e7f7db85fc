"""The StackEngine port in memory: stacks hold what their environments declare, and nothing of a cloud.

As a real engine does, it records the exports that are known though something else failed.
A test can make a stack's resource fail, pull the plug before a resource, watch each resource as it is made, or let
resources drift: they are noticed by repairs alone.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from declared_resources import declared

from orchestrator.errors import MutualisError
from orchestrator.model.environment import RegionEnvironment, TenantEnvironment
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.outcome import Failure, StackResult
from orchestrator.model.plan import Operation, ResourceChange, StackTarget
from orchestrator.ports import ResourceSeen

Resources = dict[str, str]
"""Logical name -> fingerprint of its properties."""


class FakeStackEngine:
    name = "fake"
    version = "1"

    def __init__(self) -> None:
        self.held: dict[str, Resources] = {}
        self.calls: list[tuple[str, str]] = []
        self.failing: dict[str, Failure] = {}  # by "<stack> <resource>"
        self.broken: dict[str, MutualisError] = {}  # by stack: neither shown nor carried out
        self.drifted: dict[str, Resources] = {}  # by stack: what a repair finds otherwise than held; "" for gone
        self.unread: dict[str, MutualisError] = {}  # by stack: what comes of reading its exports
        self.anew: dict[str, str] = {}  # id -> the one that is exported in its place
        self.strange: dict[str, tuple[ResourceChange, ...]] = {}  # by stack: deletions of what was added
        self.given: dict[str, KnownIds] = {}  # by stack: what its last whole build was told of others
        self.removed: list[str] = []  # names of what was added and taken away
        self.before: Callable[[str, str], None] | None = None  # told (stack, resource) ahead of each
        self._outputs: dict[str, Mapping[str, Any]] = {}
        self._interrupted = threading.Event()

    def stacks(self) -> frozenset[str]:
        return frozenset(self.held)

    def outputs(self, stack: str) -> Mapping[str, Any]:
        if stack in self.unread:
            raise self.unread[stack]
        return self._outputs.get(stack, {})

    def preview(self, target: StackTarget, *, exists: bool) -> tuple[ResourceChange, ...]:
        self._called("preview", target.stack)
        held = self.held[target.stack] if exists else {}
        if not target.repair:
            return _changes(target.stack, held, declared(target.environment, target.ids))
        found = self._found(target.stack)
        return (
            *_changes(target.stack, found, declared(target.environment, target.ids)),
            *self.strange.get(target.stack, ()),
        )

    def build(self, target: StackTarget, seen: ResourceSeen) -> StackResult:
        self._called("build", target.stack)
        self.held.setdefault(target.stack, {})
        if target.repair:
            self.held[target.stack] = self._found(target.stack)
            self.drifted.pop(target.stack, None)
            self.removed += [change.name for change in target.added]
        wanted = declared(target.environment, target.ids)
        result = self._carry_out(target.stack, wanted, seen)
        if target.environment and not result.interrupted:
            exports = _known(target.environment, self.held[target.stack].items() & wanted.items())
            known = _renewed(exports, self.anew)
            before = self._outputs.get(target.stack, {})
            self._outputs[target.stack] = {**before, **known} if result.failures else known
        if target.environment and not result.failures and not result.interrupted:
            self.given[target.stack] = target.ids
        return StackResult(
            counts=result.counts,
            outputs=self._outputs.get(target.stack, {}),
            resources=result.resources,
            failures=result.failures,
            interrupted=result.interrupted,
        )

    def preview_retire(self, stack: str) -> tuple[ResourceChange, ...]:
        self._called("preview_retire", stack)
        return _changes(stack, self.held[stack], {})

    def retire(self, stack: str, seen: ResourceSeen) -> StackResult:
        self._called("retire", stack)
        result = self._carry_out(stack, {}, seen)
        if not result.failures and not result.interrupted:
            self.held.pop(stack, None)
            self._outputs.pop(stack, None)
        return result

    def interrupt(self) -> None:
        self._interrupted.set()

    def resume(self) -> None:
        """As a new process would begin: undisturbed."""
        self._interrupted.clear()
        self.before = None

    def _found(self, stack: str) -> Resources:
        found = {**self.held[stack], **self.drifted.get(stack, {})}
        return {name: fingerprint for name, fingerprint in found.items() if fingerprint}

    def _called(self, operation: str, stack: str) -> None:
        self.calls.append((operation, stack))
        if stack in self.broken:
            raise self.broken[stack]

    def _carry_out(self, stack: str, wanted: Resources, seen: ResourceSeen) -> StackResult:
        """What failed is left as it was; the rest goes on."""
        held = self.held.get(stack, {})
        counts: Counter[str] = Counter()
        failures: list[Failure] = []
        interrupted = False
        for change in _changes(stack, held, wanted):
            if self.before:
                self.before(stack, change.name)
            failure = self.failing.get(f"{stack} {change.name}")
            if self._interrupted.is_set():
                interrupted = True
                break
            if failure:
                failures.append(failure)
                continue
            _put(held, change, wanted)
            counts[change.operation.value] += 1
            seen(change.operation.value, change.name)
        return StackResult(
            counts=dict(counts), outputs={}, resources=len(held), failures=tuple(failures), interrupted=interrupted
        )


def _put(held: Resources, change: ResourceChange, wanted: Resources) -> None:
    if change.operation is Operation.DELETE:
        del held[change.name]
    else:
        held[change.name] = wanted[change.name]


def _changes(stack: str, held: Resources, wanted: Resources) -> tuple[ResourceChange, ...]:
    """Creations and updates as declared, then deletions, last made first."""
    made = (
        _change(stack, Operation.UPDATE if name in held else Operation.CREATE, name)
        for name, print_ in wanted.items()
        if held.get(name) != print_
    )
    gone = (_change(stack, Operation.DELETE, name) for name in reversed(held) if name not in wanted)
    return (*made, *gone)


def _change(stack: str, operation: Operation, name: str) -> ResourceChange:
    kind = f"fake:{name.partition(':')[0]}"
    return ResourceChange(operation=operation, kind=kind, name=name, urn=f"urn:pulumi:{stack}::test::{kind}::{name}")


def _known(
    environment: RegionEnvironment | TenantEnvironment, there: AbstractSet[tuple[str, str]]
) -> Mapping[str, Any]:
    """The exports without those in which anything is missing. `there`: names and fingerprints."""
    names = {name for name, _ in there}
    exports = _of_tenant(environment) if isinstance(environment, TenantEnvironment) else _of_region(environment)
    return {name: value for name, (value, made_of) in exports.items() if made_of <= names}


def _renewed(value: Any, anew: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _renewed(part, anew) for name, part in value.items()}
    return anew.get(value, value) if isinstance(value, str) else value


Exports = Mapping[str, tuple[Any, set[str]]]
"""Name -> value, and the names of the resources that it is made of."""


def _of_tenant(environment: TenantEnvironment) -> Exports:
    networks = {network.name: project.key for project in environment.projects for network in project.networks}
    keys = [project.key for project in environment.projects]
    return {
        "projects": (
            {key: f"id-{environment.tenant}-{key}" for key in keys},
            {f"project:{key}" for key in keys},
        ),
        "networks": (
            {name: {"network": f"id-{name}", "subnet": f"id-{name}"} for name in networks},
            {f"network:{key}/{name}" for name, key in networks.items()},
        ),
        "shared_networks": ({owner: list(names) for owner, names in environment.used_networks.items()}, set()),
        "opened_containers": ({name: dict(may) for name, may in environment.opened_containers.items()}, set()),
    }


def _of_region(environment: RegionEnvironment) -> Exports:
    return {
        "external_networks": (
            {network.name: f"id-{network.name}" for network in environment.external_networks},
            {f"external:{network.name}" for network in environment.external_networks},
        ),
        "images": (
            {image.name: f"id-{image.sha256}" for image in environment.images},
            {f"image:{image.name}" for image in environment.images},
        ),
        "flavors": (
            {flavor.flavor.name: flavor.flavor_id for flavor in environment.flavors},
            {f"flavor:{flavor.flavor.name}" for flavor in environment.flavors},
        ),
        "deployer": ("id-deployer", set()),
    }
