"""One truth: the specs of a region that over-promises, and the same region running, are judged with the same words.

The cloud's hypervisors are asked through Placement; nothing needs to be applied for that.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from demo_region import DemoRegion

pytestmark = pytest.mark.cloud

HUGE = {"name": "huge", "vcpus": 4, "memoryGiB": 160, "diskGiB": 40}


def told(region: DemoRegion, *arguments: str, code: int) -> dict[str, Any]:
    done = region.run(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def findings(region: DemoRegion) -> list[str]:
    """Messages of what capacity refuses in the specs."""
    done = region.run("validate", str(region.folder), "--format", "json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    return [one["message"] for one in found["findings"] if re.fullmatch("CAP00[134]", one["code"])]


def guaranteed(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Without quotas: the cloud has no floating IPs yet, for nothing was applied."""
    return [one for one in answer["shortfalls"] if one["promise"] == "guaranteed"]


def share(region: DemoRegion, tenant: str, **values: object) -> None:
    region.edit(f"tenants/{tenant}.yaml", lambda document: document["spec"]["guarantee"].update(values))


@pytest.fixture
def over_promised(demo: DemoRegion) -> DemoRegion:
    """Sainte-Odile is guaranteed 700 GiB at a site of three hosts."""
    share(demo, "sainte-odile", memoryGiB=700)
    return demo


def test_a_sum_that_does_not_fit_is_told_in_the_same_words(over_promised: DemoRegion) -> None:
    """`validate` of the specs, `capacity` and `what-if` on the running cloud: the same missing amount."""
    (message,) = findings(over_promised)
    assert "529 GiB of memory missing" in message
    shown = over_promised.run("capacity", str(over_promised.folder))
    assert shown.returncode == 0, shown.stderr
    assert "supply as seen in the cloud" in shown.stdout
    assert message in shown.stdout
    asked = ("what-if", str(over_promised.folder), "--retire", "arcy", "--json")
    written, running = told(over_promised, *asked, code=1), told(over_promised, *asked, "--cloud", code=1)
    assert (written["supply"], running["supply"]) == ("specs", "cloud")
    assert [one["missing"] // 2**30 for one in guaranteed(running)] == [529]
    assert guaranteed(running) == guaranteed(written)
    assert (running["misfits"], running["buy"]) == (written["misfits"], written["buy"])


def test_a_loss_that_is_not_survived_is_told_in_the_same_words(demo: DemoRegion) -> None:
    """A server of 160 GiB fits on the largest host of nord alone."""
    share(demo, "sainte-odile", memoryGiB=24)
    share(demo, "pays-des-lacs", vcpus=8, memoryGiB=200)
    demo.edit("catalogue.yaml", lambda document: document["spec"]["flavors"].append(HUGE))
    demo.edit("tenants/pays-des-lacs.yaml", lambda document: document["spec"]["servers"][0].update(flavor="huge"))
    messages = findings(demo)
    assert any("the loss of host nord-2 is not survived" in one for one in messages)
    assert "160 GiB of memory" in messages[0]
    shown = demo.run("capacity", str(demo.folder)).stdout
    assert all(message in shown for message in messages)
    lost = ("what-if", str(demo.folder), "--lose", "host=nord-2", "--json")
    written, running = told(demo, *lost, code=1), told(demo, *lost, "--cloud", code=1)
    assert running["misfits"] == written["misfits"]
    assert running["buy"] == written["buy"] != []
