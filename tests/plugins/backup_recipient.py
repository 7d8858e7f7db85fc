"""Who opens the backups of test hosts: a pair of age keys made for tests."""

from __future__ import annotations

PUBLIC = "age1p4726aws73mxgytkrqxlza0487hdctrpeg55a20dw9qtmafsu3qskp4qhf"
PRIVATE = "AGE-SECRET-KEY-1HSNJCPH3GJWGSG8PMJ9T25VQ8GGK6ZGEX4TJETMAN034UAXL0N2SG2THR6"
