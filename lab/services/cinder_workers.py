"""Cinder's scheduler and one volume service a back end, all in this process."""

import threading

from cinder import service
from cinder.common import constants

from lab.shape import CloudShape


class _Worker(service.Service):
    """The id that a service reports for is an attribute of Cinder's class: several in one process take turns."""

    _reporting = threading.Lock()

    def report_state(self) -> None:
        with self._reporting:
            service.Service.service_id = self.origin_service_id
            super().report_state()


def start_workers(shape: CloudShape) -> None:
    _Worker.create(binary=constants.SCHEDULER_BINARY).start()
    for backend in shape.volume_backends:
        _Worker.create(
            host=f"lab@{backend.name}", service_name=backend.name, binary=constants.VOLUME_BINARY, coordination=True
        ).start()
