"""Values that cannot be read with certainty: asked or reported, never guessed."""

from partyctl.language import say


class Unread(Exception):
    """A cell with unclear content; `kind` groups cells unclear for the same reason.

    `key`: one answer serves all cells with the same question (such as what ★ means). `said`: the clear part
    of the cell.
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
