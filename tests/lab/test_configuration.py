"""The services' configuration files."""

import configparser
from pathlib import Path

import pytest
from cloud_fixture import SHAPE

from lab.configuration.files import write_configuration
from lab.configuration.ini import Facts, as_ini, merged
from lab.control_plane import CONTROL_PLANE, NOVA
from lab.definition import Definition, load_passwords
from lab.layout import Layout
from lab.shape import CloudShape, VolumeBackend


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    layout = Layout(tmp_path / "lab")
    layout.claim_root()
    layout.make()
    definition = Definition(shape=SHAPE, port_base=15000)
    return Facts(layout=layout, definition=definition, passwords=load_passwords(layout), prefix=Path("/venv"))


def test_files_with_passwords_are_for_their_owner_only(facts: Facts) -> None:
    """Each service has its file, mode 0600, which a parser of the format can read."""
    write_configuration(facts)
    for service in CONTROL_PLANE:
        path = facts.layout.configuration_of(service)
        assert path.stat().st_mode & 0o777 == 0o600
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(path)
        assert parser["oslo_policy"]["policy_file"] == str(facts.layout.policy_of(service))


def test_a_new_back_end_concerns_only_cinder_and_nova(facts: Facts) -> None:
    """The digests tell which running services read an outdated configuration."""
    backends = (*SHAPE.volume_backends, VolumeBackend(name="archive", capacity_gb=1))
    shape = CloudShape(region=SHAPE.region, hypervisors=SHAPE.hypervisors, volume_backends=backends)
    before = write_configuration(facts)
    after = write_configuration(
        Facts(
            layout=facts.layout,
            definition=Definition(shape=shape, port_base=15000),
            passwords=facts.passwords,
            prefix=facts.prefix,
        )
    )
    assert {name for name in before if before[name] != after[name]} == {"cinder", "nova"}


def test_a_service_logs_in_by_its_own_account(facts: Facts) -> None:
    """No two services share a password, and Nova's file holds Nova's."""
    assert len(set(facts.passwords.values())) == len(facts.passwords)
    write_configuration(facts)
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(facts.layout.configuration_of(NOVA))
    assert parser["keystone_authtoken"]["password"] == facts.passwords["nova"]


def test_the_later_of_two_options_counts() -> None:
    """Sections are joined, not replaced."""
    joined = merged({"a": {"x": 1, "y": 1}}, {"a": {"y": 2}, "b": {"z": 3}})
    assert as_ini(joined).splitlines()[1:] == ["[a]", "x = 1", "y = 2", "[b]", "z = 3"]
