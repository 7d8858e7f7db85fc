"""A mechanism driver for Neutron that binds every port on every host; there is no data plane behind it."""

from typing import Any

from neutron.services.trunk.drivers import base as trunk
from neutron_lib import constants
from neutron_lib.api.definitions import portbindings
from neutron_lib.plugins.ml2 import api


class _TrunkDriver(trunk.DriverBase):
    """Lets the trunk plugin start: it wants a driver for the kind of ports that are bound here."""

    is_loaded = True


class BindingDriver(api.MechanismDriver):
    def initialize(self) -> None:
        self._trunk = _TrunkDriver("mutualis", (portbindings.VIF_TYPE_OVS,), ("vlan",), can_trunk_bound_port=True)

    @property
    def connectivity(self) -> str:
        return portbindings.CONNECTIVITY_L2

    def bind_port(self, context: Any) -> None:
        segment = next(iter(context.segments_to_bind), None)
        if segment:
            details = {portbindings.CAP_PORT_FILTER: True}
            context.set_binding(
                segment[api.ID], portbindings.VIF_TYPE_OVS, details, status=constants.PORT_STATUS_ACTIVE
            )
