"""One running embedded cloud for the whole test session: the fixture ``cloud``.

It starts from a snapshot of an empty cloud, kept beside OpenStack's environment for this lock file, shape and lab; the
first session on a machine installs OpenStack and makes that snapshot.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import lab
from lab.cloud import Cloud
from lab.definition import load_passwords
from lab.environment import OPTIONAL_LOCK, Environment, lock_digest, optional_environment
from lab.errors import SnapshotError
from lab.shape import CloudShape, Hypervisor, VolumeBackend, as_text
from lab.status import Ready

SHAPE = CloudShape(
    region="RegionOne",
    hypervisors=tuple(
        Hypervisor(name=f"cmp-{site}{number}", vcpus=64, memory_mb=262144, local_gb=4000)
        for site in ("north", "south")
        for number in (1, 2, 3)
    ),
    volume_backends=(VolumeBackend(name="ssd", capacity_gb=20000), VolumeBackend(name="hdd", capacity_gb=200000)),
    physical_networks=("physnet1",),
)
OPTIONAL = ("swift", "designate", "octavia")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningCloud:
    """How to reach the cloud: two entries of ``clouds_yaml``, or ``environment`` (OS_*) for the administrator."""

    directory: Path
    clouds_yaml: Path
    cloud_name: str
    reader_name: str
    auth_url: str
    environment: dict[str, str]
    handle: Cloud


@pytest.fixture(scope="session")
def openstack_python() -> Path:
    """Return the Python of OpenStack's own environment, installed, as all that it needs, by the product's own code."""
    environment = Environment()
    environment.install(print)
    optional_environment().install(print)
    return environment.require()


@pytest.fixture(scope="session")
def cloud(openstack_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    """Yield a running cloud with six hypervisors, two volume back ends, all services; stop it at the session's end."""
    directory = tmp_path_factory.mktemp("cloud") / "lab"
    handle = Cloud(directory=directory, shape=SHAPE, python=openstack_python, optional=OPTIONAL)
    try:
        yield _described(handle, _from_base(handle))
    finally:
        handle.down()


def _from_base(cloud: Cloud) -> Ready:
    """Bring the cloud up from the base snapshot; make it if there is none that fits."""
    base = _base_snapshot()
    try:
        cloud.restore(base)
    except SnapshotError:
        ready = cloud.up(print)
        cloud.snapshot(base)
        return ready
    return cloud.up(print)


def _base_snapshot() -> Path:
    sources = sorted(Path(lab.__file__).parent.rglob("*.py"))
    text = f"{as_text(SHAPE)}{OPTIONAL}{lock_digest(OPTIONAL_LOCK)}".encode() + b"".join(
        path.read_bytes() for path in sources
    )
    directory = Environment().directory
    return directory.with_name(f"{directory.name}-base-{hashlib.sha256(text).hexdigest()[:12]}.tar.gz")


def _described(cloud: Cloud, ready: Ready) -> RunningCloud:
    environment = {
        "OS_AUTH_URL": ready.auth_url,
        "OS_USERNAME": "admin",
        "OS_PASSWORD": load_passwords(cloud.layout)["admin"],
        "OS_PROJECT_NAME": "admin",
        "OS_USER_DOMAIN_NAME": "Default",
        "OS_PROJECT_DOMAIN_NAME": "Default",
        "OS_REGION_NAME": SHAPE.region,
        "OS_IDENTITY_API_VERSION": "3",
        "OS_INTERFACE": "public",
    }
    return RunningCloud(
        directory=cloud.directory,
        clouds_yaml=ready.clouds_yaml,
        cloud_name=ready.cloud_name,
        reader_name=ready.reader_name,
        auth_url=ready.auth_url,
        environment=environment,
        handle=cloud,
    )
