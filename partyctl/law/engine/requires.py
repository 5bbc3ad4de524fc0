"""A condition that each record of a kind must meet."""

from collections.abc import Callable, Iterator

from partyctl.bilingual import NOTHING, Text, Told, in_brackets, joined
from partyctl.law.engine.facts import Fact, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Counting, Wanted, proof_of
from partyctl.law.engine.rule import Condition, Obligation, Rule, Shape
from partyctl.terms import Status, Term, dated


def of_each_record(numbers: Told) -> Told:
    """Words that say that each record must meet a condition, with the rule's numbers, if any."""
    base = Told("每条记录都须符合", "a condition of each record")
    return joined((base, in_brackets(numbers)), NOTHING) if numbers.chinese else base


class Requires(Shape):
    """A condition that each record of a kind must meet.

    A record that does not meet the condition is in breach (or, if the rule only advises, advised)
    until the record is corrected.

    `condition` is called with the record. A condition with a number that can be changed (`days`,
    `months`, `count`) is an instance of Stated. `when` selects the records that the clause covers.
    `named` returns a record's name. The obligation opens and is due on the day of the record. If
    several facts come from one record (such as the votes of one meeting), each fact must meet the
    condition. The obligation gets the name of the first fact that does not meet the condition.
    """

    condition: Condition
    when: Condition | None = None
    named: Callable[[Fact, Known], Text] | None = None

    def judge(self, rule: Rule, known: Known, wanted: Wanted) -> Iterator[Obligation]:
        """Return an obligation for each record since the ledger's start."""
        assert isinstance(rule.owed_by, Term)
        facts = [
            fact
            for fact in known.facts[what(rule.owed_by)]
            if fact.on >= known.since and (self.when is None or self.when(fact, known))
        ]
        broken = {f.record_id: f for f in reversed(facts) if not self.condition(f, known)}
        for number, fact in {fact.record_id: fact for fact in facts}.items():
            line = broken.get(number, fact)
            if line.on <= wanted.until and (number in broken or wanted.settled(fact.on)):
                yield self._obligation(rule, known, line, number in broken)

    def words(self, numbers: Told) -> Told:
        """Words that say that each record must meet a condition."""
        return of_each_record(numbers)

    def counted(self, owed: Obligation) -> Iterator[Counting]:
        """The record's day."""
        yield Counting(owed.due, Told("记录之日，当天判断", "the record's own day"))

    def _obligation(self, rule: Rule, known: Known, fact: Fact, broken: bool) -> Obligation:
        assert isinstance(rule.owed_by, Term)
        name = self.named(fact, known) if self.named else dated(rule.owed_by, fact.on)
        subject = Subject(fact.record_kind, fact.record_id, name)
        status = rule.wrong(Status.BREACH) if broken else Status.MET
        proof = None if broken else proof_of(fact)
        remedy = rule.command(known, subject) if broken else None
        return Obligation(rule, subject, None, fact.on, fact.on, status, proof, remedy)
