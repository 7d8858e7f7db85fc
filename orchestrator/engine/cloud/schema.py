"""What a resource type looks like: its properties, read from `types/<service>/<type>.json`.

One file describes one type; its path follows from the type token, so nothing has to be registered twice.
Facts only: what a difference means is `diff`'s business, what a call looks like `collection`'s.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES: Final = Path(__file__).parent / "types"
DEFAULT_SECONDS: Final = 600.0
_TOKEN: Final = re.compile(r"openstack:(\w+)/(\w+):(\w+)")
_CAPITAL: Final = re.compile(r"(?<!^)([A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """`kind`: str, bool, int, float, obj, list, set or map; `element`: what a collection holds."""

    kind: str
    element: str = ""

    @property
    def collection(self) -> bool:
        return self.kind in {"list", "set", "map"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property. `key`: its name in the API; `kept`: a read does not tell it, the recorded value stays.

    `computed`: when not given, the API's value stands and is no change. `filled`: a collection that stands in
    the outputs even when empty. `local`: never sent to the API nor read from it by name. `compare`: a rule of
    `diff` instead of equality. `flat`: the API holds a list of at most one, programs its element. `values`: the only
    ones there are. `absent`: the one that says no more than nothing does. `refused`: why it is not carried out.
    """

    name: str
    key: str
    shape: Shape
    required: bool = False
    computed: bool = False
    replace: bool = False
    secret: bool = False
    kept: bool = False
    filled: bool = False
    local: bool = False
    flat: bool = False
    default: Any = None
    absent: Any = None
    compare: str = ""
    conflicts: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    refused: str = ""
    fields: Mapping[str, Property] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """The REST collection of a type.

    `path`: below the service's root, with the inputs in braces that it depends on; `key`, `many`: names in the bodies,
    `key` "" where one object is not wrapped.
    `tags`: the collection under which Neutron keeps its tags; `retry_conflict`: a delete is repeated on 409.
    `ready`, `failed`: values of the key `status` to wait for, or to give up on; `lingers`: a deletion goes on after
    its answer. `find`: inputs that together tell an object apart from others of its type and project.
    """

    service: str
    path: str = ""
    key: str = ""
    many: str = ""
    update: str = "PUT"
    tags: str = ""
    retry_conflict: bool = False
    status: str = "status"
    lingers: bool = False
    ready: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    find: tuple[str, ...] = ("name",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceType:
    """A type as `openstack:networking/network:Network`; `outputs`: what is never an input.

    `one_of`: groups of inputs of which at least one is given; `version`: of the type's schema, as states record it.
    """

    token: str
    autoname: bool
    seconds: Mapping[str, float]
    api: Api
    inputs: Mapping[str, Property]
    outputs: Mapping[str, Property]
    one_of: tuple[tuple[str, ...], ...] = ()
    version: int = 0

    @property
    def properties(self) -> Mapping[str, Property]:
        return {**self.inputs, **self.outputs}

    @property
    def noun(self) -> str:
        """What people call one of them: `volume`, `security group rule`."""
        return (self.api.key or self.token.rsplit(":", 1)[1].lower()).replace("_", " ")

    @property
    def project(self) -> str:
        """The input that names the owning project; "" when the type has none."""
        return next((name for name in ("tenantId", "projectId") if name in self.inputs), "")

    def limit(self, action: str, seconds: float | None) -> float:
        """The limit of create, update or delete, in seconds."""
        return seconds if seconds is not None else self.seconds.get(action, DEFAULT_SECONDS)


def snake_case(name: str) -> str:
    """`dnsNameservers` -> `dns_nameservers`."""
    return _CAPITAL.sub(r"_\1", name).lower()


@lru_cache(maxsize=512)
def described(token: str) -> ResourceType | None:
    """The description of a type; None when there is none."""
    match = _TOKEN.fullmatch(token)
    path = TYPES / match[1] / f"{match[2]}.json" if match else None
    if path is None or not path.is_file():
        return None
    facts = json.loads(path.read_text(encoding="utf-8"))
    return _type(facts) if facts["type"] == token else None


def _type(facts: Mapping[str, Any]) -> ResourceType:
    return ResourceType(
        token=facts["type"],
        autoname=facts.get("autoname", False),
        seconds=facts.get("seconds", {}),
        api=_api(facts["api"]),
        inputs=_properties(facts["inputs"]),
        outputs=_properties(facts["outputs"]),
        one_of=tuple(map(tuple, facts.get("oneOf", ()))),
        version=facts.get("schemaVersion", 0),
    )


def _api(facts: Mapping[str, Any]) -> Api:
    renamed = {"list": "many"}
    values: dict[str, Any] = {renamed.get(name, name): value for name, value in facts.items()}
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return Api(**{**values, **lists})


def _properties(facts: Mapping[str, Any]) -> Mapping[str, Property]:
    return {name: _property(name, fact) for name, fact in facts.items()}


def _property(name: str, facts: Mapping[str, Any]) -> Property:
    kind, _, element = facts["type"].rstrip(">").partition("<")
    plain = {key: facts[key] for key in facts if key not in {"type", "fields", "conflicts", "key", "values"}}
    return Property(
        name=name,
        key=facts.get("key", snake_case(name)),
        shape=Shape(kind=kind, element=element),
        conflicts=tuple(facts.get("conflicts", ())),
        values=tuple(facts.get("values", ())),
        fields=_properties(facts.get("fields", {})),
        **plain,
    )
