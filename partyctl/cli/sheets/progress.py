"""A progress bar for long tasks, shown only on a terminal."""

import sys

from partyctl.show.tables import bar

LEAST = 1_000
STEPS = 50


class Progress:
    """Redraws a bar in one line; prints nothing for short tasks, or without a terminal."""

    def __init__(self, least: int = LEAST) -> None:
        self._least = least
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._is_begun = False

    def advance(self, done: int, total: int) -> None:
        """Show how much of the total is done."""
        if not self._is_shown or total < self._least:
            return
        if done % max(total // STEPS, 1) == 0 or done == total:
            self._is_begun = True
            sys.stderr.write(f"\r{bar(done, total)}")
            if done == total:
                self.clear()
            sys.stderr.flush()

    def clear(self) -> None:
        """Remove the bar."""
        if self._is_begun:
            sys.stderr.write("\r\x1b[K")
            self._is_begun = False
