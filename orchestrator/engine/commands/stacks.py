"""`stack select | init | ls | rm`, `cancel`, `version` and `whoami`."""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path

from orchestrator.engine.backend import checkpoint, journal, lock, settings_file
from orchestrator.engine.backend.layout import Layout, backend_root
from orchestrator.engine.commands.context import Context
from orchestrator.engine.errors import EngineError
from orchestrator.engine.state import urn as urns

CLI_VERSION = "3.259.0"  # of Pulumi's command line, whose surface this is


def version(context: Context) -> int:
    context.console.say(f"v{CLI_VERSION}")
    return 0


def whoami(context: Context) -> int:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    found = {"user": user, "url": f"file://{backend_root(context.environment)}"}
    context.console.say(json.dumps(found) if context.parsed.switch("--json") else user)
    return 0


def select(context: Context) -> int:
    context.store().require()
    return 0


def init(context: Context) -> int:
    store = context.store(context.parsed.operands[0])
    kind = context.parsed.text("--secrets-provider", "default")
    if kind not in {"default", "passphrase"}:
        raise EngineError(f"error: secrets provider {kind!r}: the embedded engine keeps secrets by passphrase only")
    store.vault({})  # a salt is made, or proved to fit the passphrase, before anything is written
    with lock.hold(store.layout):
        if store.exists():
            raise EngineError(f"error: stack '{store.layout.qualified}' already exists")
        store.layout.journal.unlink(missing_ok=True)
        store.save_deployment(None)
    context.console.complain(f"Created stack '{store.layout.stack}'")
    return 0


def remove(context: Context) -> int:
    store = context.store(context.parsed.operands[0]).require()
    with lock.hold(store.layout):
        data, deployment = store.raw()
        left = [r for r in deployment.get("resources") or () if r.get("type") != urns.STACK_TYPE]
        journalled = journal.has_content(store.layout.journal, journal.digest(data))
        if (left or journalled) and not context.parsed.switch("--force"):
            raise EngineError(
                f"error: '{store.layout.stack}' still has resources; removal rejected. Run destroy first, or remove "
                "it all the same with --force: its resources then stay, and nobody knows of them"
            )
        store.remove(keep_settings=context.parsed.switch("--preserve-config"))
        store.layout.kernel_lock.unlink(missing_ok=True)
    context.console.say(f"Stack '{store.layout.stack}' has been removed!")
    return 0


def cancel(context: Context) -> int:
    name = context.parsed.operands[0] if context.parsed.operands else ""
    lock.cancel(context.store(name).require().layout)
    return 0


def listing(context: Context) -> int:
    root = backend_root(context.environment)
    everywhere = context.parsed.switch("--all")
    projects = None if everywhere else [settings_file.project_name(context.work_dir)]
    home = root / ".pulumi" / "stacks"
    if projects is None:
        projects = sorted(path.name for path in home.iterdir() if path.is_dir()) if home.is_dir() else []
    found = [
        _listed(context, Layout(root=root, project=project, stack=path.stem), qualified=everywhere)
        for project in projects
        for path in sorted((home / project).glob("*.json"))
    ]
    context.console.say(json.dumps(found))
    return 0


def _listed(context: Context, layout: Layout, *, qualified: bool) -> dict[str, object]:
    deployment = checkpoint.raw_deployment(layout.checkpoint.read_bytes(), layout.checkpoint)
    entry: dict[str, object] = {
        "name": layout.qualified if qualified else layout.stack,
        "current": _is_current(context.work_dir, layout.stack),
    }
    moment = (deployment.get("manifest") or {}).get("time", "")
    if moment:
        entry["lastUpdate"] = moment if "." in moment else moment.replace("Z", ".000Z")
        entry["resourceCount"] = len(deployment.get("resources") or ())
    if lock.holders(layout):
        entry["updateInProgress"] = True
    return entry


def _is_current(work_dir: Path, stack: str) -> bool:
    """A work directory belongs to one stack: the one whose settings are in it."""
    return [path.name for path in work_dir.glob("Pulumi.*.yaml")] == [f"Pulumi.{stack}.yaml"]
