"""The catalogue of rules, compared with a second copy of the tables of the specification."""

import importlib
import pkgutil
import re

import pytest

from partyctl import law
from partyctl.cli.start.commands import COMMANDS
from partyctl.errors import BadUsage
from partyctl.law import catalogue, chapters
from partyctl.law.admission.duties import ByItsDay, Holds, UntilDone
from partyctl.law.catalogue import CATALOGUE, cadences, rule_named
from partyctl.law.changes.rulebook import Rulebook
from partyctl.law.chapters.democratic_life import WhileItemsAreOpen
from partyctl.law.chapters.dues import DuesPayer
from partyctl.law.engine.deadlines import Before, By, InYear, OnTheDay, Until, Within
from partyctl.law.engine.every import Every
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Rule
from partyctl.law.sources import clauses
from partyctl.law.sources.clauses import BRANCH, CHAPTERS, chapter_of
from partyctl.law.sources.texts import text_of
from partyctl.terms import DisclosureKind, Layer, MeetingKind, PlanKind, Strength

IN = "partyctl.law.chapters."
FILES = {
    info.name.removeprefix(IN): module
    for info in pkgutil.walk_packages(chapters.__path__, IN)
    if hasattr(module := importlib.import_module(info.name), "RULES")
}

STUDY_MEETINGS_AND_LECTURE = """
study-plan                 | 支部·一           | must   | branch                | year by 01-31
study-session              | 支部·一           | must   | branch                | month
study-record               | 支部·一           | must   | study                 | requires
members-meeting            | 支部·二(一)1      | must   | branch                | month
members-meeting-chair      | 支部·二(一)2      | must   | members               | requires
members-meeting-notice     | 支部·二(一)4      | must   | members               | requires
members-meeting-resolution | 支部·二(一)4      | must   | members               | requires
committee-meeting          | 支部·二(二)1      | must   | branch-with-committee | month
committee-meeting-chair    | 支部·二(二)2      | must   | committee             | requires
committee-minutes          | 支部·二(二)4      | must   | committee             | requires
cell-meeting               | 支部·二           | should | cell                  | month
party-lecture              | 支部·二(三)       | must   | branch                | quarter
leader-lecture             | 支部·二(三)       | must   | leader                | year
member-lecture             | 支部·二(三)       | should | branch                | year
"""

RESPONSIBILITY = """
work-plan                  | 责任·1            | must   | organ                 | year by 01-31
plan-item                  | 责任·2            | must   | plan-item             | by its own date
theme-meeting              | 责任·3            | should | organ                 | half-year
responsibility-roles       | 责任·4、责任·5    | should | organ                 | year by 01-31
activity-budget            | 责任·6            | should | organ                 | year by 03-31
cadre-training             | 责任·6            | should | organ                 | year
posted-rules               | 责任·6            | should | organ                 | year
"""

ORGANISATION_LIFE = """
org-life                   | 支部·三1          | must   | branch                | half-year
org-life-opinions          | 支部·三2          | must   | org-life              | requires
org-life-committee         | 支部·三3          | must   | org-life              | requires
org-life-criticism         | 支部·三4、支部·三5 | must   | org-life             | requires
annual-review              | 支部·四           | must   | branch                | year
review-study               | 支部·四1          | must   | review                | by 12-31
review-self                | 支部·四2          | must   | review                | by 12-31
review-meeting             | 支部·四3          | must   | review                | by 12-31
review-outcome             | 支部·四4          | must   | review                | by 12-31
review-unqualified-vote    | 支部·四4          | must   | rating                | open until done
"""

DEMOCRATIC_LIFE = """
democratic-life            | 支部·五           | must   | organ                 | year
dl-prior-report            | 支部·五           | must   | democratic-life       | 15 days before
dl-package                 | 支部·五           | must   | democratic-life       | 15 days after
dl-study                   | 支部·五(1)        | must   | democratic-life       | 0 days before
dl-notice                  | 支部·五(2)        | must   | democratic-life       | 1 days before
dl-opinions                | 支部·五(2)        | must   | democratic-life       | 1 days before
dl-outline                 | 支部·五(3)        | must   | democratic-life       | 0 days before
dl-talks                   | 支部·五(4)        | must   | democratic-life       | 0 days before
dl-peer-talks              | 支部·五(4)        | must   | democratic-life       | 0 days before
dl-criticism               | 支部·五(5)        | must   | democratic-life       | requires
dl-previous-rectification  | 支部·五(6)        | must   | democratic-life       | requires
dl-rectification           | 支部·五(6)        | must   | democratic-life       | 15 days after
rectification-item         | 支部·五(6)        | must   | rectification         | by its own date
rectification-briefing     | 支部·五(6)        | should | organ                 | half-year
dl-briefing                | 支部·五(7)        | should | democratic-life       | 15 days after
"""

