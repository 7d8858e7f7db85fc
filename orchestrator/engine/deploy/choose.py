"""Which step a registration asks for. Pure: everything it looks at is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from orchestrator.engine.deploy import paths
from orchestrator.engine.provider import Change, Difference, Provider
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.values import plain


class Op(StrEnum):
    SAME = "same"
    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    RECREATE = "create-replacement"  # its predecessor is gone already, or was never ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`paths`: what differs (property path -> add, delete or update); `replace_paths`: because of what."""

    op: Op
    paths: Mapping[str, str] = field(default_factory=dict)
    replace_paths: tuple[str, ...] = ()
    delete_before_replace: bool = False


def choose(
    provider: Provider,
    old: Resource | None,
    wanted: Resource,
    *,
    replace: bool,
    delete_first: bool | None,
    along: tuple[str, ...] = (),
) -> Choice:
    """The step that brings `old` to `wanted`.

    `replace`: asked for by name; `along`: options that ask for a replacement; `delete_first`: what the program says.
    """
    if old is None:
        return Choice(op=Op.CREATE)
    if old.pending_replacement or (old.external and not wanted.external):
        return Choice(op=Op.RECREATE)
    difference = provider.diff(
        wanted.type,
        old_outputs=plain(old.outputs),
        inputs=plain(wanted.inputs),
        old_inputs=plain(old.inputs),
    )
    because, asked = _replaced_for(difference, wanted.replace_on_changes), replace or bool(along)
    if asked or because or difference.change is Change.REPLACE:
        by_itself = difference.delete_before_replace and not asked  # it speaks of its own reasons alone
        return Choice(
            op=Op.REPLACE,
            paths=difference.paths,
            replace_paths=(*because, *along),
            delete_before_replace=by_itself if delete_first is None else delete_first,
        )
    same = difference.change is Change.SAME and not old.init_errors
    return Choice(op=Op.SAME if same else Op.UPDATE, paths={} if same else difference.paths)


def _replaced_for(difference: Difference, patterns: tuple[str, ...]) -> tuple[str, ...]:
    if not patterns or difference.change is Change.SAME:
        return difference.replace_paths
    parsed = [paths.parse(text) for text in patterns]
    more = (path for path in difference.paths if any(paths.covers(p, paths.parse(path)) for p in parsed))
    return tuple(dict.fromkeys((*difference.replace_paths, *more)))
