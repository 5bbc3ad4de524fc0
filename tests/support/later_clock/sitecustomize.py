"""If this folder is in PYTHONPATH, Python runs this file at start; the file sets the clock ahead.

`make test-days` uses this file for pytest and every process that a test starts. The file replaces
`now` and `today` inside the datetime classes, so that dates and times keep their usual classes. It
also replaces `time.gmtime`; the new function sets ahead any moment that it converts. `time.time` is
not replaced, because partyctl compares the present time, as `time.time` returns it, with file
times. The file imports few modules, because some tests check which modules a command imports.
"""

import datetime
import gc
import os
import time

SECONDS_AHEAD = 86400 * int(os.environ.get("PARTYCTL_TEST_DAYS_AHEAD", "0"))

gmtime = time.gmtime


def later():
    """The simulated present moment, in seconds since 1970."""
    return time.time() + SECONDS_AHEAD


def later_gmtime(seconds=None):
    """Like time.gmtime, but on the simulated day; partyctl calls it only for the present moment."""
    return gmtime((time.time() if seconds is None else seconds) + SECONDS_AHEAD)


def put(kind, **functions):
    """Replace class methods of a class that is written in C, before anything calls these methods."""
    (methods,) = gc.get_referents(kind.__dict__)
    methods.update({name: classmethod(function) for name, function in functions.items()})


if SECONDS_AHEAD:
    put(
        datetime.datetime,
        now=lambda cls, tz=None: cls.fromtimestamp(later(), tz),
        today=lambda cls: cls.fromtimestamp(later()),
    )
    put(datetime.date, today=lambda cls: cls.fromtimestamp(later()))
    time.gmtime = later_gmtime
