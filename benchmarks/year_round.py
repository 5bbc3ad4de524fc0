"""A branch's duties other than meetings and dues: quarterly talks, the review, leaders' reports."""

from roster import Branch, Member
from rows import Rows, at

from partyctl.terms import Grade, ReviewStep

OMITTED = 0.01
"""The share of talks not held, and of summaries and reports not handed in."""

REVIEW_DAYS = {
    ReviewStep.OPEN: "01",
    ReviewStep.STUDY: "05",
    ReviewStep.MEETING: "20",
    ReviewStep.CLOSE: "28",
}


def keep(rows: Rows, branch: Branch, month: str) -> None:
    """Add a month's events: talks in the last month of a quarter, the review and reports in December."""
    day = f"{month}-15"
    members = [member for member in branch.members if member.attends(day)]
    if int(month[5:]) % 3 == 0:
        _talk(rows, branch, members, day)
    if month.endswith("-12"):
        _review(rows, branch, members, month[:4])
        _report(rows, branch, month[:4])


def _talk(rows: Rows, branch: Branch, members: list[Member], day: str) -> None:
    """Add a quarter's talks, each between two members, so that every kind of talk occurs."""
    around = [*members[1:], members[0], members[1]]
    for one, two in zip(around[::2], around[1::2], strict=False):
        if branch.random.random() >= OMITTED:
            number = rows.next_number("talk")
            rows.add("talk", number, at(day), day)
            for member in (one, two):
                rows.add("talk_party", number, member.id)


def _review(rows: Rows, branch: Branch, members: list[Member], year: str) -> None:
    number = rows.next_number("review")
    rows.add("review", number, at(f"{year}-12-01"), branch.id, int(year))
    for step, day in REVIEW_DAYS.items():
        rows.add("review_step", number, step, f"{year}-12-{day}")
    for member in members:
        if branch.random.random() >= OMITTED:
            rows.add("review_self", number, member.id, f"{year}-12-10")
        rows.add("review_rating", number, member.id, Grade.QUALIFIED)


def _report(rows: Rows, branch: Branch, year: str) -> None:
    for leader in branch.members[:3]:
        if branch.random.random() >= OMITTED:
            day = f"{year}-12-18"
            rows.add("personal_report", at(day), leader.id, int(year), day)
