"""Judge the rows of a list of disclosures: each is new, unchanged, or differs from the record."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import Told
from partyctl.cli.openness.disclosure_filling import as_said, fill
from partyctl.cli.sheets import judging
from partyctl.language import say
from partyctl.papers.sheets.forms.disclosures import DISCLOSURES
from partyctl.papers.sheets.lines import Entry, Problem, Reading

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.records.openness.disclosures import Matter
    from partyctl.terms import DisclosureForm

MATTER = ("kind", "scope", "form", "period_class", "reviewed_on", "approved_on", "responsible")
"""The fields of a disclosure that a sheet can correct."""

SAME, ANOTHER = "同一事项", "另一事项"

Recorded = dict[str, Any]


def judge(session: "Session", reading: Reading, wanted: judging.Wanted) -> judging.Judgement:
    """Judge every row: whether its disclosure is new, unchanged, or differs from the record."""
    from partyctl.ledger.reading import disclosures
    from partyctl.ledger.writing.session import driver_of

    recorded = [as_said(row) for row in disclosures.disclosures(driver_of(session), wanted.today)]
    judgement = judging.Judgement()
    for entry in reading.entries:
        found = _judged(session, entry, recorded, wanted)
        if isinstance(found, judging.Judged):
            said = tuple(str(found.stored.get(name)) for name in ("title", "kind", "approved_on"))
            found = judgement.twice(entry, found.number or said) or found
        judgement.take(found)
    return judgement


def _judged(
    session: "Session", entry: Entry, recorded: Sequence[Mapping[str, Any]], wanted: judging.Wanted
) -> judging.Judged | Problem:
    matter = _matter(entry, recorded, wanted)
    if isinstance(matter, Problem):
        return matter
    values = dict(entry.values)
    needed = () if matter else ("kind", "scope")
    if _is_published_anew(matter, values) and not (matter and matter["form"]):
        needed = (*needed, "form")
    for name in needed:
        values |= judging.answered(entry, DISCLOSURES.column(name), wanted)
        if name not in values:
            return judging.lacking(entry, DISCLOSURES.column(name))
    if matter is not None:
        return _compared(session, entry, matter, values)
    judged = judging.Judged(entry, judging.State.NEW, None, values)
    judged.write = lambda: _add(session, values)
    return judged


def _is_published_anew(matter: Mapping[str, Any] | None, values: Mapping[str, Any]) -> bool:
    """Whether a row has a day of publication that is not recorded."""
    days = [each["published_on"] for each in matter["publications"]] if matter else []
    return "published_on" in values and str(values["published_on"]) not in days


def _matter(
    entry: Entry, recorded: Sequence[Mapping[str, Any]], wanted: judging.Wanted
) -> Mapping[str, Any] | Problem | None:
    """Find the recorded disclosure of a row: by ID and title, or by title and kind."""
    values = entry.values
    if (number := values.get("number")) is not None:
        found = next((row for row in recorded if row["id"] == number), None)
        return found if found and found["title"] == values["title"] else _misnumbered(entry, found)
    named = [
        row
        for row in recorded
        if row["title"] == values["title"] and values.get("kind") in (None, row["kind"])
    ]
    alike = [row for row in named if _may_be_one(row, values)]
    if len(alike) == 1:
        return alike[0]
    return _chosen(entry, alike or named, wanted, may_be_new=not alike) if named else None


def _may_be_one(row: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Whether a row may be about a recorded disclosure, according to their days of approval.

    Return true if the row or the disclosure has no day of approval, or if the two days are equal.
    """
    said, known = values.get("approved_on"), row["approved_on"]
    return None in (said, known) or str(said) == known


