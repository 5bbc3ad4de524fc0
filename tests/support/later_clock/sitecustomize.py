"""Python runs this when it starts with this folder in PYTHONPATH: then its clock is days ahead.

`make test-days` does so, for pytest and for each process that a test starts. The ages of files are
left alone: the system says when a file was written, and `time.time` is what that is compared with.
"""

import datetime
import os
import time
from typing import Any

SECONDS_AHEAD = 86400 * int(os.environ.get("PARTYCTL_TEST_DAYS_AHEAD", "0"))

Real = datetime.datetime


class AlsoReal(type):
    """Moments that C code makes are of the real class; they must count as moments too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Real) if cls is Later else super().__instancecheck__(instance)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return issubclass(subclass, Real) if cls is Later else super().__subclasscheck__(subclass)


class Later(Real, metaclass=AlsoReal):
    """A moment; the present one is some days ahead."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        return cls.fromtimestamp(time.time() + SECONDS_AHEAD, tz)


if SECONDS_AHEAD:
    Later.__name__ = Later.__qualname__ = "datetime"
    Later.__module__ = "datetime"
    datetime.datetime = Later
