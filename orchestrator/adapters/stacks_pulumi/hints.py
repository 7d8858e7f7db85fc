"""What to do about a failure, by what the service said."""

from __future__ import annotations

import re
from typing import Final

GENERIC: Final = "mend the cause and apply again; what is done is kept"
RETRY: Final = "something did not answer: look at it (`mutualis lab status` for the lab), then do the same again"
BUSY: Final = (
    "an apply from another state folder, or Pulumi's CLI, is at work on it: wait for its end, then apply again"
)

_HINTS: Final = (
    (
        r"deleted before a new one is made|on the same network",
        "add a network with the new range, move its servers there, then remove the old one",
    ),
    (
        r"quota|limit ?exceeded",
        "the quota in the API is too small for what the spec asks: raise the tenant's quota, or ask for less",
    ),
    (
        r"fixed_ips.*floating ip|associated (to|with) a floating",
        "an address with a floating IP cannot change: take the floating IP out, apply, change it, bring it back",
    ),
    (
        r"compute host \S+ could not be found",
        "that host runs no nova-compute yet: bring it up first, or take its file out until then",
    ),
    (
        r"cidr .*overlaps|overlaps with another subnet",
        "two networks of one range cannot be on one router: remove the old network in a change of its own first",
    ),
    (
        r"type is still in use|network .* in use|volume type.*in use",
        "members still use it: move them in a change of its own, apply, then remove it from the catalogue",
    ),
    (
        r"no valid host|not enough hosts",
        "no host of that zone has room: see `mutualis capacity`, add hosts or choose a smaller flavor",
    ),
    (
        r"image.*(not found|could not be found)|no image",
        "the image is missing in the cloud: apply the region step again, or mend the image's name in the spec",
    ),
    (
        r"flavor.*(not found|could not be found)|no flavor",
        "the flavor is missing in the cloud: apply the region step again, or mend the flavor's name in the spec",
    ),
    (r"\bprotected\b", "say `protect: false` in a reviewed change first"),
    (r"\b401\b|unauthori[sz]ed|credential", "mend the credentials of the cloud in clouds.yaml"),
    (
        r"\b403\b|forbidden|not allowed",
        "the credentials lack a right on this call: give the deploying user the role, or use another cloud entry",
    ),
    (
        r"\b409\b|conflict|already exists",
        "something of that name is there already: remove it, rename it in the spec, or import it",
    ),
    (r"passphrase", "set MUTUALIS_PASSPHRASE or MUTUALIS_PASSPHRASE_FILE to the passphrase of this state"),
)
_TEMPORARY: Final = re.compile(
    r"connection (refused|reset|aborted)|unable to establish|timed? ?out"
    r"|\b50[234]\b|temporarily|max retries|locked by"
    # Nova answers 500 with the name of what it met: its own database or message queue was away for a moment
    r"|DBConnectionError|DBDeadlock|MessagingTimeout|MessageDeliveryFailure",
    re.IGNORECASE,
)
_REFUSED: Final = re.compile(
    r"because it is protected|unable to replace|is protected"
    r"|cannot be (made|led to the router) while|cannot be deleted before a new one is made"
)


def is_refusal(cause: str) -> bool:
    """Whether the engine refused before anything was begun: something is protected, or stands in the way."""
    return bool(_REFUSED.search(cause))


def is_temporary(cause: str) -> bool:
    """Whether the same command may work later."""
    return bool(_TEMPORARY.search(cause))


def hint_for(cause: str) -> str:
    """What the reader can do about it."""
    if is_temporary(cause):
        return RETRY
    for pattern, hint in _HINTS:
        if re.search(pattern, cause, re.IGNORECASE):
            return hint
    return GENERIC
