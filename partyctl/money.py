"""Money as whole numbers of 分, from input to storage and output.

partyctl never calculates amounts with floats.
"""

from partyctl.bilingual import Told
from partyctl.errors import BadUsage
from partyctl.text import half_width, is_digits

MOST_DIGITS, MOST_DECIMALS = 9, 2
TEN_THOUSANDTHS = 10_000


def read_yuan(text: str) -> int:
    """Parse an amount typed in 元, and return it in 分.

    The amount can have up to two decimals, but no sign and no exponent. Full-width digits are
    accepted, but no other forms of digits: 5² is not 52. Raises BadUsage.
    """
    typed = half_width(text)
    yuan, point, decimals = typed.partition(".")
    if (
        not 0 < len(yuan) <= MOST_DIGITS
        or len(decimals) > MOST_DECIMALS
        or (point and not decimals)
        or not is_digits(yuan + decimals)
    ):
        # The message does not show the typed text, because the text can be somebody's income.
        raise BadUsage(
            Told(
                "金额读不出来：请写元，整数最多九位、小数最多两位，如 76.50。",
                "The amount cannot be read: write yuan with at most nine digits and two decimals, "
                "such as 76.50.",
            )
        )
    return int(yuan) * 100 + int(decimals.ljust(2, "0"))


def print_yuan(fen: int) -> str:
    """Format an amount in 分 as 元: 7650 becomes 76.50."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def share(fen: int, ten_thousandths: int) -> int:
    """Compute a share of an amount in 分, rounding half up. 150 ten-thousandths (1.5 %) of 510000 are 7650.

    The national texts do not say how to round. Rounding half up to 分 is our convention (see
    docs/decisions).
    """
    return (2 * fen * ten_thousandths + TEN_THOUSANDTHS) // (2 * TEN_THOUSANDTHS)
