"""`stack output | history | export | import` and `stack tag ...`: looking at a stack and moving its state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestrator.engine.backend import checkpoint
from orchestrator.engine.backend.secrets import revealed
from orchestrator.engine.backend.stack_store import StackStore
from orchestrator.engine.commands.context import Context
from orchestrator.engine.errors import EngineError
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.values import MASK, Secret, masked


def output(context: Context) -> int:
    store = context.store().require()
    loaded, _ = store.load()
    root = urns.root(store.layout.stack, store.layout.project)
    stack = next((r for r in loaded.checkpoint.resources if r.urn == root), None)
    shown = context.parsed.switch("--show-secrets")
    found = {name: _shown(value, clear=shown) for name, value in (stack.outputs if stack else {}).items()}
    if context.parsed.operands:
        name = context.parsed.operands[0]
        if name not in found:
            raise EngineError(f"error: current stack does not have output property '{name}'")
        context.console.say(json.dumps(found[name]))
    else:
        context.console.say(json.dumps(found))
    return 0


def _shown(value: Any, *, clear: bool) -> Any:
    if isinstance(value, Secret):
        return _shown(value.value, clear=clear) if clear else MASK
    if isinstance(value, dict):
        return {name: _shown(part, clear=clear) for name, part in value.items()}
    if isinstance(value, list):
        return [_shown(part, clear=clear) for part in value]
    return masked(value)


def show_history(context: Context) -> int:
    store = context.store().require()
    found = store.history()
    size, page = int(context.parsed.text("--page-size", "10")), int(context.parsed.text("--page", "1"))
    found = found[size * (page - 1) : size * page]
    clear = context.parsed.switch("--show-secrets")
    context.console.say(json.dumps([{**entry, "config": _config(store, entry, clear=clear)} for entry in found]))
    return 0


def _config(store: StackStore, entry: Mapping[str, Any], *, clear: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in entry["config"].items():
        if not value["secret"]:
            found[key] = value
        elif clear:
            found[key] = {"value": store.vault().open_text(value["value"]), "secret": True}
        else:
            found[key] = {"secret": True}
    return found


def export(context: Context) -> int:
    """The state with what a dead process left; secrets in clear where asked for."""
    store = context.store().require()
    loaded, vault = store.load()
    seal = revealed if context.parsed.switch("--show-secrets") else vault.seal
    known = store.raw()[1]
    deployment = checkpoint.encode_deployment(loaded.checkpoint, seal, 0.0) if known or loaded.left_over else None
    if deployment is not None and known.get("manifest"):
        deployment["manifest"] = known["manifest"]
    context.console.say(json.dumps({"version": 3, "deployment": deployment}, indent=4, ensure_ascii=False))
    return 0


def take_in(context: Context) -> int:
    """Replace the state by an exported one, after the same checks as at every load."""
    store = context.store().require()
    file = Path(context.work_dir, context.parsed.text("--file"))
    try:
        found = json.loads(file.read_bytes())
        deployment = found["deployment"] or {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(f"error: cannot import {file}: {error}") from error
    if found.get("version") != 3:  # noqa: PLR2004  the version of a deployment that the engine reads
        raise EngineError(f"error: cannot import {file}: a deployment of version 3 expected")
    vault = store.vault()
    wanted = checkpoint.decode_deployment(deployment, vault.unseal, file)
    _belongs(store, wanted, file)
    with store.held() as held:
        held.save(wanted, vault)
        held.drop_journal()
    context.console.say("Import complete.")
    return 0


def _belongs(store: StackStore, wanted: checkpoint.Checkpoint, file: Path) -> None:
    for resource in wanted.resources:
        home = urns.stack_of(resource.urn), urns.project_of(resource.urn)
        if home != (store.layout.stack, store.layout.project):
            raise EngineError(f"error: cannot import {file}: {resource.urn} belongs to another stack")


def tag(context: Context) -> int:
    """`stack tag ls | get | set | rm`."""
    store = context.store().require()
    tags = store.tags()
    verb, operands = context.parsed.command[2], context.parsed.operands
    if verb == "ls":
        context.console.say(json.dumps(tags))
    elif verb == "get":
        if operands[0] not in tags:
            raise EngineError(f"error: stack tag '{operands[0]}' not found for stack '{store.layout.stack}'")
        context.console.say(tags[operands[0]])
    elif verb == "set":
        store.save_tags({**tags, operands[0]: operands[1]})
    else:
        store.save_tags({name: text for name, text in tags.items() if name != operands[0]})
    return 0
