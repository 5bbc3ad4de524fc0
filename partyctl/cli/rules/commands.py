"""`partyctl rules`: list the rules with clause, strength and duty; show one; change them."""

from typing import Annotated, Any

import typer

from partyctl.bilingual import NOTHING, Told
from partyctl.cli.input.dates import today
from partyctl.cli.input.options import AsJson, AsOf
from partyctl.cli.output.to_file import to_file
from partyctl.cli.rules.exchange import rulebook_on
from partyctl.cli.session.group import add_verb, noun
from partyctl.language import comma_list, say, with_colon
from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.engine.rule import Rule
from partyctl.show.listing import Column, print_list
from partyctl.show.rules import rule_object
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import Layer, RuleAct, Strength, stored_term

app = noun("规则及其条款", "The rules and their clauses")


def _state(row: dict[str, Any]) -> str:
    changed = say("已改", "changed") if row["last_change"] else ""
    return changed if row["enabled"] else say("停用", "off")


COLUMNS = (
    Column(Told("规则", "rule"), "id"),
    Column(Told("条款", "clause"), "article"),
    Column(Told("强度", "strength"), lambda row: row["strength"].label),
    Column(Told("事项", "duty"), "title"),
    Column(NOTHING, _state),
)


def _toned(row: dict[str, Any], cells: tuple[str, ...]) -> Line:
    return Line(cells, None if row["enabled"] else "waived")


@app.command("list", help=say("列出规则", "List the rules"))
@to_file("规则", "Rules")
def show_list(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the bureau's rules, then the national rules, as of a day."""
    on = as_of or today()
    rulebook = rulebook_on(on)
    rows = [rule_object(rule, rulebook, on) for rule in CATALOGUE]
    print_list(rows, COLUMNS, as_json=as_json, line=_toned)


@app.command(help=say("查看一条规则", "Show a rule"))
def show(
    name: Annotated[
        Rule, typer.Argument(parser=rule_named, metavar="ID", help=say("规则", "the rule"))
    ],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show one rule."""
    on = as_of or today()
    found = rule_object(name, rulebook_on(on), on)
    if as_json:
        print_json(found)
        return
    last = found["last_change"]
    told = say("（没有改过）", "(never changed)")
    if last:
        act = stored_term(RuleAct, last["act"]).label
        told = with_colon(f"#{last['id']} {last['from']} {act}", last["reason"])
    options = comma_list(f"--{each} {value}" for each, value in found["numbers"].items())
    state = say("启用", "in force") if found["enabled"] else say("停用", "not in force")
    lines = [
        (say("规则", "rule"), found["id"]),
        (say("事项", "title"), found["title"]),
        (say("条款", "clause"), found["article"]),
        (say("层级", "layer"), stored_term(Layer, found["layer"]).label),
        (say("强度", "strength"), stored_term(Strength, found["strength"]).label),
        (say("要求", "duty"), found["duty"]),
        (say("什么算数", "satisfied by"), found["satisfied_by"]),
        (say("状态", "state"), f"{state} {found['since'] or ''}".strip()),
        (say("可改", "can be set"), options or "--strength"),
        (say("最近变更", "last change"), told),
    ]
    print_table(("", ""), [Line(each) for each in lines])


add_verb(
    app,
    "set",
    "rules.changes.set_numbers",
    "从某天起改一条规则的数字或强度",
    "Change a rule's numbers or strength from a given day",
)
add_verb(
    app,
    "enable",
    "rules.changes.enable",
    "从某天起启用规则、整层或设置",
    "Enable a rule, a layer or a setting from a given day",
)
add_verb(
    app,
    "disable",
    "rules.changes.disable",
    "从某天起停用规则、整层或设置",
    "Disable a rule, a layer or a setting from a given day",
)
add_verb(app, "void", "rules.changes.void", "作废一次规则变更", "Void a change of a rule")
add_verb(
    app,
    "history",
    "rules.changes.history",
    "一条规则改过几次，为什么",
    "Show the changes to a rule, with their reasons",
)
add_verb(app, "export", "rules.exchange.export", "把全部规则写成 TOML", "Write all rules as TOML")
add_verb(
    app,
    "import",
    "rules.exchange.import_file",
    "照 TOML 文件改规则",
    "Import changes of rules from a TOML file",
)
add_verb(
    app,
    "coverage",
    "rules.coverage.coverage",
    "97 条逐条对照：规则、记录还是不可计算",
    "List the 97 clauses, each with its rules or its kinds of record",
)
add_verb(
    app,
    "compare",
    "rules.coverage.compare",
    "本局规定与全国规定对照",
    "Compare the bureau's rules with the national ones",
)
