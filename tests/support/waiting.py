"""Wait for another process as long as necessary: no test may depend on a fast machine."""

import time
from collections.abc import Callable

PATIENCE = 600
"""The longest wait, in seconds; it ends a test that would otherwise hang.

A sound test needs only a small part of this time.
"""

STEP = 0.05


def wait_until(happened: Callable[[], bool], what: str, step: float = STEP) -> None:
    """Wait until another process has done something. Raises TimeoutError."""
    for _ in range(round(PATIENCE / step)):
        if happened():
            return
        time.sleep(step)
    raise TimeoutError(what)
