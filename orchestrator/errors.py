"""Every error that may reach a user, named by what to do next (design section 9).

A message says where, what, and what to do; it never repeats the inner error: the inner one is chained as cause,
and only the printer (`cli`) walks the chain.
"""

from __future__ import annotations


class MutualisError(Exception):
    """Base of all. `hint`: what the reader can do about it; `exit_code`: of the process that ends with it."""

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(MutualisError):
    """The command or its environment must be changed (a missing passphrase, an unknown folder)."""

    exit_code = 2


class SpecError(MutualisError):
    """A spec must be mended."""

    exit_code = 1


class PolicyRefusal(MutualisError):
    """The request or the rule must change: policy, deletion budget, protection, a plan that is not the reviewed one."""

    exit_code = 1


class TemporaryFailure(MutualisError):
    """Something outside did not answer; the same command may work later."""

    exit_code = 4


class PermanentFailure(MutualisError):
    """Something outside said no; trying again changes nothing."""

    exit_code = 3


class Bug(MutualisError):
    """We were wrong; please report it."""

    exit_code = 3
