"""Error messages of the operating system, in the language of partyctl's output."""

import errno
import os

from partyctl.language import say

CHINESE = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只能读",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件太大",
    errno.EPIPE: "读输出的程序已经退出",
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
    """The cause of a system error, in the language of partyctl's output.

    If an error has no system error number, the text says only that the other side, such as
    a mail server, did not answer.
    """
    if error.errno is None:
        return say("对方没有应答", "the other side did not answer")
    chinese = CHINESE.get(error.errno, f"系统错误 {error.errno}")
    return say(chinese, os.strerror(error.errno) if error.errno > 0 else str(error.strerror))
