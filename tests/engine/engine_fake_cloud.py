"""A cloud in a file, and a provider for it: what the engine's contract is tried on without an OpenStack.

It is a file so that a process killed in the middle of an operation leaves it as a real cloud would be left.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestrator.engine.provider import (
    UNKNOWN,
    Change,
    Checked,
    Condition,
    Created,
    Difference,
    Interrupted,
    NotYet,
    Properties,
    ProviderError,
    Read,
)

# type -> (inputs whose change replaces, whether a name is made up, lists the cloud fills)
KINDS: dict[str, tuple[frozenset[str], bool, tuple[str, ...]]] = {
    "openstack:identity/project:Project": (frozenset({"domainId"}), True, ("tags",)),
    "openstack:identity/user:User": (frozenset(), True, ()),
    "openstack:networking/network:Network": (frozenset({"tenantId", "region"}), True, ("allTags", "segments")),
    "openstack:networking/subnet:Subnet": (frozenset({"networkId", "cidr", "tenantId"}), True, ("allocationPools",)),
    "openstack:networking/router:Router": (frozenset({"tenantId"}), True, ("allTags",)),
    "openstack:networking/routerInterface:RouterInterface": (frozenset({"routerId", "subnetId", "portId"}), False, ()),
    "openstack:networking/secGroup:SecGroup": (frozenset({"tenantId"}), True, ("allTags",)),
    "openstack:networking/secGroupRule:SecGroupRule": (
        frozenset({"securityGroupId", "direction", "ethertype", "protocol", "portRangeMin", "portRangeMax"}),
        False,
        (),
    ),
    "openstack:compute/flavor:Flavor": (frozenset({"ram", "vcpus", "disk"}), True, ()),
    "openstack:compute/keypair:Keypair": (frozenset({"name", "publicKey"}), True, ()),
}
SECRETS = {"openstack:identity/user:User": frozenset({"password"})}


@dataclass
class Faults:
    """What goes wrong on purpose, by the object's name."""

    refuse_create: set[str] = field(default_factory=set)
    broken_create: set[str] = field(default_factory=set)  # it exists, but did not come up
    lost_answer: set[str] = field(default_factory=set)  # it exists, and nobody is told its id
    late_failure: set[str] = field(default_factory=set)  # the id is told, then the wait runs out
    never_ready: set[str] = field(default_factory=set)  # the id is told, then the wait goes on for ever
    refuse_update: set[str] = field(default_factory=set)
    refuse_delete: set[str] = field(default_factory=set)
    refuse_update_beside: dict[str, str] = field(default_factory=dict)  # while an object of the other name exists
    refuse_read: set[str] = field(default_factory=set)
    seconds: float = 0.0  # that each write takes
    kill_at: int = 0  # the process is killed at this boundary of a write (0: never)

    def condition_of(self, name: str) -> Condition:
        """How far an object of this name comes."""
        if name in self.broken_create:
            return Condition.BROKEN
        return Condition.BUILDING if name in self.late_failure | self.never_ready else Condition.UP


class FakeCloud:
    """The objects, by id; and a list of the calls that changed something."""

    def __init__(self, path: Path, faults: Faults | None = None) -> None:
        self.path = path
        self.faults = faults or Faults()
        self.calls: list[tuple[str, str, str]] = []
        self.reads = 0
        self._boundary = 0
        self._lock = threading.Lock()
        if not path.exists():
            path.write_text("{}")

    def objects(self) -> dict[str, dict[str, Any]]:
        with self._lock, self.path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            return dict(json.load(file))

    def named(self, name: str) -> list[str]:
        return [key for key, found in self.objects().items() if found["properties"].get("name") == name]

    def turn(self, name: str, condition: Condition) -> None:
        """An object of this name comes up, or turns out to be broken."""
        with self.change() as objects:
            for identity in [key for key, found in objects.items() if found["properties"].get("name") == name]:
                objects[identity]["condition"] = condition

    @contextmanager
    def change(self) -> Iterator[dict[str, Any]]:
        with self._lock, self.path.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            found = json.load(file)
            yield found
            file.seek(0)
            file.truncate()
            json.dump(found, file)
            file.flush()

    def boundary(self) -> None:
        """A place where a process may be killed."""
        with self._lock:
            self._boundary += 1
            if self._boundary == self.faults.kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        if self.faults.seconds:
            time.sleep(self.faults.seconds)  # noqa: TID251  a slow cloud

    def note(self, action: str, kind: str, identity: str) -> None:
        with self._lock:
            self.calls.append((action, kind, identity))


