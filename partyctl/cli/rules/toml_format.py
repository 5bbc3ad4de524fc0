"""Rules as a TOML file for another bureau.

`export` writes all rules; `import` also accepts a file with only some of the rules.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from partyctl.cli.rules.options import read_cadence, read_day_of_year, read_strength
from partyctl.errors import BadInput, BadUsage
from partyctl.language import comma_list, say, title_of
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.changes.changes import LAYER, ROLL_FORWARD, Change, Numbers
from partyctl.law.changes.ladders import read_ladder
from partyctl.law.changes.rulebook import Rulebook, settable
from partyctl.law.engine.rule import Rule
from partyctl.law.questions.changing import require_sense
from partyctl.ledger.file import handed_in
from partyctl.light import NamedTuple
from partyctl.terms import Layer, RuleAct

LARGEST = 200_000
"""The largest accepted file, in characters. A file with all numbers of all rules is a tenth of
this size."""

HEADING = re.compile(r"\s*\[{1,2}([^\[\]]+)\]")
SECTIONS = ("rules", "layers", "settings")
ON_TOP = {"from": date, "reason": str, "name": str}
"""The keys at the top of a file, before its sections."""


class Wanted(NamedTuple):
    """The content of a file: the day from which it applies, the reason, and the settings of rules."""

    from_on: date | None
    reason: str | None
    rules: Mapping[str, Mapping[str, Any]]
    switches: Mapping[str, bool]
    lines: "Lines"


class Lines:
    """Knows the line of each key in a file, so that an error can name the line."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self.found: dict[tuple[str, str], int] = {}
        section = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if heading := HEADING.match(line):
                section = heading[1].strip().replace('"', "").replace(" ", "")
                self.found.setdefault((section, ""), number)
            elif "=" in line:
                key = line.partition("=")[0].strip().strip('"')
                self.found.setdefault((section, key), number)

    def refuse(self, section: str, key: str, why: str) -> NoReturn:
        """Raise BadInput with the problem and the number of the line of this key or its section."""
        number = self.found.get((section, key)) or self.found.get((section, "")) or 1
        raise BadInput(
            say(
                f"{self.file} 第 {number} 行：{why}。什么也没有写入。",
                f"{self.file}, line {number}: {why}. Nothing was written.",
            ),
            "partyctl rules export",
        )


def read(file: Path) -> Wanted:
    """Read a file.

    Raises BadInput; its message names the line if the problem is in the TOML. Also raises the errors
    that `handed_in.opened` raises.
    """
    text = _text(file)
    lines = Lines(file, text)
    try:
        content = handed_in.parsed_toml(text)
    except ValueError as error:
        place = re.search(r"(?:line|第) (\d+)", str(error))
        number = int(place[1]) if place else text.count("\n") + 1
        lines.found["", ""] = number
        lines.refuse("", "", say(f"不是 TOML（{error}）", f"not TOML ({error})"))
    _require_known("", content, {*SECTIONS, *ON_TOP}, lines)
    for name, kind in ON_TOP.items():
        if name in content and type(content[name]) is not kind:
            lines.refuse("", name, say(f"{name} 写得不对", f"{name} is not valid"))
    for section in SECTIONS:
        if not isinstance(content.get(section, {}), dict):
            lines.refuse("", section, say(f"{section} 应是一节", f"{section} is a section"))
    rules = content.get("rules", {})
    _require_rules(rules, lines)
    since, why = content.get("from"), content.get("reason")
    return Wanted(since, why, rules, _switches(content, lines), lines)


def _require_rules(rules: Mapping[str, Any], lines: Lines) -> None:
    known = {rule.id for rule in CATALOGUE}
    for name, said in rules.items():
        if name not in known:
            lines.refuse(f"rules.{name}", "", say(f"没有 {name} 这条规则", f"no rule {name}"))
        if not isinstance(said, dict):
            lines.refuse("rules", name, say(f"{name} 应是一节", f"{name} is a section"))


def _text(file: Path) -> str:
    try:
        text = handed_in.read_text(file)
    except BadInput as error:
        raise BadInput(error.sentence, "partyctl rules export") from None
    if len(text) > LARGEST:
        raise BadInput(
            say(f"{file} 不是规则文件。", f"{file} is not a file of rules."),
            "partyctl rules export",
        )
    return text


def _require_known(section: str, said: Mapping[str, Any], known: set[str], lines: Lines) -> None:
    for key in said:
        if key not in known:
            can = comma_list(sorted(known))
            lines.refuse(
                section,
                key,
                say(f"没有 {key}，可写：{can}", f"{key} is not known; the keys are: {can}"),
            )


