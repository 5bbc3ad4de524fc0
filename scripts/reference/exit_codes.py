"""The meaning of each exit code, as the reference and the manual pages print it."""

from partyctl.bilingual import Told

EXIT_CODES: dict[int, Told] = {
    0: Told(
        "完成；`check`：没有逾期和不合规",
        "done; for `check`: nothing overdue and no breach",
    ),
    1: Told(
        "程序自己的错误：给出编号，详情在一个私有文件里，不上屏幕",
        "an internal error: the screen shows only a number; the details are in a private file",
    ),
    2: Told(
        "命令写法不对：不认识的词或选项，读不出的日期、月份、金额，缺少必填项",
        "wrong usage: an unknown word or option, an unreadable date, month or amount, or "
        "a missing value",
    ),
    3: Told(
        "`check`：有逾期或不合规；batch 执行完毕但有发现；迎检材料有缺口；"
        "有单位没有报送或被拒收，或有台账读不了",
        "`check`: something is overdue or in breach; `batch`: a `check` in the file found "
        "something; `report inspection`: the papers have gaps; `rollup`: a branch's "
        "report is missing or was refused, or a ledger could not be read",
    ),
    4: Told("没有这条记录，或姓名有歧义", "no such record, or an ambiguous name"),
    5: Told(
        "不予登记：未来的日期，入党前的月份，已交足的月份，先后颠倒的日期",
        "refused, for example a future day, a month before joining, a month paid in full, "
        "or dates in the wrong order",
    ),
    65: Told(
        "文件内容不对：工作簿、台账",
        "a file with invalid content, for example a workbook or a ledger",
    ),
    66: Told("没有这个文件，或没有台账", "the file or the ledger does not exist"),
    69: Told(
        "提醒的渠道或集群用不了；排队的提醒留在队列里",
        "a channel of the reminders, or the cluster, is unavailable; queued reminders stay "
        "in the queue",
    ),
    70: Told("升级失败，台账恢复原样", "a migration failed and was rolled back"),
    73: Told("不能写，或磁盘已满", "cannot write, or the disk is full"),
    74: Told("读取出错，或台账已损坏", "a read error, or a damaged ledger"),
    75: Told("台账正忙：另一个进程正在写入", "busy: another process is writing"),
    76: Told(
        "台账、备份或报送与日志或约束不符",
        "a ledger, a backup or a hub's report does not match its journal or its constraints",
    ),
    77: Told(
        "没有权限，文件别人也能读，或密钥不对",
        "no permission, a private file that other users may read, or a wrong key",
    ),
    78: Told(
        "设置有误，或台账属于另一版本",
        "an invalid setting, or a ledger of another version",
    ),
    130: Told("在键盘上取消", "the user cancelled the command at the keyboard"),
    141: Told("读取输出的程序提前离开", "the program that read the output stopped early"),
}
