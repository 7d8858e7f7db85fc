"""States are stacks of layers: saving and loading them is arithmetic on names."""

from pathlib import Path

import pytest

from lab.hosts.definition import HostsDefinition, load_definition, store_definition
from lab.hosts.layout import HostsLayout
from lab.hosts.shape import numbered

NEW = HostsDefinition(shape=numbered(("a",)), base=Path("/b"), identity="1", top="top")


def test_saved_layer_is_never_written_again() -> None:
    """What was written to lies below from now on, under a new layer."""
    saved = NEW.saved("first")
    assert saved.below == ("top",)
    assert saved.top not in {"top", ""}
    assert dict(saved.states) == {"first": ("top",)}


def test_loaded_state_forgets_what_came_after() -> None:
    """The layers of the state under a new one; those that no state needs are not needed."""
    second = NEW.saved("first").saved("second")
    back = second.loaded("first")
    assert (back.below, back.states) == (("top",), second.states)
    assert back.needed == {back.top, "top", *dict(second.states)["second"]}
    assert second.top not in back.needed


def test_state_saved_again_is_replaced() -> None:
    """One state a name; the older layers stay as far as they lie under the newer ones."""
    again = NEW.saved("first").saved("first")
    assert len(again.states) == 1
    assert again.states[0][1] == again.below
    assert "top" in again.needed


def test_unknown_state_is_no_state() -> None:
    """Nothing is loaded by a name that nobody gave."""
    with pytest.raises(KeyError):
        NEW.loaded("first")


def test_definition_is_remembered_whole(tmp_path: Path) -> None:
    """As a file and back, it is the same; where none is, nothing is remembered."""
    layout = HostsLayout(tmp_path)
    assert load_definition(layout) is None
    store_definition(layout, NEW.saved("first"))
    assert load_definition(layout) is not None
    store_definition(layout, NEW)
    assert load_definition(layout) == NEW
