"""Record the answers of a running cloud: small samples, without secrets, that the stub multiplies.

    mutualis lab up inventory/demo --dir CLOUD && mutualis apply inventory/demo --yes
    PYTHON benchmarks/stub_cloud/record.py CLOUD/clouds.yaml

PYTHON is the product's. What is kept of an answer: its form, one item of each list; addresses of services become the
service's name. Tokens stand in headers, which are not kept.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import openstack
from keystoneauth1.session import Session

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from stub_cloud.calls import Call, calls
from stub_cloud.recording import RECORDED, SERVICES

CLOUD = "mutualis-lab"


def main() -> None:
    session, places = _session(Path(sys.argv[1]))
    answers: dict[str, dict[str, Any]] = {service: {} for service in SERVICES}
    ids: dict[str, str] = {}
    for call in calls():
        body = _asked(session, places, call, ids)
        answers[call.service][call.name] = body
        _remember(ids, call, body)
    answers["identity"]["token"] = _token(session, places)
    RECORDED.mkdir(exist_ok=True)
    for service, found in answers.items():
        text = _anonymous(json.dumps(found, indent=1, sort_keys=True), places)
        (RECORDED / f"{service}.json").write_text(text + "\n", encoding="utf-8")


def _session(clouds: Path) -> tuple[Session, dict[str, str]]:
    """And where each service is: scheme and authority."""
    region = openstack.config.OpenStackConfig(config_files=[str(clouds)]).get_one(cloud=CLOUD)
    session = region.get_session()
    places = {}
    for service in SERVICES:
        url = urlsplit(session.get_endpoint(service_type=service, interface="public"))
        places[service] = f"{url.scheme}://{url.netloc}"
    return session, places


def _asked(session: Session, places: dict[str, str], call: Call, ids: dict[str, str]) -> Any:
    headers = {"OpenStack-API-Version": call.version} if call.version else {}
    response = session.get(places[call.service] + call.path.format(**ids), headers=headers, raise_exc=False)
    if response.status_code not in {200, 300}:
        sys.exit(f"{call.service} {call.path}: {response.status_code} {response.text[:200]}")
    return _cut(response.json(), call.cut)


def _cut(body: Any, names: tuple[str, ...]) -> Any:
    """One item of each list (or mapping) of these names, at any depth."""
    if isinstance(body, list):
        return [_cut(item, names) for item in body]
    if not isinstance(body, dict):
        return body
    return {key: _first(_cut(value, names)) if key in names else _cut(value, names) for key, value in body.items()}


def _first(value: Any) -> Any:
    return dict(list(value.items())[:1]) if isinstance(value, dict) else value[:1]


def _remember(ids: dict[str, str], call: Call, body: Any) -> None:
    if call.name == "projects":
        ids["project"] = body["projects"][0]["id"]
    elif call.name == "providers":
        ids["provider"] = body["resource_providers"][0]["uuid"]
    elif call.name == "routers":
        ids["router"] = body["routers"][0]["id"]


def _token(session: Session, places: dict[str, str]) -> Any:
    """What Keystone says of the token, its catalogue included; not the token."""
    headers = {"X-Subject-Token": session.get_token()}
    body = session.get(f"{places['identity']}/v3/auth/tokens", headers=headers).json()
    catalog = [entry for entry in body["token"]["catalog"] if entry["type"] in SERVICES]
    return {"token": {**body["token"], "catalog": catalog}}


def _anonymous(text: str, places: dict[str, str]) -> str:
    for service, place in places.items():
        text = text.replace(place, f"http://{service}")
    return text


if __name__ == "__main__":
    main()
