"""Services that a cloud has only if it was asked for them."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from cloud_fixture import SHAPE

from lab.cloud import Cloud
from lab.control_plane import CONTROL_PLANE, OPTIONAL, services_with
from lab.definition import Definition, load_definition, store_definition
from lab.environment import LOCK, OPTIONAL_LOCK
from lab.errors import ShapeError
from lab.layout import Layout
from lab.private_file import write_private_json
from lab.registration import is_registered, remember_registered
from orchestrator.cli.main import cli


def _names(lock: Path) -> set[str]:
    return {line.partition("==")[0] for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line}


def _layout(directory: Path) -> Layout:
    layout = Layout(directory / "lab")
    layout.claim_root()
    layout.guard.touch()
    layout.make()
    return layout


def test_a_plain_cloud_has_the_control_plane_alone() -> None:
    """In the table's order, whatever order they are named in."""
    assert services_with(()) == CONTROL_PLANE
    assert services_with([service.name for service in reversed(OPTIONAL)]) == (*CONTROL_PLANE, *OPTIONAL)


def test_nothing_is_installed_twice() -> None:
    """The optional services' lock holds only what OpenStack's own environment lacks: versions cannot differ."""
    assert {service.name for service in OPTIONAL} <= _names(OPTIONAL_LOCK)
    assert not _names(LOCK) & _names(OPTIONAL_LOCK)


def test_a_service_stays_once_it_was_asked_for(tmp_path: Path) -> None:
    """The cloud remembers it, in its own file; one of before there were any reads as a plain one."""
    layout = _layout(tmp_path)
    definition = Definition(shape=SHAPE, port_base=15000, optional=("swift",))
    store_definition(layout, definition)
    assert load_definition(layout) == definition
    assert Cloud(directory=layout.root).all_optional == ("swift",)
    write_private_json(layout.definition, {"shape": SHAPE.as_json(), "port_base": 15000})
    assert load_definition(layout) == replace(definition, optional=())


def test_an_unknown_service_is_refused(tmp_path: Path) -> None:
    """By name, with those that there are."""
    cloud = Cloud(directory=tmp_path, python=Path("/nowhere"), optional=("swift", "trove"))
    with pytest.raises(ShapeError, match="called trove") as caught:
        cloud.up(print)
    assert "swift" in caught.value.what_to_do


def test_the_command_refuses_an_unknown_service(tmp_path: Path) -> None:
    """As a usage error, before anything is installed or started."""
    result = CliRunner().invoke(cli, ["lab", "up", "--with", "swift,trove", "--dir", str(tmp_path / "lab")])
    assert result.exit_code == 2
    assert "trove is none of" in result.output
    assert not (tmp_path / "lab").exists()


def test_a_service_that_joins_later_is_registered(tmp_path: Path) -> None:
    """What Keystone knows is remembered by name, so that it is told of one more."""
    layout, plain = _layout(tmp_path), Definition(shape=SHAPE, port_base=15000)
    assert not is_registered(layout, plain)
    remember_registered(layout, plain)
    assert is_registered(layout, plain)
    assert not is_registered(layout, replace(plain, optional=("swift",)))
    remember_registered(layout, replace(plain, optional=("swift",)))
    assert is_registered(layout, plain)
