"""Judge the rows of a roster: each is new, unchanged, different or unclear."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import Told, many
from partyctl.calendar import months_after
from partyctl.cli.member.dated_changes import changes_with_a_day, waits_for_a_day, write_from
from partyctl.cli.member.entry_sheet import fill
from partyctl.cli.member.sheet_matching import Unmatched, match
from partyctl.cli.sheets import judging
from partyctl.errors import PartyctlError
from partyctl.language import say
from partyctl.papers.sheets.forms.roster import ROSTER
from partyctl.papers.sheets.lines import Entry, Problem, Reading
from partyctl.terms import Category
from partyctl.text import plain_name

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.people import Member
    from partyctl.records.members.entering import Entering
    from partyctl.records.members.members import Draft
    from partyctl.records.members.people import People

LONGEST_PROBATION_MONTHS = 24
"""The longest probation: one year, and one extension of at most a year. After 24 months, a person
is a full member or no longer a member."""

COMPARED = (
    "name",
    "joined_on",
    "full_on",
    "on_roll_from",
    "dues_paid_to",
    "gender",
    "birth_on",
    "id_number",
    "phone",
)
"""The member fields that a sheet can correct without --from. The cell is compared separately."""


def judge(session: "Session", reading: Reading, wanted: judging.Wanted) -> judging.Judgement:
    """Judge every row: whether it is about a new or a recorded member, and what would change."""
    from partyctl.records.members.entering import Entering
    from partyctl.records.members.people import people

    known = people(session, wanted.today)
    judges = _Judges(session, known, Entering(known), wanted)
    judgement = judging.Judgement()
    for entry in reading.entries:
        found = judges.judge(entry)
        if isinstance(found, judging.Judged):
            judgement.lines.append(found)
        else:
            judgement.problems += found
    judges.take_for_granted()
    judgement.remarks = judges.remarks
    if not judgement.problems:
        judgement.write_new = judges.store
    return judgement


class _Judges:
    def __init__(
        self, session: "Session", known: "People", entering: "Entering", wanted: judging.Wanted
    ) -> None:
        from partyctl.records.members.members import NewMember

        self._new_member = NewMember
        self._fields = frozenset(NewMember._fields)
        self._session = session
        self._known = known
        self._entering = entering
        self._wanted = wanted
        self._seen: dict[object, Entry] = {}
        self._new: list[judging.Judged] = []
        self._without_category = 0
        self._is_undated = False
        self.remarks: list[str] = []

    def take_for_granted(self) -> None:
        """Add remarks on the default category of new members, and on changes that need a date."""
        if self._is_undated:
            self.remarks.append(
                say(
                    "职务、领导干部、类别的变动要有日期：加 --update --from 日期 一并写入，"
                    "或逐个用上面的命令。",
                    "Changes to posts, leadership and category need a date: add --update --from "
                    "DATE, or run the commands above.",
                )
            )
        if not self._without_category:
            return
        count, category = self._without_category, Category.EMPLOYED
        self.remarks += [
            say(
                f"{count} 人没有写类别，按{category.chinese}登记。",
                f"Entered as {category}, because the category is not written: "
                f"{many(count, 'member')}.",
            )
        ]

    def judge(self, entry: Entry) -> judging.Judged | list[Problem]:
        """Return what an import does with a row, or the problems that prevent the import."""
        try:
            member = match(entry, self._known, self._wanted)
        except Unmatched as unmatched:
            return [unmatched.problem]
        if member is not None:
            if twice := self._twice(entry, member.number):
                return [twice]
            return self._known_one(entry, member)
        return self._new_one(entry)

    def _twice(self, entry: Entry, who: object) -> Problem | None:
        """Return a problem if an earlier row is about the same person, or None if not."""
        first = self._seen.setdefault(who, entry)
        if first is entry:
            return None
        return judging.unclear(
            entry,
            entry.columns.get("name", ""),
            str(entry.values["name"]),
            Told(
                f"与 {first.sheet} 第 {first.row} 行是同一个人；请只留一行",
                f"is the same person as row {first.row} of {first.sheet}; keep one line",
            ),
            kind="twice",
        )

    def _new_one(self, entry: Entry) -> judging.Judged | list[Problem]:
        values = dict(entry.values)
        for name in ("joined_on", "probationary") if self._wanted.answers else ():
            values |= judging.answered(entry, ROSTER.column(name), self._wanted)
        problems = list(self._lacks(entry, values))
        if problems:
            return problems
        if twice := self._twice(
            entry, (values["name"], values["joined_on"], values.get("id_number"))
        ):
            return [twice]
        values.setdefault("probationary", False)
        if "category" not in values:
            self._without_category += 1
            values["category"] = Category.EMPLOYED
        try:
            draft = self._prepared(values)
        except PartyctlError as error:
            return [judging.refused(entry, error)]
        values |= {"on_roll_from": draft.on_roll_from, "name": draft.name}
        judged = judging.Judged(entry, judging.State.NEW, None, values)
        self._new.append(judged)
        return judged

    def _lacks(self, entry: Entry, values: dict[str, Any]) -> Iterator[Problem]:
        """Yield a problem if values of a new member are missing or contradict each other."""
        joined, full = values.get("joined_on"), values.get("full_on")
        if joined is None:
            yield judging.lacking(entry, ROSTER.column("joined_on"))
            return
        is_unsaid = "probationary" not in values and full is None
        if is_unsaid and months_after(joined, LONGEST_PROBATION_MONTHS) > self._wanted.today:
            yield judging.unclear(
                entry,
                ROSTER.column("probationary").name,
                f"{values['name']} {joined}",
                Told(
                    "是正式党员还是预备党员？表里没有写，日期也定不了",
                    "is this person a full or a probationary member? The sheet does not "
                    "say, and the dates do not show it",
                ),
                kind="standing-unsaid",
                choices=("正式党员", "预备党员"),
                key=judging.answer_key(entry, "probationary"),
            )
        if values.get("probationary") and full is not None:
            yield judging.unclear(
                entry,
                entry.columns.get("full_on", ""),
                str(full),
                Told(
                    "写了预备党员，又有转正日期",
                    "is on probation, but has a day of becoming a full member",
                ),
                kind="standing-twice",
            )

    def _prepared(self, values: dict[str, Any]) -> "Draft":
        fields = {name: value for name, value in values.items() if name in self._fields}
        branch = values.get("branch") or self._wanted.branch
        return self._entering.prepare(self._new_member(**fields), branch)

    def store(self) -> None:
        """Store the new members."""
        numbers = self._entering.store(self._session)
        for judged, number in zip(self._new, numbers, strict=True):
            judged.number = number

    def _known_one(self, entry: Entry, member: "Member") -> judging.Judged | list[Problem]:
        try:
            differences, changes = self._compared(entry, member)
            dated, otherwise = changes_with_a_day(
                self._session, entry.values, member, self._known, self._wanted
            )
        except PartyctlError as error:
            return [judging.refused(entry, error)]
        differences += otherwise
        judged = judging.Judged(
            entry,
            judging.State.DIFFERENT if differences else judging.State.SAME,
            member.number,
            dict(entry.values),
            differences,
        )
        self._is_undated |= waits_for_a_day(otherwise)
        if changes or dated:
            judged.write = lambda: self._edit(member, changes, dated)
        return judged

    def _edit(self, member: "Member", changes: dict[str, Any], dated: dict[str, Any]) -> int:
        from partyctl.records.members import members

        if changes:
            members.edit(self._session, f"#{member.number}", dict(changes))
        if dated:
            self.remarks += write_from(self._session, member, dated, self._wanted)
        return member.number

    def _compared(
        self, entry: Entry, member: "Member"
    ) -> tuple[list[judging.Difference], dict[str, Any]]:
        """Return how a row differs from a recorded member, and the changes that --update makes.

        Posts, leadership, category, branch and probation are not compared here, because a change of
        these values applies from a certain day (see `dated_changes.changes_with_a_day`).
        """
        values = entry.values
        differences: list[judging.Difference] = []
        changes: dict[str, Any] = {}
        for name in COMPARED:
            if name not in values:
                continue
            recorded = getattr(member, name)
            if name == "full_on":
                recorded = recorded or self._known.full_since.get(member.number)
            if values[name] != recorded:
                if name == "name" and plain_name(values[name]) == plain_name(recorded):
                    continue
                changes[name] = values[name]
                differences.append(judging.differing(ROSTER.column(name), recorded, values[name]))
        if "cell" in values:
            branch = self._known.branches[member.branch_id]
            cell = self._known.cell(values["cell"], branch)
            if cell.id != member.cell_id:
                changes["cell"] = f"#{cell.number}"
                was = self._known.cells[member.cell_id].name if member.cell_id else ""
                differences.append(judging.differing(ROSTER.column("cell"), was, cell.name))
        return differences, changes


def write(
    session: "Session", judgement: judging.Judgement, wanted: judging.Wanted
) -> list[Problem]:
    """Store all new members together; with --update, then correct recorded members one by one."""
    if not wanted.dry_run and judgement.write_new is not None:
        judgement.write_new()
    return judging.write_each(session, judgement, wanted)


ROSTER_IMPORT = judging.Import(ROSTER, "members", Told("人", "member"), judge, fill, write)
