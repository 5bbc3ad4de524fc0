"""No command has become slower: the tests compare its processor instructions with its baseline."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
REGRESSED, CANNOT_COUNT = 3, 69


@pytest.mark.hard
def test_no_command_takes_more_instructions_than_its_ratio_allows():
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "instructions.py", "--check"],
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nowhere", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode == CANNOT_COUNT:
        pytest.skip(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
