"""Quota sizes: parents, multipliers, overrides, rounding."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from orchestrator.errors import SpecError
from orchestrator.model.catalogue import Catalogue, QuotaSize, VolumeTier
from orchestrator.model.quota import NAMES
from orchestrator.model.quota_size import tenant_quota
from orchestrator.model.tenant import QuotaRequest


def catalogue(*sizes: QuotaSize) -> Catalogue:
    return Catalogue(
        name="c",
        flavors={},
        images={},
        tiers={"fast": VolumeTier(name="fast", backend="nvme")},
        quota_sizes={size.name: size for size in sizes},
        presets={},
    )


def size(name: str, values: Mapping[str, int], parent: str | None = None, multiplier: float = 1.0) -> QuotaSize:
    return QuotaSize(name=name, values=values, parent=parent, multiplier=multiplier)


def test_every_name_is_given_and_what_nobody_gives_is_zero() -> None:
    """A quota is written in full, volume tiers included."""
    quota = tenant_quota(catalogue(size("s", {"vcpus": 4})), QuotaRequest(size="s"))
    assert set(quota) == {*NAMES, "storageGiB:fast"}
    assert quota["vcpus"] == 4
    assert sum(quota.values()) == 4


def test_own_values_stand_over_the_parents_scaled_values() -> None:
    """Size m is 3 x s, but with its own routers; the grandchild scales m, not s."""
    sizes = catalogue(
        size("s", {"vcpus": 4, "routers": 1, "storageGiB:fast": 10}),
        size("m", {"routers": 2}, "s", 3),
        size("l", {}, "m", 0.5),
    )
    quota = tenant_quota(sizes, QuotaRequest(size="l"))
    assert (quota["vcpus"], quota["routers"], quota["storageGiB:fast"]) == (6, 1, 15)


def test_values_are_rounded_down_once_and_at_the_end() -> None:
    """3 x 0.5 = 1.5, x 2 = 3: rounding on the way would lose one."""
    sizes = catalogue(size("s", {"servers": 3, "ports": 7}), size("half", {}, "s", 0.5))
    quota = tenant_quota(sizes, QuotaRequest(size="half", multiplier=2))
    assert (quota["servers"], quota["ports"]) == (3, 7)
    assert tenant_quota(sizes, QuotaRequest(size="half"))["ports"] == 3


def test_a_multiplier_is_what_was_written() -> None:
    """100 x 0.29 is 29; binary floating point says 28.999999999999996."""
    quota = tenant_quota(catalogue(size("s", {"vcpus": 100})), QuotaRequest(size="s", multiplier=0.29))
    assert quota["vcpus"] == 29


def test_overrides_are_taken_as_written() -> None:
    """The multiplier does not touch them."""
    request = QuotaRequest(size="s", multiplier=10, overrides={"vcpus": 5, "storageGiB:fast": 7})
    quota = tenant_quota(catalogue(size("s", {"vcpus": 1})), request)
    assert (quota["vcpus"], quota["storageGiB:fast"]) == (5, 7)


def test_a_circle_of_parents_is_a_spec_error_that_shows_it() -> None:
    """The message has the whole circle, the hint the way out."""
    sizes = catalogue(size("a", {}, "b"), size("b", {}, "a"))
    with pytest.raises(SpecError) as caught:
        tenant_quota(sizes, QuotaRequest(size="a"))
    assert "a -> b -> a" in caught.value.message
    assert caught.value.hint


def test_an_unknown_size_is_a_spec_error_that_names_the_known_ones() -> None:
    """The reader sees what to choose from."""
    with pytest.raises(SpecError) as caught:
        tenant_quota(catalogue(size("s", {})), QuotaRequest(size="xl"))
    assert "xl" in caught.value.message
    assert "s" in caught.value.hint
