"""Who is reminded of a duty.

The secretary, the holders of responsible posts, and the member who has the duty are reminded if the
settings list them. Every reminder also goes to the office, so that no reminder is lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from partyctl.law.engine.facts import Subject
from partyctl.law.engine.rule import Obligation
from partyctl.reminders.fields import Fields, answers_for
from partyctl.reminders.settings import OFFICE, Settings
from partyctl.terms import Noun, Post

NAMES_NOBODY = frozenset(
    {
        Noun.ORGAN,
        Noun.BRANCH,
        Noun.CELL,
        Noun.MEETING,
        Noun.PLAN,
        Noun.REVIEW,
        Noun.DISCLOSURE,
        Noun.CONTACT,
        "warning",
        "opinion",
    }
)
"""Kinds of subjects that are not people: bodies, records and cases.

Rectification items, targets and talks are not in this list, because they can name people.
"""

SECRETARIES = (Post.BRANCH_SECRETARY, Post.LEADING_SECRETARY)
SECRETARY = "secretary"


@dataclass(frozen=True)
class Due:
    """An open obligation, with its branch, its latest reminder, and the holders of each post.

    `rung`: the day of this reminder, as a number of days after the due date (negative: before it).
    If the obligation has no due date, the days are counted from the day on which it began.
    """

    obligation: Obligation
    branch: str
    rung: int
    posts: Mapping[Post, Iterable[Subject]]
    shared_names: frozenset[str] = frozenset()

    @property
    def is_personal(self) -> bool:
        """Whether the obligation's subject is a person, or a record that can name people.

        Members are reminded of their own obligations; other people, such as applicants, are not.
        """
        return self.obligation.subject.kind not in NAMES_NOBODY


def recipients(due: Due, settings: Settings) -> list[str]:
    """Return all recipients of a reminder: their names in the settings.

    The office is always among the recipients.
    """
    found = [name for role in _roles(due, settings.fields) for name in _routed(role, due, settings)]
    for number, name in _concerned(due.obligation.subject):
        found += _own_routes(number, name, due, settings)
    return list(dict.fromkeys((*found, OFFICE)))


def answers(due: Due, person: int, fields: Fields) -> bool:
    """Whether a person has a duty, or holds a post that is responsible for the duty."""
    if any(number == person for number, _ in _concerned(due.obligation.subject)):
        return True
    posts = {post for _, of_role in _roles(due, fields) for post in of_role}
    return any(each.id == person for post in posts for each in due.posts.get(post, ()))


def _roles(due: Due, fields: Fields) -> Iterator[tuple[str, tuple[Post, ...]]]:
    yield SECRETARY, SECRETARIES
    for post in answers_for(fields, due.obligation.rule.area, due.obligation.rule.id):
        yield post, (post,)


def _routed(role: tuple[str, tuple[Post, ...]], due: Due, settings: Settings) -> Iterator[str]:
    """Yield the recipients for a role: a word, such as `secretary`, and the posts that it means.

    The recipients are the holders of the posts who have an entry in the settings. If no holder has
    an entry, the recipients are the entries for the word and for the posts.
    """
    word, posts = role
    holders = [each for post in posts for each in due.posts.get(post, ())]
    named = [
        route for each in holders for route in _own_routes(each.id, each.proper_name, due, settings)
    ]
    yield from named or [route for route in (word, *posts) if settings.routes(route)]


def _own_routes(number: int, name: str, due: Due, settings: Settings) -> list[str]:
    """Return the entries that a person has in the settings: by name, by #number, both or none.

    An entry in the settings can be for a #number or, if nobody else has the same name, for a name.
    """
    known_by = (f"#{number}",) if name in due.shared_names else (name, f"#{number}")
    return [route for route in known_by if settings.routes(route)]


def _concerned(subject: Subject) -> Iterator[tuple[int, str]]:
    """Yield the member who has the duty, or both members if two share it."""
    if subject.kind != Noun.MEMBER:
        return
    names = (
        subject.proper_name.split("、") if subject.other_id is not None else [subject.proper_name]
    )
    numbers = [subject.other_id, subject.id] if subject.other_id is not None else [subject.id]
    for number, name in zip(numbers, names, strict=True):
        assert number is not None
        yield number, name
