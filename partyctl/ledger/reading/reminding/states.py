"""The states of a message in the outbox."""

from partyctl.terms import Term


class DeliveryState(Term):
    """送达状态: whether a reminder message is queued, sent, failed or cancelled."""

    PENDING = "pending", "排队", "queued"
    SENDING = "sending", "正在送"
    SENT = "sent", "已送出"
    DEAD = "dead", "多次未送出", "dead letter"
    CANCELLED = "cancelled", "不必再送", "not needed"
