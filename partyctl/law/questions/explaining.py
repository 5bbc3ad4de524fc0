"""Why an obligation stands as it does: how its days were counted, which records were looked at.

Nothing is judged here a second time in another way. The rule itself is asked again, of a `Known`
that notes which facts it looks at, and once more without each of them: what a record is worth is
what the answer is without it.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from typing import NamedTuple, TypeVar

from partyctl.language import say
from partyctl.law.changes.rulebook import satisfied_by
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Fact, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import judged
from partyctl.law.engine.owed import Counting
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.terms import Noun, Status, Term

MOST = 30
"""How many records are weighed; of many the newest."""


class Considered(NamedTuple):
    """A record that was looked at: whether it counts towards the duty, and why or why not."""

    fact: Fact
    counts: bool
    why: str


class Explanation(NamedTuple):
    """An obligation with its reasons; `would`: what would satisfy it, or what did."""

    owed: Obligation
    counted: list[Counting]
    considered: list[Considered]
    would: str


def explain(owed: Obligation, known: Known) -> Explanation:
    """Why an obligation stands as it does."""
    rule = owed.rule
    considered = _one_a_record([_weighed(fact, owed, known) for fact in _looked_at(owed, known)])
    return Explanation(owed, list(rule.duty.counted(owed)), considered, _would(owed))


SEVERAL_FACTS = (Noun.TALK, Noun.DUES)
"""The records that are several facts: a talk for each two in it, a payment for each month."""


def _one_a_record(considered: list[Considered]) -> list[Considered]:
    """Each record once: it counts if one of its facts does, for that fact's reason."""
    found: dict[tuple[str, int], Considered] = {}
    for each in considered:
        fact = each.fact
        is_one = fact.record_kind in SEVERAL_FACTS
        key = (fact.record_kind, fact.record_id) if is_one else ("", id(fact))
        if key not in found or (each.counts and not found[key].counts):
            found[key] = each
    return list(found.values())


def _would(owed: Obligation) -> str:
    if owed.status is Status.WAIVED:
        return say("已有免除决定", "a decision excuses from it")
    if owed.proof is not None:
        return say("已经满足", "it is satisfied")
    return owed.remedy or satisfied_by(owed.rule)


def _looked_at(owed: Obligation, known: Known) -> list[Fact]:
    """The facts that the rule looked at and that have to do with this obligation."""
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
    """Whether a fact is about the one who owes it: another person's payment is no reason."""
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
    """Facts by kind, that notes which kinds were asked for."""

    def __init__(self, facts: Mapping[Key, list[Fact]]) -> None:
        super().__init__(facts)
        self.asked: dict[Key, None] = {}

    def __getitem__(self, key: Key) -> list[Fact]:
        self.asked[key] = None
        return super().get(key, [])

    def get(self, key: Key, default: object = None) -> list[Fact]:
        return self[key]


def _seen(rule: Rule, known: Known) -> list[Fact]:
    """Every fact of the kinds that the rule asked for, in the order in which things happened."""
    facts, about = _Noted(known.facts), _Noted(known.about)
    list(judged(rule, known.with_facts(facts, about)))
    found = [fact for kind in facts.asked for fact in known.facts.get(kind, [])]
    found += [fact for key in about.asked for fact in known.about.get(key, [])]
    by_identity = {id(fact): fact for fact in found}
    return sorted(by_identity.values(), key=lambda fact: (fact.on, fact.record_id))


def _concerns(fact: Fact, owed: Obligation) -> bool:
    """Whether a fact has to do with an obligation: its case, its record, the people who owe it."""
    subject = owed.subject
    if (fact.record_kind, fact.record_id) == (subject.kind, subject.id):
        return True
    if owed.case is not None and owed.case in _cases(fact):
        return subject.kind != "member" or fact.subject_kind != "member" or _names(fact, owed)
    return (fact.subject_kind, fact.subject_id) == (subject.kind, subject.id) or (
        fact.other_id is not None and _names(fact, owed)
    )


def _cases(fact: Fact) -> tuple[int | None, ...]:
    """The cases that a fact can belong to; a talk or a payment has only its own number."""
    return (fact.case_id,) if fact.record_kind in SEVERAL_FACTS else (fact.case_id, fact.record_id)


