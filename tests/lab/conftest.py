"""Connections to the session's cloud."""

import warnings
from collections.abc import Iterator

import pytest
from cloud_fixture import RunningCloud
from openstack.config import OpenStackConfig
from openstack.connection import Connection
from openstack.warnings import RemovedInSDK60Warning


def _connection(cloud: RunningCloud, name: str) -> Connection:
    config = OpenStackConfig(config_files=[str(cloud.clouds_yaml)], load_envvars=False)
    with warnings.catch_warnings():  # the SDK warns of its own InfluxDB option although nobody set it
        warnings.simplefilter("ignore", RemovedInSDK60Warning)
        return Connection(config=config.get_one(name))


@pytest.fixture(scope="session")
def admin(cloud: RunningCloud) -> Iterator[Connection]:
    """Yield a connection as the administrator, by the first entry of clouds.yaml."""
    with _connection(cloud, cloud.cloud_name) as connection:
        yield connection


@pytest.fixture(scope="session")
def reader(cloud: RunningCloud) -> Iterator[Connection]:
    """Yield a connection as the read-only user, by the second entry of clouds.yaml."""
    with _connection(cloud, cloud.reader_name) as connection:
        yield connection
