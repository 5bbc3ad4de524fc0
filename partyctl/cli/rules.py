"""`partyctl rules`: every rule with its clause, strength, duty and what satisfies it."""

from typing import Annotated, Any

import typer

from partyctl.cli.group import noun
from partyctl.cli.options import AsJson, AsOf
from partyctl.language import say
from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.rule import Rule
from partyctl.show.obligations import title
from partyctl.show.tables import Line, print_json, print_table

app = noun("规则及其条款", "The rules and their clauses")


def rule_object(rule: Rule) -> dict[str, Any]:
    """A rule as JSON."""
    return {
        "id": rule.id,
        "title": title(rule),
        "article": rule.article,
        "layer": rule.layer,
        "strength": rule.strength,
        "area": rule.area,
        "remedy": f"partyctl {rule.remedy}",
    }


@app.command("list", help=say("列出规则", "List the rules"))
def show_list(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the rules in the order of the regulation."""
    if as_json:
        print_json([rule_object(rule) for rule in CATALOGUE])
        return
    headings = (
        say("规则", "rule"),
        say("条款", "clause"),
        say("强度", "strength"),
        say("事项", "duty"),
    )
    lines = [Line((rule.id, rule.article, rule.strength.label, title(rule))) for rule in CATALOGUE]
    print_table(headings, lines)


@app.command(help=say("查看一条规则", "Show a rule"))
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help=say("规则", "the rule"))],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show one rule."""
    found = rule_object(rule_named(name))
    if as_json:
        print_json(found)
        return
    print_table(("", ""), [Line((field, str(value))) for field, value in found.items()])
