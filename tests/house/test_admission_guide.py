"""The guide's table of admission steps agrees with the steps in partyctl/law."""

from pathlib import Path

from partyctl.law.admission.steps import STEPS, Step
from partyctl.law.catalogue import rule_named
from partyctl.law.sources.clauses import BRANCH

GUIDE = Path(__file__).parents[2] / "docs" / "admission.md"
HEADINGS = ("步骤", "命令里写", "阶段", "条款", "25 步", "先要（可越过）", "先要（不可越过）")
CUSTOMARY = 25


def table() -> str:
    lines = [HEADINGS, ("---",) * len(HEADINGS), *map(cells, STEPS)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines).replace("| --- ", "|---")


def cells(row: Step) -> tuple[str, ...]:
    hard = [rule_named(each.rule).title for each in row.hard if each.rule]
    firm = [rule_named(each.rule).title for each in row.firm if each.rule]
    return (
        row.step.chinese,
        f"`{row.step.value}`",
        row.stage.chinese,
        row.clause,
        row.customary,
        "；".join(hard),
        "；".join(firm),
    )


def test_the_guide_lists_the_steps_of_the_law():
    text = GUIDE.read_text(encoding="utf-8")
    listed = text.partition("<!-- steps")[2].partition("-->\n")[2].partition("<!-- /steps")[0]
    assert listed == table(), f"docs/admission.md, between the marks <!-- steps …:\n{table()}"


def test_the_regulations_headings_and_the_customary_steps_are_all_on_the_table():
    assert {row.clause for row in STEPS} == {BRANCH[f"六{n}"] for n in range(1, 12)}
    on_table = set()
    for row in STEPS:
        first, _, last = row.customary.replace("—", "").partition("–")
        on_table |= set(range(int(first), int(last or first) + 1)) if first else set()
    # Two customary steps have no row: `applicant add` records the application, and education during
    # probation has no separate record.
    assert on_table == set(range(1, CUSTOMARY + 1)) - {1, 23}
