"""The flags of an operation as what was asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from orchestrator.engine.arguments import Parsed
from orchestrator.engine.deploy.options import Options
from orchestrator.engine.errors import EngineError


def options_of(parsed: Parsed, *, dry_run: bool) -> Options:
    """Raises EngineError for values that cannot be."""
    options = Options(
        dry_run=dry_run,
        targets=frozenset(parsed.many("--target")),
        target_dependents=parsed.switch("--target-dependents"),
        excludes=frozenset(parsed.many("--exclude")),
        exclude_dependents=parsed.switch("--exclude-dependents"),
        replaces=frozenset(parsed.many("--replace")),
        refresh=parsed.switch("--refresh"),
        continue_on_error=parsed.switch("--continue-on-error"),
        exclude_protected=parsed.switch("--exclude-protected"),
        expect_no_changes=parsed.switch("--expect-no-changes"),
    )
    for urn in options.targets | options.excludes | options.replaces:
        if "*" in urn:
            raise EngineError(f"error: {urn}: patterns of URNs are not carried out by the embedded engine")
    given = parsed.text("--parallel")
    if not given:
        return options
    if not given.isdecimal():
        raise EngineError(f"error: --parallel {given}: a whole number expected")
    return replace(options, parallel=max(int(given), 1))


def runs_program(parsed: Parsed) -> bool:
    """Whether the program runs: always for a preview or an update, elsewhere with `--run-program`."""
    kind = parsed.command[0]
    if kind in {"refresh", "destroy"}:
        return parsed.switch("--run-program")
    if not parsed.options.get("--run-program", True):
        raise EngineError(f"error: {kind} --run-program=false: there is nothing to do without a program")
    return True


def named_creates(parsed: Parsed) -> Mapping[str, str]:
    """`--import-pending-creates URN ID ...`: which object an interrupted create made."""
    words = [word for given in parsed.many("--import-pending-creates") for word in given.split(",")]
    if len(words) % 2:
        raise EngineError(f"error: {parsed.command[0]} --import-pending-creates: pairs of URN and ID expected")
    return dict(zip(words[::2], words[1::2], strict=True))
