"""The HostServices and HostRegistry ports over Nova, Cinder, Placement and Neutron."""

from orchestrator.adapters.host_services_openstack.host_services import OpenStackHostServices
from orchestrator.adapters.host_services_openstack.registry import OpenStackHostRegistry

__all__ = ["OpenStackHostRegistry", "OpenStackHostServices"]
