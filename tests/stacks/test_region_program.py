"""What the region's program registers and exports."""

from dataclasses import replace
from pathlib import Path

from example_region import example_specs
from recording_monitor import Run, Runner

from orchestrator.model.environment import RegionEnvironment
from orchestrator.model.known_ids import KnownIds
from orchestrator.planning.environment import region_environment
from stacks import region_program

FILES = Path("/srv/inventory/demo")


def environment() -> RegionEnvironment:
    return region_environment(example_specs())


def run_region(run_program: Runner, region: RegionEnvironment, files: Path = FILES) -> Run:
    run = run_program(region_program(region, files))
    assert run.error == ""
    return run


def test_the_catalogue_the_hosts_and_the_way_out_are_registered(run_program: Runner) -> None:
    """Each as OpenStack wants it."""
    run = run_region(run_program, environment())
    small = run.one("Flavor", "small").inputs
    assert (small["vcpus"], small["ram"], small["disk"], small["isPublic"]) == (2, 4096, 20, True)
    assert run.one("VolumeTypeV3", "slow").inputs["extraSpecs"] == {"volume_backend_name": "hdd"}
    assert [one.inputs["specs"] for one in run.of("QosV3")] == [{"total_iops_sec": "5000"}]
    assert [one.name for one in run.of("QosAssociationV3")] == ["fast"]
    general = run.one("AggregateV2", "west-general").inputs
    assert (general["zone"], general["hosts"]) == ("west", ["cmp-w1", "cmp-w2"])
    network = run.one("Network", "internet").inputs
    assert network["external"] is True
    assert network["segments"] == [{"networkType": "vlan", "physicalNetwork": "physnet1", "segmentationId": 300}]
    subnet = run.one("Subnet", "internet").inputs
    assert subnet["allocationPools"] == [{"start": "203.0.113.10", "end": "203.0.113.250"}]
    assert subnet["enableDhcp"] is False


def test_exports_are_what_tenants_read(run_program: Runner) -> None:
    """The names under which the ids go out are the ones under which they come in."""
    run = run_region(run_program, environment())
    outputs = KnownIds.of(run.exports)
    assert outputs.external_networks == {"internet": "id:internet"}
    assert outputs.images == {
        name: f"id:{name}/{digit * 12}" for name, digit in (("debian-12", "a"), ("debian-13", "b"))
    }
    assert set(outputs.flavors) == {"small", "large"}
    assert outputs.deployer == "id:whoever"


def test_an_image_is_its_content_and_not_its_place(run_program: Runner) -> None:
    """A moved checkout is ignored; another content is another resource beside the old one."""
    region = environment()
    old = run_region(run_program, region)
    moved = run_region(run_program, region, Path("/home/else"))
    assert set(old.resources) == set(moved.resources)
    assert old.of("Image")[0].ignore == ("localFilePath", "imageCachePath")
    renewed = tuple(replace(image, sha256="c" * 64) for image in region.images)
    new = run_region(run_program, replace(region, images=renewed))
    assert {one.name for one in new.of("Image")} == {"debian-12/cccccccccccc", "debian-13/cccccccccccc"}


def test_an_image_says_where_it_lies_and_which_it_is(run_program: Runner) -> None:
    """The path is below the given folder, the checksum is a property, the cache does not depend on a home."""
    image = run_region(run_program, environment()).one("Image", "debian-13/bbbbbbbbbbbb").inputs
    assert image["localFilePath"] == "/srv/inventory/demo/images/debian-13.raw"
    assert image["properties"] == {"os_distro": "debian", "mutualis_sha256": "b" * 64}
    assert image["imageCachePath"] == "/var/empty"


def test_keypairs_of_all_tenants_do_not_run_into_the_deployers_own_limit(run_program: Runner) -> None:
    """Only that one value is given, and whose plan it is does not matter."""
    quota = run_region(run_program, environment()).one("QuotaSetV2", "deployer")
    assert quota.inputs == {"projectId": "id:admin-project", "keyPairs": -1}
    assert quota.ignore == ("projectId",)
