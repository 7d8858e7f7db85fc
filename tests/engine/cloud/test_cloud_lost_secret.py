"""An application credential whose secret was in an answer that was lost: found again, and never taken as it is."""

from typing import Any

import pytest
from cloud_case import OS

from orchestrator.engine.provider import Condition, ProviderError

KIND = OS + "identity/applicationCredential:ApplicationCredential"

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


def test_a_credential_without_its_secret_is_broken(ground: Any) -> None:
    """Found by all that was asked for, told to be of no use, so that the core deletes it and makes it anew."""
    inputs = ground.inputs(KIND, {"name": "lost", "description": "ours"})
    made = ground.session.create(KIND, inputs, seconds=30, created=lambda _: None)
    try:
        assert made.outputs["secret"]
        assert ground.session.find(KIND, inputs) == (made.id,)
        assert ground.session.find(KIND, {**inputs, "description": "theirs"}) == ()
        resumed = ground.session.resume(KIND, made.id, inputs, seconds=30)
        assert "secret" not in resumed.outputs
        (problem,) = resumed.problems
        assert problem.startswith("its secret was told once, in an answer that was lost; in project admin (")
        assert ground.session.condition(KIND, made.id, inputs) is Condition.BROKEN
    finally:
        ground.session.delete(KIND, made.id, made.outputs, seconds=30)
    assert ground.session.condition(KIND, made.id, inputs) is Condition.GONE


def test_a_credential_whose_secret_was_given_is_found_whole(ground: Any) -> None:
    """The program has the secret, so nothing was lost."""
    inputs = ground.inputs(KIND, {"name": "given", "secret": "canary-4"})
    made = ground.session.create(KIND, inputs, seconds=30, created=lambda _: None)
    try:
        resumed = ground.session.resume(KIND, made.id, inputs, seconds=30)
        assert resumed.outputs["secret"] == "canary-4"
        assert resumed.problems == ()
        assert ground.session.condition(KIND, made.id, inputs) is Condition.UP
    finally:
        ground.session.delete(KIND, made.id, made.outputs, seconds=30)


def test_access_rules_go_with_the_last_credential_that_has_them(ground: Any) -> None:
    """Keystone keeps one rule for all credentials of a user, and leaves it behind."""
    rule = {"service": "compute", "method": "GET", "path": "/v2.1/lost"}
    made = [
        ground.session.create(
            KIND,
            ground.inputs(KIND, {"name": name, "accessRules": [rule]}),
            seconds=30,
            created=lambda _: None,
        )
        for name in ("one", "two")
    ]
    left = []
    for one in made:
        ground.session.delete(KIND, one.id, one.outputs, seconds=30)
        path = f"users/{ground.resolved('@own user')}/access_rules"
        rules = ground.session._connection.send("identity", "GET", path).body["access_rules"]
        left.append([found["path"] for found in rules])

    assert left == [["/v2.1/lost"], []]


def test_a_time_that_is_none_is_told_before_anything_is_sent(ground: Any) -> None:
    """Keystone would only say that the format is wrong."""
    inputs = ground.inputs(KIND, {"name": "late", "expiresAt": "tomorrow"})

    with pytest.raises(ProviderError, match="expiresAt must be a time as RFC 3339 has it, not 'tomorrow'"):
        ground.session.create(KIND, inputs, seconds=30, created=lambda _: None)
