"""What an interrupted create left behind is found by more than its name: others may have given theirs the same."""

from typing import Any

import pytest
from cloud_case import OS

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]

IMAGE = {"name": "mark", "containerFormat": "bare", "diskFormat": "raw"}
DESCRIBED = {
    "identity/project:Project": {"name": "mark"},
    "identity/user:User": {"name": "mark", "password": "ground"},
    "identity/groupV3:GroupV3": {"name": "mark"},
    "compute/flavor:Flavor": {"name": "mark", "ram": 64, "vcpus": 1, "disk": 1},
    "networking/network:Network": {"name": "mark"},
    "networking/subnet:Subnet": {"name": "mark", "networkId": "@network", "cidr": "10.63.0.0/24"},
    "networking/router:Router": {"name": "mark"},
    "networking/port:Port": {"name": "mark", "networkId": "@network"},
    "networking/secGroup:SecGroup": {"name": "mark"},
    "networking/floatingIp:FloatingIp": {"pool": "ground-ext"},
    "blockstorage/volumeTypeV3:VolumeTypeV3": {"name": "mark"},
    "blockstorage/volume:Volume": {"name": "mark", "size": 1},
}
MARKED = [
    *((kind, inputs, "description", "ours", "theirs") for kind, inputs in DESCRIBED.items()),
    ("blockstorage/volume:Volume", DESCRIBED["blockstorage/volume:Volume"], "metadata", {"a": "1"}, {"a": "2"}),
    ("images/image:Image", IMAGE, "properties", {"mutualis_sha256": "12"}, {"mutualis_sha256": "34"}),
    ("objectstorage/container:Container", {"name": "mark"}, "metadata", {"Mark": "ours"}, {"Mark": "theirs"}),
    (
        "compute/instance:Instance",
        {"name": "mark", "flavorId": "@flavor", "imageId": "@image", "networks": [{"uuid": "@network"}]},
        "metadata",
        {"mutualis_server": "ours"},
        {"mutualis_server": "theirs"},
    ),
]


@pytest.mark.parametrize(("kind", "inputs", "mark", "ours", "theirs"), MARKED)
def test_an_object_of_the_same_name_with_another_mark_is_not_ours(
    kind: str, inputs: dict[str, Any], mark: str, ours: Any, theirs: Any, ground: Any
) -> None:
    """Found by the mark that it was made with; not by another, so nobody else's object is ever adopted."""
    for needed in ("network", "subnet", "external subnet"):
        ground.resolved(f"@{needed}")
    given = ground.inputs(OS + kind, {**inputs, mark: ours})
    made = ground.session.create(OS + kind, given, seconds=120, created=lambda _: None)
    try:
        assert ground.session.find(OS + kind, given) == (made.id,)
        assert ground.session.find(OS + kind, {**given, mark: theirs}) == ()
    finally:
        ground.session.delete(OS + kind, made.id, made.outputs, seconds=60)
