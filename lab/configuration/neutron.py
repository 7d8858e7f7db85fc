"""What the configuration files of Neutron, networks, say on loopback."""

from lab.configuration.ini import Facts, Sections, merged
from lab.control_plane import HOST, NEUTRON


def neutron(facts: Facts) -> Sections:
    networks = facts.definition.shape.physical_networks
    return merged(
        facts.process(),
        {
            "DEFAULT": {
                "api_paste_config": facts.paste_file(NEUTRON),
                "core_plugin": "ml2",
                "service_plugins": "router,qos,segments,trunk,port_forwarding",
                "bind_host": HOST,
            },
            "database": {"connection": facts.database("neutron")},
            "nova": facts.account("nova"),
            "placement": facts.account("placement"),
            "ml2": {
                "type_drivers": "local,flat,vlan,vxlan",
                "tenant_network_types": "vxlan",
                "mechanism_drivers": "mutualis",
                "extension_drivers": "port_security,qos",
            },
            "ml2_type_flat": {"flat_networks": ",".join(networks)},
            "ml2_type_vlan": {"network_vlan_ranges": ",".join(f"{name}:100:999" for name in networks)},
            "ml2_type_vxlan": {"vni_ranges": "1:65536"},
        },
        facts.token_checks(NEUTRON),
    )
