"""Explain an obligation's status: how days were counted, and which records were considered.

For a recurring duty (`Every`), the duty says which records count. For a condition (`Requires`), the
condition is evaluated again. For other duties, the module evaluates the rule with a `Known` that
remembers which facts the rule read. Then, for each of these facts, the module evaluates the rule
again without that fact. If the answer changes, the fact counts.
"""

from collections.abc import Mapping
from typing import TypeVar, cast

from partyctl.bilingual import (
    COMMA,
    ENUMERATION,
    SEMICOLON,
    Told,
    alike,
    joined,
)
from partyctl.errors import Run
from partyctl.law.changes.rulebook import Satisfying, satisfied_by
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Fact, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import judged
from partyctl.law.engine.owed import Counting
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.law.engine.values import Application, Measure, Talk, Task
from partyctl.law.engine.votes import Votes
from partyctl.law.questions.omitting import SEVERAL_FACTS, answer, others_of, without
from partyctl.light import NamedTuple
from partyctl.terms import Status, Term

MOST = 30
"""At most this many facts are explained: the newest of the facts that concern the obligation."""


class Considered(NamedTuple):
    """A record that was considered: whether it counts, and why or why not."""

    fact: Fact
    counts: bool
    why: Told


Would = Told | Run | Satisfying
"""What would satisfy an obligation: a command, a kind of record, or the reason why nothing is
needed."""


class Explanation(NamedTuple):
    """An obligation and the reasons for its status. `would`: what would satisfy the obligation."""

    owed: Obligation
    counted: list[Counting]
    considered: list[Considered]
    would: Would


def explain(owed: Obligation, known: Known) -> Explanation:
    """Explain an obligation's status."""
    rule = owed.rule
    others = others_of(owed, known)
    weighed = [_weighed(fact, owed, known, others) for fact in _looked_at(owed, known)]
    considered = _one_a_record(weighed, owed.period)
    return Explanation(owed, list(rule.duty.counted(owed)), considered, _would(owed))


def _one_a_record(considered: list[Considered], period: str | None) -> list[Considered]:
    """Keep one fact of each talk or payment, preferably one that counts.

    All facts of other kinds of records are kept.
    """

    def weight(each: Considered) -> tuple[bool, bool]:
        return each.counts, each.fact.period == period

    found: dict[tuple[str, int], Considered] = {}
    for each in considered:
        fact = each.fact
        is_one = fact.record_kind in SEVERAL_FACTS
        key = (fact.record_kind, fact.record_id) if is_one else ("", id(fact))
        if key not in found or weight(each) > weight(found[key]):
            found[key] = each
    return list(found.values())


def _would(owed: Obligation) -> Would:
    if owed.status is Status.WAIVED:
        return Told("已有免除决定", "a waiver excuses it")
    if owed.proof is not None:
        return Told("已经满足", "it is satisfied")
    return owed.remedy or satisfied_by(owed.rule)


def _looked_at(owed: Obligation, known: Known) -> list[Fact]:
    """The newest facts (at most MOST) that the rule reads and that concern the obligation."""
    rule = owed.rule
    if isinstance(rule.duty, Every):
        own = (fact for fact in _of_kind(rule, known) if _is_own(fact, owed))
        found = [fact for fact in own if rule.duty.is_near(fact, owed)]
    elif isinstance(rule.duty, Requires):
        found = [f for f in _of_owner(rule, known) if f.record_id == owed.subject.id]
    else:
        found = [fact for fact in _seen(rule, known) if _concerns(fact, owed)]
    return found[-MOST:]


def _is_own(fact: Fact, owed: Obligation) -> bool:
    """False only if the fact and the obligation have different subjects of the same kind."""
    same_kind = fact.subject_kind == owed.subject.kind
    return not same_kind or fact.subject_id == owed.subject.id


def _of_kind(rule: Rule, known: Known) -> list[Fact]:
    assert rule.met_by is not None
    return known.facts.get(what(rule.met_by), [])


def _of_owner(rule: Rule, known: Known) -> list[Fact]:
    assert isinstance(rule.owed_by, Term)
    return known.facts.get(what(rule.owed_by), [])


Key = TypeVar("Key")


class _Noted(dict[Key, list[Fact]]):
    """A dict of facts that remembers which of its keys were read."""

    def __init__(self, facts: Mapping[Key, list[Fact]]) -> None:
        super().__init__(facts)
        self.asked: dict[Key, None] = {}

    def __getitem__(self, key: Key) -> list[Fact]:
        self.asked[key] = None
        return super().get(key, [])

    def get(self, key: Key, default: object = None) -> list[Fact]:
        return self[key]


def _seen(rule: Rule, known: Known) -> list[Fact]:
    """All facts of the kinds that the rule reads, oldest first."""
    facts, about = _Noted(known.facts), _Noted(known.about)
    list(judged(rule, known.with_facts(facts, about)))
    found = [fact for kind in facts.asked for fact in known.facts.get(kind, [])]
    found += [fact for key in about.asked for fact in known.about.get(key, [])]
    by_identity = {id(fact): fact for fact in found}
    return sorted(by_identity.values(), key=lambda fact: (fact.on, fact.record_id))


def _concerns(fact: Fact, owed: Obligation) -> bool:
    """Whether a fact is about the subject or case of a duty, or about the members who owe the duty.

    A fact of the case that is about other members does not concern a member's duty.
    """
    subject = owed.subject
    if (fact.record_kind, fact.record_id) == (subject.kind, subject.id):
        return True
    if owed.case is not None and owed.case in _cases(fact):
        is_of_others = subject.kind == fact.subject_kind == "member"
        return not is_of_others or _names(fact, subject)
    is_own = subject.other_id is None and fact.is_about(subject)
    return is_own or _names(fact, subject)


