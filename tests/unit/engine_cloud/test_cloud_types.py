"""The descriptions of types, and which of them are carried out."""

import json
import warnings

import pytest

from orchestrator.engine.cloud.equality import RULES
from orchestrator.engine.cloud.lookups.table import FUNCTIONS
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.cloud.registry import HANDLERS, type_of
from orchestrator.engine.cloud.schema import TYPES, described, snake_case
from orchestrator.engine.provider import ProviderError

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of its own old names, while it is imported
    import pulumi_openstack

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # its submodules are imported when first used


def test_every_description_has_something_that_carries_it_out_and_the_reverse() -> None:
    """No file without a handler, no handler without a file."""
    tokens = {json.loads(path.read_text(encoding="utf-8"))["type"] for path in TYPES.rglob("*.json")}

    assert tokens == set(HANDLERS)


@pytest.mark.parametrize("token", sorted(HANDLERS))
def test_descriptions_agree_with_the_package_that_programs_use(token: str) -> None:
    """Inputs and outputs are those of the class in pulumi_openstack, name by name."""
    module, class_name = token.split(":")[1].split("/", maxsplit=1)[0], token.rpartition(":")[2]
    made = getattr(getattr(pulumi_openstack, module), class_name)
    wanted = {snake_case(name) for name in type_of(token).properties}

    outputs = {name for name, value in vars(made).items() if isinstance(value, property)}

    assert wanted == outputs


@pytest.mark.parametrize("token", sorted(HANDLERS))
def test_descriptions_are_sound(token: str) -> None:
    """Conflicts name properties, comparison rules exist, what tells objects apart is an input."""
    type_ = type_of(token)
    for prop in type_.inputs.values():
        assert set(prop.conflicts) <= set(type_.inputs)
        assert not prop.compare or prop.compare in RULES
    if type_.autoname:
        assert set(type_.api.find) <= set(type_.inputs)


def test_a_type_that_is_not_carried_out_is_refused_by_name() -> None:
    """Neither guessed nor ignored."""
    token = "openstack:vpnaas/service:Service"

    assert not OpenStackProvider().supports(token)
    with pytest.raises(ProviderError, match=token):
        OpenStackProvider().check(token, "x", {})


def test_a_token_cannot_lead_out_of_the_descriptions() -> None:
    """Tokens come from programs: they are matched, not joined to a path."""
    assert described("openstack:../../schema:Network") is None
    assert described("openstack:networking/network:Other") is None


def test_secret_outputs_are_those_of_the_package() -> None:
    """Passwords and private keys are secret whatever the program says."""
    provider = OpenStackProvider()

    assert provider.secret_outputs("openstack:identity/user:User") == {"password"}
    assert provider.secret_outputs("openstack:compute/keypair:Keypair") == {"privateKey"}
    assert provider.secret_outputs("openstack:networking/network:Network") == frozenset()


def test_functions_are_those_that_the_package_offers() -> None:
    """Every function token exists in pulumi_openstack under its name."""
    for token in FUNCTIONS:
        module, name = token.split(":")[1].split("/")[0], token.rpartition(":")[2]
        assert hasattr(getattr(pulumi_openstack, module), snake_case(name))
