"""For each type: inputs, a change in place, and what somebody else does to it behind its back.

`@name` stands for the id of an object of `cloud_ground`. A drift is a call on the service's own API, `{id}` being the
object's id and `{0}`, `{1}` the parts of a composed one; `shows` is the output that must tell it, None: it is gone.
`headers`: of the drift's call; `imported_as`: what names the object in an import, where its id alone does not.
"""

from dataclasses import dataclass, field
from typing import Any

OS = "openstack:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    kind: str
    inputs: dict[str, Any]
    drift: tuple[str, str, str, Any]
    shows: tuple[str, Any] | None = None
    change: dict[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    imported_as: str = "{id}"
    headers: dict[str, str] = field(default_factory=dict)
