"""Check identity numbers: the check digit (GB 11643) and the date of birth in them."""

from datetime import date
from operator import mul

from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.text import half_width, is_digits

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
ZEROS = ord("0") * sum(WEIGHTS)
"""The weighted sum of the character codes of seventeen zeros.

Summing character codes and subtracting this constant is faster than converting the digits to
numbers.
"""


def read_id_number(text: str) -> str:
    """Parse an identity number, and check its length, date and check digit. Raises BadUsage.

    The error never contains the identity number.
    """
    number = half_width(text).upper()
    digits = number[:17]
    if len(number) == 18 and is_digits(digits) and _has_date(digits):
        total = sum(map(mul, digits.encode(), WEIGHTS)) - ZEROS
        if CHECK_DIGITS[total % 11] == number[17]:
            return number
    raise BadUsage(
        say(
            "身份证号不对：应为 18 位，日期和校验位须相符。",
            "The identity number is wrong: it must have 18 characters, a valid date and a valid check digit.",
        )
    )


def _has_date(digits: str) -> bool:
    try:
        date.fromisoformat(digits[6:14])
    except ValueError:
        return False
    return True
