"""Error messages of the operating system, in the language of partyctl's output."""

import errno
import os

from partyctl.language import say

CHINESE = {
    errno.EIO: "硬件读写错误",
    errno.EBUSY: "正在使用",
    errno.EEXIST: "已经存在",
    errno.EINVAL: "不支持这样操作",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ESTALE: "网络文件夹已断开",
    errno.EXDEV: "不在同一个磁盘上",
    errno.ECONNREFUSED: "连接被拒绝",
    errno.ECONNRESET: "连接被中断",
    errno.EHOSTUNREACH: "找不到主机",
    errno.ENETUNREACH: "网络不通",
    errno.ETIMEDOUT: "连接超时",
}
"""Chinese messages, keyed by error number. In Chinese, an error without a message in this table is
shown by its number."""


def why(error: OSError) -> str:
    """Say why the operating system refused.

    If an error has no system error number, the Chinese text says only that the other side did not
    answer, and the English text names the type of the error.
    """
    if error.errno is None:
        return say("对方没有应答", type(error).__name__)
    chinese = CHINESE.get(error.errno, f"系统错误 {error.errno}")
    return say(chinese, os.strerror(error.errno) if error.errno > 0 else str(error.strerror))
