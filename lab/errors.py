"""What can go wrong with the embedded cloud, told to the person in front of it.

Every error says what happened, where, and what to do, as fields; the printer decides how they look.
"""

from pathlib import Path


class LabError(Exception):
    """Something is wrong with the embedded cloud.

    ``what`` happened, ``where`` (a directory, file or address), ``what_to_do`` next, and the ``log`` to read, if any.
    """

    def __init__(self, *, what: str, where: str, what_to_do: str, log: Path | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.what_to_do = what_to_do
        self.log = log

    def __str__(self) -> str:
        log = f"; log: {self.log}" if self.log else ""
        return f"{self.where}: {self.what}; {self.what_to_do}{log}"


class BusyError(LabError):
    """Another command is acting on the same cloud."""


class DirectoryError(LabError):
    """The directory cannot hold a cloud, or holds something else."""


class ShapeError(LabError):
    """The description of the datacenter cannot be built."""


class PortTakenError(LabError):
    """A port of the cloud belongs to another process (``pid`` where it is visible)."""

    def __init__(self, *, port: int, pid: int | None, where: str, what_to_do: str) -> None:
        owner = f" by process {pid}" if pid else ""
        super().__init__(what=f"port {port} is taken{owner}", where=where, what_to_do=what_to_do)
        self.port = port
        self.pid = pid


class DiskFullError(LabError):
    """There is not enough free space, in bytes, to go on."""


class ServiceDiedError(LabError):
    """A service ended or does not answer; ``last_error`` is the last telling line of its log."""

    def __init__(self, *, service: str, last_error: str, what: str, what_to_do: str, log: Path) -> None:
        super().__init__(what=what, where=service, what_to_do=what_to_do, log=log)
        self.service = service
        self.last_error = last_error


class EnvironmentMissingError(LabError):
    """OpenStack itself is not installed where it is expected."""


class InstallationError(LabError):
    """OpenStack's environment could not be installed."""


class SnapshotError(LabError):
    """A snapshot is damaged or is none."""


class SnapshotVersionError(SnapshotError):
    """A snapshot of another OpenStack or of another format."""
