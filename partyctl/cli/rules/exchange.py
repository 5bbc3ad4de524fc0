"""`partyctl rules export` and `import`: transfer rules between bureaus."""

import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, cast

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.input.options import TEXT, AsJson, AsOf, any_day
from partyctl.cli.input.useless import refuse_beside
from partyctl.cli.output.answers import tell
from partyctl.cli.rules import toml_format
from partyctl.cli.rules.changes import carry_out
from partyctl.cli.rules.options import Confirm
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.contract import rules as shapes
from partyctl.errors import MissingInput
from partyctl.language import comma_list, say
from partyctl.law.changes.changes import Change
from partyctl.law.changes.rulebook import Rulebook
from partyctl.show.tables import print_json, speak_utf_8
from partyctl.terms import RuleAct

FromInFile = Annotated[date | None, any_day("--from", say("从哪天起", "the first day"))]
WhyInFile = Annotated[
    str | None,
    typer.Option("--reason", metavar=TEXT, help=say("变更原因", "why the rules change")),
]


def rulebook_on(on: date) -> Rulebook:
    """Return the rules with the ledger's changes, or the original rules if there is no ledger."""
    try:
        with current.reading(on) as reading:
            return reading.rulebook or Rulebook([])
    except MissingInput:
        return Rulebook([])


def export(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Write all rules as of a day to standard output."""
    on = as_of or today()
    text = toml_format.written(rulebook_on(on), on)
    if as_json:
        everything = cast("shapes.RulesFile", tomllib.loads(text))  # toml_format.written wrote it
        print_json(everything)
        return
    speak_utf_8()
    sys.stdout.write(text)


def import_file(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.toml", readable=False, help=say("规则文件", "the file")),
    ],
    from_on: FromInFile = None,
    reason: WhyInFile = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=say("只看会改什么", "only show the changes"))
    ] = False,
    confirm: Confirm = False,
    as_json: AsJson = False,
) -> None:
    """Set the rules to the values in a file, from a given day on.

    If one value is refused, no rule is changed.
    """
    if dry_run:
        refuse_beside("--dry-run", confirm=confirm)
    wanted = toml_format.read(file)
    day, why = from_on or wanted.from_on, reason or wanted.reason
    if day is None or why is None:
        asked = {"--from": day, "--reason": why}
        words = {"--from": say("从哪天起", "from which day"), "--reason": say("变更原因", "why")}
        missing = [Question(name, words[name]) for name, value in asked.items() if value is None]
        raise MissingFact(*missing)
    changes = toml_format.changes_to(wanted, rulebook_on(today()), day, why)
    if changes and not dry_run:
        carry_out(changes, confirm=confirm, as_json=as_json)
        return
    if as_json:
        ahead: shapes.RulesWouldChange = {
            "changes": [_plainly(change) for change in changes],
            "affects": [],
        }
        print_json(ahead)
    for change in [] if as_json else changes:
        numbers = comma_list(f"{name} {value}" for name, value in change.numbers.given().items())
        tell(f"{change.rule} {change.act.label} {numbers}".strip())
    if not changes and not as_json:
        tell(say(f"{day} 起已经是这样，没有要改的。", f"These values already apply from {day} on."))


def _plainly(change: Change) -> shapes.RuleChangeAhead:
    numbers = change.numbers.given() if change.act is RuleAct.SET else {}
    said: shapes.RuleChangeAhead = {
        "rule": change.rule,
        "act": change.act,
        "from_on": str(change.from_on),
    }
    # Each number that the change sets becomes a further field of the answer. The type
    # RuleChangeAhead does not list these fields; MORE_FIELDS in contract/nouns.py does.
    return cast("shapes.RuleChangeAhead", {**said, **numbers})
