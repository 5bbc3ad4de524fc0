"""The results of `doctor`'s checks."""

from partyctl.terms import Term


class Health(Term):
    """体检结果: the result of a check."""

    OK = "ok", "正常"
    WARNING = "warning", "注意"
    FAILED = "failed", "失败"
