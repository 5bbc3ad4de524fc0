"""Compute SHA-256 with Python's built-in module.

Importing hashlib would load OpenSSL, which takes longer than a short command.
"""

try:
    from _sha2 import sha256  # type: ignore[import-not-found]  # built in, without a stub
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]  # before Python 3.12
    except ImportError:
        from hashlib import sha256


def digest(content: bytes) -> str:
    """The SHA-256 digest of `content`, in hexadecimal."""
    return str(sha256(content).hexdigest())
