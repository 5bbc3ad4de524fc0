"""支部委员会工作制度·三 and 四: organisation-life meetings and the yearly review of members.

The rule for 三4 and 三5 checks only criticism and self-criticism. All other subjects that 三4 lists
for the meeting are recorded as topics. The spirit of the meeting (三5) is a matter of judgement, so
no rule checks it.
"""

from collections.abc import Iterator
from datetime import date

from partyctl.bilingual import SEMICOLON, Told, joined
from partyctl.law.engine.deadlines import InYear, Until
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Fact, Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Proof, proof_of
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.scope import Each
from partyctl.law.engine.values import Meeting, Rating
from partyctl.law.sources.clauses import BRANCH
from partyctl.terms import Case, Grade, MeetingKind, Noun, OutcomeAct, ReviewStep


def asked_for_opinions(meeting: Fact[Meeting], known: Known) -> bool:
    """Whether opinions inside and outside the Party were collected before the day of the meeting."""
    asked_on = meeting.of.opinions_on
    asked = asked_on is not None and asked_on < meeting.on
    return asked and meeting.of.opinions_inside and meeting.of.opinions_outside


def committee_accounted(meeting: Fact[Meeting], known: Known) -> bool:
    """Whether every committee member is recorded as present, or as absent with a reason."""
    return meeting.of.committee_accounted


def criticised(meeting: Fact[Meeting], known: Known) -> bool:
    """Whether criticism and self-criticism are on record."""
    return meeting.of.has_criticism


def first_of(step: ReviewStep, case: Fact, known: Known) -> Proof | None:
    """The first record of a step of a review."""
    return next((proof_of(fact) for fact in known.of_case(step, case)), None)


