"""Keep long output in memory, divided into pages, until the output can be printed.

`check --json` first prints how many obligations have each status, so all obligations must be kept
until the end. The obligations of a thousand branches take a hundred megabytes of text, and more if
all years are asked for. If there are many pages, most of them are compressed. Compression makes the
text twenty times smaller, because much of the text is repeated. A temporary file is not used,
because the text contains names.
"""

from collections.abc import Iterator

FULL = 1 << 18
"""A page is full when it has at least this many characters. Small ledgers never fill a page."""

PLAIN = 32
"""The first pages, up to this number, are not compressed, because compression takes time."""

BETWEEN = ",\n"


class Pages:
    """Items of text, stored in the order in which they were added."""

    def __init__(self) -> None:
        self._plain: list[str] = []
        self._packed: list[bytes] = []
        self._open: list[str] = []
        self._length = 0

    def add(self, item: str) -> None:
        """Append an item."""
        self._open.append(item)
        self._length += len(item)
        if self._length >= FULL:
            self._close()

    def _close(self) -> None:
        page = BETWEEN.join(self._open)
        if len(self._plain) < PLAIN:
            self._plain.append(page)
        else:
            from zlib import compress

            self._packed.append(compress(page.encode(), 1))
        self._open, self._length = [], 0

    def texts(self) -> Iterator[str]:
        """Yield the text of each page: the items of the page, separated by `BETWEEN`."""
        yield from self._plain
        for page in self._packed:
            from zlib import decompress

            yield decompress(page).decode()
        if self._open:
            yield BETWEEN.join(self._open)
