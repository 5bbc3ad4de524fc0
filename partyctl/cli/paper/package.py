"""The package of a democratic-life meeting: a folder with a cover list and five papers."""

import os
import shutil
from pathlib import Path

from partyctl.cli.output.documents import Wanted, Written, at_hand, read_fields
from partyctl.cli.output.saving import REPLACE, not_overwritten
from partyctl.cli.paper.kinds import WORD
from partyctl.cli.paper.writing import filled
from partyctl.cli.session.reading import Reading
from partyctl.errors import BadUsage
from partyctl.language import comma_list, say
from partyctl.papers.forms.drafts import Draft
from partyctl.papers.forms.meetings import package_names
from partyctl.papers.labels import field_meant, label


def write_package(reading: Reading, draft: Draft, wanted: Wanted) -> list[Written]:
    """Write the package's folder with all its papers; a new folder is never left incomplete.

    Raises BadUsage, Refused.
    """
    folder = wanted.output or Path(draft.name)
    if os.path.lexists(folder) and not (wanted.replace and folder.is_dir()):
        raise not_overwritten(folder, REPLACE if folder.is_dir() else "-o …")
    own, typed = _read_templates(wanted.template), read_fields(wanted.fill)
    chosen = {
        name: at_hand(f"{part}{WORD}", own.get(part) or f"{part}{WORD}")
        for name, part in package_names().items()
    }
    known = _known_fields(chosen, typed)
    written = []
    for name, part in package_names().items():
        said = [
            f"{field}={text}" for field, text in typed.items() if _is_of(field, known.get(name, []))
        ]
        each = Wanted(template=own.get(part), fill=said)
        composed = filled(reading, draft.values, f"{part}{WORD}", each)
        written.append(Written(folder / f"{name}{WORD}", *composed))
    _put(folder, written)
    return written


def _read_templates(typed: str | None) -> dict[str, str]:
    """Parse the user's own templates for papers of the package.

    The text has the form `dl-report=FILE.docx,dl-measures=FILE.docx`. Raises BadUsage.
    """
    found = {}
    for each in (typed or "").replace("，", ",").replace("＝", "=").split(",") if typed else ():
        part, equals, file = (word.strip() for word in each.partition("="))
        if not (equals and file and part in package_names().values()):
            parts = comma_list(package_names().values())
            raise BadUsage(
                say(
                    f"“{each}”应写成 材料=模板文件名；材料有 {parts}。",
                    f"Write PART=FILE-NAME, not “{each}”; the parts are {parts}.",
                ),
                say(
                    "--template dl-report=文件.docx,dl-measures=文件.docx",
                    "--template dl-report=FILE.docx,dl-measures=FILE.docx",
                ),
            )
        found[part] = file
    return found


def _known_fields(chosen: dict[str, Path], typed: dict[str, str]) -> dict[str, list[str]]:
    """Return the fields of each template, by name of the paper.

    Return an empty dict if the user typed no fields.

    Raises BadUsage if a typed field is in none of the templates.
    """
    if not typed:
        return {}
    from partyctl.papers.forms.documents import fields

    known = {name: fields(template) for name, template in chosen.items()}
    every = sorted({field for named in known.values() for field in named})
    for field in typed:
        if field_meant(field, every) not in every:
            named = comma_list(dict.fromkeys(map(label, every)))
            raise BadUsage(
                say(
                    f"六份材料的模板里都没有“{field}”这个栏目；有：{named}。",
                    f"No template of the package has the field “{field}”; they have: {named}.",
                ),
                f"--fill {label(min(every, default='…'))}=…",
            )
    return known


def _is_of(typed: str, fields: list[str]) -> bool:
    return field_meant(typed, fields) in fields


def _put(folder: Path, written: list[Written]) -> None:
    """Write the files to a draft folder, then move them to `folder`.

    Remove the draft folder even if a file cannot be written or moved.
    """
    draft = folder.with_name(f".partyctl-{os.urandom(4).hex()}.part")
    draft.mkdir(mode=0o700)
    try:
        for each in written:
            descriptor = os.open(
                draft / each.path.name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600
            )
            with os.fdopen(descriptor, "wb") as file:
                file.write(each.content)
                file.flush()
                os.fsync(file.fileno())
        if not folder.exists():
            draft.rename(folder)
            return
        for each in written:
            (draft / each.path.name).replace(each.path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
