"""What a PromQL expression asks for: metrics with the labels that it names of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import promql_parser as promql

FROM_PROMETHEUS: Final = frozenset({"job", "instance", "mutualis_region"})
"""Labels that a scrape adds."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`labels`: those that the expression matches, groups or joins by; `values`: those that it wants to be equal."""

    metric: str
    labels: frozenset[str]
    values: Mapping[str, str] = field(default_factory=dict)


def asked(expression: str) -> tuple[Asked, ...]:
    """Every selector of an expression. Raises ValueError for what is no PromQL."""
    return tuple(_asked(promql.parse(expression), frozenset()))


def _asked(node: Any, around: frozenset[str]) -> Iterator[Asked]:
    """`around`: labels by which the aggregation around it groups; further out, others may be joined to its own."""
    if isinstance(node, promql.VectorSelector):
        yield _selected(node, around)
    elif isinstance(node, promql.AggregateExpr):
        yield from _asked(node.expr, _grouped(node.modifier))
    else:
        for part in _parts(node):
            yield from _asked(part, around)


def _parts(node: Any) -> Iterator[Any]:
    if isinstance(node, promql.BinaryExpr):
        yield from (node.lhs, node.rhs)
    elif isinstance(node, promql.Call):
        yield from node.args
    elif isinstance(node, promql.MatrixSelector):
        yield node.vector_selector
    elif isinstance(node, promql.ParenExpr | promql.UnaryExpr | promql.SubqueryExpr):
        yield node.expr
    elif not isinstance(node, promql.NumberLiteral | promql.StringLiteral):
        raise TypeError(f"cannot read {type(node).__name__}")


def _selected(node: Any, around: frozenset[str]) -> Asked:
    matchers = list(node.matchers.matchers)
    labels = {one.name for one in matchers if one.name != "__name__"} | around
    return Asked(
        metric=node.name or next((one.value for one in matchers if one.name == "__name__"), ""),
        labels=frozenset(labels) - FROM_PROMETHEUS,
        values={one.name: one.value for one in matchers if one.op == promql.MatchOp.Equal and one.value},
    )


def _grouped(modifier: Any) -> frozenset[str]:
    kept = modifier is not None and modifier.type == promql.AggModifierType.By
    return frozenset(modifier.labels) if kept else frozenset()
