"""Collect the values of the admission papers and of the handover list."""

from collections.abc import Mapping
from typing import Any

from partyctl.calendar import Period
from partyctl.cli.check.judging import found
from partyctl.cli.output.answers import find
from partyctl.cli.paper.sources import K, register
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.language import comma_list, say, spaced, title_of, with_colon, worded
from partyctl.law.admission.ahead import agendas
from partyctl.law.admission.dossier import dossier
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.owed import ONLY_OPEN
from partyctl.law.engine.rule import Obligation
from partyctl.ledger.file.files import default_folder
from partyctl.ledger.reading import applicants as applicant_lists
from partyctl.papers.forms import admission
from partyctl.papers.forms.drafts import Draft, file_name
from partyctl.papers.forms.registers import Object, numbered
from partyctl.papers.forms.templates_at_hand import own_folder
from partyctl.papers.labels import as_of
from partyctl.show.obligations import noted, state_of
from partyctl.show.scoreboard import worst_first
from partyctl.terms import AdmissionStep, DossierPaper, Noun, stored_term


def _applicant(reading: Reading, name: str) -> Mapping[str, Any]:
    """Return the applicant with this name or number. Raises NoSuchRecord."""
    return find(reading, Noun.APPLICANT, current.number_meant(reading, Noun.APPLICANT, name))


def activist_form(reading: Reading, name: str) -> Draft:
    """The registration form of an activist."""
    person = _applicant(reading, name)
    values = admission.activist_values(person) | {"党支部": person["branch"]}
    return Draft(K.ACTIVIST_FORM, file_name(K.ACTIVIST_FORM.label, person["name"]), values)


def exam_form(reading: Reading, name: str, period: Period) -> Draft:
    """The form of a half-yearly examination."""
    person = _applicant(reading, name)
    first, last = period.first.isoformat(), period.last.isoformat()
    values = admission.exam_values(person, period.name, first, last)
    file = file_name(K.EXAM_FORM.label, person["name"], period)
    return Draft(K.EXAM_FORM, file, values | {"党支部": person["branch"]})


def admission_record(reading: Reading, name: str) -> Draft:
    """The complete record of an admission, step by step."""
    person = _applicant(reading, name)
    stage = _stage(reading, person)
    values = admission.admission_values(person, stage) | {"党支部": person["branch"]}
    return Draft(K.ADMISSION_RECORD, file_name(K.ADMISSION_RECORD.label, person["name"]), values)


def _stage(reading: Reading, person: Mapping[str, Any]) -> str | None:
    branch = next(each for each in reading.branches if each.id == person["branch_id"])
    for agenda in agendas(reading.known(branch), (), reading.rulebook):
        if agenda.way.subject.id == person["id"]:
            return agenda.way.reached[0].label
    return None


def dossier_index(reading: Reading, name: str) -> Draft:
    """List every paper of an applicant's dossier, with the place where the paper is kept."""
    person = _applicant(reading, name)
    taken = [stored_term(AdmissionStep, each["step"]) for each in person["steps"]]
    kept = {each["paper"]: each["kept_at"] for each in person["papers"]}
    standings = dossier(taken, kept)
    missing = [each.filed.paper.label for each in standings if each.is_missing]
    lacking = (
        with_colon(say("缺", "missing"), comma_list(missing))
        if missing
        else say("到本阶段应有的材料齐全", "every paper of this stage is on hand")
    )
    about = spaced(person["branch"], person["name"], _stage(reading, person), lacking)
    rows = admission.dossier_rows(standings)
    heading = say(
        f"{person['name']}{K.DOSSIER_INDEX.chinese}",
        f"{K.DOSSIER_INDEX.heading} of {person['name']}",
    )
    return register(K.DOSSIER_INDEX, about, rows, person["name"], title=heading)


def handover_list(reading: Reading) -> Draft:
    """The handover list: open duties, and where the papers are kept."""
    judged = reading.judged(current.branch())
    owed = worst_first(found(reading, judged, list(CATALOGUE), None, ONLY_OPEN))
    rows = [open_duty(item.obligation, reading) for item in owed]
    rows += kept_papers(reading)
    about = spaced(
        reading.organ.name,
        as_of(reading.on),
        say(f"未了事项 {len(owed)} 项", f"open duties: {len(owed)}"),
    )
    return register(K.HANDOVER_LIST, about, numbered(rows), reading.on)


def open_duty(owed: Obligation, reading: Reading) -> Object:
    """Return an open duty as a row of the handover list."""
    what = " ".join(filter(None, (title_of(owed.rule), owed.period or noted(owed))))
    return {
        "类别": say("未了事项", "open duty"),
        "事项": what,
        "对象": worded(owed.subject.name),
        "期限": str(owed.due) if owed.due else say("无期限", "none"),
        "状态": state_of(owed, reading.on),
        "依据或存放": owed.rule.article,
    }


def kept_papers(reading: Reading) -> list[Object]:
    """List where the ledger, its backups and templates, and the admission papers are kept."""
    path = current.ledger_path()
    places = [
        (say("台账文件", "the ledger's file"), str(path)),
        (say("备份文件夹", "the folder of backups"), str(default_folder(path))),
        (say("文书模板", "templates of papers"), str(own_folder(path))),
    ]
    rows = [(say("电子材料", "electronic papers"), what, "", where) for what, where in places]
    for person in applicant_lists.applicants(reading.ledger, reading.on):
        for kept in applicant_lists.kept_papers(reading.ledger, person["id"]):
            name = stored_term(DossierPaper, kept["paper"]).label
            rows.append(
                (
                    say("入党材料", "papers of an admission"),
                    name,
                    person["name"],
                    kept["kept_at"] or "",
                )
            )
    return [
        {
            "类别": sort,
            "事项": what,
            "对象": whose,
            "期限": "",
            "状态": "",
            "依据或存放": where,
        }
        for sort, what, whose, where in rows
    ]
