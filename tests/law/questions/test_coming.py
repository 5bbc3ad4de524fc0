"""Coming duties, and duties that one meeting could satisfy, with days calculated by hand."""

from datetime import date

from partyctl.calendar import period_named
from partyctl.law.catalogue import rule_named
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.coming import months_until, opening_later, together
from partyctl.terms import MeetingKind, Status

BRANCH = Subject("branch", 1, "机关支部")


def owed(rule: str, period: str, status: Status = Status.DUE) -> Obligation:
    of = period_named(period)
    return Obligation(rule_named(rule), BRANCH, period, of.first, of.last, status)


def test_the_months_after_the_running_one_up_to_a_day():
    def names(on: date, until: date) -> list[str]:
        return [month.name for month in months_until(on, until)]

    assert names(date(2026, 3, 1), date(2026, 3, 31)) == []
    assert names(date(2026, 3, 31), date(2026, 4, 1)) == ["2026-04"]
    assert names(date(2025, 12, 10), date(2026, 2, 1)) == ["2026-01", "2026-02"]


def test_what_opens_after_a_day_and_falls_due_in_the_month_is_to_come():
    april = period_named("2026-04")
    to_come = owed("members-meeting", "2026-04", Status.OVERDUE)
    judged = [
        to_come,
        owed("study-session", "2026-04", Status.MET),
        owed("members-meeting", "2026-03"),
        owed("party-lecture", "2026-Q2"),
    ]
    found = list(opening_later(judged, april, date(2026, 3, 31)))
    assert found == [to_come._replace(status=Status.DUE)]
    assert list(opening_later(judged, april, date(2026, 4, 1))) == []


def test_one_gathering_serves_what_is_open_by_the_day_on_which_the_first_is_due():
    meeting, study = owed("members-meeting", "2026-03"), owed("study-session", "2026-03")
    lecture, later = owed("party-lecture", "2026-Q2"), owed("members-meeting", "2026-04")
    (march, *rest) = together(
        [lecture, later, study, meeting], date(2026, 3, 10), date(2026, 6, 30)
    )
    assert (march.by, march.kinds) == (
        date(2026, 3, 31),
        [MeetingKind.MEMBERS, MeetingKind.STUDY],
    )
    (april,) = rest
    assert (april.by, set(april.kinds)) == (
        date(2026, 4, 30),
        {MeetingKind.MEMBERS, MeetingKind.LECTURE},
    )
    assert together([meeting, study], date(2026, 3, 10), date(2026, 3, 30)) == []
    assert len(together([meeting, study], date(2026, 3, 31), date(2026, 3, 31))) == 1
    assert together([meeting, study], date(2026, 4, 1), date(2026, 6, 30)) == []
    assert together([meeting], date(2026, 3, 10), date(2026, 6, 30)) == []
    talk = owed("talk-members", "2026-Q1")
    assert together([meeting, talk], date(2026, 3, 10), date(2026, 6, 30)) == []
    rolled = meeting._replace(due=date(2026, 4, 1))
    (first, *_) = together([rolled, lecture], date(2026, 3, 10), date(2026, 6, 30))
    assert (first.by, len(first.kinds)) == (date(2026, 4, 1), 2)
