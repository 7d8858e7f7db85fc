"""Asks a region's APIs again and again and writes when which of them answered.

It runs in the test hosts' network as a program of its own, until its standard input ends:

    mutualis lab hosts run --dir DIR python region_watch.py < clouds.json

A line of JSON for each answer: kind, when it was asked and answered (seconds of the monotonic clock), what was wrong.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

from keystoneauth1 import session as sessions
from keystoneauth1.identity.v3 import Password

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "images": ("image", "/v2/images"),
    "servers": ("compute", "/servers"),
    "networks": ("network", "/v2.0/networks"),
    "volumes": ("block-storage", "/volumes"),
}
"""Kind -> type of service, list."""

TOKEN: Final = "token"
SECONDS: Final = 10.0
"""After which an answer is none."""

PAUSE: Final = 0.5


def session_of(cloud: Mapping[str, str]) -> sessions.Session:
    """`cloud`: auth_url, username, password, project_name, cacert."""
    auth = Password(
        auth_url=cloud["auth_url"],
        username=cloud["username"],
        password=cloud["password"],
        project_name=cloud["project_name"],
        user_domain_name="Default",
        project_domain_name="Default",
    )
    return sessions.Session(auth=auth, verify=cloud["cacert"], timeout=SECONDS)


def ask_token(cloud: Mapping[str, str]) -> Callable[[], object]:
    return lambda: session_of(cloud).get_token()


def ask_list(cloud: Mapping[str, str], service: str, path: str) -> Callable[[], object]:
    session = session_of(cloud)
    return lambda: session.get(path, endpoint_filter={"service_type": service, "interface": "public"})


def repeat(kind: str, ask: Callable[[], object]) -> None:
    while True:
        began, error = time.monotonic(), ""
        try:
            ask()
        except Exception as caught:  # noqa: BLE001 (whatever keeps an answer away is told)
            error = f"{type(caught).__name__}: {caught}"[:200]
        line = {"kind": kind, "began": began, "ended": time.monotonic(), "error": error}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        time.sleep(PAUSE)  # noqa: TID251 (what is asked must not be asked all the time)


def main() -> None:
    cloud = json.loads(sys.stdin.readline())
    questions = {TOKEN: ask_token(cloud), **{kind: ask_list(cloud, *where) for kind, where in KINDS.items()}}
    for kind, ask in questions.items():
        threading.Thread(target=repeat, args=(kind, ask), daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