def _names(fact: Fact, owed: Obligation) -> bool:
    people = {each for each in (owed.subject.id, owed.subject.other_id) if each is not None}
    return people <= {fact.subject_id, fact.other_id} | (
        {fact.subject_id} if len(people) == 1 else set()
    )


def _weighed(fact: Fact, owed: Obligation, known: Known) -> Considered:
    """Whether a record counts, and why: what the rule says without it is what it is worth."""
    duty = owed.rule.duty
    proves = owed.proof is not None and (fact.record_kind, fact.record_id) == owed.proof[:2]
    if isinstance(duty, Every):
        counts, why = duty.reason(fact, owed, is_about=_is_about(fact, owed, known))
        return Considered(fact, counts and proves, why)
    if isinstance(duty, Requires):
        return _conditioned(duty, fact, known)
    without = _answer(owed, _without(known, fact))
    if without is None:
        return Considered(fact, True, say("这项义务由它而来", "the duty comes from it"))
    if (without.status, without.proof) != (owed.status, owed.proof):
        why = say("靠它满足", "satisfied by it") if proves else say("缺它不成", "needed")
        return Considered(fact, True, why)
    if owed.is_open:
        return Considered(fact, False, say("单凭它还不够", "not enough by itself"))
    return Considered(fact, False, say("没有它也一样", "the same without it"))


def _is_about(fact: Fact, owed: Obligation, known: Known) -> bool:
    return owed.rule.counts(fact, owed.subject, known)


def _without(known: Known, fact: Fact) -> Known:
    """What is known but for one fact."""
    facts, about = copy(known.facts), copy(known.about)
    facts[fact.what] = [each for each in known.facts[fact.what] if each is not fact]
    key = (fact.what, fact.subject_kind, fact.subject_id)
    about[key] = [each for each in known.about[key] if each is not fact]
    return known.with_facts(facts, about)


def _answer(owed: Obligation, known: Known) -> Obligation | None:
    """The same obligation by what is known; None where there is none."""
    # What would satisfy it is not asked again: the command may need the fact that is left out.
    rule = replace(owed.rule, detail=None, instead=None)
    for each in judged(rule, known):
        if (each.subject, each.period, each.case) == (owed.subject, owed.period, owed.case):
            return each
    return None


class _Read(Fact):
    """A fact that notes which of its fields are read."""

    def __getattribute__(self, name: str) -> object:
        if name in Fact._fields and name not in UNTOLD:
            super().__getattribute__("__dict__")[name] = None
        return super().__getattribute__(name)


UNTOLD = ("what", "record_kind", "record_id", "subject_kind", "subject_id", "branch_id", "case_id")
"""What every rule reads to find its records."""


def _conditioned(duty: Requires, fact: Fact, known: Known) -> Considered:
    """A record with the fields that its condition read, and whether they meet it."""
    noted = _Read(*fact)
    met = bool(duty.condition(noted, known))
    told = "，".join(f"{field_name(name)}：{_value(name, fact, known)}" for name in vars(noted))
    verdict = say("符合", "met") if met else say("不符合", "not met")
    return Considered(fact, met, f"{told}；{verdict}" if told else verdict)


NAMES = {
    "on": ("日期", "day"),
    "chair_id": ("主持人", "chair"),
    "lecturer_id": ("讲课人", "lecturer"),
    "notified_on": ("通知日期", "notified"),
    "has_minutes": ("记录", "minutes"),
    "undecided": ("未决议题", "undecided"),
    "amount": ("数额", "amount"),
    "payer": ("交纳方式", "paid by"),
    "consent_on": ("同意日期", "consent"),
    "step": ("步骤", "step"),
    "due_on": ("期限", "due"),
    "done_on": ("办结", "done"),
    "other_id": ("相关记录", "other"),
    "period": ("期间", "period"),
    "opinions_on": ("征求意见日期", "opinions asked"),
    "marks": ("登记的情况", "marks"),
    "name": ("名称", "name"),
}


def field_name(name: str) -> str:
    """A field of a fact as a reader knows it."""
    return say(*NAMES[name]) if name in NAMES else name


def _value(name: str, fact: Fact, known: Known) -> str:
    value = tuple.__getitem__(fact, Fact._fields.index(name))
    if name in ("chair_id", "lecturer_id") and isinstance(value, int):
        return known.name_of("member", value)
    if name in ("has_minutes", "undecided"):
        return say("有", "yes") if value else say("无", "no")
    return str(value) if value not in (None, "") else say("未登记", "not recorded")
