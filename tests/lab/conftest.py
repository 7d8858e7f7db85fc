"""Connections to the session's cloud."""

import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

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


@pytest.fixture
def undo() -> Iterator[Callable[..., Any]]:
    """Yield a function that remembers what is to be undone, the last at first."""
    with ExitStack() as stack:
        yield stack.callback


@pytest.fixture
def member(admin: Connection, undo: Callable[..., Any]) -> Connection:
    """Return a connection as the member, and nothing else, of a project of its own."""
    identity, name, password = admin.identity, f"member-{uuid.uuid4().hex[:8]}", uuid.uuid4().hex
    project = identity.create_project(name=name)
    undo(identity.delete_project, project)
    user = identity.create_user(name=name, password=password, default_project_id=project.id)
    undo(identity.delete_user, user)
    identity.assign_project_role_to_user(project, user, identity.find_role("member"))
    connection = admin.connect_as(username=name, password=password, project_id=project.id, project_name=None)
    undo(connection.close)
    return connection
