"""If a console cannot print a character (GBK has no ✓), print a similar character or its code point."""

import codecs

INSTEAD = {"✓": "√", "✗": "×", "░": "-"}
"""Our symbols, and what a Chinese console prints instead."""

ERRORS = "partyctl-console"


def _shown(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    sign = INSTEAD.get(error.object[error.start])
    if sign is not None and _has(error.encoding, sign):
        return sign, error.start + 1
    return codecs.backslashreplace_errors(
        UnicodeEncodeError(error.encoding, error.object, error.start, error.start + 1, error.reason)
    )


def _has(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeError:
        return False
    return True


codecs.register_error(ERRORS, _shown)
