"""The reasons why a backup was made."""

from partyctl.terms import Term


class Occasion(Term):
    """备份时机: why a backup was made."""

    MANUAL = "manual", "手动", "by hand"
    IMPORT = "import", "导入前", "before an import"
    MIGRATE = "migrate", "升级前", "before a migration"
    RESTORE = "restore", "恢复前", "before a restore"
    HANDOVER = "handover", "工作交接", "for a handover"
