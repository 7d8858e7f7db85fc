"""Processes are known by pid and start time."""

import os
import subprocess
import sys
import time
from pathlib import Path

from lab.process import end, figures, living, write_pid_file


def test_a_pid_that_was_used_again_is_not_taken_for_the_service(tmp_path: Path) -> None:
    """The same pid with another start time is a stranger, and is not ended."""
    pid_file = tmp_path / "nova.pid"
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"]) as stranger:
        me = figures(stranger.pid)
        assert me is not None
        pid_file.write_text(f"{stranger.pid} {int(me.started) - 1}\n", encoding="ascii")
        assert living(pid_file) is None
        assert end((pid_file,)) == 0
        assert stranger.poll() is None
        stranger.kill()


def test_a_process_that_ignores_being_asked_is_killed(tmp_path: Path) -> None:
    """TERM first, KILL after the patience; the pid file is gone afterwards."""
    pid_file = tmp_path / "nova.pid"
    deaf = "import signal,sys,time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(30)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        write_pid_file(pid_file, process.pid)
        began = time.monotonic()
        assert end((pid_file,), patience=0.2) == 1
        assert time.monotonic() - began < 15, "it would sleep for thirty"
        assert process.wait(5) == -9
    assert not pid_file.exists()


def test_figures_are_the_kernel_s() -> None:
    """Memory and CPU time of this very process are plausible; of a pid that cannot be, there are none."""
    me = figures(os.getpid())
    assert me is not None
    assert 1 << 20 < me.rss_bytes < 8 << 30
    assert abs(me.cpu_seconds - time.process_time()) < 0.5
    assert figures(2**22 + 1) is None
