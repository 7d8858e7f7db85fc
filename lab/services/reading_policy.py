"""Let one role read everything and write nothing, by the policy file that an operator would write for the same end.

OpenStack's own role ``reader`` does not reach: Nova refuses it the servers of other projects, Placement everything;
Cinder and Neutron silently leave out what belongs to others. So each rule that guards nothing but reading calls is
widened by the role ``observer``. The rules are asked from the service itself, so that none is forgotten.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from lab.control_plane import Service
from lab.definition import OBSERVER
from lab.shape_file import current_layout

_READING = frozenset({"GET", "HEAD"})
_SECRET = (
    "credential",
    "ec2",
    "password",
    "console",
    "download",
    "diagnostics",
    "oauth",
    "token",
    "tsig",
    "transfer",
)  # parts of names
_MAY_READ = f"role:{OBSERVER}"


def write_policy(service: Service, rules: Iterable[Any], more: Mapping[str, str] | None = None) -> None:
    """Write the policy file; ``rules`` are oslo.policy's defaults, ``more`` are rules of that service alone."""
    widened = {rule.name: f"({rule.check_str}) or {_MAY_READ}" for rule in rules if _only_reads(rule)}
    lines = [f"{json.dumps(name)}: {json.dumps(check)}" for name, check in (widened | dict(more or {})).items()]
    text = "# Written at each start of the embedded cloud: edits are lost.\n" + "\n".join(lines) + "\n"
    current_layout().policy_of(service).write_text(text, encoding="utf-8")


def _only_reads(rule: Any) -> bool:
    """Whether a rule stands for documented calls, none of which changes or reveals a secret."""
    methods = {_method for operation in getattr(rule, "operations", ()) for _method in _methods(operation)}
    return bool(methods) and methods <= _READING and bool(rule.check_str) and not _reveals(rule.name)


def _methods(operation: Mapping[str, Any]) -> list[str]:
    method = operation["method"]
    return [method] if isinstance(method, str) else list(method)


def _reveals(name: str) -> bool:
    return any(part in name for part in _SECRET)
