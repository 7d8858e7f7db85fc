"""clouds.yaml: one entry to write with, one to read with."""

from pathlib import Path

import yaml
from cloud_fixture import SHAPE

from lab.clouds_file import write_clouds_yaml
from lab.definition import Definition, load_passwords
from lab.layout import Layout


def test_both_entries_stand_in_a_private_file(tmp_path: Path) -> None:
    """Each entry has its own user and password; the file is for its owner only."""
    layout = Layout(tmp_path)
    passwords = load_passwords(layout)
    write_clouds_yaml(layout, Definition(shape=SHAPE, port_base=15000), passwords, "demo")
    assert layout.clouds_yaml.stat().st_mode & 0o777 == 0o600
    clouds = yaml.safe_load(layout.clouds_yaml.read_text())["clouds"]
    assert {name: entry["auth"]["username"] for name, entry in clouds.items()} == {
        "demo": "admin",
        "demo-reader": "reader",
    }
    assert clouds["demo"]["auth"]["password"] != clouds["demo-reader"]["auth"]["password"]
    assert clouds["demo"]["region_name"] == SHAPE.region


def test_passwords_are_made_once(tmp_path: Path) -> None:
    """A second look gives the same passwords, from a file for the owner only."""
    layout = Layout(tmp_path)
    assert load_passwords(layout) == load_passwords(layout)
    assert layout.passwords.stat().st_mode & 0o777 == 0o600
