"""Text that can only be written at the end. It is kept in pages, and full pages are compressed.

`check --json` first prints the number of obligations. For a thousand branches they take a hundred
megabytes of repetitive text: compressed, a twentieth of that. Nothing
is written to a file, because the text contains names.
"""

from collections.abc import Iterator

FULL = 1 << 18
"""The size of a full page, in characters. A small ledger never fills one, so nothing is compressed."""


class Pages:
    """Lines of text in order, to be read once all are added."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._open: list[str] = []
        self._length = 0

    def add(self, line: str) -> None:
        """Append a line."""
        self._open.append(line)
        self._length += len(line)
        if self._length >= FULL:
            self._pack()

    def _pack(self) -> None:
        from zlib import compress

        self._packed.append(compress("\0".join(self._open).encode(), 1))
        self._open, self._length = [], 0

    def lines(self) -> Iterator[str]:
        """The lines in order."""
        for page in self._packed:
            from zlib import decompress

            yield from decompress(page).decode().split("\0")
        yield from self._open
