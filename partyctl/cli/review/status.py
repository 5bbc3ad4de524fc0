"""`partyctl review status`: each member's progress, and why the review cannot be closed yet."""

import sys
from collections.abc import Mapping
from typing import Any

from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.contract.overviews import ReviewedMember, ReviewStatus
from partyctl.errors import NoSuchRecord
from partyctl.language import comma_list, say, worded
from partyctl.law.chapters.national.branches import EXCELLENT_SHARE
from partyctl.law.engine.facts import Fact
from partyctl.law.engine.known import Known
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.reviewing import (
    Standing,
    case_of,
    outstanding,
    standings,
    tally,
    told,
    too_many_excellent,
)
from partyctl.ledger.reading import reviews as review_lists
from partyctl.ledger.reading.bodies import Branch
from partyctl.ledger.reading.nouns import no_such, voided
from partyctl.ledger.views.sources import REVIEWS
from partyctl.show.lines import ballots
from partyctl.show.obligations import noted
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import Grade, Noun, OutcomeAct, ReviewStep, Term
from partyctl.text import printable

UNRATED, VOTE = "unrated", "vote"


def print_status(reading: Reading, named: str, *, as_json: bool) -> None:
    """Print each member's progress in a review as of a day. Raises NoSuchRecord, BadUsage."""
    number = current.number_meant(reading, Noun.REVIEW, named)
    record = review_lists.review(reading.ledger, number, reading.on)
    if record is None:
        raise no_such(Noun.REVIEW, number)
    if record["voided_at"]:
        raise voided(Noun.REVIEW, number, record["void_reason"])
    known = reading.known(Branch(record["branch_id"], record["branch"]), REVIEWS)
    case = case_of(record["id"], known)
    if case is None:
        raise _none_by(reading)
    found, missing = standings(case, known), outstanding(record["id"], known, reading.rulebook)
    if as_json:
        print_json(_object(record, case, found, missing, known))
    else:
        _print(record, case, found, missing, known)


def _none_by(reading: Reading) -> NoSuchRecord:
    return NoSuchRecord(
        say(
            f"到 {reading.on} 没有这次民主评议。",
            f"This review had not been opened by {reading.on}.",
        ),
        "partyctl review list",
    )


def _days(case: Fact, known: Known) -> dict[str, str | None]:
    """Return the days of the steps; None for a step that was not taken yet."""
    steps = {
        "opened_on": ReviewStep.OPEN,
        "study_on": ReviewStep.STUDY,
        "meeting_on": ReviewStep.MEETING,
        "closed_on": ReviewStep.CLOSE,
    }
    days = {name: next(iter(known.of_case(step, case)), None) for name, step in steps.items()}
    return {name: str(fact.on) if fact else None for name, fact in days.items()}


def _object(
    record: Mapping[str, Any],
    case: Fact,
    found: list[Standing],
    missing: list[Obligation],
    known: Known,
) -> ReviewStatus:
    outcomes = {each["member_id"]: each for each in record["outcomes"]}
    votes = {each["member_id"]: each for each in record["votes"]}
    counts, days = tally(found), _days(case, known)
    return {
        "as_of": str(known.on),
        "id": record["id"],
        "year": record["year"],
        "branch": record["branch"],
        "opened_on": days["opened_on"],
        "study_on": days["study_on"],
        "meeting_on": days["meeting_on"],
        "closed_on": days["closed_on"],
        "members": [
            _member(each, outcomes.get(each.member.id), votes.get(each.member.id)) for each in found
        ],
        "tally": {grade.value if grade else UNRATED: count for grade, count in counts.items()},
        "missing": [
            {
                "rule": each.rule.id,
                "name": worded(each.subject.name),
                "note": noted(each),
                "remedy": each.remedy,
            }
            for each in missing
        ],
        "advice": _advice(counts),
    }


