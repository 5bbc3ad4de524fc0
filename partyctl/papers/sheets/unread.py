"""What cannot be read for certain in a cell: it is asked, or reported, and never guessed."""

from partyctl.language import say


class Unread(Exception):
    """A cell whose content is unclear; `kind` groups those that are unclear for the same reason.

    `key`: one answer serves all cells that ask the same (what a ★ means, say). `said` is what the
    cell does say for certain.
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
