"""Which page answers which request, and who may see it. Knows no socket, and never calls the cloud."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from orchestrator.adapters.exporter_prometheus.negotiation import chosen_format, takes_gzip, takes_plain_bytes
from orchestrator.adapters.exporter_prometheus.passwords import BusyError
from orchestrator.adapters.exporter_prometheus.rendering import Page
from orchestrator.adapters.exporter_prometheus.reply import Asked, Reply, said
from orchestrator.adapters.exporter_prometheus.shown import Shown
from orchestrator.adapters.exporter_prometheus.tokens import TokensFile
from orchestrator.adapters.exporter_prometheus.web_config_file import WebConfigFile
from orchestrator.errors import MutualisError

log: Final = logging.getLogger(__name__)

INDEX: Final = "Mutualis exporter: /metrics, /-/healthy, /-/ready, /tenant/<name>/metrics (with a member's token)"
READING: Final = ("GET", "HEAD")
RELOADING: Final = ("POST", "PUT")
NOT_YET: Final = "the first collection is not over yet"

Answer = Callable[[Asked], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """`web`: who may see the operator's pages, None: everybody who can connect; `tokens`: None: no member's page.

    `lifecycle`: whether `/-/reload` may be asked for.
    """

    collection: Shown
    web: WebConfigFile | None = None
    tokens: TokensFile | None = None
    lifecycle: bool = False

    def reply(self, asked: Asked) -> Reply:
        """The answer to any request; a HEAD is answered as a GET, and its sender leaves the body out."""
        if (tenant := _tenant_of(asked.path)) is not None and self.tokens:
            return self._for_member(asked, self.tokens, tenant)
        if refusal := self._refusal(asked):
            return refusal
        routes: dict[str, tuple[tuple[str, ...], Answer]] = {
            "/": (READING, lambda _: said(HTTPStatus.OK, INDEX)),
            "/metrics": (READING, lambda asked: _metrics(asked, self.collection.page)),
            "/-/healthy": (READING, lambda _: self._healthy()),
            "/-/ready": (READING, lambda _: self._ready()),
            "/-/reload": (RELOADING, lambda _: self._reload()),
        }
        if asked.path not in routes:
            return said(HTTPStatus.NOT_FOUND, "no such page; see /")
        methods, answer = routes[asked.path]
        return answer(asked) if asked.method in methods else _not_allowed(methods)

    def _refusal(self, asked: Asked) -> Reply | None:
        """Every page of the operator's asks for a user, healthy and ready too, as in the other exporters."""
        users = self.web.current().users if self.web else None
        try:
            if not users or users.admits(asked.headers.get("authorization", "")):
                return None
        except BusyError:
            return said(HTTPStatus.SERVICE_UNAVAILABLE, "too many passwords to check", Retry_After="10")
        challenge = 'Basic realm="mutualis", charset="UTF-8"'
        return said(HTTPStatus.UNAUTHORIZED, "unauthorized", WWW_Authenticate=challenge)

    def _for_member(self, asked: Asked, tokens: TokensFile, tenant: str) -> Reply:
        """A wrong token, another's token and a tenant that does not exist are told apart by nobody outside."""
        if not tokens.admit(tenant, asked.headers.get("authorization", "")):
            return said(HTTPStatus.UNAUTHORIZED, "unauthorized", WWW_Authenticate='Bearer realm="mutualis"')
        if asked.method not in READING:
            return _not_allowed(READING)
        page = self.collection.page
        try:
            own = page.members.page(tenant) if page else None
        except MutualisError as error:
            return said(HTTPStatus.SERVICE_UNAVAILABLE, error.message)
        if page and own is None:
            return said(HTTPStatus.NOT_FOUND, "the specs have no such tenant")
        return _metrics(asked, own)

    def _healthy(self) -> Reply:
        if self.collection.alive:
            return said(HTTPStatus.OK, "collecting")
        return said(HTTPStatus.SERVICE_UNAVAILABLE, "the collection has stopped")

    def _ready(self) -> Reply:
        if self.collection.page is not None:
            return said(HTTPStatus.OK, "ready")
        return said(HTTPStatus.SERVICE_UNAVAILABLE, NOT_YET)

    def _reload(self) -> Reply:
        if not self.lifecycle:
            return said(HTTPStatus.FORBIDDEN, "start the exporter with --web.enable-lifecycle to allow this")
        try:
            self.collection.reload()
        except MutualisError as error:
            log.error("not reloaded: %s", error.message)  # noqa: TRY400 (an operator needs no traceback)
            return said(HTTPStatus.INTERNAL_SERVER_ERROR, f"not reloaded: {error.message}")
        return said(HTTPStatus.OK, "reloaded; collecting")


def _tenant_of(path: str) -> str | None:
    """The name in /tenant/<name>/metrics."""
    match path.split("/"):
        case ["", "tenant", name, "metrics"] if name:
            return name
    return None


def _metrics(asked: Asked, page: Page | None) -> Reply:
    if page is None:
        return said(HTTPStatus.SERVICE_UNAVAILABLE, NOT_YET)
    encodings = asked.headers.get("accept-encoding", "")
    compressed = takes_gzip(encodings)
    form = chosen_format(asked.headers.get("accept", ""))
    if form is None or not (compressed or takes_plain_bytes(encodings)):
        return said(HTTPStatus.NOT_ACCEPTABLE, "there is text/plain and application/openmetrics-text, plain and gzip")
    headers = {"Vary": "Accept, Accept-Encoding"} | ({"Content-Encoding": "gzip"} if compressed else {})
    return Reply(
        status=HTTPStatus.OK, body=page.body(form, compressed=compressed), content_type=form.value, headers=headers
    )


def _not_allowed(methods: tuple[str, ...]) -> Reply:
    return said(HTTPStatus.METHOD_NOT_ALLOWED, "not by this method", Allow=", ".join(methods))
