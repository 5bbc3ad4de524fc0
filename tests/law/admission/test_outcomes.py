"""The outcome of a probation: which decision was approved, and the member's new standing."""

import ast
from datetime import date
from pathlib import Path

import partyctl
from partyctl.law.admission.outcomes import (
    OUTCOMES,
    Standing,
    conclusions,
    on_the_roll,
    pending,
    standing,
)
from partyctl.law.engine.facts import Fact, Spell
from partyctl.law.engine.values import AdmissionAct
from partyctl.terms import AdmissionStep, Result
from tests.support.facts import fact

S = AdmissionStep
JOINED = date(2024, 2, 29)
ANNIVERSARY = date(2025, 3, 1)
"""One year after the vote of 29 February 2024: 2025 has no 29 February, so this day is 1 March."""


def step(
    kind: AdmissionStep, on: str, number: int, until: str | None = None, *, failed: bool = False
) -> Fact[AdmissionAct]:
    of = AdmissionAct(
        line_id=number,
        result=Result.FAIL if failed else Result.PASS,
        until_on=date.fromisoformat(until) if until else None,
    )
    subject = ("applicant", 1)
    return fact(kind, date.fromisoformat(on), subject, subject, of)


def test_without_a_decision_membership_would_count_from_the_anniversary():
    assert standing(JOINED, []) == Standing(full_on=ANNIVERSARY)
    assert standing(JOINED, [step(S.CONVERSION_VOTE, "2025-03-02", 1)]) == Standing(ANNIVERSARY)


def test_a_conversion_holds_from_its_approval_and_counts_from_the_anniversary():
    steps = [
        step(S.CONVERSION_APPROVAL, "2025-04-20", 2),
        step(S.CONVERSION_VOTE, "2025-03-02", 1),
    ]
    assert standing(JOINED, steps) == Standing(ANNIVERSARY, converted_on=date(2025, 4, 20))


def test_an_approval_is_of_the_last_decision_before_it_and_of_none_that_came_after():
    steps = [
        step(S.CANCELLATION, "2025-03-05", 2),
        step(S.CONVERSION_VOTE, "2025-03-05", 1),
        step(S.CONVERSION_APPROVAL, "2025-03-05", 3),
        step(S.EXTENSION, "2025-03-06", 4, "2025-09-05"),
    ]
    ((outcome, approval),) = conclusions(steps)
    assert (outcome.of.line_id, approval.of.line_id) == (2, 3)
    assert standing(JOINED, steps).cancelled_on == date(2025, 3, 5)


def test_a_decision_that_failed_or_an_answer_that_refuses_concludes_nothing():
    lost = [step(S.CONVERSION_VOTE, "2025-03-02", 1, failed=True)]
    assert conclusions([*lost, step(S.CONVERSION_APPROVAL, "2025-03-09", 2)]) == []
    refused = [
        step(S.CONVERSION_VOTE, "2025-03-02", 1),
        step(S.CONVERSION_APPROVAL, "2025-03-09", 2, failed=True),
    ]
    assert conclusions(refused) == []


def test_two_answers_to_one_decision_conclude_it_once():
    steps = [
        step(S.CONVERSION_VOTE, "2025-03-02", 1),
        step(S.CONVERSION_APPROVAL, "2025-03-09", 2),
        step(S.CONVERSION_APPROVAL, "2025-04-09", 3),
    ]
    assert [each.approval.of.line_id for each in conclusions(steps)] == [2]


def test_after_an_extension_membership_counts_from_the_day_after_its_last():
    steps = [
        step(S.EXTENSION, "2025-03-02", 1, "2025-08-31"),
        step(S.CONVERSION_APPROVAL, "2025-03-20", 2),
        step(S.CONVERSION_VOTE, "2025-09-02", 3),
        step(S.CONVERSION_APPROVAL, "2025-09-20", 4),
    ]
    assert standing(JOINED, steps) == Standing(
        full_on=date(2025, 9, 1),
        converted_on=date(2025, 9, 20),
        extended_on=date(2025, 3, 20),
        extended_to=date(2025, 8, 31),
    )


def test_what_waits_for_an_answer_is_the_last_decision_by_a_day():
    first, second = step(S.EXTENSION, "2025-03-02", 1), step(S.CONVERSION_VOTE, "2025-09-02", 2)
    assert pending([first, second], date(2025, 9, 1), ()) is first
    assert pending([first, second], date(2025, 9, 2), ()) is second
    assert pending([first, second], date(2025, 9, 2), [second]) is None


def test_the_last_answer_of_the_superior_decides_whether_there_was_a_membership():
    refused = step(S.APPROVAL, "2024-04-01", 1, failed=True)
    assert standing(JOINED, [refused]).refused_on == date(2024, 4, 1)
    assert standing(JOINED, [refused, step(S.APPROVAL, "2024-05-01", 2)]).refused_on is None


def spell(role: str, to_on: date | None = None) -> Spell:
    return Spell(role, "member", 1, "周八", 1, JOINED, to_on)


def test_the_roll_ends_on_the_eve_of_the_decision():
    made = Standing(ANNIVERSARY, cancelled_on=date(2025, 3, 20))
    assert on_the_roll(spell("member"), made).to_on == date(2025, 3, 19)
    assert on_the_roll(spell("member", date(2025, 1, 31)), made).to_on == date(2025, 1, 31)
    made = Standing(ANNIVERSARY, converted_on=date(2025, 3, 20))
    assert on_the_roll(spell("member"), made).to_on is None
    assert on_the_roll(spell("probationary"), made).to_on == date(2025, 3, 19)
    made = Standing(ANNIVERSARY, refused_on=date(2024, 4, 1))
    assert on_the_roll(spell("member"), made).annulled_on == date(2024, 4, 1)


def test_how_probation_ends_is_decided_in_one_module():
    """Only the module `outcomes` creates a `Standing` or a `Conclusion`; SQL creates neither."""
    package = Path(partyctl.__file__).parent
    elsewhere = []
    for path in package.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "law.admission.outcomes import" in text:
            elsewhere += [
                f"{path.relative_to(package)}:{node.lineno}"
                for node in ast.walk(ast.parse(text))
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Standing", "Conclusion")
            ]
        elsewhere += [
            f"{path.relative_to(package)}: {step}"
            for step in OUTCOMES
            if any(f"{mark}{step}'" in text for mark in ("'", "'admission:"))
        ]
    assert not elsewhere, "ask partyctl/law/admission/outcomes.py"
