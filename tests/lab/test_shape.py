"""The description of the datacenter is checked before anything is started."""

import json

import pytest

from lab.errors import ShapeError
from lab.shape import CloudShape, Hypervisor, VolumeBackend, as_text, shape_of_json

HOST = Hypervisor(name="cmp-1", vcpus=8, memory_mb=16384, local_gb=100)
BACKEND = VolumeBackend(name="ssd", capacity_gb=100)


def test_a_shape_survives_being_stored() -> None:
    """What is read back from JSON equals what was written."""
    shape = CloudShape(region="lyon", hypervisors=(HOST,), volume_backends=(BACKEND,), physical_networks=("a", "b"))
    assert shape_of_json(json.loads(as_text(shape))) == shape


@pytest.mark.parametrize(
    ("hosts", "backends", "said"),
    [
        ((HOST, HOST), (BACKEND,), "stands twice"),
        ((), (BACKEND,), "no hypervisor"),
        ((HOST,), (), "no volume back end"),
        ((HOST,), (VolumeBackend(name="ssd]\nx=1", capacity_gb=1),), "cannot carry"),
    ],
)
def test_an_impossible_shape_is_refused(
    hosts: tuple[Hypervisor, ...], backends: tuple[VolumeBackend, ...], said: str
) -> None:
    """Doubles, nothing, and names that would break a configuration file are refused by name."""
    with pytest.raises(ShapeError, match=said):
        CloudShape(region="lyon", hypervisors=hosts, volume_backends=backends)
