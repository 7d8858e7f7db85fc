"""Calls on the services' REST APIs: faults as errors, and repeated where that can do no harm.

Reads come again when anything passing went wrong. A write comes again only when it surely was not carried out;
whether a lost answer meant success is for the deployment core to find out.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.repetition import repeatable, retry_after, seconds_asked
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orchestrator.engine.cloud.connection import Answer, Connection
    from orchestrator.engine.cloud.waits import Deadline

_VERSION_HEADERS: Final = {"compute": "compute", "block-storage": "volume"}


class Service:
    """One service of one connection, for one action that ends at `deadline`."""

    def __init__(
        self, connection: Connection, name: str, deadline: Deadline, headers: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self._headers = dict(headers or {})
        self._connection = connection
        self._deadline = deadline

    def get(self, path: str, *, version: str = "", **query: Any) -> Any:
        """The body; `ServiceFault` with status 404 when there is nothing."""
        answer = self.call("GET", path, version=version, params=query or None)
        if answer.body is None:
            raise ProviderError(f"GET {self.name} /{path}: the answer is no JSON; is that address the service's?")
        return answer.body

    def find(self, path: str, *, version: str = "", **query: Any) -> Any:
        """The body; None when there is nothing."""
        try:
            return self.get(path, version=version, **query)
        except ServiceFault as fault:
            if fault.status == HTTPStatus.NOT_FOUND:
                return None
            raise

    def all(self, path: str, many: str, **query: Any) -> list[Any]:
        """Every object of a collection, page by page."""
        return [found for page in self.pages(path, many, **query) for found in page]

    def pages(self, path: str, many: str, **query: Any) -> Iterator[list[Any]]:
        """The same, a page at a time."""
        while True:
            page = self.get(path, **query)
            yield page[many]
            if not page[many] or not _has_more(page, many):
                return
            query["marker"] = page[many][-1]["id"]

    def post(self, path: str, body: Any, *, version: str = "") -> Any:
        return self.call("POST", path, version=version, json=body).body

    def put(self, path: str, body: Any, *, version: str = "") -> Any:
        return self.call("PUT", path, version=version, json=body).body

    def patch(self, path: str, body: Any) -> Any:
        return self.call("PATCH", path, json=body).body

    def delete(self, path: str, *, version: str = "") -> bool:
        """False when it was gone already."""
        try:
            self.call("DELETE", path, version=version)
        except ServiceFault as fault:
            if fault.status == HTTPStatus.NOT_FOUND:
                return False
            raise
        return True

    def call(self, method: str, path: str, *, version: str = "", **options: Any) -> Answer:
        """The answer, if it is a good one; else `ServiceFault`. `version`: microversion."""
        wanted = {**self._headers, **options.pop("headers", {})}
        if version:
            wanted["OpenStack-API-Version"] = f"{_VERSION_HEADERS[self.name]} {version}"
        if wanted:
            options["headers"] = wanted
        what = f"{method} {self.name} /{path}"
        backoff, failures = self._deadline.backoff(f"an answer to {what}"), 0
        while True:
            try:
                return self._once(method, path, what, options)
            except ProviderError as error:
                failures += 1
                if "data" in options or not repeatable(method, error, failures):  # a stream has been read
                    raise
                backoff.wait(error, seconds_asked(error))

    def _once(self, method: str, path: str, what: str, options: dict[str, Any]) -> Answer:
        answer = self._connection.send(self.name, method, path, **options)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            request_id = answer.headers.get("x-openstack-request-id", "")
            raise ServiceFault(
                call=what,
                status=answer.status,
                body=answer.text,
                request_id=request_id,
                retry_after=retry_after(answer.headers),
            )
        return answer


def _has_more(page: Mapping[str, Any], many: str) -> bool:
    """Glance says `next`, Designate among its links, others in a link beside the list; Keystone gives all at once."""
    links = page.get(f"{many}_links") or ()
    own = page.get("links")
    told = page.get("next") or (isinstance(own, dict) and own.get("next"))
    return bool(told) or any(link.get("rel") == "next" for link in links)
