"""One stack as fleet calls are given it: where it lives, and with what it is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

Program = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetStack:
    """`work_dir`: holds its Pulumi.yaml and settings; `environment`: backend, passphrase and `OS_*` of the operation.

    `program`: for previews; a function that declares resources, as the Automation API takes it.
    """

    name: str
    work_dir: Path
    environment: Mapping[str, str]
    program: Program | None = None
