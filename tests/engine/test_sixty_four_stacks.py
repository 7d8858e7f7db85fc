"""Sixty-four stacks at the same time in one process: nothing of one reaches another, whatever becomes of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto

from orchestrator.engine import EmbeddedCommand

STACKS = 64
RAISES, REFUSED, INTERRUPTED = 7, 21, 42  # numbers of those that do not end well


def name_of(number: int) -> str:
    return f"tenant{number}"


def program_of(number: int) -> Callable[[], None]:
    name = name_of(number)

    def program() -> None:
        assert pulumi.get_stack() == name
        config = pulumi.Config()
        assert config.require("who") == name
        provider = openstack.Provider("own", tenant_name=name, password=config.require_secret("token"))
        options = pulumi.ResourceOptions(provider=provider)
        made = openstack.networking.Network("n", name=f"net-{name}", opts=options)
        openstack.networking.SecGroup("g", name=f"group-{name}", description=made.id, opts=options)
        if number == RAISES:
            raise LookupError(f"mistake of {name}")
        pulumi.export("network", made.name)
        pulumi.export("token", config.require_secret("token"))

    return program


class Fleet:
    """All of them on one bench; the one that is interrupted has an engine of its own, as a run of its own has."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.commands = [bench.command] * STACKS
        self.commands[INTERRUPTED] = EmbeddedCommand(bench.provider)
        self._start = threading.Barrier(STACKS)

    def stack(self, number: int) -> auto.Stack:
        name = name_of(number)
        options = self.bench.options(name)
        options.pulumi_command = self.commands[number]
        options.env_vars = {**self.bench.environment, "OS_PASSWORD": f"own-{name}"}
        return auto.create_or_select_stack(name, project_name="demo", program=program_of(number), opts=options)

    def up(self, number: int) -> auto.UpResult | Exception:
        """The result, or how it ended instead."""
        stack = self.stack(number)
        stack.set_config("who", auto.ConfigValue(name_of(number)))
        stack.set_config("token", auto.ConfigValue(f"pw-{name_of(number)}", secret=True))
        self._start.wait(60)
        if number == INTERRUPTED:
            threading.Thread(target=self._interrupt).start()
        try:
            return stack.up()
        except auto.CommandError as error:
            return error

    def _interrupt(self) -> None:
        while not self.bench.cloud.named(f"net-{name_of(INTERRUPTED)}"):
            time.sleep(0.02)  # noqa: TID251  polls the cloud; the test has a limit
        self.commands[INTERRUPTED].interrupt()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("fleet"))


@pytest.fixture(scope="module")
def results(bench: Bench) -> list[auto.UpResult | Exception]:
    """What became of each, all begun at the same time."""
    bench.faults.refuse_create.add(f"group-{name_of(REFUSED)}")
    bench.faults.never_ready.add(f"net-{name_of(INTERRUPTED)}")
    fleet = Fleet(bench)
    with ThreadPoolExecutor(STACKS) as pool:
        return list(pool.map(fleet.up, range(STACKS)))


def test_sixty_four_stacks_do_not_mix(bench: Bench, results: list[auto.UpResult | Exception]) -> None:
    """Settings, configuration, secrets, providers, credentials, states and outputs are each stack's own."""
    for number, result in enumerate(results):
        name = name_of(number)
        if number in {RAISES, REFUSED, INTERRUPTED}:
            assert isinstance(result, auto.CommandError)
            continue
        assert isinstance(result, auto.UpResult)
        assert result.outputs["network"].value == f"net-{name}"
        assert result.outputs["token"].value == f"pw-{name}"
        assert result.outputs["token"].secret
        assert result.summary.resource_changes == {"create": 4}
        owners = {bench.cloud.objects()[found["id"]]["by"]["tenantName"] for found in bench.recorded(name).values()}
        assert owners == {name}
    for configuration, environment in bench.provider.sessions:
        assert environment["OS_PASSWORD"] == f"own-{configuration['tenantName']}"
        assert configuration["password"] == f"pw-{configuration['tenantName']}"
    assert len(bench.cloud.objects()) == 2 * STACKS - 2  # one refused, one not begun


def test_those_that_end_badly_are_told_alone(bench: Bench, results: list[auto.UpResult | Exception]) -> None:
    """Each failure is told to its own caller, and its state holds what was made; no other name is in it."""
    told = {RAISES: "mistake of tenant7", REFUSED: "quota exceeded for group-tenant21", INTERRUPTED: "interrupted"}
    made = {RAISES: {"n", "g"}, REFUSED: {"n"}, INTERRUPTED: {"n"}}
    for number, words in told.items():
        assert words in str(results[number])
        assert set(bench.recorded(name_of(number))) == made[number]
        others = {name_of(other) for other in range(STACKS) if not name_of(number).startswith(name_of(other))}
        assert not [other for other in others if f"-{other} " in str(results[number])]
    written = [path for path in (bench.root / "backend").rglob("*") if path.is_file()]
    assert len(written) > STACKS
    assert not [path for path in written if b"pw-tenant" in path.read_bytes()]
