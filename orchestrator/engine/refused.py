"""What Pulumi's command line has and the embedded engine has not: each is refused by the name of what it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COMMANDS: Final[Mapping[tuple[str, ...], str]] = {
    ("config", "env"): "environments of Pulumi's service",
    ("env",): "environments of Pulumi's service",
    ("import",): "importing by command (use `import_` in the program)",
    ("install",): "installing packages",
    ("plugin",): "plugins",
    ("policy",): "policy packs",
    ("stack", "change-secrets-provider"): "changing the secrets provider",
    ("stack", "rename"): "renaming a stack (export it, import it into a new one)",
    ("state",): "editing the state by command (export, edit, import)",
}
FLAGS: Final[Mapping[str, str]] = {
    "--attach-debugger": "debuggers",
    "--config-file": "other settings files",
    "--import-file": "import files",
    "--plan": "update plans",
    "--policy-pack": "policy packs",
    "--policy-pack-config": "policy packs",
    "--remote": "remote operations",
    "--save-plan": "update plans",
    "--tracing": "tracing",
}
