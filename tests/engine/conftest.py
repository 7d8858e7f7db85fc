"""A stack on a cloud in a file, driven through the Automation API as the product does it."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

with warnings.catch_warnings():  # the package warns of its own old names while it loads
    warnings.simplefilter("ignore", DeprecationWarning)
    import pulumi_openstack as openstack

sys.path.append(str(Path(__file__).parent))  # tests are no package; the fake cloud is found by its name

from engine_bench import Bench
from engine_postgres import PostgresBench
from postgres_server import Server

from orchestrator.engine.backend.postgres_pool import close_all

# The submodules load at the first look at one of their classes, which must not happen in several threads at once.
_LOADED = (openstack.identity.Project, openstack.networking.Network, openstack.compute.Flavor)


@pytest.fixture(autouse=True)
def _no_ambient_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """`pulumi_openstack` reads these from the process; an operator's shell must not change what is tested."""
    for name in ("OS_CLOUD", "OS_REGION_NAME", "OS_INSECURE", "OS_ENDPOINT_TYPE", "PULUMI_CONFIG", "OS_POOL_NAME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def database(postgres: Server) -> Iterator[str]:
    """The name of an empty database."""
    yield postgres.database()
    close_all()


@pytest.fixture
def rows(postgres: Server, database: str, tmp_path: Path) -> PostgresBench:
    """A bench whose state is in PostgreSQL."""
    return PostgresBench(tmp_path, postgres.url(database))
