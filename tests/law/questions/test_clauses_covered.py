"""Each clause of the regulation has a rule or a field of a record, or is listed as having neither."""

from partyctl.law.questions.coverage import Covered, coverage
from partyctl.law.sources.clauses import CHAPTER_OF

FOUND: dict[str, Covered] = {each.clause: each for each in coverage()}


def test_every_clause_has_its_answer_in_the_order_of_the_regulation():
    assert list(FOUND) == list(CHAPTER_OF)


def test_a_clause_names_the_rules_that_cite_it_and_no_others():
    assert FOUND["支部·七1"].rules == ("dues-in-person",)
    assert FOUND["支部·七2"].rules == ("dues-monthly", "dues-late-consent", "dues-late-limit")
    assert FOUND["支部·七3"].rules == ("dues-full-amount",)
    assert FOUND["责任·6"].rules == ("activity-budget", "cadre-training", "posted-rules")


def test_a_clause_without_a_rule_names_a_command_or_says_why_none():
    assert FOUND["防范·四1"].rules == ()
    assert any("warning issue" in each for each in FOUND["防范·四1"].commands)
    without = [each for each in FOUND.values() if not each.rules]
    assert all(each.words for each in without)
    assert {bool(each.commands) for each in without} == {True, False}
