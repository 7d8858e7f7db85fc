"""`config`, `config get | set | set-all | rm | rm-all | refresh`."""

from __future__ import annotations

import json
from typing import Any

from orchestrator.engine.backend import config, settings_file
from orchestrator.engine.backend.stack_store import StackStore
from orchestrator.engine.commands.context import Context
from orchestrator.engine.deploy import paths
from orchestrator.engine.errors import EngineError

Path = tuple[str | int, ...]


def show(context: Context) -> int:
    store = context.store().require()
    shown = context.parsed.switch("--show-secrets")
    found = {}
    for key, (text, secret) in config.entries(_settings(store), store.vault()).items():
        found[key] = {"value": text, "secret": secret} if shown or not secret else {"secret": secret}
    context.console.say(json.dumps(found))
    return 0


def get(context: Context) -> int:
    store = context.store().require()
    key = context.parsed.operands[0]
    found = config.look_up(_settings(store), _path(context, store, key), store.vault())
    if found is None:
        raise EngineError(f"error: configuration key '{key}' not found for stack '{store.layout.stack}'")
    text, secret = found
    as_json = context.parsed.switch("--json")
    context.console.say(json.dumps({"value": text, "secret": secret}) if as_json else text)
    return 0


def put(context: Context) -> int:
    parsed = context.parsed
    key, value = (*parsed.operands, *parsed.tail)
    _change(context, [(key, value, parsed.switch("--secret"))])
    return 0


def put_all(context: Context) -> int:
    parsed = context.parsed
    changes = [(*_pair(text), False) for text in parsed.many("--plaintext")]
    changes += [(*_pair(text), True) for text in parsed.many("--secret")]
    given = parsed.text("--json")
    if given:
        try:
            changes += [
                (key, str(entry.get("value", "")), bool(entry.get("secret")))
                for key, entry in json.loads(given).items()
            ]
        except (ValueError, AttributeError) as error:
            raise EngineError(f"error: config set-all --json: {error}") from error
    _change(context, changes)
    return 0


def remove(context: Context) -> int:
    store = context.store().require()
    settings = _settings(store)
    for key in context.parsed.operands:
        config.remove(settings, _path(context, store, key))
    _save(store, settings)
    return 0


def refresh(context: Context) -> int:
    """Write the configuration of the last operation back into the settings file."""
    store = context.store().require()
    found = store.history()
    settings = _settings(store)
    entries = found[0]["config"] if found else {}
    settings["config"] = {
        key: {"secure": entry["value"]} if entry["secret"] else entry["value"] for key, entry in entries.items()
    }
    _save(store, settings)
    return 0


def _change(context: Context, changes: list[tuple[str, str, bool]]) -> None:
    store = context.store().require()
    vault = store.vault()
    settings = _settings(store)
    for key, text, secret in changes:
        path = _path(context, store, key)
        value: Any = config.typed(text) if len(path) > 1 and not secret else text
        config.store(settings, path, value, secret=secret, vault=vault)
    _save(store, settings)


def _path(context: Context, store: StackStore, key: str) -> Path:
    """The key with its namespace and, with `--path`, the way into its object."""
    if not context.parsed.switch("--path"):
        return (config.full_key(key, store.layout.project),)
    try:
        parts = paths.parse(key)
    except ValueError as error:
        raise EngineError(f"error: {error}") from error
    return (config.full_key(str(parts[0]), store.layout.project), *parts[1:])


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise EngineError("error: config set-all: KEY=VALUE expected")
    return key, value


def _settings(store: StackStore) -> dict[str, Any]:
    return settings_file.load_settings(store.work_dir, store.layout.stack)


def _save(store: StackStore, settings: dict[str, Any]) -> None:
    settings_file.save_settings(store.work_dir, store.layout.stack, settings)
