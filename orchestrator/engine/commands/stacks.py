"""`stack select | init | ls | rm`, `cancel`, `version` and `whoami`."""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path

from orchestrator.engine.backend import listing as listings
from orchestrator.engine.backend import settings_file
from orchestrator.engine.backend.address import open_bucket
from orchestrator.engine.backend.checkpoint import Checkpoint
from orchestrator.engine.commands.context import Context
from orchestrator.engine.errors import EngineError
from orchestrator.engine.state import clock
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
    found = {"user": user, "url": open_bucket(context.environment).url}
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
    vault = store.vault({})  # a salt is made, or proved to fit the passphrase, before anything is written
    with store.held() as held:
        if held.exists():
            raise EngineError(f"error: stack '{store.layout.qualified}' already exists")
        held.drop_journal()
        held.save(Checkpoint(), vault)
    context.console.complain(f"Created stack '{store.layout.stack}'")
    return 0


def remove(context: Context) -> int:
    store = context.store(context.parsed.operands[0]).require()
    with store.held() as held:
        left = [r for r in held.raw()[1].get("resources") or () if r.get("type") != urns.STACK_TYPE]
        if (left or held.has_journal()) and not context.parsed.switch("--force"):
            raise EngineError(
                f"error: '{store.layout.stack}' still has resources; removal rejected. Run destroy first, or remove "
                "it all the same with --force: its resources then stay, and nobody knows of them"
            )
        held.remove(keep_settings=context.parsed.switch("--preserve-config"))
    context.console.say(f"Stack '{store.layout.stack}' has been removed!")
    return 0


def cancel(context: Context) -> int:
    name = context.parsed.operands[0] if context.parsed.operands else ""
    context.store(name).require().cancel()
    return 0


def listing(context: Context) -> int:
    everywhere = context.parsed.switch("--all")
    project = "" if everywhere else settings_file.project_name(context.work_dir)
    found = []
    for listed in listings.stacks(open_bucket(context.environment), project):
        if listed.problem:
            context.console.complain(listed.problem.replace("error:", "warning:", 1))
        found.append(_printed(context, listed, qualified=everywhere))
    context.console.say(json.dumps(found))
    return 0


def _printed(context: Context, listed: listings.Listed, *, qualified: bool) -> dict[str, object]:
    entry: dict[str, object] = {
        "name": listed.layout.qualified if qualified else listed.layout.stack,
        "current": _is_current(context.work_dir, listed.layout.stack),
    }
    if listed.updated:
        entry["lastUpdate"] = clock.with_milliseconds(clock.seconds(listed.updated))
        entry["resourceCount"] = listed.resources
    if listed.busy:
        entry["updateInProgress"] = True
    return entry


def _is_current(work_dir: Path, stack: str) -> bool:
    """A work directory belongs to one stack: the one whose settings are in it."""
    return [path.name for path in work_dir.glob("Pulumi.*.yaml")] == [f"Pulumi.{stack}.yaml"]
