"""A question as asked on the command line, and the changes that it means. Reading files is not done here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from orchestrator.errors import UsageError
from orchestrator.model.region import FailureDomain

TIMES = re.compile(r"(?P<what>.+?)x(?P<count>[1-9][0-9]{0,3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machines:
    """`like`: the name of a host, or of a file with a Host spec."""

    like: str
    count: int

    @property
    def from_file(self) -> bool:
        return self.like.endswith(".yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`tenants`: files with a Tenant spec each; `retired`: names."""

    losses: tuple[tuple[FailureDomain, str], ...] = ()
    machines: tuple[Machines, ...] = ()
    tenants: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        return (*self.tenants, *(one.like for one in self.machines if one.from_file))

    def __bool__(self) -> bool:
        return bool(self.losses or self.machines or self.tenants or self.retired)


def question(lose: Sequence[str], add: Sequence[str], retire: Sequence[str]) -> Question:
    """`lose`: KIND=NAME; `add`: `host=NAMExN`, `host=FILExN`, `tenant=FILE`. Raises UsageError for anything else."""
    added = [_pair(text, "--add", ("host", "tenant")) for text in add]
    return Question(
        losses=tuple((FailureDomain(kind), name) for kind, name in (_pair(one, "--lose", KINDS) for one in lose)),
        machines=tuple(_machines(text) for kind, text in added if kind == "host"),
        tenants=tuple(str(PurePath(text)) for kind, text in added if kind == "tenant"),
        retired=tuple(retire),
    )


KINDS = tuple(kind.value for kind in FailureDomain)


def _pair(text: str, option: str, known: Sequence[str]) -> tuple[str, str]:
    kind, _, name = text.partition("=")
    if kind not in known or not name:
        raise UsageError(f"{option} {text} is not understood", hint=f"write {option} {'|'.join(known)}=NAME")
    return kind, name


def _machines(text: str) -> Machines:
    """One, unless `xN` says more."""
    found = TIMES.fullmatch(text)
    like, count = (found["what"], int(found["count"])) if found else (text, 1)
    return Machines(like=str(PurePath(like)), count=count)  # files are named as the loader names them: `./a` is `a`
