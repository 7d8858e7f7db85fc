"""What another stack of the same backend has put out: the one thing a stack may know of its neighbours."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from orchestrator.engine.backend import checkpoint as checkpoints
from orchestrator.engine.backend import secrets
from orchestrator.engine.backend.layout import ORGANIZATION, split_name
from orchestrator.engine.backend.secrets import Vault
from orchestrator.engine.backend.stack_store import StackStore
from orchestrator.engine.errors import EngineError, StateError
from orchestrator.engine.state.resource import decode_properties
from orchestrator.engine.state.urn import STACK_TYPE
from orchestrator.engine.state.values import PropertyMap

_PROJECT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_QUALIFIED: Final = 3  # organization/PROJECT/STACK


def outputs_of(store: StackStore, name: str, vault: Vault) -> PropertyMap:
    """The outputs of the stack `S` (of the same project) or `organization/P/S`, as its last operation recorded them.

    `vault`: the asking stack's own. Raises EngineError where there is no such stack, or where it was sealed with
    another passphrase.
    """
    project = _project(name, store.layout.project)
    layout = replace(store.layout, project=project, stack=split_name(name, project))
    other = replace(store, layout=layout)
    if not other.exists():
        raise EngineError(f"unknown stack {name!r}: there is none of this name in this backend")
    _, deployment = other.raw()
    line = checkpoints.salt_of(deployment, name)
    stack = next((found for found in deployment.get("resources") or () if found.get("type") == STACK_TYPE), None)
    if stack is None:
        return {}
    try:
        opened = vault if line in {"", vault.salt_line} else _unlock(other, line)
        return decode_properties(stack.get("outputs") or {}, f"{name} outputs", opened.unseal, in_place=True)
    except StateError as error:
        raise EngineError(f"the secrets of stack {name!r} cannot be opened with this passphrase") from error


def _project(name: str, own: str) -> str:
    parts = name.split("/")
    if len(parts) != _QUALIFIED:
        return own
    if not _PROJECT.fullmatch(parts[1]):
        raise EngineError(f"stack name {name!r}: write S or {ORGANIZATION}/PROJECT/S")
    return parts[1]


def _unlock(other: StackStore, line: str) -> Vault:
    return secrets.unlock(secrets.passphrase(other.environment, other.work_dir), line)
