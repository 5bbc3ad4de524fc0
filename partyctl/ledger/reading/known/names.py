"""Decide which texts can be names, and make the errors for unknown names and shared names."""

from partyctl.errors import NoSuchRecord
from partyctl.language import comma_list, say

NO_NAMES = frozenset(
    {"all", "each", "everybody", "everyone", "rest", "relative", "none", "self", "members"}
    | {"全体", "全部", "所有", "所有人", "每人", "大家", "其他", "其余", "本人", "亲属", "党员"}
)
"""Words that people type instead of a name; nobody has such a name."""


def may_be_a_name(text: str) -> bool:
    """Whether a text can be a name: no digits, no hyphen, no list, no word such as "everybody"."""
    typed = text.strip().lower()
    return bool(typed) and typed not in NO_NAMES and not set(typed) & set("#,，;；=:：/0123456789-")


def offered(add: str, name: str, otherwise: str) -> str:
    """The command that an error suggests: `add`, or `otherwise` if the typed text cannot be a name.

    `add`: the command that adds a record, with {name} in place of the name. `name`: the typed text,
    which can also be empty, a #number or a word such as "everybody".
    """
    if not may_be_a_name(name):
        return f"partyctl {otherwise}"
    return f"partyctl {add.format(name=in_one_piece(name))}"


def in_one_piece(text: str) -> str:
    """A name or #number, quoted for a shell."""
    from partyctl.law.engine.known import address  # imported here: rarely needed

    return address(text.strip(), 0, frozenset())


def nobody_called(name: str) -> NoSuchRecord:
    """The error for an unknown member.

    The error suggests the command that adds a member only if the text can be a name.
    """
    if not may_be_a_name(name):
        return NoSuchRecord(
            say(
                f"党员名册里没有“{name}”；要写姓名或 #编号。",
                f"Nobody on the roll is called “{name}”: write a name, or #ID.",
            ),
            "partyctl member list",
        )
    return NoSuchRecord(
        say(f"党员名册里没有“{name}”。", f"Nobody on the roll is called “{name}”."),
        offered("member add {name} --joined …", name, "member list"),
    )


def neither_member_nor_staff(name: str) -> NoSuchRecord:
    """The error for a name that is neither on the roll nor on the staff list."""
    if not may_be_a_name(name):
        return nobody_called(name)
    return NoSuchRecord(
        say(
            f"党员和干部职工里都没有“{name}”；是党员的用 partyctl member add 登记。",
            f"No member and no staff member is called “{name}”; enter a member with partyctl member add.",
        ),
        f"partyctl staff add {in_one_piece(name)}",
    )


def several_employees(name: str, how_many: int) -> NoSuchRecord:
    """The error for a name that several employees have.

    The error does not suggest the employees' numbers, because a #number always means a member.
    """
    return NoSuchRecord(
        say(
            f"干部职工里有 {how_many} 位“{name}”，分不清是哪一位。",
            f"{how_many} employees are called “{name}”, so the name alone does not say which one is meant.",
        ),
        "partyctl staff list",
    )


def several_called(name: str, each: list[str], *, people: bool = True) -> NoSuchRecord:
    """The error for a name shared by several records.

    `each`: a text for each record. The text begins with the record's #number.
    """
    listed, unit = comma_list(each), "位" if people else "个"
    return NoSuchRecord(
        say(
            f"有 {len(each)} {unit}“{name}”：{listed}。",
            f"{len(each)} are called “{name}”: {listed}.",
        ),
        f"'{each[0].split()[0]}'",
    )


def no_contact(name: str) -> NoSuchRecord:
    """The error for an unknown contact point."""
    return NoSuchRecord(
        say(f"没有“{name}”这个联系点。", f"There is no contact point “{name}”."),
        offered("contact add {name} --leader …", name, "contact list"),
    )


def no_applicant(name: str) -> NoSuchRecord:
    """The error for an unknown applicant."""
    return NoSuchRecord(
        say(f"没有“{name}”的入党申请。", f"No application of “{name}” is on record."),
        offered("applicant add {name} --applied …", name, "applicant list"),
    )
