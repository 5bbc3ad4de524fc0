"""Make documents reproducible: remove the time of packing from the archive."""

import io
import zipfile

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest date that an archive entry can have."""


def repeatable(archive: bytes) -> bytes:
    """Return the archive with the same parts, all with the same date."""
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
