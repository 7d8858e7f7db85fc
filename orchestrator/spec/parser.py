"""The only place that opens PyYAML: libyaml's events, taken one by one, and nothing that builds anything of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forget to export it

# Any: the stubs allow events without a mark; those of this parser have one.
SCALAR: Final[Any] = yaml.ScalarEvent
ALIAS: Final[Any] = yaml.AliasEvent
LIST: Final[Any] = yaml.SequenceStartEvent
LIST_END: Final[Any] = yaml.SequenceEndEvent
MAPPING_END: Final[Any] = yaml.MappingEndEvent
STREAM_END: Final[Any] = yaml.StreamEndEvent

NotYamlError = yaml.MarkedYAMLError
"""`problem`, `context`, and the mark of each."""


def events(text: str) -> Callable[[], Any]:
    """What gives the next event of a text. It raises NotYamlError."""
    following: Callable[[], Any] = CParser(text).get_event
    return following
