"""Keep long output in compressed pages in memory until it can be printed.

`check --json` prints the number of obligations first, so all obligations must be kept until the
end. The obligations of a thousand branches take a hundred megabytes of text. Compression makes the
text twenty times smaller, because much of it is repeated. A temporary file is not used, because the
text contains names.
"""

from collections.abc import Iterator

FULL = 1 << 18
"""The size at which a page is compressed, in characters. Small ledgers never fill a page."""


class Pages:
    """Lines of text, stored in the order in which they were added."""

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