class FakeSession:
    def __init__(self, cloud: FakeCloud, configuration: Properties, interruption: threading.Event) -> None:
        self.cloud = cloud
        self.interruption = interruption
        self.configuration = dict(configuration)

    def create(
        self, kind: str, inputs: Properties, *, seconds: float | None, created: Callable[[str], None]
    ) -> Created:
        faults, name = self.cloud.faults, str(inputs.get("name", ""))
        self.cloud.boundary()
        if name in faults.refuse_create:
            raise ProviderError(f"POST {kind}: 403 quota exceeded for {name} (req-1)")
        identity = str(uuid.uuid4())
        outputs = self._outputs(kind, inputs)
        with self.cloud.change() as objects:
            objects[identity] = {"kind": kind, "properties": outputs, "by": self.configuration}
            if faults.condition_of(name) is not Condition.UP:
                objects[identity]["condition"] = faults.condition_of(name)
        self.cloud.note("create", kind, identity)
        self.cloud.boundary()
        if name in faults.lost_answer:
            raise ProviderError(f"POST {kind}: connection lost", temporary=True)
        created(identity)
        self.cloud.boundary()
        if name in faults.late_failure:
            raise ProviderError(f"{kind} {name}: not ACTIVE after {seconds} s")
        self._wait_for(identity)
        problems = (f"{name} went to ERROR: no host",) if name in faults.broken_create else ()
        return Created(id=identity, outputs=outputs, problems=problems)

    def _wait_for(self, identity: str) -> None:
        """Until the object is no longer building, as a server is waited for."""
        while self.condition("", identity, {}) is Condition.BUILDING:
            if self.interruption.wait(0.02):
                raise Interrupted(f"{identity} to become ACTIVE")

    def resume(self, kind: str, id: str, inputs: Properties, *, seconds: float | None) -> Created | None:  # noqa: A002 the API's own word
        self._wait_for(id)
        found = self.read(kind, id, inputs, {})
        return None if found is None else Created(id=id, outputs=found.outputs)

    def condition(self, kind: str, id: str, inputs: Properties) -> Condition:  # noqa: A002 the API's own word
        found = self.cloud.objects().get(id)
        return Condition.GONE if found is None else Condition(found.get("condition", "up"))

    def find(self, kind: str, inputs: Properties) -> tuple[str, ...]:
        wanted = {k: v for k, v in inputs.items() if k != "__defaults"}
        return tuple(
            identity
            for identity, found in self.cloud.objects().items()
            if found["kind"] == kind and all(found["properties"].get(k) == v for k, v in wanted.items())
        )

    def read(self, kind: str, id: str, inputs: Properties, outputs: Properties) -> Read | None:  # noqa: A002 the API's own word
        self.cloud.reads += 1
        found = self.cloud.objects().get(id)
        if found is None:
            return None
        now = found["properties"]
        if now.get("name") in self.cloud.faults.refuse_read:
            raise ProviderError(f"GET {kind}/{id}: 500 (req-2)")
        kept = {"password": outputs["password"]} if "password" in outputs else {}
        taken = {k: now.get(k) for k in inputs if k in now} or {k: v for k, v in now.items() if v not in ([], None)}
        return Read(inputs={**inputs, **taken}, outputs={**now, **kept})

    def take(self, kind: str, id: str, inputs: Properties) -> Read | None:  # noqa: A002 the API's own word
        return self.read(kind, id, {}, {})

    def update(
        self,
        kind: str,
        id: str,  # noqa: A002 the API's own word
        outputs: Properties,
        inputs: Properties,
        *,
        seconds: float | None,
    ) -> Properties:
        self.cloud.boundary()
        if inputs.get("name") in self.cloud.faults.refuse_update:
            raise ProviderError(f"PUT {kind}/{id}: 409 (req-3)")
        beside = self.cloud.faults.refuse_update_beside.get(str(inputs.get("name")), "")
        if beside and self.cloud.named(beside):
            raise NotYet(f"PUT {kind}/{id}: 400 {beside} is in use (req-6)")
        with self.cloud.change() as objects:
            if id not in objects:
                raise ProviderError(f"PUT {kind}/{id}: 404 (req-4)")
            objects[id]["properties"] = self._outputs(kind, inputs)
        self.cloud.note("update", kind, id)
        self.cloud.boundary()
        return self._outputs(kind, inputs)

    def delete(self, kind: str, id: str, outputs: Properties, *, seconds: float | None) -> None:  # noqa: A002 the API's own word
        self.cloud.boundary()
        if outputs.get("name") in self.cloud.faults.refuse_delete:
            raise ProviderError(f"DELETE {kind}/{id}: 409 in use (req-5)")
        with self.cloud.change() as objects:
            users = [
                key
                for key, found in objects.items()
                if key != id and any(value == id for value in found["properties"].values())
            ]
            if users:
                raise ProviderError(f"DELETE {kind}/{id}: 409 used by {users}")
            objects.pop(id, None)
        self.cloud.note("delete", kind, id)
        self.cloud.boundary()

    def invoke(self, function: str, arguments: Properties) -> Properties:
        for identity, found in self.cloud.objects().items():
            if found["properties"].get("name") == arguments.get("name"):
                return {"id": identity, **found["properties"]}
        raise ProviderError(f"{function}: your query returned no results")

    def _outputs(self, kind: str, inputs: Properties) -> dict[str, Any]:
        lists = KINDS[kind][2]
        given = {k: v for k, v in inputs.items() if k != "__defaults"}
        return {**{name: [] for name in lists}, "region": "RegionOne", **given}