def _member(
    standing: Standing, line: Mapping[str, Any] | None, votes: Mapping[str, Any] | None
) -> ReviewedMember:
    known = line if line and standing.outcome else None
    return {
        "id": standing.member.id,
        "name": standing.member.proper_name,
        "probationary": standing.is_probationary,
        "self_on": str(standing.summed_up) if standing.summed_up else None,
        "grade": standing.grade,
        "votes": {grade.value: votes[grade.value] for grade in Grade} if votes else None,
        "outcome": known["outcome"] if known else None,
        "said": known["said"] if known else None,
        "outcome_on": known["on"] if known else None,
        "meeting_id": known["meeting_id"] if known and standing.voted else None,
        "voted_on": str(standing.voted) if standing.voted else None,
        "missing": _missing(standing),
    }


def _missing(standing: Standing) -> list[str]:
    """Return a word for each thing that a member's review still lacks, such as `self` or `vote`."""
    missing = [] if standing.summed_up else [ReviewStep.SELF.value]
    missing += [standing.wanted.value] if standing.wanted else []
    return [*missing, VOTE] if standing.waits_for_vote else missing


def _word(word: str) -> str:
    """Translate a word from `_missing` to the user's language."""
    if word == VOTE:
        return say("党员大会表决", "the members' vote")
    terms: tuple[Term, ...] = (*ReviewStep, *OutcomeAct)
    return next(each.label for each in terms if each.value == word)


def _advice(counts: dict[Grade | None, int]) -> str | None:
    if not too_many_excellent(counts):
        return None
    excellent, everybody = counts[Grade.EXCELLENT], sum(counts.values())
    return say(
        f"提示：优秀 {excellent} 人，超过应评定 {everybody} 人的三分之一"
        f"（一般不超过 {everybody // EXCELLENT_SHARE} 人）。",
        f"Advice: {excellent} of {everybody} are rated excellent, more than a third "
        f"(at most {everybody // EXCELLENT_SHARE} is usual).",
    )


def _print(
    record: Mapping[str, Any],
    case: Fact,
    found: list[Standing],
    missing: list[Obligation],
    known: Known,
) -> None:
    steps = (ReviewStep.OPEN, ReviewStep.STUDY, ReviewStep.MEETING, ReviewStep.CLOSE)
    days = comma_list(
        f"{step.label} {day or '—'}"
        for step, day in zip(steps, _days(case, known).values(), strict=True)
    )
    title = say(f"{record['year']} 年民主评议", f"Review of {record['year']}")
    headings = (
        "#",
        say("姓名", "name"),
        ReviewStep.SELF.label,
        say("等次", "grade"),
        say("表彰和处理", "outcome"),
        say("还缺", "missing"),
    )
    votes = {each["member_id"]: ballots(each) for each in record["votes"]}
    print_table(
        headings,
        [_line(each, votes.get(each.member.id)) for each in found],
        f"{title} · {record['branch']} · {days}",
    )
    for line in _below(found, missing):
        sys.stdout.write(printable(line, lines=False) + "\n")


def _line(standing: Standing, votes: str | None) -> Line:
    grade = standing.grade.label if standing.grade else ""
    if votes:
        grade = f"{grade} {votes}".strip()
    if standing.is_probationary:
        grade = say("（预备，不评定）", "(probationary)")
    outcome = ""
    if standing.outcome:
        outcome = f"{standing.outcome.of.act.label} {standing.outcome.on}"
    return Line(
        (
            str(standing.member.id),
            standing.member.proper_name,
            str(standing.summed_up or ""),
            grade,
            outcome,
            comma_list(_word(word) for word in _missing(standing)),
        ),
        tone="due" if _missing(standing) else None,
    )


def _below(found: list[Standing], missing: list[Obligation]) -> list[str]:
    """Return the lines below the table: members by grade, what is missing, and advice."""
    counts = tally(found)
    words = [
        f"{grade.label if grade else say('未评定', 'unrated')} {count}"
        for grade, count in counts.items()
    ]
    lines = [say("合计：" + "，".join(words), "Tally: " + ", ".join(words))]
    if missing:
        lines.append(say("还缺：", "Missing: ") + worded(told(missing)))
    advice = _advice(counts)
    return [*lines, advice] if advice else lines
