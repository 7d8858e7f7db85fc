"""The embedded cloud as its users see it: up, down, status, reset, snapshot, restore."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lab.attributes import check_attributes
from lab.clouds_file import reader_name, write_clouds_yaml
from lab.control_plane import ALL_SERVICES, KEYSTONE, OPTIONAL, SWIFT
from lab.definition import Definition, load_definition, load_passwords
from lab.directory import clear, leave
from lab.disk import CLOUD_BYTES, check_space, full_disk_named
from lab.environment import Environment, optional_environment
from lab.errors import DirectoryError, ShapeError
from lab.guard import guarded
from lab.layout import Layout
from lab.ports import find_block
from lab.process import end
from lab.shape import CloudShape
from lab.snapshot import read_snapshot, write_snapshot
from lab.startup import Startup
from lab.status import CloudStatus, Ready, status_of
from lab.supervisor import Supervisor

Progress = Callable[[str], None]
DEFAULT_NAME = "mutualis-lab"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """One embedded cloud, which is all that lies in ``directory``. Every method may raise LabError.

    ``shape`` None takes the remembered one. ``port_base`` None takes the remembered ports, at first a free block.
    ``python`` is OpenStack's own, None that of the default environment. ``name`` is the entry in clouds.yaml.
    ``optional`` names services to have more than the control plane; one that the cloud has once had stays.
    """

    directory: Path
    shape: CloudShape | None = None
    port_base: int | None = None
    python: Path | None = None
    name: str = DEFAULT_NAME
    optional: tuple[str, ...] = ()

    @property
    def layout(self) -> Layout:
        return Layout(self.directory.absolute())

    @property
    def all_optional(self) -> tuple[str, ...]:
        """The optional services that this cloud has, or will have once it is up; ShapeError if one is unknown."""
        known = tuple(service.name for service in OPTIONAL)
        if unknown := sorted(set(self.optional) - set(known)):
            raise ShapeError(
                what=f"no optional service is called {', '.join(unknown)}",
                where=str(self.layout.root),
                what_to_do=f"choose among {', '.join(known)}",
            )
        stored = load_definition(self.layout)
        wanted = {*self.optional, *(stored.optional if stored else ())}
        return tuple(name for name in known if name in wanted)

    def up(self, progress: Progress) -> Ready:
        """Bring the cloud up and wait until it is ready; start only what is missing.

        Takes over a changed shape: services that must read it anew are started anew.
        """
        began = time.monotonic()
        layout, python = self.layout, self.python or Environment().require()
        optional = optional_environment() if self.all_optional else None
        if optional:
            optional.require()
        with guarded(layout), full_disk_named(layout.root):
            check_space(layout.root, CLOUD_BYTES)
            layout.make()
            definition, passwords = self._definition(), load_passwords(layout)
            if SWIFT in definition.services:
                check_attributes(layout.state)
            supervisor = Supervisor(layout=layout, python=python, port_base=definition.port_base, optional=optional)
            started = Startup(
                layout=layout,
                definition=definition,
                passwords=passwords,
                supervisor=supervisor,
                progress=progress,
            ).run()
            write_clouds_yaml(layout, definition, passwords, self.name)
        return self._ready(definition, started, time.monotonic() - began)

    def down(self) -> int:
        """Stop the services, its data stays; return how many ran. A cloud that is not there is down."""
        if not self.layout.guard.exists():
            return 0
        with guarded(self.layout):
            return self._end()

    def status(self) -> CloudStatus:
        return status_of(self.layout, load_definition(self.layout))

    def reset(self) -> None:
        """Stop the services and delete all that the cloud has written; other files in the directory stay."""
        layout = self.layout
        if not layout.guard.exists():
            return
        with guarded(layout):
            self._end()
            clear(layout.contents)
        leave(layout.root)

    def snapshot(self, path: Path) -> None:
        """Write the whole state, running or not, to one file that holds its passwords too (0600)."""
        self._require_cloud()
        with guarded(self.layout), full_disk_named(path.absolute().parent):
            check_space(path.absolute().parent, CLOUD_BYTES)
            write_snapshot(self.layout, path.absolute())

    def restore(self, path: Path) -> None:
        """Stop the cloud and replace its state by a snapshot's; ``up`` then starts it on this cloud's ports."""
        layout = self.layout
        with guarded(layout), full_disk_named(layout.root):
            check_space(layout.root, CLOUD_BYTES)
            layout.make()
            read_snapshot(layout, path.absolute(), port_base=self._port_base(), before=self._end)

    def _end(self) -> int:
        return end(tuple(self.layout.pid_file(service) for service in ALL_SERVICES))

    def _require_cloud(self) -> None:
        if not self.layout.guard.exists():
            raise DirectoryError(
                what="holds no cloud", where=str(self.layout.root), what_to_do="bring one up there at first"
            )

    def _definition(self) -> Definition:
        stored = load_definition(self.layout)
        shape = self.shape or (stored.shape if stored else None)
        if shape is None:
            raise ShapeError(
                what="nothing is known of its hypervisors and back ends",
                where=str(self.layout.root),
                what_to_do="say which one: `mutualis lab up FOLDER` takes the shape of the specs in FOLDER",
            )
        if stored and stored.shape.region != shape.region:
            raise ShapeError(
                what=f"is region {stored.shape.region} and cannot become {shape.region}",
                where=str(self.layout.root),
                what_to_do="reset it, or choose another directory",
            )
        return Definition(shape=shape, port_base=self._port_base(), optional=self.all_optional)

    def _port_base(self) -> int:
        stored = load_definition(self.layout)
        return self.port_base or (stored.port_base if stored else find_block(self.layout.root))

    def _ready(self, definition: Definition, started: tuple[str, ...], seconds: float) -> Ready:
        return Ready(
            auth_url=f"{KEYSTONE.url(definition.port_base)}{KEYSTONE.path}",
            clouds_yaml=self.layout.clouds_yaml,
            cloud_name=self.name,
            reader_name=reader_name(self.name),
            started=started,
            seconds=seconds,
            status=self.status(),
        )
