"""The list of all rules, in the order of the regulation."""

from partyctl.bilingual import NOTHING, Told, joined
from partyctl.errors import BadUsage
from partyctl.law.chapters import admission, probation, warnings
from partyctl.law.chapters.national import admission as national_admission
from partyctl.law.engine.every import Every
from partyctl.law.engine.rule import Rule
from partyctl.law.usual import AFTER, BEFORE, NATIONAL
from partyctl.light import TYPE_CHECKING
from partyctl.terms import Term, nearest_words

if TYPE_CHECKING:
    from partyctl.law.changes.rulebook import Rulebook

CATALOGUE: tuple[Rule, ...] = (
    *BEFORE,
    *admission.RULES,
    *probation.RULES,
    *AFTER,
    *warnings.RULES,
    *national_admission.RULES,
    *NATIONAL,
)


def rule_named(name: str) -> Rule:
    """Return the rule that has this identifier.

    If there is no such rule, raise BadUsage with the most similar identifier, if any.
    """
    for rule in CATALOGUE:
        if rule.id == name:
            return rule
    nearest = nearest_words(name, [rule.id for rule in CATALOGUE])
    missing = Told(f"没有“{name}”这条规则。", f"There is no rule “{name}”.")
    hint = [Told(f"是不是 {near}？", f" Did you mean {near}?") for near in nearest[:1]]
    raise BadUsage(joined((missing, *hint), NOTHING), "partyctl rules list")


def cadences(kind: Term, rulebook: "Rulebook") -> frozenset[str]:
    """The kinds of period, such as a month, that a late record of kind `kind` can make up for."""
    rules = [rule for rule in CATALOGUE if rule.met_by is kind]
    versions = [*rules, *rulebook.in_force(rules)]
    return frozenset(rule.duty.period for rule in versions if isinstance(rule.duty, Every))
