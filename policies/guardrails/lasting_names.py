"""What servers are made from: flavors and images have names as specs allow them, servers refer to them by id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policies.data_loss import SERVER
from policies.guardrails.guardrail import Declared, ResourceGuardrail

NAMED: Final = frozenset({"openstack:compute/flavor:Flavor", "openstack:images/image:Image"})
FORM: Final = re.compile(r"[A-Za-z0-9](?:[-A-Za-z0-9._]{0,78}[A-Za-z0-9])?")
"""As `objectName` of the specs' schema; a test says so."""
_BY_NAME: Final = ("flavorName", "imageName")


def _check(resource: Declared) -> Iterator[str]:
    name = resource.text("name")
    if resource.kind in NAMED and name and not FORM.fullmatch(name):
        yield f"is called {name!r}: letters, digits, hyphens, dots and underscores, at most 80"
    if resource.kind == SERVER:
        for way in _BY_NAME:
            if way in resource.inputs:
                yield f"uses {way}: tomorrow the name may mean another one; give its id"


GUARDRAIL = ResourceGuardrail(
    name="lasting-names",
    summary="Flavors and images have names as in specs; servers refer to them by id.",
    check=_check,
)
