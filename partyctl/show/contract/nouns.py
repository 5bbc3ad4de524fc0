"""The JSON contract by noun: what a record and a line of its list are. Fields are added, never renamed."""

from typing import NamedTuple

from partyctl.show.contract import admission, dues, meetings, openness, people, rules
from partyctl.terms import Noun


class Printed(NamedTuple):
    """The TypedDicts of a record: as a command answers it, and as in its list."""

    record: type
    line: type


CONTRACT = {
    Noun.BRANCH: Printed(people.Branch, people.Branch),
    Noun.CELL: Printed(people.Cell, people.Cell),
    Noun.MEMBER: Printed(people.Member, people.Member),
    Noun.STAFF: Printed(people.Staff, people.Staff),
    Noun.MEETING: Printed(meetings.Meeting, meetings.Meeting),
    Noun.DUES: Printed(dues.Dues, dues.Dues),
    Noun.REMITTANCE: Printed(dues.Remittance, dues.Remittance),
    Noun.PLAN: Printed(meetings.Plan, meetings.PlanRow),
    Noun.PLAN_ITEM: Printed(meetings.PlanItem, meetings.PlanItem),
    Noun.RECTIFY: Printed(meetings.Rectify, meetings.Rectify),
    Noun.REVIEW: Printed(meetings.Review, meetings.ReviewRow),
    Noun.TALK: Printed(people.Talk, people.Talk),
    Noun.CONTACT: Printed(people.Contact, people.Contact),
    Noun.DISCLOSURE: Printed(openness.Disclosure, openness.Disclosure),
    Noun.OPINION: Printed(openness.Opinion, openness.Opinion),
    Noun.WARNING: Printed(openness.WarningCase, openness.WarningRow),
    Noun.APPLICANT: Printed(admission.Applicant, admission.ApplicantRow),
    Noun.WAIVER: Printed(rules.Waiver, rules.Waiver),
    Noun.HOLIDAY: Printed(rules.Holiday, rules.HolidayRow),
    Noun.RULE_CHANGE: Printed(rules.RuleChange, rules.RuleChange),
}
"""By noun; a test compares every `--json` with it, and docs/JSON.md is written from it."""

ANSWERS = {"check": rules.Check, "dues status": dues.DuesStatus}
"""Answers that are not records, on which scripts rely."""