def studied(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The record of the study session that begins a review."""
    return first_of(ReviewStep.STUDY, case, known)


def met(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The record of a review's meeting."""
    return first_of(ReviewStep.MEETING, case, known)


def reviewed(case: Fact, known: Known) -> list[Subject]:
    """The members who must hand in a summary.

    The roll of the meeting's day is used, or today's roll if no meeting is recorded yet.
    """
    meeting = first_of(ReviewStep.MEETING, case, known)
    return known.serving("member", meeting.on if meeting else known.on)


def summed_up(case: Fact, member: Subject, known: Known) -> Proof | None:
    """The record of the member's own summary of the year."""
    own = (f for f in known.of_case(ReviewStep.SELF, case) if f.subject_id == member.id)
    return next(map(proof_of, own), None)


def due_a_rating(case: Fact, known: Known) -> list[Subject]:
    """The full members on the roll on the meeting's day, or nobody if no meeting is recorded."""
    meeting = first_of(ReviewStep.MEETING, case, known)
    return [] if meeting is None else to_be_rated(case, known)


def to_be_rated(case: Fact, known: Known) -> list[Subject]:
    """The full members on the meeting's day, or today if the meeting is still to come."""
    meeting = first_of(ReviewStep.MEETING, case, known)
    day = meeting.on if meeting else known.on
    full = known.full_members(day)
    return [member for member in reviewed(case, known) if member.id in full]


WANTED = {Grade.EXCELLENT: OutcomeAct.COMMEND, Grade.UNQUALIFIED: OutcomeAct.HANDLE}
"""What the branch must do for a member, by grade: commend the excellent, handle the unqualified."""


def still_to_do(case: Fact, known: Known) -> Iterator[tuple[Subject, ReviewStep | OutcomeAct]]:
    """Pairs of a member and the step still to do in a review: rate, commend or handle the member."""
    grades: dict[int, Grade] = {
        f.subject_id: f.of.grade for f in known.of_case(ReviewStep.RATING, case)
    }
    outcomes = {(f.subject_id, f.of.act) for f in known.of_case(ReviewStep.OUTCOME, case)}
    for member in due_a_rating(case, known):
        grade = grades.get(member.id)
        if grade is None:
            yield member, ReviewStep.RATING
            continue
        wanted = WANTED.get(grade)
        if wanted and (member.id, wanted) not in outcomes:
            yield member, wanted


def left_over(case: Fact, known: Known) -> Iterator[Told]:
    """For each member that `still_to_do` returns, say in words what is not done yet."""
    for member, wanted in still_to_do(case, known):
        if wanted is ReviewStep.RATING:
            yield Told(f"{member.name}未评定等次", f"{member.name} is not rated")
        else:
            yield Told(f"{member.name}未{wanted.chinese}", f"{member.name}: no {wanted} yet")


def concluded(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The proof that each full member is rated, and commended or handled as the rating requires."""
    meeting = first_of(ReviewStep.MEETING, case, known)
    if meeting is None or any(still_to_do(case, known)):
        return None
    # For each member, only the first record of an outcome counts, because a second vote must not
    # make the review late.
    done: dict[int, date] = {}
    for outcome in known.of_case(ReviewStep.OUTCOME, case):
        done.setdefault(outcome.subject_id, outcome.on)
    return meeting._replace(on=max([meeting.on, *done.values()]))


def lacking(case: Fact, subject: Subject, known: Known) -> Told | None:
    """Words that say what a review still lacks."""
    left = list(left_over(case, known))
    return joined(left, SEMICOLON) if left else None


def the_review(case: Fact, known: Known) -> Iterator[Subject]:
    """The review, named by its year."""
    name = Told(f"{case.period} 年民主评议", f"the review of {case.period}")
    yield Subject(case.record_kind, case.record_id, name)


def the_member(rating: Fact[Rating], known: Known) -> Iterator[Subject]:
    """The member who was rated; nobody if the member's record is voided."""
    for member in known.in_role("member"):
        if member.id == rating.subject_id:
            yield member


def voted_on(rating: Fact[Rating], member: Subject, known: Known) -> Proof | None:
    """The proof that a members' meeting voted on how to handle an unqualified member."""
    outcomes = (
        fact
        for fact in known.of_case(ReviewStep.OUTCOME, rating)
        if fact.subject_id == member.id and fact.of.act is OutcomeAct.HANDLE and fact.of.meeting_id
    )
    return next(map(proof_of, outcomes), None)


def next_step(known: Known, branch: Subject, year: str) -> str:
    """The words after `review` in the command that opens or closes a year's review.

    If the review is not open yet, the command opens the review; otherwise the command closes the
    review.
    """
    opened = any(case.period == year for case in known.facts["case:review"])
    return f" {'close' if opened else 'open'} {year} --on …"


ORG_LIFE = Rule(
    id="org-life",
    title="组织生活会每半年一次",
    english="An organisation-life meeting every half-year",
    article=BRANCH["三1"],
    area=Noun.MEETING,
    owed_by=Each.BRANCH,
    duty=Every("half-year"),
    met_by=MeetingKind.ORG_LIFE,
    remedy="meeting add org-life --on … --chair …",
)

ORG_LIFE_OPINIONS = Rule(
    id="org-life-opinions",
    title="组织生活会前征求党内外意见",
    english="Opinions from inside and outside the Party are collected before the meeting",
    article=BRANCH["三2"],
    area=Noun.MEETING,
    owed_by=MeetingKind.ORG_LIFE,
    duty=Requires(asked_for_opinions),
    remedy="meeting edit {id} --opinions-on … --opinions-inside … --opinions-outside …",
)

ORG_LIFE_COMMITTEE = Rule(
    id="org-life-committee",
    title="支部班子成员以普通党员身份参加",
    english="Committee members take part as ordinary members",
    article=BRANCH["三3"],
    area=Noun.MEETING,
    owed_by=MeetingKind.ORG_LIFE,
    duty=Requires(committee_accounted),
    remedy="meeting edit {id} --present … --absent …",
)

ORG_LIFE_CRITICISM = Rule(
    id="org-life-criticism",
    title="开展批评与自我批评",
    english="Criticism and self-criticism",
    article=BRANCH["三4", "三5"],
    area=Noun.MEETING,
    owed_by=MeetingKind.ORG_LIFE,
    duty=Requires(criticised),
    remedy="meeting edit {id} --criticism",
)

ANNUAL_REVIEW = Rule(
    id="annual-review",
    title="民主评议党员每年一次",
    english="The members are reviewed every year",
    article=BRANCH["四"],
    area=Noun.REVIEW,
    owed_by=Each.BRANCH,
    duty=Every("year", named=True),
    met_by=ReviewStep.CLOSE,
    remedy="review",
    detail=next_step,
)

REVIEW_STUDY = Rule(
    id="review-study",
    title="评议前学习教育",
    english="Study before the review",
    article=BRANCH["四1"],
    area=Noun.REVIEW,
    owed_by=Case.REVIEW,
    duty=InYear(met=studied, each=the_review),
    remedy="review study {period} --on …",
)

REVIEW_SELF = Rule(
    id="review-self",
    title="党员自我总结",
    english="Every member writes a summary of the year",
    article=BRANCH["四2"],
    area=Noun.REVIEW,
    owed_by=Case.REVIEW,
    duty=InYear(met=summed_up, each=reviewed, whose=Noun.MEMBER),
    remedy="review self {period} {name} --on …",
    several=True,
    everybody=True,
)

REVIEW_MEETING = Rule(
    id="review-meeting",
    title="召开民主评议会",
    english="The review's meeting",
    article=BRANCH["四3"],
    area=Noun.REVIEW,
    owed_by=Case.REVIEW,
    duty=InYear(met=met, each=the_review),
    remedy="review meeting {period} --on …",
)

REVIEW_OUTCOME = Rule(
    id="review-outcome",
    title="评定等次、表彰和处理",
    english="Ratings, commendation and handling",
    article=BRANCH["四4"],
    area=Noun.REVIEW,
    owed_by=Case.REVIEW,
    duty=InYear(met=concluded, each=the_review, note=lacking),
    remedy="review status {period}",
)

REVIEW_UNQUALIFIED_VOTE = Rule(
    id="review-unqualified-vote",
    title="不合格党员的处理意见交党员大会表决",
    english="The members' meeting votes on handling an unqualified member",
    article=BRANCH["四4"],
    area=Noun.REVIEW,
    owed_by=ReviewStep.RATING,
    duty=Until(
        since=lambda rating, known: rating.on if rating.of.grade is Grade.UNQUALIFIED else None,
        met=voted_on,
        each=the_member,
        whose=Noun.MEMBER,
    ),
    remedy="review outcome {period} {name} --handle … --meeting …",
)

REVIEW_STEPS = (REVIEW_STUDY, REVIEW_SELF, REVIEW_MEETING, REVIEW_OUTCOME)
"""The rules for the four steps that must be done before a review can be closed."""

RULES = (
    ORG_LIFE,
    ORG_LIFE_OPINIONS,
    ORG_LIFE_COMMITTEE,
    ORG_LIFE_CRITICISM,
    ANNUAL_REVIEW,
    *REVIEW_STEPS,
    REVIEW_UNQUALIFIED_VOTE,
)