TALKS_AND_VISITS = """
talk-committee             | 支部·八           | must   | branch-with-committee | quarter
talk-committee-member      | 支部·八           | must   | branch-with-committee | quarter
talk-members               | 支部·八           | must   | branch                | quarter
talk-follow-up             | 支部·八           | must   | follow-up             | by its own date
talk-coverage              | 支部·八           | should | member                | quarter
contact-visit              | 支部·九1          | should | contact               | quarter
contact-survey             | 支部·九2          | should | contact               | half-year
contact-supervision        | 支部·九3          | should | contact               | half-year
contact-model              | 支部·九4          | should | contact               | year
integrity-education        | 支部·十1          | should | branch                | quarter
integrity-report           | 支部·十5          | should | leader                | year
"""

NATIONAL_ADMISSION = """
quorum-admission           | 发展党员细则2014、发展党员细则·19 | should | applicant | requires
applicant-talk             | 发展党员细则2014、发展党员细则·7  | should | applicant | by its own date
target-publicity           | 发展党员细则·13                   | should | applicant | requires
training-hours             | 发展党员细则2014、发展党员细则·17 | should | applicant | requires
vote-after-preexam         | 发展党员细则·19                   | should | applicant | by its own date
approval-in-three-months   | 发展党员细则2014、发展党员细则·25 | should | applicant | by its own date
approval-in-six-months     | 发展党员细则2014、发展党员细则·25 | should | applicant | by its own date
oath-in-a-month            | 发展党员细则·29                   | should | applicant | by its own date
conversion-approval-in-three-months | 发展党员细则2014、发展党员细则·33 | should | applicant | by its own date
activist-age               | 发展党员细则2014、发展党员细则·5  | should | applicant | requires
"""

NATIONAL_LAYER = """
quorum-ordinary            | 支部工作条例      | should | ordinary              | requires
quorum-election            | 基层选举条例      | should | election              | requires
review-excellent-share     | 党员教育管理条例  | should | review                | requires
branch-term                | 支部工作条例      | should | term                  | TermOfOffice
branch-size                | 支部工作条例      | should | branch                | Size
dues-publication           | 党费规定          | should | organ                 | year
theme-day                  | 支部工作条例      | should | branch                | month
study-hours                | 党员教育管理条例  | should | member                | Hours
"""

ADMISSION = """
activist-decision          | 支部·六1          | must   | applicant             | requires
activist-filing            | 支部·六1          | must   | applicant             | by its own date
activist-publicity         | 支部·六1          | must   | applicant             | requires
activist-mentors           | 支部·六2          | must   | applicant             | open until done
thought-report             | 支部·六3          | must   | activist              | quarter
activist-exam              | 支部·六3          | must   | activist              | half-year
target-one-year            | 支部·六4          | must   | applicant             | requires
target-decision            | 支部·六4          | must   | applicant             | requires
introducers                | 支部·六5          | must   | applicant             | requires
political-review           | 支部·六6          | must   | applicant             | requires
training                   | 支部·六6          | must   | applicant             | requires
application-form           | 支部·六7          | must   | applicant             | requires
committee-examination      | 支部·六8          | must   | applicant             | requires
admission-vote             | 支部·六9          | must   | applicant             | requires
admission-resolution       | 支部·六9          | must   | applicant             | open until done
admission-approval         | 支部·六10         | must   | applicant             | requires
oath                       | 支部·六11         | must   | probation             | open until done
conversion-request         | 支部·六11         | must   | probation             | by its own date
conversion-publicity       | 支部·六11         | must   | applicant             | requires
conversion-vote            | 支部·六11         | must   | probation             | open until done
extension-bounds           | 支部·六11         | must   | applicant             | requires
"""

OPENNESS = """
disclosure-approval        | 公开·4            | must   | publication           | requires
progress-disclosure        | 公开·3            | should | organ                 | quarter
disclosure-briefing        | 公开·7            | must   | organ                 | quarter
opinion-reply              | 公开·11           | must   | opinion               | 3 days after
opinion-publish            | 公开·11           | must   | opinion               | open until done
opinion-reason             | 公开·11           | must   | opinion               | 3 days after
opinion-delayed            | 公开·11           | must   | delay                 | by its own date
opinion-referral           | 公开·10           | must   | opinion               | requires
"""

