"""The error for values that cannot be read with certainty.

partyctl does not guess what an unclear value means: it asks the clerk, or reports the value as a
problem.
"""

from partyctl.language import say


class Unread(Exception):
    """A cell whose content is unclear; `kind` groups cells that are unclear for the same reason.

    `key`: the key under which the clerk's answer is stored. Cells that raise the same question have
    the same key, so the clerk answers the question only once.

    `said`: those values in the cell that could be read with certainty.
    """

    def __init__(
        self,
        kind: str,
        chinese: str,
        english: str,
        *,
        choices: tuple[str, ...] = (),
        key: str | None = None,
        said: dict[str, object] | None = None,
    ) -> None:
        self.kind = kind
        self.sentence = say(chinese, english)
        self.choices = choices
        self.key = key
        self.said = said or {}
        super().__init__(self.sentence)
