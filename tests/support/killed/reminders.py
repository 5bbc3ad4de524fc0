"""Runs of `remind`, each in a separate child process that can be killed at any step.

Each line of input lists runs that start at the same time. Each run has its arguments, a simulated
moment, a seed, and the probability of a kill (SIGKILL) at each step. The parent process does all
imports once, before it forks the first child.
"""

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import apprise  # noqa: F401 - the children need not import it again

from partyctl.cli.remind import commands as remind  # noqa: F401 - as above
from partyctl.cli.remind import commands as reminding
from partyctl.cli.start import main
from partyctl.ledger.writing import deliveries, outbox
from partyctl.reminders import channels, chat, digest, mail, running  # noqa: F401 - as above

STEPS = ("plan", "claim", "mark_sent", "mark_failed")
PATIENCE = 0.3
GIVE_UP_AFTER = 600


def perform(job: dict[str, Any]) -> None:
    """Perform one run of `remind` in the child."""
    signal.alarm(GIVE_UP_AFTER)
    moment = datetime.fromisoformat(job["moment"])
    reminding.now = lambda: moment
    mail.SECONDS = PATIENCE
    rng, likely = random.Random(job["seed"]), job["likely"]

    def mortal(step: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*args: Any, **options: Any) -> Any:
            perish(rng, likely)
            done = step(*args, **options)
            perish(rng, likely)
            return done

        return stepped

    if job["mark_first"]:
        deliveries.claim = marked_first(deliveries.claim)
    for step in STEPS:
        module = deliveries if hasattr(deliveries, step) else outbox
        setattr(module, step, mortal(getattr(module, step)))
    channels.send = mortal(channels.send)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - until it dies
    os._exit(main.run(job["args"]))


def perish(rng: random.Random, likely: float) -> None:
    if rng.random() < likely:
        os.kill(os.getpid(), signal.SIGKILL)


def marked_first(claim: Callable[..., Any]) -> Callable[..., Any]:
    """A deliberate mistake for the test: mark a message as sent before sending it."""

    def claimed(ledger: Any, number: int, now: datetime, owed_to: Any) -> Any:
        found = claim(ledger, number, now, owed_to)
        if found is not None:
            deliveries.mark_sent(ledger, found, now)
        return found

    return claimed


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        children = []
        for job in json.loads(line):
            children.append(os.fork())
            if children[-1] == 0:
                perform(job)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        sys.stdout.write(f"{json.dumps(codes)}\n")
        sys.stdout.flush()