WARNINGS = """
warning-inquiry-reply      | 防范·五           | must   | warning               | 10 days after
warning-admonition-report  | 防范·五           | must   | warning               | 10 days after
warning-correction-report  | 防范·五           | must   | warning               | 1 months after
warning-approval           | 防范·四4          | must   | warning               | requires
warning-talk-first         | 防范·四4          | should | warning               | requires
talk-two-people            | 防范·四2          | must   | preventive-talk       | requires
talk-outline               | 防范·四2          | must   | preventive-talk       | requires
talk-notice                | 防范·四3          | must   | preventive-talk       | requires
talk-lead                  | 防范·四2          | should | preventive-talk       | requires
talk-register              | 防范·四4          | must   | preventive-talk       | open until done
talk-repeat                | 防范·四5          | should | preventive-talk       | open until done
warning-archive            | 防范·六           | must   | warning               | open until done
"""

DUES = """
dues-monthly               | 支部·七、支部·七2 | must   | member                | month
dues-full-amount           | 支部·七3          | must   | member                | FullAmount
dues-in-person             | 支部·七1          | must   | payment               | requires
dues-late-consent          | 支部·七2          | must   | payment               | requires
dues-late-limit            | 支部·七2          | must   | payment               | requires
dues-lapse                 | 支部·七           | must   | member                | Lapse
"""


def table(text: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row.split("|")) for row in text.strip().splitlines()]


def term_of(duty: Within) -> str:
    return f"{duty.months} months after" if duty.months else f"{duty.days} days after"


def duty_of(rule: Rule) -> str:
    match rule.duty:
        case Requires() | OnTheDay() | Holds():
            return "requires"
        case By() | ByItsDay():
            return "by its own date"
        case Before():
            return f"{rule.duty.days} days before"
        case Within():
            return term_of(rule.duty)
        case InYear():
            return "by 12-31"
        case Until() | UntilDone():
            return "open until done"
    if isinstance(rule.duty, Every):
        by = f" by {rule.duty.by[0]:02d}-{rule.duty.by[1]:02d}" if rule.duty.by else ""
        return rule.duty.period + by
    return type(rule.duty).__name__


def owed_by(rule: Rule) -> str:
    if isinstance(rule.owed_by, DuesPayer):
        return "member"
    if isinstance(rule.owed_by, WhileItemsAreOpen):
        return "organ"
    return getattr(rule.owed_by, "role", rule.owed_by)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("responsibility", RESPONSIBILITY),
        ("meetings", STUDY_MEETINGS_AND_LECTURE),
        ("organisation_life", ORGANISATION_LIFE),
        ("democratic_life", DEMOCRATIC_LIFE),
        ("admission probation", ADMISSION),
        ("dues", DUES),
        ("talks_and_visits", TALKS_AND_VISITS),
        ("openness", OPENNESS),
        ("warnings", WARNINGS),
        ("national.admission", NATIONAL_ADMISSION),
        ("national.branches", NATIONAL_LAYER),
    ],
    ids=[
        "3.1",
        "3.2",
        "3.3",
        "3.4",
        "3.5",
        "3.6",
        "3.7",
        "3.8",
        "3.9",
        "3.10 on admission",
        "3.10",
    ],
)
def test_the_rules_are_those_of_the_specification_in_its_order(names: str, expected: str):
    rules = [rule for name in names.split() for rule in FILES[name].RULES]
    stated = [(r.id, r.article, str(r.strength), owed_by(r), duty_of(r)) for r in rules]
    wanted = table(expected)
    rows = [" | ".join(row) for row in stated if row not in wanted]
    gone = [" | ".join(row) for row in wanted if row not in stated]
    assert stated == wanted, (
        "the tables at the start of tests/law/test_catalogue.py repeat the rules. In the chapter's "
        f"table, in the order of its RULES, put in {rows or 'nothing'}, take out {gone or 'nothing'}"
    )


def test_the_catalogue_is_in_the_order_of_the_regulation():
    places = [*clauses.CHAPTER_OF.values(), clauses.NATIONAL]
    chapters = [places.index(chapter_of(rule.article)) for rule in CATALOGUE]
    assert chapters == sorted(chapters)