def _cases(fact: Fact) -> set[int | None]:
    """The cases that a fact belongs to. A talk or a payment belongs to no case."""
    if isinstance(fact.of, Measure):
        return {fact.of.meeting_id, fact.record_id}
    if fact.record_kind in SEVERAL_FACTS and not isinstance(fact.of, Task):
        return set()
    return {fact.record_id}


def _names(fact: Fact, subject: Subject) -> bool:
    """Whether a fact is about all members who owe a duty: one member, or both members of a pair."""
    owing = {subject.id, subject.other_id} - {None}
    return subject.kind == "member" and owing <= _members(fact)


def _members(fact: Fact) -> set[int | None]:
    """The numbers of the members that a fact is about."""
    if isinstance(fact.of, Talk):
        return {fact.of.one_id, fact.of.two_id}
    if isinstance(fact.of, Application):
        return {fact.of.member_id}
    return {fact.subject_id} if fact.subject_kind == "member" else set()


def _weighed(fact: Fact, owed: Obligation, known: Known, others: list[Obligation]) -> Considered:
    """Decide whether a record counts and why, as the module's docstring describes.

    `others`: see `others_of`.
    """
    duty = owed.rule.duty
    proves = owed.proof is not None and (fact.record_kind, fact.record_id) == owed.proof[:2]
    if isinstance(duty, Every):
        counts, why = duty.reason(fact, owed, is_about=_is_about(fact, owed, known))
        return Considered(fact, counts and proves, why)
    if isinstance(duty, Requires):
        return _conditioned(duty, fact, known)
    now = answer(owed, without(known, fact), others)
    if now is None:
        return Considered(fact, True, Told("这项义务由它而来", "this record causes the duty"))
    if (now.status, now.proof) != (owed.status, owed.proof):
        why = Told("靠它满足", "satisfies the duty") if proves else Told("缺它不成", "needed")
        return Considered(fact, True, why)
    if owed.is_open:
        return Considered(fact, False, Told("单凭它还不够", "this record alone is not enough"))
    return Considered(fact, False, Told("没有它也一样", "this record changes nothing"))


def _is_about(fact: Fact, owed: Obligation, known: Known) -> bool:
    return owed.rule.counts(fact, owed.subject, known)


class _Noting:
    """Wraps a fact or its values, and remembers which fields were read."""

    def __init__(self, whole: object, read: dict[str, object]) -> None:
        self._whole = whole
        self._read = read

    def __getattr__(self, name: str) -> object:
        value = getattr(self._whole, name)
        if name == "of":
            return _Noting(value, self._read)
        if name not in UNTOLD and not callable(value):
            self._read[name] = value
        return value


UNTOLD = ("what", "record_kind", "record_id", "subject_kind", "subject_id", "branch_id")
"""Fields that an explanation does not mention, because every rule reads them to find its records."""


def _conditioned(duty: Requires, fact: Fact, known: Known) -> Considered:
    """A record, the fields that the condition read, and whether the record meets the condition."""
    read: dict[str, object] = {}
    met = bool(duty.condition(cast(Fact, _Noting(fact, read)), known))
    told = [
        joined((NAMES[name], _value(name, value, known)), Told("：", ": "))
        for name, value in read.items()
    ]
    verdict = Told("符合", "met") if met else Told("不符合", "not met")
    of_fields = [joined(told, COMMA)] if told else []
    return Considered(fact, met, joined((*of_fields, verdict), SEMICOLON))


NAMES = {
    "on": Told("日期", "day"),
    "period": Told("期间", "period"),
    "chair_id": Told("主持人", "chair"),
    "lecturer_id": Told("讲课人", "lecturer"),
    "notified_on": Told("通知日期", "notified"),
    "has_minutes": Told("记录", "minutes"),
    "is_undecided": Told("未决议题", "undecided"),
    "opinions_on": Told("征求意见日期", "opinions asked"),
    "opinions_inside": Told("征求党内意见", "opinions inside the Party"),
    "opinions_outside": Told("征求党外意见", "opinions outside the Party"),
    "has_criticism": Told("批评与自我批评", "criticism and self-criticism"),
    "committee_accounted": Told("支委到会或说明原因", "committee members came or gave a reason"),
    "payer": Told("交纳方式", "paid by"),
    "consent_on": Told("同意日期", "consent"),
    "approved_on": Told("批准日期", "approved"),
    "votes": Told("票数", "votes"),
    "excluded": Told("不计入应到", "not counted"),
}
"""The names that clerks see for the fields of conditions. A test checks that no name is missing."""
PEOPLE = ("chair_id", "lecturer_id")


def _value(name: str, value: object, known: Known) -> Told:
    if name in PEOPLE and isinstance(value, int):
        return alike(known.name_of("member", value))
    if isinstance(value, bool):
        return Told("有", "yes") if value else Told("无", "no")
    if isinstance(value, tuple) and not isinstance(value, Votes):
        names = [alike(known.name_of("member", each)) for each in value]
        return joined(names, ENUMERATION) if names else Told("无", "none")
    if isinstance(value, Term):
        return Told(value.chinese, value.value)
    return alike(str(value)) if value is not None else Told("未登记", "not recorded")
