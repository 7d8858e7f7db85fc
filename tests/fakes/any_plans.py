"""Plans of any content, for what must hold whatever stands in them."""

from __future__ import annotations

from hypothesis import strategies as st

from orchestrator.model.host_result import HostChange, HostResult, HostStatus
from orchestrator.model.maintenance import PlannedMove
from orchestrator.model.outcome import Failure
from orchestrator.model.plan import (
    Operation,
    Plan,
    PropertyChange,
    ResourceChange,
    Step,
    StepAction,
    StepKind,
    Untaken,
)

words = st.text(max_size=8)
properties = st.builds(PropertyChange, path=words, old=words, new=words, replaces=st.booleans())
changes = st.builds(
    ResourceChange,
    operation=st.sampled_from(Operation),
    kind=words,
    name=words,
    urn=words,
    properties=st.lists(properties, max_size=2).map(tuple),
)
steps = st.builds(
    Step,
    name=words,
    kind=st.sampled_from(StepKind),
    action=st.sampled_from(StepAction),
    reason=words,
    digest=words,
    changes=st.lists(changes, max_size=3).map(tuple),
    problem=words,
    batch=st.integers(0, 9),
    later=st.booleans(),
    moves=st.lists(st.builds(PlannedMove, server=words, owner=words, target=words, status=words), max_size=2).map(
        tuple
    ),
)
failures = st.builds(Failure, resource=words, cause=words, hint=words, temporary=st.booleans())
checks = st.builds(
    HostResult,
    host=words,
    status=st.sampled_from(HostStatus),
    tasks=st.integers(0, 99),
    changes=st.lists(st.builds(HostChange, role=words, task=words, diff=words), max_size=2).map(tuple),
    failure=st.none() | failures,
)
plans = st.builds(
    Plan,
    region=words,
    inventory=words,
    engine=words,
    steps=st.lists(steps, max_size=3).map(tuple),
    untaken=st.lists(st.builds(Untaken, name=words, reason=words), max_size=2).map(tuple),
    findings=st.just(()),
    refusals=st.lists(words, max_size=2).map(tuple),
    deletions=st.integers(0, 99),
    deletion_budget=st.integers(0, 99),
    digest=words,
    checks=st.lists(checks, max_size=2).map(tuple),
)
