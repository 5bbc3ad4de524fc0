"""The types of the JSON output: by noun for records and lists, by command for other answers.

A later version may add fields, but it never renames a field.
"""

from typing import Any

from partyctl.contract import (
    admission,
    dues,
    maintenance,
    meetings,
    openness,
    overviews,
    papers,
    people,
    reminding,
    rollup,
    rules,
    sheets,
    talking,
)
from partyctl.light import NamedTuple
from partyctl.terms import Noun


class Printed(NamedTuple):
    """Two TypedDicts for a record: one for the record itself, one for a line in a list."""

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
"""The types of the records of each noun, such as `member`. A test compares every `--json` output
with these types, and docs/JSON.md is made from these types."""

COMMANDS: dict[str, Any] = {
    "status": overviews.LedgerStatus,
    "check": rules.Check | overviews.Explained,
    "meeting attendance": overviews.Attendance,
    "meeting import": sheets.MeetingsImported | sheets.AttendanceImported | sheets.ImportErrors,
    "meeting sheet": papers.WrittenSheet,
    "member import": sheets.MembersImported | sheets.ImportErrors,
    "member sheet": papers.WrittenSheet,
    "dues book": overviews.DuesBook,
    "dues import": sheets.DuesImported | sheets.ImportErrors,
    "dues sheet": papers.WrittenSheet,
    "dues status": dues.DuesStatus,
    "applicant import": sheets.ApplicantsImported | sheets.ImportErrors,
    "applicant sheet": papers.WrittenSheet,
    "applicant next": list[overviews.ApplicantComing],
    "review status": overviews.ReviewStatus,
    "review import": sheets.RatingsImported | sheets.ImportErrors,
    "review sheet": papers.WrittenSheet,
    "talk matrix": talking.TalkMatrix | talking.TalkYear,
    "talk import": sheets.TalksImported | sheets.ImportErrors,
    "talk sheet": papers.WrittenSheet,
    "disclosure import": sheets.DisclosuresImported | sheets.ImportErrors,
    "disclosure sheet": papers.WrittenSheet,
    "disclosure directory": overviews.DisclosureDirectory,
    "disclosure briefing": overviews.Briefing | papers.WrittenPaper,
    "opinion register": papers.WrittenPaper,
    "warning letter": papers.WrittenPaper,
    "paper KIND": papers.WrittenPaper | papers.WrittenPapers,
    "paper list": list[papers.PaperRow],
    "report month": papers.ReportPage,
    "report year": papers.ReportPage,
    "report book": papers.ReportBook,
    "report inspection": papers.ReportInspection,
    "report handover": papers.ReportHandover,
    "calendar coming": overviews.Coming,
    "calendar holidays import": rules.HolidaysImported,
    "rules list": list[rules.Rule],
    "rules show": rules.Rule,
    "rules export": rules.RulesFile,
    "rules import": rules.RuleChange | rules.RulesChanged | rules.RulesWouldChange,
    "rules coverage": list[rules.Covered],
    "rules compare": list[rules.Compared],
    "remind send": reminding.Sent | reminding.WouldSend,
    "remind log": list[reminding.DigestRow],
    "remind status": reminding.RemindStatus,
    "remind test": reminding.TrialSent,
    "schedule install": reminding.ScheduleChanged,
    "schedule remove": reminding.ScheduleChanged,
    "schedule show": reminding.Schedule,
    "rollup extract": rollup.RollupExtract,
    "rollup collect": list[rollup.RollupCollected],
    "rollup missing": rollup.RollupMissing,
    "rollup verify": rollup.RollupVerified,
    "rollup show": rollup.RollupSums,
    "journal list": list[maintenance.JournalRun],
    "journal show": maintenance.JournalRun,
    "journal verify": maintenance.JournalReport,
    "journal redact": maintenance.Redaction,
    "undo": maintenance.Undone,
    "backup make": maintenance.BackupMade,
    "backup list": list[maintenance.BackupMade],
    "backup verify": maintenance.BackupsChecked,
    "restore": maintenance.Restore,
    "doctor": maintenance.Doctor,
}
"""The types of the answers that CONTRACT does not describe, keyed by command."""

OPTIONS = {
    "-o FILE": papers.WrittenList,
    "--history": list[maintenance.JournalChange],
}
"""Two options that many commands have, each with the type of its output. `-o` (in lists) replaces
the command's answer; `--history` (in `show`) adds the field `history`."""

MORE_FIELDS: dict[type, Any] = {
    sheets.ImportRow: str | int | bool | list[str | int] | None,
    rules.RuleChangeAhead: str | int | bool,
}
"""TypedDicts that also have fields whose names depend on the data, each with the types of these fields."""
