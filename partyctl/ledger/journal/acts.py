"""The kinds of journal entries."""

from partyctl.terms import Term


class Act(Term):
    """日志动作: what was done to a row, or an event that changes no row."""

    ADD = "add", "新增"
    CHANGE = "change", "改动"
    REMOVE = "remove", "去掉"
    FOUND = "found", "记下现状"
    SCHEMA = "schema", "封存结构"
    REVEAL = "reveal", "查看隐藏项"
    REDACT = "redact", "脱敏"
    RESTORE = "restore", "恢复备份"
    UNDO = "undo", "撤销"
    ENCRYPT = "encrypt", "加密"
    DECRYPT = "decrypt", "解密"
    REKEY = "rekey", "换密钥"
    EXTRACT = "extract", "报送"
