"""Swift's rings, which say on which device something lies: one device each, so that there is nothing to balance.

They are made at each start, for they hold the port.
"""

import array
from pathlib import Path

from lab.configuration.swift import SERVERS
from lab.control_plane import HOST, SWIFT
from lab.shape_file import current_definition, current_layout

_PART_POWER = 4  # 16 directories a device
_BITS = 32  # of the hash that a part is taken from


def write_rings(directory: Path) -> None:
    """Write the three ring files, and make the devices' directories."""
    from swift.common.ring import RingData

    _, port = SWIFT.ports(current_definition().port_base)
    for name in SERVERS:
        (current_layout().swift / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        device = {"id": 0, "region": 1, "zone": 1, "ip": HOST, "port": port, "device": name, "weight": 1.0}
        parts = array.array("H", [0] * (1 << _PART_POWER))
        RingData([parts], [device], _BITS - _PART_POWER).save(str(directory / f"{name}.ring.gz"))
