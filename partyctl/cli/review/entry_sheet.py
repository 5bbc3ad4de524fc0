"""The entry sheet of a yearly review: a row for each member, with summary, rating and votes."""

from collections.abc import Mapping
from datetime import date
from sqlite3 import Connection

from partyctl.cli.sheets.filling import EntrySheet
from partyctl.language import say
from partyctl.ledger.reading import lists
from partyctl.ledger.reading import reviews as review_lists
from partyctl.papers.sheets.forms.reviews import REVIEW, votes_field
from partyctl.terms import Grade, stored_term

FIELDS = ("number", "name", "self_on", "grade", *(votes_field(grade) for grade in Grade))


def fill(ledger: Connection, what: str, on: date, branch: int | None) -> EntrySheet:
    """Fill the sheet with the members on the roll of each branch that has a review of the year."""
    year = int(what)
    said: dict[int, dict[str, object]] = {}
    names = set()
    for row in review_lists.reviews(ledger, on, branch):
        if row["year"] == year:
            names.add(row["branch"])
            found = review_lists.review(ledger, row["id"])
            assert found is not None
            for summary in found["summaries"]:
                said.setdefault(summary["member_id"], {})["self_on"] = summary["on"]
            for rating in found["ratings"]:
                grade = stored_term(Grade, rating["grade"])
                said.setdefault(rating["member_id"], {})["grade"] = grade
            for ballots in found["votes"]:
                cast_by: Mapping[str, object] = ballots
                counts = {votes_field(grade): cast_by[grade.value] for grade in Grade}
                said.setdefault(ballots["member_id"], {}).update(counts)
    rows = [
        {"number": row["id"], "name": row["name"], **said.get(row["id"], {})}
        for row in lists.members(ledger, on, branch)
        if row["branch"] in names
    ]
    note = say(
        "不定等次的空着；票数四个等次都写，没有的写 0。台账编号和姓名不要改。",
        "Leave the rows of unrated members empty; give the numbers of votes for all four grades "
        "(0 for none). Do not change IDs or names.",
    )
    title = say(f"{year}年度民主评议填报表", f"review of {year}")
    return EntrySheet(REVIEW, what, title, FIELDS, rows, (note,))