def _switches(content: Mapping[str, Any], lines: Lines) -> dict[str, bool]:
    """Return the layers and settings that a file switches on or off."""
    found = {}
    for section, known in (("layers", {*map(str, Layer)}), ("settings", {ROLL_FORWARD})):
        said = content.get(section, {})
        _require_known(section, said, known, lines)
        for key, value in said.items():
            if not isinstance(value, bool):
                lines.refuse(section, key, say("应是 true 或 false", "true or false"))
            found[f"{LAYER}{key}" if section == "layers" else key] = value
    return found


def changes_to(wanted: Wanted, rulebook: Rulebook, from_on: date, reason: str) -> list[Change]:
    """Return the changes that set the rules to a file's values, starting on a day.

    The list is empty if the rules already have these values on that day.
    """
    book, found = rulebook, []
    for change in _changes(wanted, rulebook, from_on, reason):
        try:
            require_sense(change, book)
        except BadUsage as error:
            wanted.lines.refuse(f"rules.{change.rule}", "", error.sentence.rstrip("。."))
        found.append(change)
        book = Rulebook([*book.changes, change])
    return found


def _changes(wanted: Wanted, rulebook: Rulebook, from_on: date, reason: str) -> Iterator[Change]:
    for name, on in wanted.switches.items():
        if on is not rulebook.stands(name, from_on):
            yield Change(name, _switch(on), from_on, reason=reason)
    for rule in CATALOGUE:
        said = dict(wanted.rules.get(rule.id, {}))
        enabled = said.pop("enabled", None)
        is_on = rulebook.stands(rule.id, from_on)
        if enabled is not None and not isinstance(enabled, bool):
            why = say("enabled 应是 true 或 false", "enabled must be true or false")
            wanted.lines.refuse(f"rules.{rule.id}", "enabled", why)
        if enabled is not None and enabled is not is_on:
            yield Change(rule.id, _switch(enabled), from_on, reason=reason)
        numbers = _numbers(rule, said, wanted.lines)
        present = settable(rulebook.as_set(rule, from_on))
        other = {name: v for name, v in numbers.given().items() if present.get(name) != v}
        if other:
            yield Change(rule.id, RuleAct.SET, from_on, Numbers(**other), reason)


def _switch(on: bool) -> RuleAct:
    return RuleAct.ENABLE if on else RuleAct.DISABLE


def _numbers(rule: Rule, said: Mapping[str, Any], lines: Lines) -> Numbers:
    section = f"rules.{rule.id}"
    _require_known(section, said, {*READ, "enabled"}, lines)
    read = {}
    for name, value in said.items():
        try:
            read[name] = READ[name](value)
        except (BadUsage, ValueError, TypeError, AttributeError):
            why = say(f"{name} 不能是 {value!r}", f"{name} cannot be {value!r}")
            lines.refuse(section, name, why)
    return Numbers(**read)


def _whole(value: object, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= 3650:
        raise ValueError(value)
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


READ: dict[str, Any] = {
    "every": read_cadence,
    "count": lambda value: _whole(value, 1),
    "days": _whole,
    "months": _whole,
    "by": read_day_of_year,
    "working": _truth,
    "strength": read_strength,
    "remind": lambda value: str(read_ladder(value)),
}
"""For each key of a rule except `enabled`, the function that checks and converts its TOML value."""


def written(rulebook: Rulebook, on: date) -> str:
    """Return all rules as of a day, in the format that `rules import` reads."""
    head = say(
        "# 规则表：改要改的数，删去不改的节，再 partyctl rules import 本文件 --from 日期 "
        "--reason 原因",
        "# Rules: change what differs, then partyctl rules import FILE --from DATE --reason TEXT",
    )
    lines = [
        head,
        "",
        "[settings]",
        f"{ROLL_FORWARD} = {_value(rulebook.stands(ROLL_FORWARD, on))}",
    ]
    lines += ["", "[layers]"]
    lines += [f"{layer} = {_value(rulebook.stands(f'{LAYER}{layer}', on))}" for layer in Layer]
    for rule in CATALOGUE:
        stands = rulebook.as_set(rule, on)
        lines += ["", f"# {rule.article} {title_of(stands)}", f"[rules.{rule.id}]"]
        numbers = {"enabled": rulebook.stands(rule.id, on)} | settable(stands)
        lines += [f"{name} = {_value(value)}" for name, value in numbers.items()]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f'"{value[0]:02d}-{value[1]:02d}"'
    return str(value) if isinstance(value, int) else f'"{value}"'
