"""Text that cannot be written before its end is known: kept page by page, and full pages packed.

`check --json` says first how many obligations there are. Of a thousand branches they are a hundred
megabytes of text, in which the same words come again and again: packed, a twentieth of it. Nothing
goes to a file: the text holds names.
"""

from collections.abc import Iterator

FULL = 1 << 18
"""From so many characters on a page is full. A small ledger never fills one, and packs nothing."""


class Pages:
    """Lines of text in their order, to be read once all are there."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._open: list[str] = []
        self._length = 0

    def add(self, line: str) -> None:
        """Put a line at the end."""
        self._open.append(line)
        self._length += len(line)
        if self._length >= FULL:
            self._pack()

    def _pack(self) -> None:
        from zlib import compress

        self._packed.append(compress("\0".join(self._open).encode(), 1))
        self._open, self._length = [], 0

    def lines(self) -> Iterator[str]:
        """The lines, first to last."""
        for page in self._packed:
            from zlib import decompress

            yield from decompress(page).decode().split("\0")
        yield from self._open
