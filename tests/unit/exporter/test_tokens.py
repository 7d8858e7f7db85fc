"""The tokens' file: digests alone, for its owner alone, whole or not at all."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from orchestrator.adapters.exporter_prometheus.tokens import TokensFile, add_token, read_tokens, remove_tokens
from orchestrator.errors import UsageError


def test_only_a_digest_is_kept(tmp_path: Path) -> None:
    """Mode 0600; no token twice; nothing else is left in the folder."""
    file = tmp_path / "tokens"
    made = [add_token(file, name) for name in ("alpha", "alpha", "beta")]
    assert len(set(made)) == 3
    assert not any(token in file.read_text(encoding="utf-8") for token in made)
    assert file.stat().st_mode & 0o777 == 0o600
    assert {tenant: len(digests) for tenant, digests in read_tokens(file).items()} == {"alpha": 2, "beta": 1}
    assert list(tmp_path.iterdir()) == [file]


def test_withdrawing_leaves_the_others_and_what_people_wrote(tmp_path: Path) -> None:
    """Also a tenant whose name begins alike."""
    file = tmp_path / "tokens"
    for name in ("alpha", "alpha-2"):
        add_token(file, name)
    with file.open("a", encoding="utf-8") as opened:
        opened.write("# of the town hall\n")
    assert remove_tokens(file, "alpha") == 1
    assert set(read_tokens(file)) == {"alpha-2"}
    assert "# of the town hall" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    """With what to do; neither read nor written."""
    file = tmp_path / "tokens"
    add_token(file, "alpha")
    file.chmod(mode)
    with pytest.raises(UsageError, match="open to others") as caught:
        TokensFile(file)
    assert caught.value.hint == f"chmod 600 {file}"
    with pytest.raises(UsageError, match="open to others"):
        add_token(file, "alpha")


@pytest.mark.parametrize("line", ["alpha", "alpha sha256:00", "alpha md5:" + "0" * 64, "Alpha sha256:" + "0" * 64])
def test_a_line_that_is_not_understood_is_named(tmp_path: Path, line: str) -> None:
    """By its number; its text, perhaps a token, is not repeated."""
    file = tmp_path / "tokens"
    file.touch(0o600)
    file.write_text(f"# first\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"tokens:2: no line") as caught:
        read_tokens(file)
    assert line not in caught.value.message.split("tokens:2")[1]


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    """At the start."""
    with pytest.raises(UsageError, match="cannot be read"):
        TokensFile(tmp_path / "absent")


def test_a_file_that_breaks_later_admits_nobody_until_it_is_mended(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once, not at each request."""
    file = tmp_path / "tokens"
    header = f"Bearer {add_token(file, 'alpha')}"
    tokens = TokensFile(file)
    assert tokens.admit("alpha", header)
    good = file.read_bytes()
    with caplog.at_level(logging.ERROR):
        file.unlink()
        assert not any(tokens.admit("alpha", header) for _ in range(3))
    assert caplog.text.count("no member is admitted") == 1
    file.touch(0o600)
    file.write_bytes(good)
    assert tokens.admit("alpha", header)
