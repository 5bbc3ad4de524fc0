"""Waiting for another process, as long as it takes: a busy machine is slow, and no test may mind."""

import time
from collections.abc import Callable

PATIENCE = 600
"""Seconds after which what hangs is given up. It says nothing of how fast anything should be."""

STEP = 0.05


def wait_until(happened: Callable[[], bool], what: str, step: float = STEP) -> None:
    """Wait for what another process does. Raises TimeoutError."""
    for _ in range(round(PATIENCE / step)):
        if happened():
            return
        time.sleep(step)
    raise TimeoutError(what)
