"""If this folder is in PYTHONPATH, Python runs this file at start; it sets Python's clock ahead.

`make test-days` uses it for pytest and every process that a test starts. `time.time` is not changed, because
it is compared with the system's file times.
"""

import datetime
import os
import time
from typing import Any

SECONDS_AHEAD = 86400 * int(os.environ.get("PARTYCTL_TEST_DAYS_AHEAD", "0"))

Real = datetime.datetime


class AlsoReal(type):
    """C code creates objects of the real datetime class; they must be instances of this class too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Real) if cls is Later else super().__instancecheck__(instance)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return issubclass(subclass, Real) if cls is Later else super().__subclasscheck__(subclass)


class Later(Real, metaclass=AlsoReal):
    """A datetime class whose present moment is some days ahead."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        return cls.fromtimestamp(time.time() + SECONDS_AHEAD, tz)


if SECONDS_AHEAD:
    Later.__name__ = Later.__qualname__ = "datetime"
    Later.__module__ = "datetime"
    datetime.datetime = Later
