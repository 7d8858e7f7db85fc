"""Bring images to this control host that others have, and let those go that are no more.

Arguments: the region's name in the catalogue, names of the other control hosts. Runs as Glance's account, with Glance's
own credential, which `glance-api.conf` has.
"""

import hashlib
import sys
import time
from pathlib import Path

from keystoneauth1 import loading
from oslo_config import cfg

FOLDER = Path("/var/lib/glance/images")
FORGOTTEN_SECONDS = 3600
"""A file without image may be one that is just being made; after an hour it is none."""

GROUP = "keystone_authtoken"
region, others = sys.argv[1], sys.argv[2:]


def connected():
    conf = cfg.ConfigOpts()
    conf(["--config-file", "/etc/glance/glance-api.conf"])
    loading.register_auth_conf_options(conf, GROUP)
    loading.register_session_conf_options(conf, GROUP)
    auth = loading.load_auth_from_conf_options(conf, GROUP)
    return loading.load_session_from_conf_options(conf, GROUP, auth=auth, timeout=60)


def images(session):
    """All there are, of all projects; raises unless the account may see them all."""
    if "admin" not in session.auth.get_access(session).role_names:
        raise SystemExit("the account glance may not see all images: nothing is fetched, nothing let go")
    where = {"service_type": "image", "region_name": region, "interface": "internal"}
    for hidden in ("false", "true"):
        page = f"/v2/images?limit=500&os_hidden={hidden}"
        while page:
            answer = session.get(page, endpoint_filter=where).json()
            yield from answer["images"]
            page = answer.get("next")


def fetch(session, image):
    """From the first host that has it whole."""
    part = FOLDER / f".{image['id']}.part"
    for other in others:
        try:
            answer = session.get(f"https://{other}:9292/v2/images/{image['id']}/file", stream=True, raise_exc=False)
            if answer.ok and whole(answer, part, image):
                part.chmod(0o640)
                part.rename(FOLDER / image["id"])
                print("fetched", image["id"], "from", other)
                return True
        except Exception as error:  # one that is off, or goes off meanwhile: another may have it
            print(other, type(error).__name__, file=sys.stderr)
    part.unlink(missing_ok=True)
    return False


def whole(answer, part, image):
    digest = hashlib.new(image["os_hash_algo"])
    with part.open("wb") as file:
        for piece in answer.iter_content(1 << 20):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest() == image["os_hash_value"]


def let_go(known):
    for file in FOLDER.iterdir():
        name = file.name.removeprefix(".").removesuffix(".part")
        if name not in known and time.time() - file.stat().st_mtime > FORGOTTEN_SECONDS:
            file.unlink()
            print("let go", file.name)


session = connected()
found = list(images(session))
missing = [one for one in found if one["status"] == "active" and not (FOLDER / one["id"]).exists()]
failed = [one["id"] for one in missing if not fetch(session, one)]
let_go({one["id"] for one in found})
if failed:
    sys.exit(f"no other control host has, or gives: {' '.join(failed)}")
