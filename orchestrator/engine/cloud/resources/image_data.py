"""The data of an image: streamed from a file or an address, never held in memory, checked on the way."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.provider import Interrupted, ProviderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

    from orchestrator.engine.cloud.connection import Source
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

CHUNK: Final = 1 << 20
_UPLOAD: Final = {"Content-Type": "application/octet-stream"}


def put_data(action: Action, id_: str, inputs: Properties) -> None:
    """Upload what the inputs name; nothing when they name no data."""
    if inputs.get("localFilePath"):
        _upload_file(action, id_, inputs)
    elif inputs.get("imageSourceUrl") and inputs.get("webDownload"):
        if inputs.get("imageSourceUsername"):
            raise ProviderError("Glance downloads without a user's name: leave out webDownload or imageSourceUsername")
        method = {"name": "web-download", "uri": inputs["imageSourceUrl"]}
        action.service().post(f"images/{id_}/import", {"method": method})
    elif inputs.get("imageSourceUrl"):
        _upload_download(action, id_, inputs)


def _upload_file(action: Action, id_: str, inputs: Properties) -> None:
    path = Path(str(inputs["localFilePath"]))
    try:
        source = path.open("rb")
    except OSError as error:
        raise ProviderError(f"the image file {path} cannot be read: {error.strerror}") from error
    with source:
        _upload(action, id_, source, inputs)


def _upload_download(action: Action, id_: str, inputs: Properties) -> None:
    """Straight through: no copy is kept in imageCachePath."""
    user, password = inputs.get("imageSourceUsername"), inputs.get("imageSourcePassword")
    credential = (str(user), str(password or "")) if user else None
    with action.connection.download(str(inputs["imageSourceUrl"]), credential) as source:
        _upload(action, id_, source, inputs)


def _upload(action: Action, id_: str, source: Source, inputs: Properties) -> None:
    pieces = Pieces(source, action.deadline.interruption)
    action.service().call("PUT", f"images/{id_}/file", data=iter(pieces), headers=_UPLOAD)
    if inputs.get("verifyChecksum"):
        told = action.service().get(f"images/{id_}").get("checksum")
        if told != pieces.checksum:
            raise ProviderError(f"image {id_} was stored with MD5 {told}, its source has {pieces.checksum}")


class Pieces:
    """The source's bytes once, in pieces; `checksum` (hex MD5, as Glance's) counts what has passed."""

    def __init__(self, source: Source, interruption: Event) -> None:
        self._source = source
        self._interruption = interruption
        self._hash = hashlib.md5(usedforsecurity=False)

    def __iter__(self) -> Iterator[bytes]:
        while piece := self._source.read(CHUNK):
            if self._interruption.is_set():
                raise Interrupted("an image's data")
            self._hash.update(piece)
            yield piece

    @property
    def checksum(self) -> Any:
        return self._hash.hexdigest()
