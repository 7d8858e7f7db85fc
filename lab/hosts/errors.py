"""What can go wrong with test hosts, beyond what can go wrong with any lab."""

from lab.errors import LabError


class RequirementError(LabError):
    """Root, a program or a feature of the kernel is missing here."""


class BaseTreeError(LabError):
    """The tree that all machines share could not be made, or is gone."""


class MachineError(LabError):
    """A machine ended by itself, or does not answer."""


class StateError(LabError):
    """A saved state does not exist, or cannot be made or used now."""
