"""Find the candidates for a partly typed command line, without a shell or a ledger."""

from collections.abc import Callable, Sequence
from typing import Any

from partyctl.light import NamedTuple

Node = dict[str, Any]
Tree = dict[str, Node]
Names = Callable[[str], list[str]]
"""A function that takes a kind of record, such as member or cell, and returns the names that
completion can offer."""

FILES = ":files"
"""The candidate that tells the shell to complete file names."""
NOTHING: Node = {"commands": {}, "options": {}, "arguments": [], "usual": None}
BETWEEN_NAMES = ",，、"


class Offer(NamedTuple):
    """A word that completion offers, and the word's description."""

    word: str
    help: str = ""


class Typed(NamedTuple):
    """What is typed before the cursor: the command, the number of arguments, and the options.

    `option`: the option whose value is typed next, or None.
    """

    node: Node
    arguments: int
    option: Node | None
    given: frozenset[str]


def offers(tree: Tree, before: Sequence[str], current: str, names: Names) -> list[Offer]:
    """Return the candidates for the word at the cursor.

    `before`: the complete words before the cursor. `current`: the typed part of the word at the
    cursor, or an empty text.
    """
    typed = _read(tree, before)
    if typed.option is not None:
        return _values(typed.option, current, names)
    option, equals, value = current.partition("=")
    if equals and option in typed.node["options"]:
        found = _values(typed.node["options"][option], value, names)
        return [each._replace(word=f"{option}={each.word}") for each in found if each.word != FILES]
    if current.startswith("-"):
        return [
            Offer(name, each["help"])
            for name, each in typed.node["options"].items()
            if name.startswith(current) and (name not in typed.given or each["many"])
        ]
    commands = typed.node["commands"].items() if not typed.arguments else ()
    found = [Offer(*each) for each in commands if each[0].startswith(current)]
    arguments = typed.node["arguments"]
    if typed.arguments < len(arguments):
        found += _values(arguments[typed.arguments], current, names)
    return found


def _read(tree: Tree, before: Sequence[str]) -> Typed:
    """Parse the words before the cursor."""
    words, arguments, option = "", 0, None
    node, given = tree.get("", NOTHING), set()
    everywhere = {"--ledger": node["options"]["--ledger"], "--branch": node["options"]["--branch"]}
    for word in before:
        if option is not None:
            option = None
        elif word.startswith("-"):
            name, equals, _ = word.partition("=")
            known = node["options"].get(name) or everywhere.get(name)
            given.add(name)
            option = known if known and known["takes"] and not equals else None
        elif word in node["commands"] and not arguments:
            words = f"{words} {word}".strip()
            node = _with_usual(tree, words)
        else:
            arguments += 1
    return Typed(node, arguments, option, frozenset(given))


def _with_usual(tree: Tree, words: str) -> Node:
    """Return the node of a command, with the options and arguments of its default verb, if any."""
    node = tree.get(words, NOTHING)
    if node["usual"] is None:
        return node
    usual = tree.get(f"{words} {node['usual']}", NOTHING)
    options = node["options"] | usual["options"]
    return node | {"options": options, "arguments": usual["arguments"]}


def _values(value: Node, current: str, names: Names) -> list[Offer]:
    """Return the candidates for the value of an option or argument."""
    if value["files"]:
        return [Offer(FILES)]
    found = [
        offer
        for word in value["words"]
        for offer in (Offer(*word), Offer(*reversed(word)))
        if offer.word and offer.word.startswith(current)
    ]
    if value["names"] is None:
        return found
    done, last = _split(current) if value["several"] else ("", current)
    named = {name.strip() for name in done.translate(str.maketrans("，、", ",,")).split(",")}
    found += [
        Offer(f"{done}{name}")
        for name in names(value["names"])
        if name.startswith(last) and name not in named
    ]
    return found


def _split(current: str) -> tuple[str, str]:
    """Split a list of names into the finished names with their separator, and the name being typed."""
    place = max(current.rfind(mark) for mark in BETWEEN_NAMES) + 1
    return current[:place], current[place:]
