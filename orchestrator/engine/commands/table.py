"""Every command that is carried out, with its flags. What is not here is refused by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from orchestrator.engine.arguments import Kind, Syntax
from orchestrator.engine.commands import config, operation, stacks, state
from orchestrator.engine.commands.context import Context

_STACK: Final = {"--stack": Kind.TEXT}
_CONFIG: Final = {**_STACK, "--path": Kind.SWITCH}
_YES: Final = {"--yes": Kind.SWITCH, "--skip-preview": Kind.SWITCH}
_SHOW: Final = {"--json": Kind.SWITCH, "--show-secrets": Kind.SWITCH}

# Flags about how text looks change nothing: this engine writes plain lines.
_LOOKS: Final = {
    "--color": Kind.TEXT,
    "--diff": Kind.SWITCH,
    "--suppress-outputs": Kind.SWITCH,
    "--suppress-progress": Kind.SWITCH,
}
_OPERATION: Final = {
    **_STACK,
    **_LOOKS,
    "--client": Kind.TEXT,
    "--exec-kind": Kind.TEXT,
    "--event-log": Kind.TEXT,
    "--message": Kind.TEXT,
    "--parallel": Kind.TEXT,
    "--target": Kind.LIST,
    "--target-dependents": Kind.SWITCH,
    "--exclude": Kind.LIST,
    "--exclude-dependents": Kind.SWITCH,
    "--refresh": Kind.SWITCH,
    "--run-program": Kind.SWITCH,
    "--expect-no-changes": Kind.SWITCH,
    "--continue-on-error": Kind.SWITCH,
}
_PREVIEW: Final = {"--preview-only": Kind.SWITCH}

Handler = Callable[[Context], int]

COMMANDS: Final[Mapping[tuple[str, ...], tuple[Syntax, Handler]]] = {
    ("version",): (Syntax(), stacks.version),
    ("whoami",): (Syntax(flags={"--json": Kind.SWITCH}), stacks.whoami),
    ("stack", "select"): (Syntax(flags=_STACK), stacks.select),
    ("stack", "init"): (Syntax(flags={"--secrets-provider": Kind.TEXT}, operands=(1, 1)), stacks.init),
    ("stack", "ls"): (Syntax(flags={"--json": Kind.SWITCH, "--all": Kind.SWITCH}), stacks.listing),
    ("stack", "rm"): (
        Syntax(flags={**_YES, "--force": Kind.SWITCH, "--preserve-config": Kind.SWITCH}, operands=(1, 1)),
        stacks.remove,
    ),
    ("stack", "output"): (Syntax(flags={**_STACK, **_SHOW}, operands=(0, 1)), state.output),
    ("stack", "history"): (
        Syntax(flags={**_STACK, **_SHOW, "--page-size": Kind.TEXT, "--page": Kind.TEXT}),
        state.show_history,
    ),
    ("stack", "export"): (Syntax(flags={**_STACK, "--show-secrets": Kind.SWITCH}), state.export),
    ("stack", "import"): (Syntax(flags={**_STACK, "--file": Kind.TEXT}), state.take_in),
    ("stack", "tag", "ls"): (Syntax(flags={**_STACK, "--json": Kind.SWITCH}), state.tag),
    ("stack", "tag", "get"): (Syntax(flags=_STACK, operands=(1, 1)), state.tag),
    ("stack", "tag", "set"): (Syntax(flags=_STACK, operands=(2, 2)), state.tag),
    ("stack", "tag", "rm"): (Syntax(flags=_STACK, operands=(1, 1)), state.tag),
    ("cancel",): (Syntax(flags={**_STACK, **_YES}, operands=(0, 1)), stacks.cancel),
    ("config",): (Syntax(flags={**_STACK, **_SHOW}), config.show),
    ("config", "get"): (Syntax(flags={**_CONFIG, "--json": Kind.SWITCH}, operands=(1, 1)), config.get),
    ("config", "set"): (
        Syntax(flags={**_CONFIG, "--plaintext": Kind.SWITCH, "--secret": Kind.SWITCH}, operands=(2, 2)),
        config.put,
    ),
    ("config", "set-all"): (
        Syntax(flags={**_CONFIG, "--plaintext": Kind.LIST, "--secret": Kind.LIST, "--json": Kind.TEXT}),
        config.put_all,
    ),
    ("config", "rm"): (Syntax(flags=_CONFIG, operands=(1, 1)), config.remove),
    ("config", "rm-all"): (Syntax(flags=_CONFIG, operands=(0, -1)), config.remove),
    ("config", "refresh"): (Syntax(flags={**_STACK, "--force": Kind.SWITCH}), config.refresh),
    ("preview",): (Syntax(flags={**_OPERATION, "--replace": Kind.LIST, "--json": Kind.SWITCH}), operation.run),
    ("up",): (Syntax(flags={**_OPERATION, **_YES, "--replace": Kind.LIST}), operation.run),
    ("refresh",): (
        Syntax(
            flags={
                **_OPERATION,
                **_YES,
                **_PREVIEW,
                "--clear-pending-creates": Kind.SWITCH,
                "--import-pending-creates": Kind.LIST,
            }
        ),
        operation.run,
    ),
    ("destroy",): (
        Syntax(flags={**_OPERATION, **_YES, **_PREVIEW, "--exclude-protected": Kind.SWITCH}),
        operation.run,
    ),
}
