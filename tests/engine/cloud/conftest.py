"""A session of the provider on the embedded cloud, and the objects that the cases stand on."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.cloud.session import OpenStackSession

sys.path.append(str(Path(__file__).parent))  # tests are no package; the cases are found by name

from cloud_ground import GROUND


class Ground:
    """Objects that cases refer to as `@name`: made when first needed, removed in the reverse order."""

    def __init__(self, provider: OpenStackProvider, session: OpenStackSession, directory: Path) -> None:
        self.provider = provider
        self.session = session
        self._directory = directory
        self._made: dict[str, tuple[str, str, dict[str, Any]]] = {}

    def inputs(self, kind: str, inputs: dict[str, Any]) -> dict[str, Any]:
        """Checked inputs with all references resolved."""
        checked = self.provider.check(kind, "case", self.resolved(inputs))
        assert checked.failures == ()
        return dict(checked.inputs)

    def resolved(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self.resolved(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.resolved(item) for item in value]
        return self._reference(value[1:]) if isinstance(value, str) and value.startswith("@") else value

    def _reference(self, name: str) -> str:
        if name == "file":
            path = self._directory / "image.raw"
            path.write_bytes(b"mutualis" * 4096)
            return str(path)
        if name in {"own project", "own user"}:
            me = self.session.invoke("openstack:identity/getAuthScope:getAuthScope", {"name": "me"})
            return str(me["projectId"] if name == "own project" else me["userId"])
        if name == "address":
            id_ = self._reference("floating ip")
            kind, _, _ = self._made["floating ip"]
            read = self.session.read(kind, id_, {}, {})
            assert read is not None
            return str(read.outputs["address"])
        if name not in self._made:
            kind, inputs = GROUND[name]
            made = self.session.create(kind, self.inputs(kind, inputs), seconds=120, created=lambda _: None)
            assert made.problems == ()
            self._made[name] = (kind, made.id, dict(made.outputs))
        return self._made[name][1]

    def clear(self) -> None:
        for kind, id_, outputs in reversed(self._made.values()):
            self.session.delete(kind, id_, outputs, seconds=60)
        self._made.clear()


@pytest.fixture(scope="session")
def provider() -> OpenStackProvider:
    return OpenStackProvider()


@pytest.fixture(scope="session")
def session(cloud: Any, provider: OpenStackProvider) -> OpenStackSession:
    return provider.session({}, cloud.environment)


@pytest.fixture(scope="session")
def ground(
    provider: OpenStackProvider, session: OpenStackSession, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """Yield the objects that cases stand on; remove them at the end."""
    made = Ground(provider, session, tmp_path_factory.mktemp("ground"))
    yield made
    made.clear()
