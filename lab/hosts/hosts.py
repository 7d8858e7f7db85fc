"""Test hosts as their users see them: up, down, status, save, load, reset, and ways in."""

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from lab.directory import clear, leave
from lab.disk import check_space, full_disk_named
from lab.errors import LabError, ShapeError
from lab.guard import guarded
from lab.hosts.access import make_access
from lab.hosts.base_tree import BaseTree, base_tree, cache_home
from lab.hosts.definition import HostsDefinition, load_definition, store_definition
from lab.hosts.errors import BaseTreeError, MachineError, StateError
from lab.hosts.launch import Launch, start
from lab.hosts.layout import HostsLayout
from lab.hosts.machine import MachineProcess
from lab.hosts.network import Network
from lab.hosts.package_cache import answers
from lab.hosts.readiness import wait_until_ready
from lab.hosts.requirements import check_requirements, check_root
from lab.hosts.shape import HostsShape
from lab.hosts.sources import read_sources
from lab.hosts.status import HostsStatus, status_of
from lab.waiting import wait_until

Progress = Callable[[str], None]
_CACHE, _VISITORS = "package-cache", "visitors"
_BYTES = 2 << 30  # room for what three machines write before they are anything
_CACHE_SECONDS = 60
STOP_SECONDS = 90
"""How long a machine may take to power off in order, before its power is cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """The test hosts in ``directory``; ``shape`` None takes the remembered one. Every method may raise LabError."""

    directory: Path
    shape: HostsShape | None = None

    @property
    def layout(self) -> HostsLayout:
        return HostsLayout(self.directory.absolute())

    def up(self, progress: Progress) -> float:
        """Bring all machines up and wait until they are ready; start only what is missing. Return seconds taken."""
        check_requirements()
        began = time.monotonic()
        layout = self.layout
        with guarded(layout) as guard, full_disk_named(layout.root):
            check_space(layout.root, _BYTES)
            layout.make()
            shape = self._shape()
            make_access(layout, shape)
            Network(layout.namespace).make(shape)
            self._start_cache(shape, guard)
            definition = self._definition(shape, progress)
            store_definition(layout, definition)
            self._start_machines(definition, guard, progress)
        return time.monotonic() - began

    def down(self, names: tuple[str, ...] = (), *, now: bool = False, progress: Progress = lambda _: None) -> int:
        """Power machines off in order (``now``: cut their power); return how many ran. Without names also the rest.

        What they wrote stays. Test hosts that are not there are down.
        """
        check_root()
        layout = self.layout
        if not layout.guard.exists():
            return 0
        with guarded(layout):
            ran = self._stop(self._machines(names), now=now, progress=progress)
            if not names:
                self._clear()
        return ran

    def status(self) -> HostsStatus:
        return status_of(self.layout, load_definition(self.layout))

    def save(self, name: str) -> None:
        """Keep what the machines hold now under a name. They must be down. Takes no time and no space."""
        with guarded(self.layout):
            definition = self._require_down()
            store_definition(self.layout, definition.saved(name))
            self._forget_layers()

    def load(self, name: str) -> None:
        """Give the machines what they held when it was saved; what they wrote since is gone. They must be down."""
        with guarded(self.layout):
            definition = self._require_down()
            if name not in dict(definition.states):
                known = ", ".join(state for state, _ in definition.states) or "none"
                raise StateError(
                    what=f"no state is called {name} (saved: {known})",
                    where=str(self.layout.root),
                    what_to_do="name a saved state",
                )
            store_definition(self.layout, definition.loaded(name))
            self._forget_layers()

    def reset(self) -> None:
        """Cut the power, and delete the machines with all that they wrote, saved states too.

        Base tree and downloaded packages stay, for others use them.
        """
        check_root()
        layout = self.layout
        if not layout.guard.exists():
            return
        with guarded(layout):
            self._stop(self._machines(()), now=True, progress=lambda _: None)
            self._clear()
            clear(layout.contents)
        leave(layout.root)

    def require(self, name: str) -> None:
        """Raise LabError unless there is a machine of that name, and this user may reach it."""
        check_root()
        self._machines((name,))

    def console(self, name: str, command: tuple[str, ...]) -> tuple[str, ...]:
        """Return the command line that runs a command, else a shell, as root in a machine, whatever SSH says there."""
        check_root()
        (machine,) = self._machines((name,))
        return machine.inside(*(command or ("/bin/bash", "--login")))

    def visit(self, command: tuple[str, ...]) -> Launch:
        """Return what runs a command in the machines' network, where it knows them by name; ``down`` ends it."""
        check_root()
        layout = self.layout
        if not Network(layout.namespace).exists():
            raise MachineError(what="are not up", where=str(layout.root), what_to_do="`mutualis lab hosts up` at first")
        group = layout.group.below(_VISITORS)
        group.make()
        return Launch(
            command=command,
            group=str(group.path),
            namespace=str(layout.namespace),
            hosts_file=str(layout.hosts_file),
        )

    def _shape(self) -> HostsShape:
        """The wanted shape. Machines may be added; one that exists keeps its address and its network cards."""
        stored = load_definition(self.layout)
        shape = self.shape or (stored.shape if stored else None)
        if shape is None:
            raise ShapeError(
                what="no machines are known",
                where=str(self.layout.root),
                what_to_do="say which ones: `mutualis lab hosts up FOLDER` takes the hosts of the specs in FOLDER",
            )
        if stored and (stored.shape.machines != shape.machines[: len(stored.shape.machines)]):
            raise ShapeError(
                what="the machines have other names, addresses or network cards than those that are wanted",
                where=str(self.layout.root),
                what_to_do="`mutualis lab hosts reset` deletes them; or choose another directory",
            )
        return shape

    def _definition(self, shape: HostsShape, progress: Progress) -> HostsDefinition:
        """What is remembered, or a new one on today's base tree, which is made if it is not there."""
        stored = load_definition(self.layout)
        base = BaseTree(stored.base) if stored else base_tree()
        if stored and base.identity == stored.identity:
            return replace(stored, shape=shape)
        if stored:
            raise BaseTreeError(
                what="the base tree under the machines is gone or was made anew: what they wrote is of no use",
                where=str(base.folder),
                what_to_do="`mutualis lab hosts reset`, then `up`",
            )
        log = self.layout.log_of("base-tree")
        base.make(self.layout.namespace, str(shape.cache_address.ip), read_sources(), log, progress)
        return HostsDefinition(shape=shape, base=base.folder, identity=base.identity)

    def _start_cache(self, shape: HostsShape, guard: int) -> None:
        layout, address = self.layout, str(shape.cache_address.ip)
        group, log = layout.group.below(_CACHE), layout.log_of(_CACHE)
        if group.is_populated() and answers(layout.namespace, address):
            return
        read_sources()  # so that its errors are told here
        group.end()
        group.make()
        folder = cache_home() / "packages"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        module = ("-P", "-m", "lab.hosts.package_cache", str(layout.namespace), address, str(folder))
        launch = Launch(command=(sys.executable, *module), group=str(group.path), guard=guard, detached=True)
        start(launch, log=log).wait()
        wait_until(lambda: answers(layout.namespace, address) or not group.is_populated(), seconds=_CACHE_SECONDS)
        if not answers(layout.namespace, address):
            said = " | ".join(log.read_text("utf-8", "replace").splitlines()[-2:])
            raise LabError(
                what=f"does not answer; it said last: {said}",
                where="package cache",
                what_to_do="read its log, then do the same again",
                log=log,
            )

    def _start_machines(self, definition: HostsDefinition, guard: int, progress: Progress) -> None:
        machines = self._machines((), definition)
        idle = [machine for machine in machines if not machine.is_running()]
        if idle:
            progress(f"starting {', '.join(one.machine.name for one in idle)}")
        for process in [machine.start(guard) for machine in idle]:
            process.wait()
        wait_until_ready(self.layout, machines, progress)

    def _machines(
        self, names: tuple[str, ...], definition: HostsDefinition | None = None
    ) -> tuple[MachineProcess, ...]:
        definition = definition or load_definition(self.layout)
        known = definition.shape.machines if definition else ()
        if unknown := sorted(set(names) - {machine.name for machine in known}):
            raise ShapeError(
                what=f"there is no {', '.join(unknown)}",
                where=str(self.layout.root),
                what_to_do=f"choose among {', '.join(machine.name for machine in known) or 'none: they are not up'}",
            )
        return tuple(
            MachineProcess(layout=self.layout, definition=definition, machine=machine)
            for machine in known
            if definition and machine.name in (names or (machine.name,))
        )

    def _stop(self, machines: tuple[MachineProcess, ...], *, now: bool, progress: Progress) -> int:
        running = [machine for machine in machines if machine.is_running()]
        if not now:
            for one in running:
                one.ask_to_stop()
            wait_until(lambda: not any(one.is_running() for one in running), seconds=STOP_SECONDS)
        for one in running:
            if one.is_running() and not now:
                progress(f"{one.machine.name} does not stop in {STOP_SECONDS} s: its power is cut")
        for one in machines:
            one.cut_power()
        return len(running)

    def _clear(self) -> None:
        """Leave nothing but files: visitors, cache and whatever else runs end, then the network goes."""
        group = self.layout.group
        group.below(_VISITORS).end(patience=5)
        group.end()
        Network(self.layout.namespace).delete()

    def _require_down(self) -> HostsDefinition:
        definition = load_definition(self.layout)
        if definition is None:
            raise StateError(
                what="holds no test hosts", where=str(self.layout.root), what_to_do="bring some up there at first"
            )
        if running := [one.machine.name for one in self._machines((), definition) if one.is_running()]:
            raise StateError(
                what=f"{', '.join(running)} run: what they hold is not at rest",
                where=str(self.layout.root),
                what_to_do="`mutualis lab hosts down` at first",
            )
        return definition

    def _forget_layers(self) -> None:
        definition = load_definition(self.layout)
        for path in self.layout.layers.iterdir():
            if definition and path.name not in definition.needed:
                shutil.rmtree(path)
