"""Known secrets are hidden wherever they stand; what is public is not."""

from __future__ import annotations

import datetime as dt

from orchestrator.adapters.hosts_ansible.masking import MASKED, Mask
from orchestrator.adapters.hosts_ansible.region_secrets import completed
from orchestrator.model.host_inventory import HostEntry, HostInventory

SECRETS = {
    "passwords": {"queue": "longsecretvalue", "balancer": "eightlet", "short": "abc"},
    "authority": "-----BEGIN CERTIFICATE-----\nPUBLICLINE0\n-----END CERTIFICATE-----\n",
    "authority_key": "-----BEGIN PRIVATE KEY-----\nKEYLINE000000\nKEYLINE111111\n-----END PRIVATE KEY-----\n",
    "certificates": {"a": {"certificate": "ALSOPUBLIC00", "key": "HOSTKEYLINE0"}},
    "fernet": ["fernetfernet", "otherfernets"],
}


def test_every_secret_value_is_masked() -> None:
    """Lists, keys by their lines, however they are escaped; the longest first."""
    mask = Mask({**SECRETS, "more": "longsecretvalue2"})
    text = r"longsecretvalue2 eightlet KEYLINE000000\nKEYLINE111111 HOSTKEYLINE0 fernetfernet otherfernets"
    assert mask(text) == rf"{MASKED} {MASKED} {MASKED}\n{MASKED} {MASKED} {MASKED} {MASKED}"


def test_what_is_public_stays() -> None:
    """Certificates, and words too short to be a secret."""
    text = "PUBLICLINE0 ALSOPUBLIC00 abc -----BEGIN PRIVATE KEY-----"
    assert Mask(SECRETS)(text) == text


def test_the_secrets_of_a_region_are_all_masked() -> None:
    """Whatever is added to them later: only names that are said to be public are left."""
    host = HostEntry(name="a", address="10.0.0.1", groups=(), variables={})
    inventory = HostInventory(region="r", variables={}, hosts=(host,))
    found = completed({}, inventory, dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    mask = Mask(found)
    hidden = [*found["passwords"].values(), *found["fernet"], *found["credential"]]
    assert {mask(one) for one in hidden} == {MASKED}
    assert mask(found["authority"]) == found["authority"]
    assert not set(found["authority_key"].splitlines()[1:-1]) & set(mask(found["authority_key"]).splitlines())
