"""The whole life of one object of each type on a real cloud, with somebody else's hand in it."""

import time
from typing import Any

import pytest
from cloud_case import Case
from cloud_cases import CASES
from cloud_listed import check_listed

from orchestrator.engine.cloud.registry import HANDLERS
from orchestrator.engine.provider import Change, Created

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


class Life:
    """One case on the ground."""

    def __init__(self, ground: Any, case: Case) -> None:
        self.ground = ground
        self.case = case
        self.kind = case.kind

    def create(self) -> Created:
        for name in self.case.needs:
            self.ground.resolved(f"@{name}")
        self.inputs = self.ground.inputs(self.kind, self.case.inputs)
        announced: list[str] = []
        made = self.ground.session.create(self.kind, self.inputs, seconds=120, created=announced.append)
        assert made.problems == ()
        assert announced == [made.id]
        self.id, self.outputs = made.id, made.outputs
        return made  # type: ignore[no-any-return]  # the fixture's session is Any here

    def imported(self) -> Any:
        """Taken over, as one of which nothing is recorded."""
        given = {name: value for name, value in self.inputs.items() if isinstance(value, str)}
        id_ = self.case.imported_as.format(**{**given, "id": self.id})
        return self.ground.session.take(self.kind, id_, self.inputs)

    def read(self) -> Any:
        return self.ground.session.read(self.kind, self.id, self.inputs, self.outputs)

    def change_of(self, outputs: Any, inputs: Any) -> Change:
        provider = self.ground.provider
        return Change(provider.diff(self.kind, old_outputs=outputs, inputs=inputs, old_inputs={}).change)

    def update(self) -> None:
        self.inputs = self.ground.inputs(self.kind, {**self.case.inputs, **self.case.change})
        assert self.change_of(self.outputs, self.inputs) is Change.UPDATE
        self.outputs = self.ground.session.update(self.kind, self.id, self.outputs, self.inputs, seconds=120)

    def drift(self) -> None:
        parts = self.id.split("/")
        service, method, path, body = self.ground.resolved(list(self.case.drift))
        path = "/".join(self.ground.resolved(part) for part in path.split("/")).format(*parts, id=self.id)
        sent: dict[str, Any] = {} if body is None else {"json": _filled(body, parts, self.id)}
        sent |= {"headers": self.case.headers} if self.case.headers else {}
        answer = self.ground.session._connection.send(service, method, path, **sent)
        assert answer.status < 300, answer.text

    def delete(self) -> None:
        self.ground.session.delete(self.kind, self.id, self.outputs, seconds=60)


def _filled(body: Any, parts: list[str], id_: str) -> Any:
    if isinstance(body, dict):
        return {key: _filled(value, parts, id_) for key, value in body.items()}
    return body.format(*parts, id=id_) if isinstance(body, str) else body


def _seen(life: Life) -> Any:
    """What a read tells after the drift; what the service carries out later is waited for."""
    end = time.monotonic() + 20
    read = life.read()
    while not _tells(life, read) and time.monotonic() < end:
        time.sleep(0.2)  # noqa: TID251 (polls the service, with a limit)
        read = life.read()
    return read


def _tells(life: Life, read: Any) -> bool:
    if life.case.shows is None or read is None:
        return bool(life.case.shows is None and read is None)
    name, expected = life.case.shows
    return bool(read.outputs[name] == life.ground.resolved(expected))


def test_every_type_has_a_case() -> None:
    """A type that nobody has run against a real service is not carried out."""
    assert {case.kind for case in CASES.values()} == set(HANDLERS)


@pytest.mark.parametrize("name", sorted(CASES))
def test_an_object_lives_and_is_told_as_it_is(name: str, ground: Any, cloud: Any) -> None:
    """Create, find, read the same by id and from a list, import, change, see drift, delete twice, read nothing."""
    life = Life(ground, CASES[name])
    made = life.create()
    try:
        assert ground.session.find(life.kind, life.inputs) == (made.id,)
        read = life.read()
        assert read.inputs == life.inputs
        check_listed(ground, cloud.environment, life.kind, made.id, read)
        assert life.change_of(made.outputs, life.inputs) is Change.SAME
        assert life.change_of(read.outputs, life.inputs) is Change.SAME
        _check_import(life, made)
        if life.case.change:
            life.update()
            assert life.change_of(life.outputs, life.inputs) is Change.SAME
            assert life.read().inputs == life.inputs
        life.drift()
        _check_drift(life, _seen(life))
    finally:
        life.delete()
    life.delete()
    if "uota" not in life.kind and "uoteSet" not in life.kind:
        assert life.read() is None


def _check_drift(life: Life, read: Any) -> None:
    if life.case.shows is None:
        assert read is None
        return
    name, expected = life.case.shows
    assert read.outputs[name] == life.ground.resolved(expected)
    if name in life.inputs:
        assert read.inputs != life.inputs
        assert life.change_of(read.outputs, life.inputs) is Change.UPDATE


def _check_import(life: Life, made: Created) -> None:
    """With no inputs recorded, a read fills them from the API; what it cannot tell does not ask for a new object."""
    read = life.imported()
    assert read.id == made.id
    assert read.inputs
    assert life.change_of(read.outputs, read.inputs) is Change.SAME
    assert life.change_of(read.outputs, life.inputs) in {Change.SAME, Change.UPDATE}
