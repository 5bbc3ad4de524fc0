"""The same bytes for the same document: an archive without the moment at which it was packed."""

import io
import zipfile

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first day that an archive can name."""


def repeatable(archive: bytes) -> bytes:
    """The archive with its parts as they are, all of one day."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            settled = zipfile.ZipInfo(part.filename, LONG_AGO)
            settled.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(settled, old.read(part))
    return packed.getvalue()
