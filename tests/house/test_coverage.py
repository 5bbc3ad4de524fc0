"""Every clause has a rule or an explanation, and every claim about coverage is true."""

from pathlib import Path

import pytest

from partyctl.law.catalogue import CATALOGUE
from partyctl.law.questions.comparison import TOPICS, Verdict
from partyctl.law.questions.coverage import OTHER, Coverage, coverage
from partyctl.law.sources.clauses import CHAPTER_OF
from partyctl.law.sources.texts import text_of
from partyctl.show.coverage import page
from partyctl.terms import Layer
from tests.conftest import ItIs, Run
from tests.support.command_tree import commands, option_names

HERE = Path(__file__).parents[2]


def test_all_ninety_seven_clauses_are_accounted_for():
    found = coverage()
    where = "OTHER in partyctl/law/questions/coverage.py"
    assert [each.clause for each in found] == list(CHAPTER_OF)
    assert len(found) == 97
    unsaid = [each.clause for each in found if not each.words]
    assert not unsaid, f"say in {where} what becomes of {unsaid}"
    assert all(bool(each.rules) == (each.kind == Coverage.RULE) for each in found)
    assert all(bool(each.commands) == (each.kind == Coverage.FIELD) for each in found)


def test_no_clause_that_a_rule_cites_is_called_anything_else():
    cited = {clause for rule in CATALOGUE for clause in rule.article.split("、")}
    wanted = set(CHAPTER_OF) - cited
    assert set(OTHER) == wanted, (
        "OTHER in partyctl/law/questions/coverage.py has the clauses that no rule cites: put in "
        f"{sorted(wanted - set(OTHER))}, take out {sorted(set(OTHER) - wanted)}"
    )


def test_no_rule_is_without_a_clause_or_a_national_text():
    accounted = {rule for each in coverage() for rule in each.rules}
    for rule in CATALOGUE:
        if rule.layer is Layer.BUREAU:
            assert rule.id in accounted, f"{rule.id} cites no clause of {list(CHAPTER_OF)[:3]} …"
        else:
            assert text_of(rule.article) is not None, (
                f"{rule.id} cites a text that partyctl/law/sources/texts.py does not have"
            )


def test_a_reason_is_one_sentence():
    for account in OTHER.values():
        assert account.words.chinese
        assert not account.words.chinese.endswith("。")
        assert account.words.chinese.count("。") == 0
        assert account.words.english.isascii() or "·" in account.words.english
    reasons = [each for each in coverage() if each.kind == Coverage.NOT_COMPUTABLE]
    assert all(len(each.words.chinese) >= 10 for each in reasons)


TREE = {
    str(command): {name for parameter in command.parameters for name in option_names(parameter)}
    for command in commands()
}


@pytest.mark.parametrize("claim", sorted({c for each in OTHER.values() for c in each.commands}))
def test_every_command_and_option_that_is_claimed_exists(claim: str):
    words, _, option = claim.partition(" --")
    told = f"OTHER in partyctl/law/questions/coverage.py claims `{claim}`, which there is not"
    assert words in TREE, told
    assert not option or f"--{option}" in TREE[words], told


def test_the_page_is_what_the_program_says():
    written = (HERE / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert written == page(coverage()), "run: partyctl rules coverage --markdown > docs/coverage.md"


def test_the_command_says_the_same(run: Run):
    found = run("rules coverage --json").json
    assert [each["clause"] for each in found] == list(CHAPTER_OF)
    assert "97 条" in run("rules coverage").out
    assert run("rules coverage --markdown").out == page(coverage())


# Comparison of bureau rules and national rules


def verdicts(run: Run, as_of: str) -> dict[str, str]:
    found = run(f"rules compare --json --as-of {as_of}").json
    return {each["topic"]: each["verdict"] for each in found}


def test_bureau_and_national_rules_stand_side_by_side(branch: Run):
    found = verdicts(branch, "2026-03-01")
    assert found["党员大会"] == found["党员之间谈心谈话"] == found["补交党费"] == Verdict.STRICTER
    assert found["支委会"] == found["民主评议党员"] == found["积极分子考察"] == Verdict.SAME
    assert found["主题党日"] == found["党小组会"] == Verdict.SILENT
    assert "本局更严" in branch("rules compare").out


@pytest.mark.dated
def test_a_changed_rule_is_compared_as_it_stands(branch: Run, it_is: ItIs):
    it_is("2026-11-20")
    branch("rules set members-meeting --every half-year --from 2027-01-01 --reason 试行")
    assert verdicts(branch, "2026-12-31")["党员大会"] == "stricter"
    assert verdicts(branch, "2027-01-01")["党员大会"] == "looser"
    branch("rules disable members-meeting --from 2028-01-01 --reason 试行")
    assert verdicts(branch, "2028-01-01")["党员大会"] == "silent"


def test_what_is_compared_are_rules_that_there_are():
    rules = {rule.id: rule for rule in CATALOGUE}
    for topic in TOPICS:
        assert topic.rule is None or rules[topic.rule].layer is Layer.BUREAU
    national = {rule.id for rule in CATALOGUE if rule.layer is Layer.NATIONAL}
    left = national - {topic.national for topic in TOPICS}
    assert not left, (
        f"compare {sorted(left)} with a bureau rule: add them to TOPICS in "
        "partyctl/law/questions/comparison.py"
    )
