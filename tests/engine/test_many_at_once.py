"""Many stacks in one process, each on its thread: nothing of one reaches another."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pulumi
import pulumi_openstack as openstack
from engine_bench import Bench


def test_stacks_on_threads_do_not_mix(bench: Bench) -> None:
    """Sixteen stacks: each has its own resources, outputs, provider and secrets, all in one go."""

    def work(number: int) -> None:
        name = f"tenant{number}"

        def program() -> None:
            assert pulumi.get_stack() == name
            provider = openstack.Provider("own", tenant_name=name, password=f"pw-{name}")
            options = pulumi.ResourceOptions(provider=provider)
            made = openstack.networking.Network("n", name=f"net-{name}", opts=options)
            for index in range(8):
                openstack.networking.SecGroup(f"g{index}", name=f"{name}-{index}", opts=options)
            pulumi.export("network", made.name)
            pulumi.export("password", provider.password)

        outputs = bench.stack(program, name).up().outputs
        assert outputs["network"].value == f"net-{name}"
        assert outputs["password"].value == f"pw-{name}"
        assert bench.up(program, name) == {"same": 11}
        owners = {key: found["by"]["tenantName"] for key, found in bench.cloud.objects().items()}
        assert {owners[r["id"]] for r in bench.recorded(name).values()} == {name}

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    assert len(bench.cloud.objects()) == 16 * 9


def test_hundreds_of_waiting_registrations_do_not_block_each_other(bench: Bench) -> None:
    """A step at a time, three hundred registrations, and functions in between: no thread waits for ever."""

    def program() -> None:
        for index in range(300):
            openstack.networking.SecGroup(f"g{index}", name=f"g{index}")
        last = openstack.networking.Network("n", name="n1")
        found = openstack.networking.get_network_output(name=last.name)
        pulumi.export("found", found.id)

    assert bench.up(program, parallel=1) == {"create": 302}
    assert bench.stack(program).outputs()["found"].value == bench.recorded()["n"]["id"]


def test_steps_run_at_the_same_time_up_to_the_number_asked_for(bench: Bench) -> None:
    """Eight creations of a tenth of a second each take about two tenths with four at a time, not eight."""
    bench.faults.seconds = 0.05
    running, most = 0, 0
    lock = threading.Lock()
    boundary = bench.cloud.boundary

    def counted() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        boundary()
        with lock:
            running -= 1

    bench.cloud.boundary = counted  # type: ignore[method-assign]

    def program() -> None:
        for index in range(8):
            openstack.networking.SecGroup(f"g{index}", name=f"g{index}")

    bench.up(program, parallel=4)
    assert most == 4


def test_an_unchanged_stack_costs_little(bench: Bench) -> None:
    """Two hundred resources, no change: a bound on processor time that a quadratic step would break."""

    def program() -> None:
        for index in range(200):
            openstack.networking.SecGroup(f"g{index}", name=f"g{index}")

    bench.up(program)
    begun = time.process_time()
    assert bench.up(program) == {"same": 201}
    assert time.process_time() - begun < 4.0
