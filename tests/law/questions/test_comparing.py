"""Comparison of a rule's numbers on a day: is the bureau's or the national number stricter?"""

from datetime import date

import pytest

from partyctl.law.catalogue import CATALOGUE
from partyctl.law.changes.changes import Change, Numbers
from partyctl.law.changes.rulebook import Rulebook
from partyctl.law.questions.comparison import (
    TOPICS,
    Compared,
    Verdict,
    compared,
)
from partyctl.terms import RuleAct

ON = date(2026, 6, 1)


def found(*changes: Change) -> dict[str, Compared]:
    return {each.topic.name.english: each for each in compared(Rulebook(changes), ON)}


def test_each_topic_has_its_verdict():
    verdicts = {name: each.verdict for name, each in found().items()}
    assert verdicts == {
        **dict.fromkeys((each.name.english for each in TOPICS), Verdict.SILENT),
        "Members' meeting": Verdict.STRICTER,
        "Committee meeting": Verdict.SAME,
        "Cell meeting": Verdict.SILENT,
        "Party lecture": Verdict.STRICTER,
        "Organisation life": Verdict.STRICTER,
        "Yearly review": Verdict.SAME,
        "Talks on the committee": Verdict.STRICTER,
        "Talks with members": Verdict.STRICTER,
        "Talks among members": Verdict.STRICTER,
        "Study": Verdict.DIFFERENT,
        "Dues paid late": Verdict.STRICTER,
        "Mentors": Verdict.STRICTER,
        "Thought reports": Verdict.STRICTER,
        "Examination of activists": Verdict.SAME,
        "Training": Verdict.LOOSER,
        "The oath": Verdict.LOOSER,
    }


@pytest.mark.parametrize(
    ("rule", "topic", "numbers", "verdict"),
    [
        ("members-meeting", "Members' meeting", Numbers(every="quarter"), Verdict.SAME),
        ("members-meeting", "Members' meeting", Numbers(every="half-year"), Verdict.LOOSER),
        (
            "members-meeting",
            "Members' meeting",
            Numbers(every="quarter", count=2),
            Verdict.STRICTER,
        ),
        ("committee-meeting", "Committee meeting", Numbers(count=2), Verdict.STRICTER),
        ("dues-late-limit", "Dues paid late", Numbers(months=6), Verdict.SAME),
        ("dues-late-limit", "Dues paid late", Numbers(months=7), Verdict.LOOSER),
        ("dues-late-limit", "Dues paid late", Numbers(months=5), Verdict.STRICTER),
    ],
)
def test_another_number_is_another_verdict(rule: str, topic: str, numbers: Numbers, verdict: str):
    change = Change(rule, RuleAct.SET, date(2026, 1, 1), numbers)
    assert found(change)[topic].verdict == verdict


def test_a_rule_that_is_switched_off_says_nothing():
    off = Change("members-meeting", RuleAct.DISABLE, date(2026, 1, 1), Numbers())
    each = found(off)["Members' meeting"]
    assert (each.verdict, each.bureau) == (Verdict.SILENT, None)
    assert each.verdict.chinese == "本局未规定"
    assert found()["Members' meeting"].bureau.chinese == "每月"


def test_every_national_rule_that_is_named_is_one_of_ours():
    known = {rule.id for rule in CATALOGUE}
    for each in found().values():
        assert each.national == each.topic.national
        assert each.national is None or each.national in known
