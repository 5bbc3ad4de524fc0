"""Differences between a roster and the ledger in values that have dates.

A roster shows the current state without dates. Therefore `import --update` stores a difference in
posts, leadership or category only if `--from DATE` gives the date. It never stores a difference in
branch or probation. For each difference that is not stored, a command for the new value is printed.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from partyctl.calendar import month_of
from partyctl.cli.sheets import judging
from partyctl.law.engine.known import as_word
from partyctl.papers.sheets.forms.roster import ROSTER
from partyctl.terms import Category, stored_term

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.people import Member
    from partyctl.records.members.people import People

Dated = dict[str, Any]

DATED = ("posts", "leader", "category")


def changes_with_a_day(
    session: "Session",
    values: Dated,
    member: "Member",
    known: "People",
    wanted: judging.Wanted,
) -> tuple[Dated, list[judging.Difference]]:
    """Compare posts, leadership, category, branch and probation in a row with the ledger.

    Return the values that an import with `--update --from` stores, and all differences. Without
    --from, return no values to store.
    """
    found = [
        *_posts(values, member, known),
        *_leader(values, member, known),
        *_category(session, values, member, known, wanted),
    ]
    is_written = wanted.changed_from is not None
    dated = {name: values[name] for name, _ in found} if is_written else {}
    differences = [each._replace(remedy=None) if is_written else each for _, each in found]
    return dated, [*differences, *_never_written(values, member, known)]


def waits_for_a_day(differences: list[judging.Difference]) -> bool:
    """Whether some of the differences could be written if --from gave a date."""
    waiting = [each.column for each in differences if each.remedy is not None]
    return bool(waiting) and not {ROSTER.column(name).name for name in DATED}.isdisjoint(waiting)


Found = Iterator[tuple[str, judging.Difference]]


def _posts(values: Dated, member: "Member", known: "People") -> Found:
    if "posts" not in values:
        return
    held = known.posts.get(member.number, set())
    if set(values["posts"]) != held:
        new = next((post for post in values["posts"] if post not in held), None)
        ended = next((post for post in held if post not in values["posts"]), None)
        remedy = f"partyctl member post '#{member.number}' {new or ended} --from …"
        column = ROSTER.column("posts")
        yield "posts", judging.differing(column, sorted(held), values["posts"], remedy)


def _leader(values: Dated, member: "Member", known: "People") -> Found:
    if "leader" not in values:
        return
    leads = member.number in known.leaders
    if values["leader"] != leads:
        option = "--leader" if values["leader"] else "--not-leader"
        remedy = f"partyctl member edit '#{member.number}' {option} --from …"
        column = ROSTER.column("leader")
        yield "leader", judging.differing(column, leads, values["leader"], remedy)


def _category(
    session: "Session", values: Dated, member: "Member", known: "People", wanted: judging.Wanted
) -> Found:
    category = values.get("category")
    if category is None:
        return
    in_force = stored_term(Category, member.category)
    if member.number in known.dated:
        from partyctl.records.members.categories import category_in

        in_force = category_in(session, member, month_of(wanted.changed_from or wanted.today))
    if category != in_force:
        remedy = f"partyctl member edit '#{member.number}' --category {category} --from …"
        column = ROSTER.column("category")
        yield "category", judging.differing(column, in_force, category, remedy)


def _never_written(
    values: Dated, member: "Member", known: "People"
) -> Iterator[judging.Difference]:
    """Yield the differences in branch and probation. No import stores these differences (支部·六)."""
    person = f"'#{member.number}'"
    if (name := values.get("branch")) is not None:
        branch = known.branch(name)
        if branch.id != member.branch_id:
            was = known.branches[member.branch_id].name
            remedy = f"partyctl member leave {person} --to {as_word(branch.name)} --on …"
            yield judging.differing(ROSTER.column("branch"), was, branch.name, remedy)
    full = member.full_on or known.full_since.get(member.number) or values.get("full_on")
    is_probationary = member.probationary and full is None
    said = values.get("probationary", is_probationary)
    if said != is_probationary and "full_on" not in values:
        option = "--probationary" if said else "--full …"
        remedy = f"partyctl member edit {person} {option}"
        yield judging.differing(ROSTER.column("probationary"), is_probationary, said, remedy)


def write_from(
    session: "Session", member: "Member", dated: Dated, wanted: judging.Wanted
) -> list[str]:
    """Record changed posts, leadership and category, which apply from the day that --from gives.

    Return remarks about a new category and its effect on dues. The category applies from the month
    of that day on.
    """
    from partyctl.cli.member.category import categorised
    from partyctl.records.members import posts

    assert wanted.changed_from is not None
    number = f"#{member.number}"
    if "posts" in dated:
        posts.hold(session, number, dated["posts"], wanted.changed_from)
    if "leader" in dated:
        posts.lead(session, number, dated["leader"], wanted.changed_from)
    if "category" not in dated:
        return []
    month = month_of(wanted.changed_from)
    return [f"{number} {member.name}" + categorised(session, member, dated["category"], month)]
