"""Properties whose recorded form is another than the given one, with the rule that finds them equal."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.provider import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SERVERS_OWN: Final = ("os_", "owner_specified.", "stores", "direct_url", "locations")


def text_hash(text: str) -> str:
    """How user data stands in the state: hex SHA-1 of the text as given, as the official provider writes it."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def _hashed(old: Any, new: Any) -> bool:
    return bool(old in (text_hash(str(new)), new))


def _case(old: Any, new: Any) -> bool:
    return str(old).lower() == str(new).lower()


def _json(old: Any, new: Any) -> bool:
    try:
        return bool(json.loads(old or "{}") == json.loads(new or "{}"))
    except ValueError:
        return bool(old == new)


def _never(old: Any, new: Any) -> bool:  # noqa: ARG001 (one signature for all rules)
    """Matters to the making of the object only."""
    return True


def _zone(old: Any, new: Any) -> bool:
    """`zone:host` was asked for, `zone` is told."""
    return str(new).split(":")[0] == str(old).split(":")[0]


def _time(old: Any, new: Any) -> bool:
    """The same moment (RFC 3339), however it is written."""
    try:
        return datetime.fromisoformat(old) == datetime.fromisoformat(new)
    except (TypeError, ValueError):  # no times, or one with a zone and one without
        return bool(old == new)


def _power(old: Any, new: Any) -> bool:
    return bool(old in {"error", "migrating"} or old == new)


def _own_properties(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Image properties, less those that the image service adds."""
    return own_properties(old) == {key: str(value) for key, value in own_properties(new).items()}


def own_properties(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if not key.startswith(SERVERS_OWN)}


_REFERRER: Final = re.compile(r"^\.(referrer|referer|ref):", re.IGNORECASE)


def _acl(old: Any, new: Any) -> bool:
    """Access rules of a container: order, blanks and the long names of `.r:` do not matter."""
    return _rules_of(old) == _rules_of(new)


def _rules_of(text: Any) -> set[str]:
    return {_REFERRER.sub(".r:", rule.strip()) for rule in str(text).split(",") if rule.strip()}


def _limits(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Quotas by volume type: Cinder tells those of all types, and one that is not given is unlimited (-1)."""
    recorded = {name: str(value) for name, value in old.items() if name in new or str(value) != "-1"}
    return recorded == {name: str(value) for name, value in new.items()}


def _unordered(old: Any, new: Any) -> bool:
    """A list that the service keeps as a set."""
    return UNKNOWN not in new and sorted(map(str, old)) == sorted(map(str, new))


RULES: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "hash": _hashed,
    "case": _case,
    "json": _json,
    "never": _never,
    "zone": _zone,
    "power": _power,
    "time": _time,
    "properties": _own_properties,
    "acl": _acl,
    "limits": _limits,
    "unordered": _unordered,
}
