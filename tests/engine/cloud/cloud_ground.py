"""What cases stand on: objects by the names under which cases refer to them as `@name`."""

from typing import Any

from cloud_case import OS

GROUND: dict[str, tuple[str, dict[str, Any]]] = {
    "project": (OS + "identity/project:Project", {"name": "ground"}),
    "user": (OS + "identity/user:User", {"name": "ground", "password": "ground"}),
    "group": (OS + "identity/groupV3:GroupV3", {"name": "ground"}),
    "role": (OS + "identity/role:Role", {"name": "ground"}),
    "flavor": (OS + "compute/flavor:Flavor", {"name": "ground", "ram": 64, "vcpus": 1, "disk": 1, "isPublic": True}),
    "larger flavor": (OS + "compute/flavor:Flavor",
                      {"name": "ground-l", "ram": 128, "vcpus": 2, "disk": 1, "isPublic": True}),
    "private flavor": (OS + "compute/flavor:Flavor",
                       {"name": "ground-p", "ram": 64, "vcpus": 1, "disk": 1, "isPublic": False}),
    "image": (OS + "images/image:Image", {"name": "ground", "containerFormat": "bare", "diskFormat": "raw",
                                          "localFilePath": "@file", "visibility": "public"}),
    "shared image": (OS + "images/image:Image", {"name": "ground-s", "containerFormat": "bare", "diskFormat": "raw",
                                                 "localFilePath": "@file", "visibility": "shared"}),
    "network": (OS + "networking/network:Network", {"name": "ground"}),
    "subnet": (OS + "networking/subnet:Subnet",
               {"name": "ground", "networkId": "@network", "cidr": "10.60.0.0/24"}),
    "second subnet": (OS + "networking/subnet:Subnet",
                      {"name": "ground-2", "networkId": "@network", "cidr": "10.60.1.0/24"}),
    "external": (OS + "networking/network:Network", {"name": "ground-ext", "external": True}),
    "external subnet": (OS + "networking/subnet:Subnet",
                        {"name": "ground-ext", "networkId": "@external", "cidr": "203.0.113.0/24"}),
    "router": (OS + "networking/router:Router", {"name": "ground", "externalNetworkId": "@external",
                                                 "externalFixedIps": [{"subnetId": "@external subnet"}]}),
    "interface": (OS + "networking/routerInterface:RouterInterface", {"routerId": "@router", "subnetId": "@subnet"}),
    "security group": (OS + "networking/secGroup:SecGroup", {"name": "ground"}),
    "port": (OS + "networking/port:Port", {"name": "ground", "networkId": "@network",
                                           "fixedIps": [{"subnetId": "@subnet"}]}),
    "second port": (OS + "networking/port:Port", {"name": "ground-2", "networkId": "@network",
                                                  "fixedIps": [{"subnetId": "@subnet"}]}),
    "forwarded port": (OS + "networking/port:Port", {"name": "ground-f", "networkId": "@network", "fixedIps": [
        {"subnetId": "@subnet", "ipAddress": "10.60.0.50"}]}),
    "trunk port": (OS + "networking/port:Port", {"name": "ground-t", "networkId": "@network"}),
    "qos policy": (OS + "networking/qosPolicy:QosPolicy", {"name": "ground"}),
    "floating ip": (OS + "networking/floatingIp:FloatingIp", {"pool": "ground-ext", "description": "ground"}),
    "address scope": (OS + "networking/addressScope:AddressScope", {"name": "ground"}),
    "ssd": (OS + "blockstorage/volumeTypeV3:VolumeTypeV3",
            {"name": "ground-ssd", "extraSpecs": {"volume_backend_name": "ssd"}}),
    "volume type": (OS + "blockstorage/volumeTypeV3:VolumeTypeV3", {"name": "ground", "isPublic": False}),
    "volume qos": (OS + "blockstorage/qosV3:QosV3", {"name": "ground", "specs": {"a": "1"}}),
    "volume": (OS + "blockstorage/volume:Volume", {"name": "ground", "size": 1, "volumeType": "ground-ssd"}),
    "second ssd": (
        OS + "blockstorage/volumeTypeV3:VolumeTypeV3",
        {"name": "ground-ssd2", "extraSpecs": {"volume_backend_name": "ssd"}},
    ),
    "server": (OS + "compute/instance:Instance", {"name": "ground", "flavorId": "@flavor", "imageId": "@image",
                                                  "networks": [{"port": "@port"}]}),
}  # fmt: skip
