"""Functions as the package of the programs has them, and what they make of their arguments."""

import importlib
import inspect
import warnings
from pathlib import Path
from typing import Any

import pytest

from orchestrator.engine.cloud.lookups import matching, reading
from orchestrator.engine.cloud.lookups.asked import check, said
from orchestrator.engine.cloud.lookups.search import only
from orchestrator.engine.cloud.lookups.table import FUNCTIONS
from orchestrator.engine.cloud.schema import snake_case
from orchestrator.engine.provider import ProviderError

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of its own old names, while it is imported
    import pulumi_openstack

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # its submodules are imported when first used
SERVICES = ("blockstorage", "compute", "identity", "images", "networking")
NETWORK = "openstack:networking/getNetwork:getNetwork"


def _function(token: str) -> Any:
    service, name = token.split(":")[1].split("/", maxsplit=1)[0], token.rpartition(":")[2]
    return getattr(getattr(pulumi_openstack, service), snake_case(name))


def _result(token: str) -> Any:
    """The class of a function's result."""
    name = token.rpartition(":")[2]
    module = importlib.import_module(_function(token).__module__)
    return getattr(module, f"G{name[1:]}Result")


def test_every_function_of_these_services_is_carried_out() -> None:
    """All that the package has for identity, compute, block storage, networking and images."""
    package = Path(pulumi_openstack.__file__).parent
    offered = {(service, path.stem) for service in SERVICES for path in (package / service).glob("get_*.py")}

    mine = {(token.split(":")[1].split("/")[0], snake_case(token.rpartition(":")[2])) for token in FUNCTIONS}

    assert {one for one in mine if one[0] in SERVICES} == offered


@pytest.mark.parametrize("token", sorted(FUNCTIONS))
def test_a_function_takes_the_arguments_of_the_package(token: str) -> None:
    """Neither more nor fewer, and the same are required."""
    parameters = inspect.signature(_function(token)).parameters
    lookup = FUNCTIONS[token]

    assert {snake_case(name) for name in lookup.arguments} == set(parameters) - {"opts"}


@pytest.mark.parametrize("token", sorted(FUNCTIONS))
def test_a_function_answers_with_the_results_of_the_package(token: str) -> None:
    """What is no argument as it was given is told of what was found."""
    properties = {name for name, value in vars(_result(token)).items() if isinstance(value, property)}
    lookup = FUNCTIONS[token]
    told = {snake_case(name) for name in lookup.results}

    assert told <= properties
    assert properties - told <= {snake_case(name) for name in lookup.arguments} | {"description"}


def test_an_argument_that_says_nothing_is_none() -> None:
    """An empty text is as good as no argument to the official provider; false and 0 are arguments."""
    given = {"name": "", "tags": [], "shared": False, "mtu": 0, "region": None, "metadata": {}, "cidr": "::/0"}

    assert said(given) == {"shared": False, "mtu": 0, "cidr": "::/0"}


def test_an_argument_that_nobody_knows_is_refused() -> None:
    """With the one that was meant, where there is one like it; so is a required one that is not there."""
    with pytest.raises(ProviderError, match="getNetwork has no argument nmae; did you mean name"):
        check(NETWORK, FUNCTIONS[NETWORK], {"nmae": "a"})
    token = "openstack:networking/getQosDscpMarkingRule:getQosDscpMarkingRule"
    with pytest.raises(ProviderError, match="getQosDscpMarkingRule needs the argument qosPolicyId"):
        check(token, FUNCTIONS[token], {"dscpMark": 26})


def test_none_and_several_are_told_with_what_was_looked_for() -> None:
    """In words that say whether to look elsewhere or to say more."""
    with pytest.raises(ProviderError, match="no result: there is no Network with name='a'"):
        only((), "Network", {"name": "a"})
    with pytest.raises(ProviderError, match=r"more than one result: 2 of Network with no argument at all.*one of 1, 2"):
        only(({"id": 1}, {"id": 2}), "Network", {})
    assert only(({"id": 1},), "Network", {}) == {"id": 1}


@pytest.mark.parametrize(
    ("told", "wanted", "expected"),
    [
        (True, "true", True),
        (22, "22", True),
        (None, "", True),
        ("a", "b", False),
        (["a", "b"], ["b"], True),
        (["a"], ["a", "b"], False),
        (["10.0.0.1"], "10.0.0.1", True),
        ({"a": "1", "b": 2}, {"b": "2"}, True),
        ({"a": "1"}, {"c": "1"}, False),
        ("", {"c": "1"}, False),
    ],
)
def test_what_was_asked_for_has_to_be_there(told: Any, wanted: Any, expected: bool) -> None:  # noqa: FBT001 (a table's column)
    """Texts stand for what they say; of lists and maps the part that was named counts."""
    assert matching.fits(told, wanted) is expected


def test_names_are_found_by_a_part_of_them() -> None:
    """As the official provider does it; an expression that is none is the program's mistake."""
    assert matching.named_like({"name": "web-1"}, "web-[0-9]")
    assert not matching.named_like({"name": "db"}, "web")
    assert not matching.named_like({"name": ""}, ".*")
    with pytest.raises(ProviderError, match="is no regular expression"):
        matching.named_like({"name": "a"}, "(")


def test_bounds_count_what_is_not_told_as_nothing() -> None:
    """0 as an upper bound is none."""
    assert matching.at_least("ram")({"ram": 64}, "64")
    assert not matching.at_least("ram")({"ram": None}, 1)
    assert matching.at_most("size")({"size": 5}, 0)
    assert not matching.at_most("size")({"size": 5}, 4)


def test_times_are_told_as_the_official_provider_tells_them() -> None:
    """Services leave the zone out, or say Z."""
    body = {"a": "2026-01-02T03:04:05.000000", "b": "2026-01-02T03:04:05Z", "c": None}

    assert reading.moment("a")(body) == reading.moment("b")(body) == "2026-01-02T03:04:05Z"
    assert reading.spoken_moment("b")(body) == "2026-01-02 03:04:05 +0000 UTC"
    assert reading.moment("c")(body) == ""


def test_the_id_of_a_list_is_the_official_provider_s() -> None:
    """CRC-32 of what is in it, so that programs which export it see the same from both engines."""
    assert reading.id_of_many(["123456789"]) == str(0xCBF43926)  # the check value of CRC-32
    assert reading.id_of_many(["a", "b"]) == reading.id_of_many(["a,", "b"], "")
