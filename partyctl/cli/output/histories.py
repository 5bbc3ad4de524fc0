"""The journal in a clerk's words: moment, author, command, values before and after."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from partyctl.cli.input.dates import zone
from partyctl.language import bracketed, comma_list, say, semicolon_list
from partyctl.ledger.journal.naming import Named
from partyctl.ledger.reading.nouns import split
from partyctl.show.records import words
from partyctl.show.tables import Line, print_table
from partyctl.show.wording import LABELS, TERMS

Object = dict[str, Any]

ACTS = {
    "add": "新增",
    "change": "改动",
    "remove": "去掉",
    "found": "记下现状",
    "schema": "封存结构",
    "reveal": "查看隐藏项",
    "redact": "脱敏",
    "restore": "恢复备份",
    "undo": "撤销",
    "encrypt": "加密",
    "decrypt": "解密",
    "rekey": "换密钥",
}


def clock(at: str) -> str:
    """A moment of the journal in local time."""
    return datetime.fromisoformat(at).astimezone(zone()).strftime("%Y-%m-%d %H:%M")


def record_label(record: str) -> str:
    """A record's name: 会议 #7."""
    noun, number = split(record)
    return f"{noun.label} #{number}" if noun else record


STEPS_SHOWN = 2
"""The maximum number of steps named for a record; further ones are only counted."""


def called(one: Named) -> str:
    """A record's full description: 发展党员 #2 方圆 入党宣誓 2026-09-28."""
    steps = [_in_words(each) for each in one.steps]
    named = [record_label(one.record), _in_words(one.name), comma_list(steps[:STEPS_SHOWN])]
    text = " ".join(filter(None, named))
    return text + ("…" + bracketed(len(steps)) if len(steps) > STEPS_SHOWN else "")


def _in_words(said: tuple[tuple[str, Any], ...]) -> str:
    return " ".join(filter(None, (_value(field, value) for field, value in said)))


def _value(field: str, value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    """A value by its vocabulary; values meaningless on their own are shown with the record."""
    known = field if field in TERMS else field.rpartition(".")[2]
    try:
        if known == "kinds":
            return comma_list(words(known, each) for each in str(value).split(","))
        return words(known, value)
    except StopIteration:
        return str(value)


def act_label(act: str) -> str:
    """The action on a row, in a word."""
    return say(ACTS.get(act, act), act)


def print_story(changes: Sequence[Mapping[str, Any]]) -> None:
    """The changes of a record or a command, one below the other."""
    headings = (
        "#",
        say("时间", "when"),
        say("谁", "who"),
        say("命令", "command"),
        say("对象", "row"),
        say("内容", "what"),
    )
    print_table(headings, [_line(change) for change in changes])


def _line(change: Mapping[str, Any]) -> Line:
    row = change["row_table"] or "—"
    return Line(
        (
            str(change["seq"]),
            clock(change["at"]),
            change["actor"],
            change["command"],
            f"{act_label(change['act'])} {row} {change['row_key']}".strip(),
            _told(change),
        )
    )


def _told(change: Mapping[str, Any]) -> str:
    """Values before and after, by field."""
    if change["erased"]:
        return say("（明细已脱敏）", "(erased)")
    old, new = change["old"], change["new"]
    table = change["row_table"]
    fields = {name: _field(table, name) for name in {**old, **new} if name not in UNTOLD}
    told = [
        f"{say(LABELS.get(name, name), name)} {_pair(field, old.get(name), new.get(name))}"
        for name, field in fields.items()
    ]
    told += [f"{name} {value}" for name, value in change["said"].items() if name not in SEAL]
    return semicolon_list(told)


def _field(table: str, name: str) -> str:
    """A column, by the vocabularies."""
    own = f"{table}.{name}"
    return own if own in TERMS else name


SEAL = ("schema", "quick", "objects")
"""Digests, which mean nothing to a clerk."""

UNTOLD = ("id", "recorded_at")
"""Columns every row has, without information."""


def _pair(name: str, old: Any, new: Any) -> str:  # noqa: ANN401 - whatever a column holds
    if old is None:
        return _word(name, new)
    return f"{_word(name, old)} → {_word(name, new)}"


def _word(name: str, value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    if value is None:
        return say("（空）", "(none)")
    try:
        return words(name, value)
    except StopIteration:
        return str(value)
