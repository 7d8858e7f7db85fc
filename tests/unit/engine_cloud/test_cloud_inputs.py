"""No input is accepted and then ignored: each changes some call of a creation, an update or a deletion."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import sample_inputs
from fake_anything import FakeAnything
from sample_inputs import sample

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.cloud.registry import HANDLERS, type_of
from orchestrator.engine.cloud.session import OpenStackSession
from orchestrator.engine.provider import Properties, ProviderError

PROVIDER = OpenStackProvider()
ELSEWHERE = {
    "Container.forceDestroy": "test_cloud_containers.py: only where something is in it",
    "FloatingIp.fixedIp": "sent with portId only, as Neutron wants it",
    "Image.imageCachePath": "kept for the official engine's sake; data go straight through",
    "Image.imageSourcePassword": "sent with imageSourceUsername",
    "Image.imageSourceUsername": "sent to where imageSourceUrl leads",
    "Image.verifyChecksum": "compared after data were sent",
    "Image.webDownload": "says how imageSourceUrl is read",
    "Instance.networks.accessNetwork": "chooses the address that the outputs tell as the server's",
    "Instance.vendorOptions.ignoreResizeConfirmation": "leaves out a call after a change of flavor",
    "Volume.enableOnlineResize": "chooses the version of the call that changes size",
    "Volume.volumeRetypePolicy": "sent with a change of volumeType",
}
"""Inputs that matter together with others, and where that is seen."""


def variants(kind: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Name of an input, a program without it (or with another value), and one with it; fields of objects as well."""
    type_ = type_of(kind)
    least = sample_inputs.least(type_)
    for name, prop in type_.inputs.items():
        if name == "region" or prop.refused:
            continue
        rest = {key: value for key, value in least.items() if key not in prop.conflicts}
        if not prop.fields or any(field.required for field in prop.fields.values()):
            yield name, least, {**rest, name: sample(prop, other=name in least)}
        for inner, field in prop.fields.items():
            if not field.required and not field.refused:
                given = sample(prop)
                one = given[0] if isinstance(given, list) else given
                more = {**one, inner: sample(field)}
                yield f"{name}.{inner}", {**rest, name: given}, {**rest, name: [more] if given != one else more}


def checked(kind: str, inputs: dict[str, Any]) -> Properties:
    done = PROVIDER.check(kind, "x", inputs)
    assert done.failures == ()
    return done.inputs


def calls(kind: str, act: Callable[[OpenStackSession], object]) -> list[object]:
    """What an action sends, and the words of its refusal; where the fake's answer is no answer to it, what it sent."""
    cloud = FakeAnything(type_of(kind))
    with suppress(LookupError, ValueError, AttributeError, TypeError):
        try:
            act(cloud.session())
        except ProviderError as error:
            return [*cloud.calls, str(error)]
    return [*cloud.calls]


def differs(kind: str, without: Properties, with_: Properties) -> bool:
    id_ = {"RoleAssignment": "///u/r", "RouterRoute": "r-route-c-h"}.get(kind.rsplit(":", 1)[1], "a/b")

    def made(inputs: Properties) -> Any:
        return calls(kind, lambda session: session.create(kind, inputs, seconds=0.02, created=lambda _: None))

    def updated(inputs: Properties) -> Any:
        return calls(kind, lambda session: session.update(kind, id_, without, inputs, seconds=0.02))

    def deleted(inputs: Properties) -> Any:
        return calls(kind, lambda session: session.delete(kind, id_, inputs, seconds=0.02))

    return any(act(without) != act(with_) for act in (made, updated, deleted))


@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_every_input_matters(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With it, something else is sent than without it; or the row above says where it matters."""
    monkeypatch.chdir(tmp_path)
    Path("7").write_bytes(b"an image")
    short = kind.rsplit(":", 1)[1]
    ignored = [
        f"{short}.{name}"
        for name, without, with_ in variants(kind)
        if f"{short}.{name}" not in ELSEWHERE and not differs(kind, checked(kind, without), checked(kind, with_))
    ]
    assert ignored == []


def test_what_is_refused_is_refused_by_name() -> None:
    """Before anything is made, with what to do instead."""
    image = {"name": "n", "containerFormat": "bare", "diskFormat": "raw"}
    kind = "openstack:images/image:Image"
    failures = PROVIDER.check(kind, "x", {**image, "decompress": True}).failures

    assert failures == ("decompress is not carried out by the embedded engine: give the image uncompressed",)
    assert PROVIDER.check(kind, "x", {**image, "decompress": False}).failures == ()
