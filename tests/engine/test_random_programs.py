"""Random programs, edited, failing and killed at random: state = cloud = program, or an error and then convergence.

`MUTUALIS_PROPERTY_EXAMPLES=2000 pytest tests/engine/test_random_programs.py` looks longer, and elsewhere each time.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from engine_random_checks import (
    check_import_changes_nothing,
    check_nothing_is_lost_or_twice,
    check_settled,
    check_sound,
    contents,
)
from engine_random_cloud import CREATE_TROUBLES, OTHER_TROUBLES, Death, TroubledBench, Troubles, dying
from engine_random_programs import EDITS, FLAGS, RandomProgram, Seed
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from pulumi import automation as auto

EXAMPLES = int(os.environ.get("MUTUALIS_PROPERTY_EXAMPLES", "0"))

numbers = st.integers(0, 6)
seeds = st.builds(
    Seed,
    parent=numbers,
    base=numbers,
    friend=numbers,
    echo=numbers,
    after=numbers,
    flags=st.frozensets(st.sampled_from(FLAGS), max_size=4),
)
edits = st.tuples(st.sampled_from(EDITS), st.integers(0, 29), numbers)
troubles = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.integers(0, 29), st.sampled_from(CREATE_TROUBLES)),
        st.tuples(st.sampled_from(("update", "delete")), st.integers(0, 29), st.sampled_from(OTHER_TROUBLES)),
    ),
    max_size=4,
)
deaths = st.one_of(st.just(0), st.integers(1, 80))


class Stack(RuleBasedStateMachine):
    """One stack through its life."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="random-"))
        (self.place / "0").mkdir()
        self.bench = TroubledBench(self.place / "0")
        self.program = RandomProgram()
        self.bench.stack(self.program)
        self.is_sound = True

    def teardown(self) -> None:
        try:
            if self.is_sound:
                self.converge()
                self.gone()
        finally:
            shutil.rmtree(self.place)

    @initialize(found=st.lists(seeds, max_size=24))
    def begin(self, found: list[Seed]) -> None:
        for seed in found:
            self.program.add(seed)

    @rule(found=st.lists(seeds, min_size=1, max_size=4))
    def add(self, found: list[Seed]) -> None:
        for seed in found:
            self.program.add(seed)

    @rule(found=st.lists(edits, min_size=1, max_size=5))
    def edit(self, found: list[tuple[str, int, int]]) -> None:
        for what, pick, number in found:
            self.program.edit(what, pick, number)

    @rule(found=troubles, parallel=st.sampled_from((1, 4, 8)), go_on=st.booleans(), at=deaths, torn=st.booleans())
    def up(self, found: list[Any], parallel: int, go_on: bool, at: int, torn: bool) -> None:  # noqa: FBT001  hypothesis names them
        self.operate("up", found, at, torn=torn, parallel=parallel, continue_on_error=go_on)

    @rule(found=troubles, at=deaths, torn=st.booleans())
    def destroy(self, found: list[Any], at: int, torn: bool) -> None:  # noqa: FBT001  as above
        self.operate("destroy", found, at, torn=torn, parallel=4)

    @rule(pick=st.integers(0, 29), is_deleted=st.booleans(), at_once=st.booleans())
    def others_change(self, pick: int, is_deleted: bool, at_once: bool) -> None:  # noqa: FBT001  as above
        """Somebody else's hand in the cloud; a refresh finds out, alone or as part of an up."""
        known = {one["id"] for one in self.bench.recorded().values() if one.get("id")}  # others cannot be told again
        objects = {key: found for key, found in self.bench.cloud.objects().items() if key in known}
        if not objects:
            return
        self.is_sound = False
        by_label = sorted((found["properties"]["label"], key) for key, found in objects.items())
        identity = by_label[pick % len(objects)][1]
        with self.bench.cloud.change() as found:
            if is_deleted:
                del found[identity]
            else:
                found[identity]["properties"]["description"] = "theirs"
        if not at_once:
            self.bench.stack(self.program).refresh()
        self.converge(refresh=at_once)
        self.is_sound = True

    def operate(self, kind: str, found: list[Any], at: int, *, torn: bool, **options: Any) -> None:
        """One operation with what goes wrong in it, and all that must hold after it."""
        self.is_sound = False  # until all has been checked
        before = self.bench
        before.cloud.hit.clear()
        before.cloud.troubles = self.chosen(found)
        death = Death(before.root, self.place / str(int(before.root.name) + 1), at, torn=torn)
        with dying(before, death):
            error = self.outcome(kind, options)
        before.cloud.troubles = {}
        assert bool(before.cloud.hit) <= bool(error), f"it says that it is done, but {before.cloud.hit}"
        if error and not before.cloud.hit:
            assert "protect" in error, error
            assert self.program.has_protected()
        if death.happened:
            self.bench = TroubledBench(death.target)
        elif not error and kind == "up":
            self.check_done()
        self.check_always()
        self.is_sound = True

    def chosen(self, found: list[Any]) -> Troubles:
        labels = [item.label for item in self.program.things()]
        labels += sorted({one["properties"]["label"] for one in self.bench.cloud.objects().values()} - set(labels))
        return {(action, labels[pick % len(labels)]): trouble for action, pick, trouble in found if labels}

    def outcome(self, kind: str, options: dict[str, Any]) -> str:
        stack = self.bench.stack(self.program)
        try:
            getattr(stack, kind)(**options)
        except auto.CommandError as error:
            found = str(error)
        else:
            return ""
        assert not re.search("the engine failed|Traceback", found), found
        return found

    def check_always(self) -> None:
        """Whether the operation ended well, badly or not at all."""
        check_sound(self.bench)
        check_nothing_is_lost_or_twice(self.bench)
        before = contents(self.bench)
        try:
            self.bench.preview(self.program)
        except auto.CommandError as error:
            if "protect" not in str(error):
                raise
        assert contents(self.bench) == before, "a preview wrote"

    def check_done(self) -> None:
        check_settled(self.bench, self.program)
        self.bench.cloud.calls.clear()
        written = self.bench.state_file().read_bytes()
        assert set(self.bench.up(self.program)) == {"same"}
        assert self.bench.cloud.calls == []
        assert len(self.bench.state_file().read_bytes()) == len(written)

    def converge(self, **options: Any) -> None:
        """Without anything that goes wrong, one run is enough; protection is the operator's to take away."""
        check_import_changes_nothing(self.bench)
        error = self.outcome("up", options)
        if error:
            assert "protect" in error, error
            assert self.program.has_protected()
            self.unprotect()
            self.bench.up(self.program, **options)
        self.check_done()

    def unprotect(self) -> None:
        """In the program, and in the state too: what would go with a replacement is asked there."""
        self.program.unprotect()
        stack = self.bench.stack(self.program)
        exported = stack.export_stack()
        for one in (exported.deployment or {}).get("resources") or ():
            one.pop("protect", None)
        stack.import_stack(exported)

    def gone(self) -> None:
        if self.program.has_protected():
            calls = len(self.bench.cloud.calls)
            assert "protect" in self.outcome("destroy", {})
            assert len(self.bench.cloud.calls) == calls, "something was deleted beside what is protected"
            self.unprotect()
        self.bench.stack(self.program).destroy()
        assert self.bench.cloud.objects() == {}
        assert self.bench.recorded() == {}
        check_sound(self.bench)


TestStack = Stack.TestCase
TestStack.settings = settings(
    max_examples=EXAMPLES or 20,
    phases=(Phase.generate, Phase.shrink),
    stateful_step_count=12,
    deadline=None,
    derandomize=not EXAMPLES,
    database=None,
    print_blob=True,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
TestStack = pytest.mark.timeout(30 * (EXAMPLES or 20))(TestStack)
