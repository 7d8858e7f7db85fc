"""Cases of the identity, compute, block storage and image types."""

from cloud_case import OS, Case

PROJECT = Case(
    kind=OS + "identity/project:Project",
    inputs={"name": "case", "description": "d", "tags": ["a"]},
    change={"description": "e", "tags": ["a", "b"]},
    drift=("identity", "PATCH", "projects/{id}", {"project": {"description": "theirs"}}),
    shows=("description", "theirs"),
)
USER = Case(
    kind=OS + "identity/user:User",
    inputs={"name": "case", "password": "canary-1", "ignorePasswordExpiry": True, "extra": {"phone": "1"}},
    change={"password": "canary-2", "enabled": False},
    drift=("identity", "PATCH", "users/{id}", {"user": {"enabled": True}}),
    shows=("enabled", True),
)
GROUP = Case(
    kind=OS + "identity/groupV3:GroupV3",
    inputs={"name": "case", "description": "d"},
    change={"description": ""},
    drift=("identity", "PATCH", "groups/{id}", {"group": {"name": "theirs"}}),
    shows=("name", "theirs"),
)
ROLE = Case(
    kind=OS + "identity/role:Role",
    inputs={"name": "case"},
    change={"name": "case-2"},
    drift=("identity", "PATCH", "roles/{id}", {"role": {"name": "theirs"}}),
    shows=("name", "theirs"),
)
ROLE_OF_USER = Case(
    kind=OS + "identity/roleAssignment:RoleAssignment",
    inputs={"projectId": "@project", "userId": "@user", "roleId": "@role"},
    drift=("identity", "DELETE", "projects/{1}/users/{3}/roles/{4}", None),
)
ROLE_OF_GROUP = Case(
    kind=OS + "identity/roleAssignment:RoleAssignment",
    inputs={"domainId": "default", "groupId": "@group", "roleId": "@role"},
    drift=("identity", "DELETE", "domains/{0}/groups/{2}/roles/{4}", None),
)
MEMBERSHIP = Case(
    kind=OS + "identity/userMembershipV3:UserMembershipV3",
    inputs={"userId": "@user", "groupId": "@group"},
    drift=("identity", "DELETE", "groups/{1}/users/{0}", None),
)
APPLICATION_CREDENTIAL = Case(
    kind=OS + "identity/applicationCredential:ApplicationCredential",
    inputs={"name": "case", "description": "d", "roles": ["admin"], "expiresAt": "2099-01-01T01:00:00+01:00",
            "accessRules": [{"service": "compute", "method": "GET", "path": "/v2.1/servers"}]},
    drift=("identity", "DELETE", "users/@own user/application_credentials/{id}", None),
)  # fmt: skip
APPLICATION_CREDENTIAL_OF_ALL_ROLES = Case(
    kind=OS + "identity/applicationCredential:ApplicationCredential",
    inputs={"name": "case", "secret": "canary-3", "unrestricted": True},
    drift=("identity", "DELETE", "users/@own user/application_credentials/{id}", None),
)
COMPUTE_QUOTA = Case(
    kind=OS + "compute/quotaSetV2:QuotaSetV2",
    inputs={"projectId": "@project", "cores": 4, "ram": 4096},
    change={"cores": 8, "instances": 0},
    drift=("compute", "PUT", "os-quota-sets/{0}", {"quota_set": {"cores": 7}}),
    shows=("cores", 7),
)
VOLUME_QUOTA = Case(
    kind=OS + "blockstorage/quoteSetV3:QuoteSetV3",
    needs=("ssd",),
    inputs={
        "projectId": "@project",
        "volumes": 4,
        "volumeTypeQuota": {"volumes_ground-ssd": "3", "gigabytes_ground-ssd": "30"},
    },
    change={"volumes": 5, "volumeTypeQuota": {"volumes_ground-ssd": "4"}},
    drift=("block-storage", "PUT", "os-quota-sets/{0}", {"quota_set": {"volumes_ground-ssd": 9}}),
    shows=("volumeTypeQuota", {"volumes_ground-ssd": "9"}),
)
NETWORK_QUOTA = Case(
    kind=OS + "networking/quotaV2:QuotaV2",
    inputs={"projectId": "@project", "network": 4, "securityGroupRule": 7},
    change={"network": 8},
    drift=("network", "PUT", "quotas/{0}", {"quota": {"network": 9}}),
    shows=("network", 9),
)
FLAVOR = Case(
    kind=OS + "compute/flavor:Flavor",
    inputs={"name": "case", "ram": 64, "vcpus": 1, "disk": 1, "isPublic": False, "extraSpecs": {"a:b": "1", "c": "2"}},
    change={"extraSpecs": {"a:b": "2"}, "description": "d"},
    drift=("compute", "POST", "flavors/{id}/os-extra_specs", {"extra_specs": {"a:b": "9"}}),
    shows=("extraSpecs", {"a:b": "9"}),
)
FLAVOR_OF_NOBODY = Case(
    kind=OS + "compute/flavor:Flavor",
    inputs={"name": "case", "ram": 64, "vcpus": 1, "disk": 1},
    drift=("compute", "DELETE", "flavors/{id}", None),
)
FLAVOR_ACCESS = Case(
    kind=OS + "compute/flavorAccess:FlavorAccess",
    inputs={"flavorId": "@private flavor", "tenantId": "@project"},
    drift=("compute", "POST", "flavors/{0}/action", {"removeTenantAccess": {"tenant": "{1}"}}),
)
SERVER_GROUP = Case(
    kind=OS + "compute/serverGroup:ServerGroup",
    inputs={"name": "case", "policies": "anti-affinity", "rules": {"maxServerPerHost": 2}},
    drift=("compute", "DELETE", "os-server-groups/{id}", None),
)
KEYPAIR = Case(
    kind=OS + "compute/keypair:Keypair", inputs={"name": "case"}, drift=("compute", "DELETE", "os-keypairs/{id}", None)
)
AGGREGATE = Case(  # without a zone: Nova moves no host into one while servers of other tests stand on it
    kind=OS + "compute/aggregateV2:AggregateV2",
    inputs={"name": "case", "metadata": {"a": "1", "b": "2"}, "hosts": ["cmp-south3"]},
    change={"metadata": {"b": "3"}, "hosts": [], "name": "case-2"},
    drift=("compute", "POST", "os-aggregates/{id}/action", {"set_metadata": {"metadata": {"b": "9"}}}),
    shows=("metadata", {"b": "9"}),
)
AGGREGATE_OF_A_ZONE = Case(
    kind=OS + "compute/aggregateV2:AggregateV2",
    inputs={"name": "case-zoned", "zone": "case-zone"},
    change={"zone": "case-other-zone"},
    drift=("compute", "POST", "os-aggregates/{id}/action", {"set_metadata": {"metadata": {"availability_zone": "x"}}}),
    shows=("zone", "x"),
)
VOLUME_TYPE = Case(
    kind=OS + "blockstorage/volumeTypeV3:VolumeTypeV3",
    inputs={"name": "case", "isPublic": False, "extraSpecs": {"a": "1", "b": "2"}},
    change={"extraSpecs": {"b": "3"}, "description": "d", "name": "case-2"},
    drift=("block-storage", "PUT", "types/{id}", {"volume_type": {"name": "theirs"}}),
    shows=("name", "theirs"),
)
VOLUME_TYPE_ACCESS = Case(
    kind=OS + "blockstorage/volumeTypeAccessV3:VolumeTypeAccessV3",
    inputs={"volumeTypeId": "@volume type", "projectId": "@project"},
    drift=("block-storage", "POST", "types/{0}/action", {"removeProjectAccess": {"project": "{1}"}}),
)
VOLUME_QOS = Case(
    kind=OS + "blockstorage/qosV3:QosV3",
    inputs={"name": "case", "consumer": "front-end", "specs": {"a": "1", "b": "2"}},
    change={"consumer": "both", "specs": {"b": "3"}},
    drift=("block-storage", "PUT", "qos-specs/{id}", {"qos_specs": {"b": "9"}}),
    shows=("specs", {"b": "9"}),
)
QOS_ASSOCIATION = Case(
    kind=OS + "blockstorage/qosAssociationV3:QosAssociationV3",
    inputs={"qosId": "@volume qos", "volumeTypeId": "@volume type"},
    drift=("block-storage", "GET", "qos-specs/{0}/disassociate_all", None),
)
VOLUME = Case(
    kind=OS + "blockstorage/volume:Volume",
    needs=("ssd",),
    inputs={"name": "case", "size": 1, "volumeType": "ground-ssd", "metadata": {"a": "1"}, "description": "d"},
    change={"size": 2, "metadata": {"b": "2"}, "name": "case-2"},
    drift=("block-storage", "PUT", "volumes/{id}", {"volume": {"name": "theirs"}}),
    shows=("name", "theirs"),
)
IMAGE = Case(
    kind=OS + "images/image:Image",
    inputs={"name": "case", "containerFormat": "bare", "diskFormat": "raw", "localFilePath": "@file",
            "verifyChecksum": True, "properties": {"os_distro": "debian", "hw_x": "1"}, "tags": ["a"]},
    change={"properties": {"hw_x": "2", "new": "3"}, "tags": ["b"], "minRamMb": 32, "name": "case-2"},
    drift=("image", "PUT", "images/{id}/tags/theirs", None),
    shows=("tags", ["b", "theirs"]),
)  # fmt: skip
IMAGE_ACCESS = Case(
    kind=OS + "images/imageAccess:ImageAccess",
    inputs={"imageId": "@shared image", "memberId": "@project"},
    drift=("image", "DELETE", "images/{0}/members/{1}", None),
)
SERVER = Case(
    kind=OS + "compute/instance:Instance",
    needs=("flavor", "image", "subnet"),
    inputs={"name": "case", "flavorName": "ground", "imageName": "ground", "tags": ["a"], "metadata": {"a": "1"},
            "networks": [{"port": "@second port"}], "userData": "#!/bin/sh\necho hello\n"},
    change={"name": "case-2", "metadata": {"b": "2"}, "flavorId": "@larger flavor", "flavorName": "ground-l",
            "tags": ["b"], "powerState": "shutoff"},
    drift=("compute", "PUT", "servers/{id}", {"server": {"name": "theirs"}}),
    shows=("name", "theirs"),
)  # fmt: skip
INTERFACE = Case(
    kind=OS + "compute/interfaceAttach:InterfaceAttach",
    inputs={"instanceId": "@server", "portId": "@second port"},
    drift=("compute", "DELETE", "servers/{0}/os-interface/{1}", None),
)
VOLUME_ATTACHMENT = Case(
    kind=OS + "compute/volumeAttach:VolumeAttach",
    needs=("ssd",),
    inputs={"instanceId": "@server", "volumeId": "@volume"},
    drift=("compute", "DELETE", "servers/{0}/os-volume_attachments/{1}", None),
)
SERVER_ON_VOLUME = Case(
    kind=OS + "compute/instance:Instance",
    needs=("ssd", "subnet", "security group"),
    inputs={
        "name": "case",
        "flavorId": "@flavor",
        "networks": [{"name": "ground"}],
        "securityGroups": ["default", "ground"],
        "blockDevices": [
            {"uuid": "@image", "sourceType": "image", "destinationType": "volume", "volumeSize": 1, "bootIndex": 0,
             "deleteOnTermination": True, "volumeType": "ground-ssd"}
        ],
    },
    change={"securityGroups": ["default"]},
    drift=("compute", "POST", "servers/{id}/action", {"addSecurityGroup": {"name": "ground"}}),
    shows=("securityGroups", ["default", "ground"]),
)  # fmt: skip
SERVER_REBUILT = Case(
    kind=OS + "compute/instance:Instance",
    needs=("image", "shared image", "subnet"),
    inputs={"name": "case", "flavorId": "@flavor", "imageName": "ground", "networks": [{"uuid": "@network"}]},
    change={"imageName": "ground-s"},
    drift=("compute", "POST", "servers/{id}/action", {"os-stop": None}),
    shows=("powerState", "shutoff"),
)
VOLUME_OF_IMAGE = Case(
    kind=OS + "blockstorage/volume:Volume",
    needs=("ssd", "second ssd"),
    inputs={"name": "case", "size": 1, "imageId": "@image", "volumeType": "ground-ssd"},
    change={"volumeType": "ground-ssd2"},
    drift=("block-storage", "DELETE", "volumes/{id}", None),
)
