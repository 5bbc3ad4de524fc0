"""Every page in this run's language, by path."""

from partyctl.language import say
from scripts.reference import tables
from scripts.reference.man import man_page, name_of
from scripts.reference.markdown import index, noun_page
from scripts.reference.tree import nouns


def all_pages() -> dict[str, str]:
    """The pages of docs/reference and the man pages, in one language."""
    known = nouns()
    folder = say("docs/reference/zh", "docs/reference/en")
    man = say("man/zh_CN/man1", "man/man1")
    return {
        f"{folder}/README.md": index(known),
        f"{folder}/rule-list.md": tables.rules_page(),
        f"{folder}/papers.md": tables.papers_page(),
        f"{folder}/exit-codes.md": tables.exit_codes_page(),
        **{f"{folder}/{noun.name}.md": noun_page(noun) for noun in known},
        **{f"{man}/{name_of(noun)}.1": man_page(noun, known) for noun in known},
    }
