"""Check values against the types of the JSON contract, and write its page docs/JSON.md.

`python -m tests.support.contract` prints docs/JSON.md.
"""

import sys
import types
from collections.abc import Iterator
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from partyctl.contract.nouns import COMMANDS, CONTRACT, MORE_FIELDS, OPTIONS

PLAIN = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    object: "any value",
}


def wrong(  # noqa: C901 - one arm a kind of type
    value: object, wanted: Any, place: str = ""
) -> Iterator[str]:
    """The differences of a value from a type: unknown fields, missing fields, wrong types."""
    origin = get_origin(wanted)
    if origin is NotRequired:
        yield from wrong(value, get_args(wanted)[0], place)
    elif is_typeddict(wanted):
        yield from _wrong_fields(value, wanted, place)
    elif origin in (Union, types.UnionType):
        if not any(not list(wrong(value, each)) for each in get_args(wanted)):
            found = [each for each in get_args(wanted) if is_typeddict(each)]
            is_dict = isinstance(value, dict) and found
            yield from wrong(value, found[0], place) if is_dict else (f"{place}: {value!r}",)
    elif origin is list:
        if not isinstance(value, list):
            yield f"{place}: {value!r} is not a list"
            return
        for number, each in enumerate(value):
            yield from wrong(each, get_args(wanted)[0], f"{place}[{number}]")
    elif origin is dict:
        for key, each in value.items() if isinstance(value, dict) else ():
            yield from wrong(each, get_args(wanted)[1], f"{place}.{key}")
    elif not _is_plain(value, wanted):
        yield f"{place}: {value!r} is no {getattr(wanted, '__name__', wanted)}"


def _is_plain(value: object, wanted: type) -> bool:
    if wanted is object:
        return True
    if wanted is types.NoneType:
        return value is None
    if isinstance(value, bool):
        return wanted is bool
    return isinstance(value, (int, float) if wanted is float else wanted)


def _wrong_fields(value: object, wanted: Any, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place}: {value!r} is no {wanted.__name__}"
        return
    hints = get_type_hints(wanted, include_extras=True)
    for key in value.keys() - hints.keys():
        if wanted in MORE_FIELDS:
            yield from wrong(value[key], MORE_FIELDS[wanted], f"{place}.{key}")
        else:
            yield f"{place}.{key} is not in {wanted.__name__}"
    for key, hint in hints.items():
        if key in value:
            yield from wrong(value[key], hint, f"{place}.{key}")
        elif get_origin(hint) is not NotRequired:
            yield f"{place}.{key} of {wanted.__name__} is missing"


def page() -> str:
    """The text of docs/JSON.md: one table for each type; the types of records come first."""
    shapes: dict[str, Any] = {}
    parts = [INTRODUCTION]
    for noun, printed in CONTRACT.items():
        parts.append(f"- `{noun}`: {_link(printed.record)}" + _in_list(printed))
        _collect(printed.record, shapes)
        _collect(printed.line, shapes)
    for command, answer in COMMANDS.items():
        parts.append(f"- `{command} --json`: {_told(answer)}")
        _collect(answer, shapes)
    for option, answer in OPTIONS.items():
        parts.append(f"- with `{option}`: {_told(answer)}")
        _collect(answer, shapes)
    tables = [_table(shape) for shape in shapes.values()]
    return "\n".join(parts) + "\n\n" + "\n\n".join(tables) + "\n"


INTRODUCTION = """# What `--json` prints

The output is JSON in UTF-8. A later version may add fields, but it renames and removes none. A day is
written as `2026-03-05`, a month as `2026-03`, and a day with a time in the format of ISO 8601, in UTC. Money
is in whole 分. A command that writes a record prints that record. `list` prints an array of records.
`show --history` adds the field `history`. A list command with `-o` prints the path of the file and the number
of rows. This page is generated from `partyctl/contract/`, and a test compares the output of every command
with these types.
"""


def _in_list(printed: Any) -> str:
    same = printed.line is printed.record
    return "" if same else f"; in a list {_link(printed.line)}"


def _link(shape: Any) -> str:
    return f"[{shape.__name__}](#{shape.__name__.lower()})"


def _collect(shape: Any, found: dict[str, Any]) -> None:
    if is_typeddict(shape):
        found.setdefault(shape.__name__, shape)
        for hint in get_type_hints(shape, include_extras=True).values():
            _collect(hint, found)
        return
    for each in get_args(shape):
        _collect(each, found)


def _table(shape: Any) -> str:
    rows = [
        f"| `{name}` | {_told(hint)} |{' optional' if get_origin(hint) is NotRequired else ''} |"
        for name, hint in get_type_hints(shape, include_extras=True).items()
    ]
    if shape in MORE_FIELDS:
        rows.append(f"| … | {_told(MORE_FIELDS[shape])} | further fields |")
    told = (shape.__doc__ or "").partition("\n")[0]
    about = "" if told.startswith("dict(") or not told else f"{told}\n\n"
    return f"## {shape.__name__}\n\n{about}| field | type | |\n| --- | --- | --- |\n" + "\n".join(
        rows
    )


def _told(hint: Any) -> str:
    origin, inside = get_origin(hint), get_args(hint)
    if origin is NotRequired:
        return _told(inside[0])
    if origin in (Union, types.UnionType):
        known = [each for each in inside if each is not types.NoneType]
        return " or ".join(map(_told, known)) + (" or null" if len(known) < len(inside) else "")
    if origin is list:
        return f"array of {_several(inside[0])}"
    if origin is dict:
        return f"object whose values are {_several(inside[1])}"
    return _link(hint) if is_typeddict(hint) else PLAIN[hint]


def _several(hint: Any) -> str:
    """The name of a type in the plural, such as “strings or nulls” or “arrays of integers”."""
    if hint is types.NoneType:
        return "nulls"
    if hint in PLAIN:
        return "values of any type" if hint is object else f"{PLAIN[hint]}s"
    if get_origin(hint) in (Union, types.UnionType):
        return " or ".join(map(_several, get_args(hint)))
    if get_origin(hint) in (list, dict):
        noun, rest = _told(hint).split(" ", 1)
        return f"{noun}s {rest}"
    return _told(hint)


if __name__ == "__main__":
    sys.stdout.write(page())
