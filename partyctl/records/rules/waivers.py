"""Record waivers (免除).

A waiver is a decision, with a reason, that a duty does not apply to somebody.
"""

from datetime import date

from sqlmodel import Session, col, select

from partyctl.calendar import Period, period_of
from partyctl.errors import BadUsage, Refused
from partyctl.language import say
from partyctl.law.admission.steps import NO_OVERRIDE
from partyctl.law.changes.rulebook import Rulebook
from partyctl.law.engine.excusing import is_of_a_year
from partyctl.law.engine.rule import Rule
from partyctl.law.questions.whose import cadence, whose
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.waivers import Waiver
from partyctl.records.common.making_up import rulebook_of
from partyctl.records.common.words import clean_text, text_if_given
from partyctl.records.rules.subjects import subject_of


def waive(
    session: Session,
    rule: Rule,
    subject: str,
    period: Period | None,
    *,
    reason: str,
    decided_on: date,
    decided_by: str | None = None,
) -> Waiver:
    """Record a waiver. A waived duty that was done in time still counts as done.

    Raises Refused if the rule cannot be waived, if the period does not fit the rule, or if the same
    waiver is on record already. Raises BadUsage if a period is given for a rule that does not
    recur.
    """
    _require_fit(rule, period, rulebook_of(session))
    owes = whose(rule).value
    if period is None and is_of_a_year(rule, owes):
        # Without a period, a waiver of a member's duty in a review or a democratic-life meeting
        # applies to the year of the decision.
        period = period_of("year", decided_on)
    waiver = new(
        Waiver,
        rule=rule.id,
        subject_kind=owes,
        subject_id=subject_of(session, rule, subject),
        period=None if period is None else period.name,
        reason=clean_text(reason, say("免除原因", "the reason")),
        decided_on=decided_on,
        decided_by=text_if_given(decided_by, say("决定人", "who decided")),
    )
    require_first(session, waiver)
    session.add(waiver)
    session.flush()
    return waiver


def _require_fit(rule: Rule, period: Period | None, rulebook: Rulebook) -> None:
    """Refuse a period that does not fit the rule, or a rule that cannot be waived."""
    if rule.id in (each.rule for each in NO_OVERRIDE):
        raise Refused(
            say(
                f"“{rule.title}”[{rule.article}] 不得免除。",
                f"“{rule.english}” [{rule.article}] cannot be waived.",
            ),
            f"partyctl rules show {rule.id}",
        )
    kind = "year" if is_of_a_year(rule, whose(rule)) else cadence(rule)
    kinds = {kind, *(cadence(version) for version in rulebook.in_force([rule]))}
    if kind is None and period is not None:
        raise BadUsage(
            say(
                f"“{rule.title}”[{rule.article}] 不按期间计，不写 --period。",
                f"“{rule.english}” [{rule.article}] does not recur: it has no --period.",
            ),
            say("去掉 --period", "leave out --period"),
        )
    if kind is not None and period is not None and period.kind not in kinds:
        example = EXAMPLES[kind]
        raise Refused(
            say(
                f"“{rule.title}”[{rule.article}] 没有 {period} 这样的期间。",
                f"{period} is not a period of “{rule.english}” [{rule.article}].",
            ),
            f"--period {example}",
        )


EXAMPLES = {"month": "2026-03", "quarter": "2026-Q1", "half-year": "2026-H1", "year": "2026"}


def require_first(session: Session, waiver: Waiver) -> None:
    """Refuse a waiver that is on record already."""
    query = select(Waiver).where(
        Waiver.rule == waiver.rule,
        Waiver.subject_kind == waiver.subject_kind,
        Waiver.subject_id == waiver.subject_id,
        Waiver.period == waiver.period,
        Waiver.id != waiver.id,
        col(Waiver.voided_at).is_(None),
    )
    if earlier := session.exec(query).first():
        raise Refused(
            say(
                f"这项免除已于 {earlier.decided_on} 决定（#{earlier.number}）。",
                f"It was waived on {earlier.decided_on} (#{earlier.number}).",
            ),
            f"partyctl waive show {earlier.number}",
        )
