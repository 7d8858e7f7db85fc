"""Documents of an older version are rewritten, and nothing else of them changes."""

from __future__ import annotations

import pytest

from orchestrator.errors import SpecError
from orchestrator.spec.load import load
from orchestrator.spec.upgrade import upgraded

OLD = b"""\
# The commune's file.   Blanks and the order of fields stay.
apiVersion: "mutualis/v1alpha1"   # the pilot
kind: Tenant
metadata: {name: arcy, labels: {keypair: 'not a field'}}
spec:
    floatingIps: [ {name: web, server: web-1} ]  # floatingIps
    "dataClass": confidential # dataClass: it was called so

    servers:
    -   {name: web-1, keypair: ops, userData: "keypair: x"}
    -   name: web-2
        keypair: 'ops'   # the same
"""
NEW = b"""\
# The commune's file.   Blanks and the order of fields stay.
apiVersion: mutualis/v1   # the pilot
kind: Tenant
metadata: {name: arcy, labels: {keypair: 'not a field'}}
spec:
    floatingIPs: [ {name: web, server: web-1} ]  # floatingIps
    sensitivity: personal # dataClass: it was called so

    servers:
    -   {name: web-1, sshKey: ops, userData: "keypair: x"}
    -   name: web-2
        sshKey: 'ops'   # the same
"""


def test_only_the_words_that_changed_are_touched() -> None:
    """Comments, quotes, blanks, order, and text that only looks like a field."""
    assert upgraded("arcy.yaml", OLD) == NEW


def test_what_is_of_the_present_version_is_left_alone() -> None:
    """So that a second run finds nothing to do; a file that is no document is for validation to tell."""
    assert upgraded("arcy.yaml", NEW) is None
    assert upgraded("list.yaml", b"- a\n") is None
    assert upgraded("empty.yaml", b"") is None


def test_a_value_changes_with_its_unit() -> None:
    """MiB become GiB, whole or in steps; each flavor of the list, on one line or on several."""
    text = b"""\
apiVersion: mutualis/v1alpha1
kind: Catalogue
metadata: {name: c}
spec:
  flavors:
    - {name: nano, memoryMiB: 512, vcpus: 1}
    - name: small
      memoryMiB: 2048
  volumeTypes: []
"""
    new = upgraded("c.yaml", text)
    assert new is not None
    document, findings = load("c.yaml", new)
    assert (findings, document is not None) == ((), True)
    assert document
    assert [flavor["memoryGiB"] for flavor in document.data["spec"]["flavors"]] == [0.5, 2]
    assert document.data["spec"]["tiers"] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"apiVersion: mutualis/v1alpha1\nkind: Waiver\nspec: {until: a, expires: b}\n", "cannot be rewritten safely"),
        (b"apiVersion: mutualis/v1alpha1\nkind: Waiver\nspec: {until: a, until: b}\n", "key 'until'"),
    ],
)
def test_a_file_that_cannot_be_rewritten_safely_is_refused(text: bytes, words: str) -> None:
    """Old and new name side by side, or a file that is broken already."""
    with pytest.raises(SpecError, match=words):
        upgraded("w.yaml", text)