class FakeProvider:
    package = "openstack"
    version = "5.5.3"

    def __init__(self, cloud: FakeCloud) -> None:
        self.cloud = cloud
        self.sessions: list[tuple[dict[str, Any], dict[str, str]]] = []

    def supports(self, kind: str) -> bool:
        return kind in KINDS

    def secret_outputs(self, kind: str) -> frozenset[str]:
        return SECRETS.get(kind, frozenset())

    def check(self, kind: str, name: str, inputs: Properties) -> Checked:
        given = dict(inputs)
        defaults = []
        if KINDS[kind][1] and "name" not in given:
            given["name"] = f"{name}-{uuid.uuid4().hex[:7]}"
            defaults.append("name")
        given["__defaults"] = defaults
        failures = ("description must not be 'bad'",) if given.get("description") == "bad" else ()
        return Checked(inputs=given, failures=failures)

    def diff(self, kind: str, *, old_outputs: Properties, inputs: Properties, old_inputs: Properties) -> Difference:
        replaces, autonamed, _ = KINDS[kind]
        paths: dict[str, str] = {}
        for name in sorted({*inputs, *old_inputs} - {"__defaults"}):
            if name not in inputs:
                if old_outputs.get(name) and name != "region":  # filled by the cloud where it is not given
                    paths[name] = "delete"
            elif inputs[name] is UNKNOWN or inputs[name] != old_outputs.get(name):
                paths[name] = "update" if name in old_outputs else "add"
        because = tuple(name for name in paths if name in replaces)
        change = Change.REPLACE if because else Change.UPDATE if paths else Change.SAME
        first = autonamed and "name" in inputs and "name" not in inputs.get("__defaults", [])
        return Difference(change=change, paths=paths, replace_paths=because, delete_before_replace=first)

    def session(
        self, configuration: Properties, environment: Mapping[str, str], interruption: threading.Event | None = None
    ) -> FakeSession:
        self.sessions.append((dict(configuration), dict(environment)))
        return FakeSession(self.cloud, configuration, interruption or threading.Event())
