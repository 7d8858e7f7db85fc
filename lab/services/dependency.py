"""What a service waits for before it starts: Keystone's entries, made by the supervisor, and other services."""

from lab.control_plane import Service
from lab.rest import answers
from lab.shape_file import current_definition, current_layout
from lab.waiting import wait_until

_SECONDS = 180


def wait_for_registration() -> None:
    if not wait_until(current_layout().registered.exists, seconds=_SECONDS):
        raise SystemExit(f"ERROR the users and endpoints were not registered within {_SECONDS} s")


def wait_for_service(service: Service) -> None:
    url = service.url(current_definition().port_base)
    if not wait_until(lambda: answers(url), seconds=_SECONDS):
        raise SystemExit(f"ERROR {service.name} at {url} did not answer within {_SECONDS} s")
