"""The tree of commands as plain data. The tree is read from Typer once (0.5 s) and then cached.

The cache holds no data from a ledger. There is one cache for each language. The cache is rebuilt
when a source file of the command line has changed, or when partyctl or Python has another version.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from partyctl import __version__
from partyctl.language import speaks_english, title_of
from partyctl.ledger.file.state import state_folder

Node = dict[str, Any]
Tree = dict[str, Node]
"""The subcommands, options and arguments of each command. The keys are commands as typed, such as
'dues pay'."""

COMMAND_LINE = Path(__file__).parents[1]
NEVER_A_WORD = "？"


def tree() -> Tree:
    """Return the tree from the cache.

    If the cache is missing or outdated, build the tree and store it in the cache.
    """
    place = state_folder() / f"completion-{'en' if speaks_english() else 'zh'}.json"
    mark = _mark()
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(place.read_text(encoding="utf-8"))
        if kept["mark"] == mark:
            found: Tree = kept["tree"]
            return found
    made = build()
    with suppress(OSError):  # without a writable folder, completion is only slower
        _keep(place, json.dumps({"mark": mark, "tree": made}, ensure_ascii=False))
    return made


def _mark() -> str:
    """Return the versions of partyctl and Python, the count of source files, their last change."""
    seen = [_stamp(COMMAND_LINE.parent / "terms.py"), *_stamps(COMMAND_LINE)]
    return f"{__version__} {len(seen)} {max(seen)} {sys.version_info[:2]}"


def _stamps(folder: Path) -> Iterator[int]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _stamps(Path(entry.path))
            elif entry.name.endswith(".py"):
                yield entry.stat().st_mtime_ns


def _stamp(file: Path) -> int:
    return file.stat().st_mtime_ns


def _keep(place: Path, text: str) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(place)


def build() -> Tree:
    """Build the tree from Typer; this imports the module of every command."""
    import importlib

    import typer

    from partyctl.cli.session.group import command_of
    from partyctl.cli.start import program
    from partyctl.cli.start.commands import COMMANDS

    whole = typer.main.get_command(program.app)
    found: Tree = {"": _node("", whole)}
    found[""]["commands"] = {entry.name: entry.help for entry in COMMANDS}
    for entry in COMMANDS:
        module = importlib.import_module(f"partyctl.cli.{entry.module}")
        found |= dict(_below(entry.name, command_of(module.app)))
    return found


def _below(words: str, known: Any) -> Iterator[tuple[str, Node]]:  # noqa: ANN401 - Typer's classes are private
    node = _node(words, known)
    below = getattr(known, "commands", None) or {}
    node["commands"] = {name: each.help or "" for name, each in below.items() if name.islower()}
    # The subcommand that need not be typed. If a subcommand has a name in capital letters, such as
    # RULE of `waive`, it is this one: the name appears only in the help. Otherwise it is the
    # default verb (`known.usual`), such as `send` of `remind`.
    unnamed = next((name for name in below if name.isupper()), None)
    node["usual"] = unnamed or getattr(known, "usual", None)
    yield words, node
    for name, command in below.items():
        yield from _below(f"{words} {name}", command)


def _node(words: str, known: Any) -> Node:  # noqa: ANN401 - Typer's classes are private
    options: dict[str, Node] = {"--help": {"takes": False, "help": "", "many": False}}
    arguments = []
    for parameter in known.params:
        if getattr(parameter, "hidden", False):
            continue
        value = _value(words, parameter)
        if parameter.param_type_name == "option":
            for name in (*parameter.opts, *parameter.secondary_opts):
                options[name] = value | {"takes": not parameter.is_flag}
        else:
            arguments.append(value)
    return {"options": options, "arguments": arguments, "commands": {}, "usual": None}


def _value(words: str, parameter: Any) -> Node:  # noqa: ANN401 - Typer's classes are private
    """Describe what a parameter takes: fixed words, a name, several names, or a file.

    `many`: whether an option may be given several times.
    """
    metavar = parameter.metavar or ""
    return {
        "help": parameter.help or "",
        "words": [] if getattr(parameter, "is_flag", False) else _words(words, parameter),
        "names": _names(words, parameter, metavar),
        "several": any(mark in metavar for mark in (",", "NAMES")),
        "many": getattr(parameter, "multiple", False),
        "files": parameter.type.name == "path"
        or any(mark in metavar for mark in ("FILE", "PATH", "DIR")),
    }


OF_RULES = (
    "check",
    "waive RULE",
    *(f"rules {verb}" for verb in ("show", "set", "enable", "disable", "history")),
)
"""The commands in which ID or RULE stands for the name of a rule."""

FIXED = re.compile(r"[a-z]+(-[a-z]+)*", re.ASCII)
"""A word in a metavar that is typed as it is. Placeholders are Chinese or in capital letters."""


def _words(words: str, parameter: Any) -> list[list[str]]:  # noqa: ANN401 - Typer's classes are private
    """Return the words that a parameter accepts, with their translations, or rule ids with their titles."""
    from partyctl.terms import Grade, Post

    metavar = parameter.metavar or ""
    reader = getattr(parameter.type, "func", None)
    if metavar.strip("[]") in ("ID", "RULE") and words in OF_RULES:
        return _rules()
    if metavar in ("GRADE", "POST") and reader is None:
        return [[each.value, each.chinese] for each in (Grade if metavar == "GRADE" else Post)]
    found = _offered_by(reader) if reader is not None else []
    return found or [[word, ""] for word in metavar.split("|") if FIXED.fullmatch(word)]


def _rules() -> list[list[str]]:
    from partyctl.law.catalogue import CATALOGUE

    return [[rule.id, title_of(rule)] for rule in CATALOGUE]


def _offered_by(reader: Callable[[str], object]) -> list[list[str]]:
    """Return the words that a parser accepts, or [] if the parser's error does not list them.

    For an unknown word, `read_term` raises an error that lists the accepted words; this function
    takes the words from that error.
    """
    from partyctl.terms import UnknownWord

    try:
        reader(NEVER_A_WORD)
    except UnknownWord as error:
        return [list(word) for word in error.words]
    except Exception:
        pass
    return []


NAMED = {
    "--branch": "branch",
    "--cell": "cell",
    "branch edit": "branch",
    "cell void": "cell",
    "staff void": "staff",
}
"""The kind of record for which completion offers names. A key is an option, or a command whose argument
is a name. For every other option or argument that takes a name, `_names` chooses the kind, usually
`member`."""

NEW = ("member add", "applicant add", "branch add", "cell add", "staff add", "contact add")
"""Commands that take a new name, so there is no existing name to offer."""


def _names(words: str, parameter: Any, metavar: str) -> str | None:  # noqa: ANN401 - Typer's classes are private
    """Return the kind of record for which completion offers names, such as `member`.

    The kind `person` means members and staff. Return None if the parameter does not take the name
    of a recorded person or thing.
    """
    option = max(parameter.opts, key=len) if parameter.param_type_name == "option" else None
    if option in NAMED and words != "init":
        return NAMED[option]
    if not any(mark in metavar for mark in ("NAME", "名称", "姓名")) or "=" in metavar:
        return None
    if option is not None:
        return None if option == "--name" else "person" if words.startswith("talk") else "member"
    if words in NEW:
        return None
    noun = words.partition(" ")[0]
    return NAMED.get(words, noun if noun in ("applicant", "contact") else "member")
