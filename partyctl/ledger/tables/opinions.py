"""Opinions on openness (意见建议) and their steps."""

from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from partyctl.ledger.tables.base import Record, is_date, is_filled, is_one_of
from partyctl.terms import OpinionChannel, OpinionClass, OpinionStep, ReferredTo


class Opinion(Record, table=True):
    """An opinion, as it was received.

    The opinion's submitter is protected (公开·12) and can be unknown.
    """

    __tablename__ = "opinion"
    __table_args__ = (
        is_one_of("kind", OpinionClass),
        is_one_of("channel", OpinionChannel),
        is_filled("text"),
        is_filled("submitter"),
        is_date("received_on"),
    )

    text: str = Field(sa_type=Text)
    kind: OpinionClass = Field(sa_type=Text)
    channel: OpinionChannel | None = Field(default=None, sa_type=Text)
    submitter: str | None = Field(default=None, sa_type=Text)
    received_on: date


class OpinionStepLine(Record, table=True):
    """A step in handling an opinion.

    `referred_to`: to whom the opinion was passed on, if the step is a referral. `until_on`: the new
    deadline, if the step is a delay. `said`: the reason for a delay, or a remark about another
    step, such as the result.
    """

    __tablename__ = "opinion_step"
    __table_args__ = (
        is_one_of("step", OpinionStep),
        is_one_of("referred_to", ReferredTo),
        is_date("taken_on"),
        is_date("until_on"),
        CheckConstraint(
            "(step = 'refer') = (referred_to IS NOT NULL)", name="referred_to_somebody"
        ),
        CheckConstraint("(step = 'delay') = (until_on IS NOT NULL)", name="delayed_until"),
        CheckConstraint("step <> 'delay' OR trim(said) <> ''", name="delay_has_a_reason"),
        CheckConstraint("until_on > taken_on", name="until_after_taken"),
    )

    opinion_id: int = Field(foreign_key="opinion.id", index=True)
    step: OpinionStep = Field(sa_type=Text)
    taken_on: date
    referred_to: ReferredTo | None = Field(default=None, sa_type=Text)
    until_on: date | None = None
    said: str | None = Field(default=None, sa_type=Text)
