"""Octavia in the session's cloud, through its API: load balancers and their parts, quotas, and who may do what."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from openstack.connection import Connection
from openstack.exceptions import ConflictException, ForbiddenException, NotFoundException

from lab.waiting import wait_until

pytestmark = pytest.mark.cloud

SECONDS = 60


def _settled(read: Callable[[], Any]) -> Any:
    """Wait until nothing is being done to what is read, and see that nothing went wrong; return it."""
    assert wait_until(lambda: not read().provisioning_status.startswith("PENDING"), seconds=SECONDS), read()
    found = read()
    assert found.provisioning_status == "ACTIVE"
    return found


def _gone(read: Callable[[], Any]) -> bool:
    def missing() -> bool:
        try:
            return bool(read().provisioning_status == "DELETED")
        except NotFoundException:
            return True

    return wait_until(missing, seconds=SECONDS)


@pytest.fixture
def subnet(member: Connection, undo: Callable[..., Any]) -> Any:
    network = member.network.create_network(name="front")
    undo(member.network.delete_network, network)
    return member.network.create_subnet(network_id=network.id, ip_version=4, cidr="10.30.0.0/24")


@pytest.fixture
def balancer(member: Connection, subnet: Any) -> Iterator[Any]:
    """Yield an active load balancer of a member; it is deleted with all its parts, if it is still there."""
    service = member.load_balancer
    made = service.create_load_balancer(name="town-hall", vip_subnet_id=subnet.id, vip_address="10.30.0.7")
    assert made.provisioning_status == "PENDING_CREATE"
    yield _settled(lambda: service.get_load_balancer(made.id))
    service.delete_load_balancer(made.id, ignore_missing=True, cascade=True)
    assert _gone(lambda: service.get_load_balancer(made.id))


def test_its_address_is_a_port_in_neutron(admin: Connection, member: Connection, balancer: Any) -> None:
    """The port has the address asked for and is the load balancer's; both vanish together, and nothing is left."""
    port = member.network.get_port(balancer.vip_port_id)
    assert [ip["ip_address"] for ip in port.fixed_ips] == [balancer.vip_address] == ["10.30.0.7"]
    assert (port.device_id, port.device_owner) == (f"lb-{balancer.id}", "Octavia")
    assert port.project_id == balancer.project_id == member.current_project_id
    member.load_balancer.delete_load_balancer(balancer)
    assert _gone(lambda: member.load_balancer.get_load_balancer(balancer.id))
    assert list(admin.network.ports(network_id=balancer.vip_network_id)) == []
    assert [group for group in admin.network.security_groups() if balancer.id in group.name] == []


def test_its_parts_are_made_changed_and_deleted(member: Connection, subnet: Any, balancer: Any) -> None:
    """Listener, pool, member, health monitor: each becomes active again after each change, then goes alone."""
    service = member.load_balancer

    def settled(kind: str, *where: Any) -> Any:
        _settled(lambda: service.get_load_balancer(balancer.id))
        return _settled(lambda: getattr(service, f"get_{kind}")(*where))

    listener = service.create_listener(load_balancer_id=balancer.id, name="web", protocol="HTTP", protocol_port=80)
    settled("listener", listener.id)
    pool = service.create_pool(listener_id=listener.id, protocol="HTTP", lb_algorithm="ROUND_ROBIN")
    settled("pool", pool.id)
    server = service.create_member(pool.id, address="10.30.0.20", protocol_port=8080, subnet_id=subnet.id, weight=2)
    settled("member", server.id, pool.id)
    monitor = service.create_health_monitor(
        pool_id=pool.id, type="HTTP", delay=5, timeout=3, max_retries=3, url_path="/alive"
    )
    settled("health_monitor", monitor.id)
    service.update_listener(listener.id, name="site", connection_limit=10)
    assert settled("listener", listener.id).connection_limit == 10
    service.update_pool(pool.id, lb_algorithm="LEAST_CONNECTIONS")
    assert settled("pool", pool.id).lb_algorithm == "LEAST_CONNECTIONS"
    service.update_member(server.id, pool.id, weight=7)
    assert settled("member", server.id, pool.id).weight == 7
    service.update_health_monitor(monitor.id, delay=9)
    assert settled("health_monitor", monitor.id).delay == 9
    for kind, where in (
        ("health_monitor", (monitor.id,)),
        ("member", (server.id, pool.id)),
        ("pool", (pool.id,)),
        ("listener", (listener.id,)),
    ):
        getattr(service, f"delete_{kind}")(*where)
        assert _gone(lambda: getattr(service, f"get_{kind}")(*where))  # noqa: B023 called at once
        _settled(lambda: service.get_load_balancer(balancer.id))


def test_one_that_has_parts_goes_with_them_or_not_at_all(member: Connection, balancer: Any) -> None:
    """Without cascade it is refused; with it the parts are gone too; meanwhile no other change is let in."""
    service = member.load_balancer
    listener = service.create_listener(load_balancer_id=balancer.id, protocol="TCP", protocol_port=443)
    with pytest.raises(ConflictException, match="immutable"):
        service.create_listener(load_balancer_id=balancer.id, protocol="TCP", protocol_port=444)
    _settled(lambda: service.get_load_balancer(balancer.id))
    pool = service.create_pool(listener_id=listener.id, protocol="TCP", lb_algorithm="SOURCE_IP")
    _settled(lambda: service.get_load_balancer(balancer.id))
    assert service.delete(f"/lbaas/loadbalancers/{balancer.id}").status_code == 400
    service.delete_load_balancer(balancer.id, cascade=True)
    assert _gone(lambda: service.get_load_balancer(balancer.id))
    assert _gone(lambda: service.get_listener(listener.id))
    assert _gone(lambda: service.get_pool(pool.id))


def test_quotas_hold(admin: Connection, member: Connection, subnet: Any) -> None:
    """An administrator sets them, the member meets them; taken away they are the default ones again."""
    project = member.current_project_id
    admin.load_balancer.update_quota(project, load_balancers=0)
    assert member.load_balancer.get_quota(project).load_balancers == 0
    with pytest.raises(ForbiddenException, match="Quota has been met"):
        member.load_balancer.create_load_balancer(name="never", vip_subnet_id=subnet.id)
    with pytest.raises(ForbiddenException):
        member.load_balancer.update_quota(project, load_balancers=9)
    admin.load_balancer.delete_quota(project)
    assert member.load_balancer.get_quota(project).load_balancers == -1


def test_the_reader_reads_and_changes_nothing(reader: Connection, subnet: Any, balancer: Any) -> None:
    """It sees all projects' load balancers and quotas; every change is refused."""
    service = reader.load_balancer
    assert balancer.id in {found.id for found in service.load_balancers()}
    assert service.get_load_balancer(balancer.id).vip_address == balancer.vip_address
    assert service.get_quota(balancer.project_id).load_balancers == -1
    with pytest.raises(ForbiddenException):
        service.create_load_balancer(name="never", vip_subnet_id=subnet.id)
    with pytest.raises(ForbiddenException):
        service.update_load_balancer(balancer.id, name="never")
    with pytest.raises(ForbiddenException):
        service.delete_load_balancer(balancer.id)
    with pytest.raises(ForbiddenException):
        service.update_quota(balancer.project_id, load_balancers=1)