def _chosen(
    entry: Entry,
    candidates: Sequence[Mapping[str, Any]],
    wanted: judging.Wanted,
    *,
    may_be_new: bool,
) -> Mapping[str, Any] | Problem | None:
    """Return the disclosure that the clerk chose among `candidates`.

    Return None if the clerk answered that the row is about a new disclosure.
    """
    key = judging.answer_key(entry, "same")
    one = len(candidates) == 1
    words = {SAME if one else f"#{each['id']}": each for each in candidates}
    answer = wanted.answers.get(key)
    if answer in words:
        return words[answer]
    if answer == ANOTHER and may_be_new:
        return None
    days = say("{} 审定", "approved {}")
    listed = "、".join(
        f"#{each['id']}（{days.format(each['approved_on'])}）" for each in candidates
    )
    return judging.unclear(
        entry,
        entry.columns["title"],
        entry.named,
        Told(
            f"台账里有同名的 {listed}；是同一事项，还是另一事项？请写台账编号"
            if one
            else f"台账里有几项同名的：{listed}；请写台账编号",
            f"this title is already recorded for {listed}; if the row is about a recorded "
            "disclosure, write the ID of that disclosure",
        ),
        kind="namesake",
        choices=(*words, ANOTHER) if may_be_new else tuple(words),
        key=key,
    )


def _misnumbered(entry: Entry, found: Mapping[str, Any] | None) -> Problem:
    number = entry.values["number"]
    whose = f"，#{number} 是“{found['title']}”" if found else f"，没有公开事项 #{number}"
    return judging.unclear(
        entry,
        entry.columns.get("number", ""),
        f"#{number} {entry.named}",
        Told(
            f"台账编号与标题对不上{whose}",
            "the ID and the title do not match",
        ),
        kind="number-and-title",
    )


def _compared(
    session: "Session", entry: Entry, matter: Mapping[str, Any], values: Recorded
) -> judging.Judged:
    """Compare a row with a recorded disclosure."""
    changes = {
        name: values[name]
        for name in MATTER
        if name in values and str(values[name]) != str(matter[name])
    }
    if _is_published_anew(matter, values):
        changes["published_on"] = values["published_on"]
    number, withdrawn = int(matter["id"]), matter["withdrawn_on"]
    remedies: dict[str, str] = {}
    if "withdrawn_on" in values and str(values["withdrawn_on"]) != str(withdrawn):
        changes["withdrawn_on"] = values["withdrawn_on"]
        if withdrawn is not None:
            remedies["withdrawn_on"] = f"partyctl disclosure edit {number} --not-withdrawn"
    judged = judging.Judged(
        entry,
        judging.State.DIFFERENT if changes else judging.State.SAME,
        number,
        values,
        [
            judging.differing(DISCLOSURES.column(name), matter[name], said, remedies.get(name))
            for name, said in changes.items()
        ],
    )
    written = {name: said for name, said in changes.items() if name not in remedies}
    if written:
        form = values.get("form") or matter["form"]
        judged.write = lambda: _correct(session, number, written, form)
    return judged


def _said(values: Mapping[str, Any]) -> "Matter":
    from partyctl.records.openness.disclosures import Matter

    return Matter(**{name: values[name] for name in ("title", *MATTER) if name in values})


def _add(session: "Session", values: Mapping[str, Any]) -> int:
    from partyctl.records.openness import disclosures

    number = disclosures.add(session, _said(values)).number
    _make_known(session, number, values, values.get("form"))
    return number


def _correct(
    session: "Session", number: int, changes: Mapping[str, Any], form: "DisclosureForm | None"
) -> int:
    from partyctl.records.openness import disclosures

    disclosures.edit(session, number, _said(changes))
    _make_known(session, number, changes, form)
    return number


def _make_known(
    session: "Session", number: int, values: Mapping[str, Any], form: "DisclosureForm | None"
) -> None:
    """Record the days of publication and withdrawal."""
    from partyctl.records.openness import disclosures

    if "published_on" in values:
        assert form is not None
        disclosures.publish(session, number, values["published_on"], form)
    if "withdrawn_on" in values:
        disclosures.withdraw(session, number, values["withdrawn_on"])


DISCLOSURE_IMPORT = judging.Import(
    DISCLOSURES, "disclosures", Told("项", "disclosure"), judge, fill, judging.write_each
)