def test_no_rule_is_left_off_the_catalogue():
    modules = [
        importlib.import_module(info.name)
        for info in pkgutil.walk_packages(law.__path__, "partyctl.law.")
    ]
    stated = [
        (value.id, id(value))
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Rule)
    ]
    listed = [(rule.id, id(rule)) for rule in CATALOGUE]
    left_off = {name for name, _ in stated} - {name for name, _ in listed}
    assert sorted(set(stated)) == sorted(listed), (
        f"put {sorted(left_off)} in RULES at the end of its chapter; a new chapter goes into "
        "CATALOGUE in partyctl/law/catalogue.py"
    )


def test_each_rule_file_lists_its_rules_in_the_order_in_which_it_states_them():
    for module in FILES.values():
        stated = [value for value in vars(module).values() if isinstance(value, Rule)]
        names = [rule.id for rule in stated]
        assert list(module.RULES) == stated, f"{module.__name__}: RULES in this order: {names}"


def test_no_two_rules_have_the_same_name_or_title():
    for words in zip(*((rule.id, rule.title, rule.english) for rule in CATALOGUE), strict=True):
        twice = sorted({word for word in words if words.count(word) > 1})
        assert not twice, f"give one of the rules another id, title or english: {twice}"


def test_every_rule_says_all_that_a_reader_needs():
    for rule in CATALOGUE:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id), f"{rule.id}: id is like-this"
        assert re.search(r"[\u4e00-\u9fff]", rule.title), f"{rule.id}: title is Chinese"
        assert rule.english.isascii(), f"{rule.id}: english is English"
        filled = rule.remedy.format(name="张三", id=1, period="2026-03")
        named = filled.split()[0]
        assert named in {entry.name for entry in COMMANDS}, (
            f"{rule.id}: remedy starts with a command of partyctl/cli/start/commands.py, not {named}"
        )
        assert isinstance(rule.duty, Every) == (rule.met_by is not None), (
            f"{rule.id}: a duty Every(…) needs met_by=, the kind of record that meets it; no other has it"
        )


def test_a_rule_is_found_by_its_name():
    assert all(rule_named(rule.id) is rule for rule in CATALOGUE)


def test_an_unknown_rule_is_refused_with_the_nearest_name():
    with pytest.raises(BadUsage) as refused:
        rule_named("member-meeting")
    assert "members-meeting" in refused.value.sentence
    with pytest.raises(BadUsage):
        rule_named("")


def test_the_periods_that_a_record_can_make_up_are_those_of_the_rules_it_satisfies():
    assert cadences(MeetingKind.MEMBERS, Rulebook([])) == {"month"}
    assert cadences(MeetingKind.LECTURE, Rulebook([])) == {"quarter", "year"}
    assert cadences(PlanKind.STUDY, Rulebook([])) == {"year"}
    assert cadences(DisclosureKind.HOT_TOPIC, Rulebook([])) == frozenset()


# The clauses


def test_the_regulation_has_ninety_seven_clauses():
    every = [clause for chapter in CHAPTERS for clause in chapter.clauses]
    assert len(every) == len(set(every)) == len(clauses.CHAPTER_OF) == 97
    systems = [clause.partition("·")[0] for clause in every]
    counted = {system: systems.count(system) for system in dict.fromkeys(systems)}
    assert counted == {"责任": 6, "支部": 60, "公开": 12, "防范": 19}


def test_every_rule_cites_clauses_that_there_are():
    for rule in catalogue.CATALOGUE:
        if rule.layer is Layer.BUREAU:
            assert all(clause in clauses.CHAPTER_OF for clause in rule.article.split("、"))


def test_a_national_rule_cites_a_text_advises_and_holds_for_as_long_as_the_text():
    for rule in CATALOGUE:
        if rule.layer is Layer.NATIONAL:
            first, *others = map(text_of, rule.article.split("、"))
            last = others[-1] if others else first
            assert (rule.since, rule.strength) == (first.since, Strength.SHOULD)
            assert rule.until == last.until
            assert chapter_of(rule.article) is clauses.NATIONAL


def test_a_clause_is_cited_by_its_number():
    assert BRANCH["二(一)1"] == "支部·二(一)1"
    assert BRANCH["七", "七2"] == "支部·七、支部·七2"
    assert chapter_of("支部·七、支部·七2").title == "七、党费缴纳制度"
    with pytest.raises(KeyError):
        BRANCH["二(一)5"]
