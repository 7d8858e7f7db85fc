"""A fake cloud of made-up things that goes wrong when told to, and moments at which a process may die.

A death is simulated by a copy of everything on disk at that moment: a killed process leaves nothing else. Who works
on with the copy stands where the next process would.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from engine_bench import Bench
from engine_fake_cloud import KINDS, FakeCloud, FakeProvider, FakeSession
from engine_random_programs import THING

from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.backend import files
from orchestrator.engine.provider import Condition, Created, Interrupted, Properties, ProviderError, Read

KINDS[THING] = (frozenset({"mold", "base", "within", "label"}), True, ("tags",))

CREATE_TROUBLES: Final = ("refused", "unreachable", "lost", "late", "broken", "slow")
OTHER_TROUBLES: Final = ("refused", "unreachable", "lost", "slow")
Troubles = dict[tuple[str, str], str]  # (action, label) -> what goes wrong


class Death:
    """Counts the writes of an operation and copies everything at one of them. `torn`: half a line was written."""

    def __init__(self, root: Path, target: Path, at: int, *, torn: bool) -> None:
        self.root, self.target, self.at, self.torn = root, target, at, torn
        self.lock = threading.RLock()
        self.count = 0

    @property
    def happened(self) -> bool:
        return self.target.exists()

    def moment(self, journal: Path | None = None, line: bytes = b"") -> None:
        with self.lock:
            self.count += 1
            if self.count == self.at:
                shutil.copytree(self.root, self.target)
                if self.torn and journal:
                    with (self.target / journal.relative_to(self.root)).open("ab") as file:
                        file.write(line[: len(line) // 2])


class TroubledCloud(FakeCloud):
    """`troubles` of the coming operation; `hit`: those that it met."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.troubles: Troubles = {}
        self.hit: list[str] = []
        self.death: Death | None = None

    def trouble(self, action: str, label: str) -> str:
        found = self.troubles.get((action, label), "")
        if found == "slow":
            time.sleep(0.01)  # noqa: TID251  a slow answer, shorter than anybody's limit
        elif found:
            self.hit.append(f"{action} {label}: {found}")
        return found

    @contextmanager
    def change(self) -> Iterator[dict[str, Any]]:
        """As a real service does it: wholly or not at all, wherever the engine's process ends."""
        with self.death.lock if self.death else self._lock:
            if self.death:
                self.death.moment()
            objects = json.loads(self.path.read_bytes())
            yield objects
            new = self.path.with_suffix(".new")
            new.write_text(json.dumps(objects))
            new.replace(self.path)
            if self.death:
                self.death.moment()


class TroubledSession(FakeSession):
    cloud: TroubledCloud

    def create(
        self, kind: str, inputs: Properties, *, seconds: float | None, created: Callable[[str], None]
    ) -> Created:
        label = str(inputs["label"])
        trouble = self.cloud.trouble("create", label)
        _before(trouble, f"POST {label}")
        identity = str(uuid.uuid4())
        outputs = _told(kind, identity, inputs)
        found: dict[str, Any] = {"kind": kind, "properties": outputs}
        if trouble == "broken":
            found["condition"] = Condition.BROKEN
        with self.cloud.change() as objects:
            objects[identity] = found
        self.cloud.note("create", label, identity)
        _after(trouble, f"POST {label}")
        created(identity)
        if trouble == "late":
            raise Interrupted(f"{label} to become ACTIVE")
        problems = (f"{label} went to ERROR",) if trouble == "broken" else ()
        return Created(id=identity, outputs=outputs, problems=problems)

    def read(self, kind: str, id: str, inputs: Properties, outputs: Properties) -> Read | None:  # noqa: A002 the API's own word
        found = self.cloud.objects().get(id)
        if found is None:
            return None
        now = found["properties"]
        return Read(inputs={name: now.get(name, value) for name, value in inputs.items()}, outputs=now)

    def update(
        self,
        kind: str,
        id: str,  # noqa: A002 the API's own word
        outputs: Properties,
        inputs: Properties,
        *,
        seconds: float | None,
    ) -> Properties:
        label = str(inputs["label"])
        trouble = self.cloud.trouble("update", label)
        _before(trouble, f"PUT {label}")
        told = _told(kind, id, inputs)
        with self.cloud.change() as objects:
            if id not in objects:
                raise ProviderError(f"PUT {label}: 404")
            if objects[id]["properties"]["mold"] != told["mold"]:
                raise AssertionError(f"{label}: an update of what can only be replaced")
            objects[id]["properties"] = told
        self.cloud.note("update", label, id)
        _after(trouble, f"PUT {label}")
        return told

    def delete(self, kind: str, id: str, outputs: Properties, *, seconds: float | None) -> None:  # noqa: A002 the API's own word
        label = str(outputs["label"])
        trouble = self.cloud.trouble("delete", label)
        _before(trouble, f"DELETE {label}")
        with self.cloud.change() as objects:
            gone = _with_what_goes_along(objects, id)
            left = [found["properties"] for key, found in objects.items() if key not in gone]
            users = [one["label"] for one in left if one.get("base") in gone and not one.get("within")]
            if users:
                raise ProviderError(f"DELETE {label}: 409 used by {users}")
            for one in gone:
                objects.pop(one, None)
        self.cloud.note("delete", label, id)
        _after(trouble, f"DELETE {label}")


class TroubledProvider(FakeProvider):
    def session(
        self, configuration: Properties, environment: Mapping[str, str], interruption: threading.Event | None = None
    ) -> FakeSession:
        return TroubledSession(self.cloud, configuration, interruption or threading.Event())


class TroubledBench(Bench):
    """A bench on a troubled cloud."""

    cloud: TroubledCloud

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.cloud = TroubledCloud(root / "cloud.json")
        self.provider = TroubledProvider(self.cloud)
        self.command = EmbeddedCommand(self.provider)


@contextmanager
def dying(bench: TroubledBench, death: Death) -> Iterator[None]:
    """What is written on the way are the moments of `death`: journal lines, files, changes of the cloud."""
    write, replace = os.write, files.write

    def line(descriptor: int, data: bytes) -> int:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path.suffix != ".journal":
            return write(descriptor, data)
        with death.lock:
            death.moment(path, bytes(data))
            return write(descriptor, data)

    def file(path: Path, data: bytes) -> None:
        with death.lock:
            death.moment()
            replace(path, data)

    bench.cloud.death = death
    with patch("os.write", line), patch.object(files, "write", file):
        try:
            yield
        finally:
            bench.cloud.death = None


def _told(kind: str, identity: str, inputs: Properties) -> dict[str, Any]:
    lists = KINDS[kind][2]
    given = {name: value for name, value in inputs.items() if name != "__defaults"}
    return {**{name: [] for name in lists}, **given, "serial": f"s-{identity[:8]}"}


def _before(trouble: str, call: str) -> None:
    if trouble == "refused":
        raise ProviderError(f"{call}: 409 not now (req-1)")
    if trouble == "unreachable":
        raise ProviderError(f"{call}: 500 (req-2)", temporary=True)


def _after(trouble: str, call: str) -> None:
    if trouble == "lost":
        raise ProviderError(f"{call}: connection lost", temporary=True)


def _with_what_goes_along(objects: Mapping[str, Any], identity: str) -> set[str]:
    gone, before = {identity}, 0
    while len(gone) != before:
        before = len(gone)
        gone |= {key for key, found in objects.items() if found["properties"].get("within") in gone}
    return gone
