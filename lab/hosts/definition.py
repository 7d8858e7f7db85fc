"""What a set of test hosts is: its shape, its base tree, and of which layers the machines' trees are made.

The file is replaced whole. A layer, once it is covered by another one, is never written again: so a state is saved and
loaded by changing this file alone, at once and at any size.
"""

import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from lab.hosts.layout import HostsLayout
from lab.hosts.shape import HostsShape
from lab.private_file import read_json, write_private_json


def new_layer() -> str:
    return secrets.token_hex(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostsDefinition:
    """``base`` is the folder of the base tree, ``identity`` that tree's.

    ``top`` is the layer that machines write to, ``below`` those under it, the topmost first; ``states`` are saved
    stacks of layers by name.
    """

    shape: HostsShape
    base: Path
    identity: str
    top: str = field(default_factory=new_layer)
    below: tuple[str, ...] = ()
    states: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def layers(self) -> tuple[str, ...]:
        """All layers of the machines as they are now, the topmost first."""
        return (self.top, *self.below)

    @property
    def needed(self) -> frozenset[str]:
        """All layers that now or a saved state is made of."""
        return frozenset(self.layers).union(*(layers for _, layers in self.states))

    def saved(self, name: str) -> "HostsDefinition":
        """As it is now, under a name; from now on machines write to a new layer."""
        states = tuple(sorted({**dict(self.states), name: self.layers}.items()))
        return replace(self, top=new_layer(), below=self.layers, states=states)

    def loaded(self, name: str) -> "HostsDefinition":
        """As it was saved under the name; raises KeyError."""
        return replace(self, top=new_layer(), below=dict(self.states)[name])


def load_definition(layout: HostsLayout) -> HostsDefinition | None:
    """Return what the directory holds; None if it holds no test hosts yet."""
    data = read_json(layout.definition)
    return _from_json(data) if data else None


def store_definition(layout: HostsLayout, definition: HostsDefinition) -> None:
    data = asdict(definition) | {"shape": definition.shape.to_json(), "base": str(definition.base)}
    write_private_json(layout.definition, data)


def _from_json(data: dict[str, Any]) -> HostsDefinition:
    return HostsDefinition(
        shape=HostsShape.from_json(data["shape"]),
        base=Path(data["base"]),
        identity=data["identity"],
        top=data["top"],
        below=tuple(data["below"]),
        states=tuple((name, tuple(layers)) for name, layers in data["states"]),
    )
