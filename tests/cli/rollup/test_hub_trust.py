"""The hub detects a ledger that was rewritten after its report, and gives no false alarm."""

import itertools
import json
import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from partyctl.cli.rollup import collect
from partyctl.rollup import checkpoint
from partyctl.rollup.extract import Extract, packed
from tests.cli.rollup.conftest import MONTH, sent
from tests.cli.rollup.mutated import LEDGERS, whole
from tests.conftest import Run


def test_a_ledger_that_was_written_anew_is_found_and_explained(hub: Run, ledger: Path):
    """A clerk replaces the ledger by an older copy, records other facts, and makes an extract."""
    old = Path("old.db")
    shutil.copy(ledger, old)
    hub("dues pay 何雪梅 --month 2026-05 --amount 10 --on 2026-06-01")
    sent(hub, name="march.partyctl.gz")
    hub("rollup collect march.partyctl.gz --hub hub")
    hub("rollup verify --hub hub")

    shutil.copy(old, ledger)
    hub("dues pay 宋大伟 --month 2026-05 --amount 10 --on 2026-06-01")
    hub("staff add 新来的")
    hub("rollup extract --month 2026-04 -o april.partyctl.gz")
    hub("rollup collect april.partyctl.gz --hub hub")

    (finding,) = hub("rollup verify --hub hub --json", code=76).json["findings"]
    assert (finding["code"], finding["month"]) == ("001", "2026-04")
    assert "接不上" in finding["finding"]
    remedy = finding["remedy"].removeprefix("partyctl ")
    assert remedy.startswith("journal verify --against ")
    assert hub(remedy, code=76).out


@pytest.mark.long
def test_a_ledger_that_was_not_is_let_alone_in_whatever_order_it_came(hub: Run, number: str):
    hub("rollup extract --month 2026-01 -o 1.partyctl.gz")
    # nothing was recorded between these two extracts
    hub("rollup extract --month 2026-02 -o 2.partyctl.gz")
    hub("staff add 新来的")
    hub("rollup extract --month 2026-03 -o 3.partyctl.gz")
    hub("rollup extract --month 2026-04 --rows -o 4.partyctl.gz")
    for order in itertools.permutations("1234"):
        here = "hub-" + "".join(order)
        hub(f"rollup init {here} --organ 机关工委")
        hub(f"rollup enrol 001 机关支部 --ledger {number} --hub {here}")
        for name in order:
            hub(f"rollup collect {name}.partyctl.gz --hub {here}")
        assert "4 份提取，链头都接得上" in hub(f"rollup verify --hub {here}").out, order
    assert hub("journal verify").code == 0


@pytest.fixture
def bare(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A hub with one branch; its extracts are made by hand."""
    monkeypatch.chdir(tmp_path)
    run("rollup init hub --organ 机关工委")
    run(f"rollup enrol 001 支部 --ledger {LEDGERS[0]} --hub hub")
    return run


def put(extract: Extract, name: str = "x.partyctl.gz") -> str:
    Path(name).write_bytes(packed(extract))
    return name


def test_what_was_damaged_at_the_hub_can_be_sent_again(bare: Run):
    """If the hub's file is missing or damaged, the branch can send the same extract again."""
    name = put(whole())
    bare(f"rollup collect {name} --hub hub")
    kept = Path("hub/extracts/2026-03/001.gz")
    for spoiled in (b"", b"no gzip", kept.read_bytes()[:-9]):
        kept.write_bytes(spoiled)
        assert "不在或损坏" in bare("rollup verify --hub hub", code=76).out
        assert "收下 1 份" in bare(f"rollup collect {name} --hub hub").out
        assert bare("rollup verify --hub hub").code == 0
    kept.unlink()
    bare(f"rollup collect {name} --hub hub")
    assert bare("rollup verify --hub hub").code == 0


def test_a_file_that_is_a_link_or_a_pipe_is_not_the_one_received(bare: Run):
    name = put(whole())
    bare(f"rollup collect {name} --hub hub")
    kept = Path("hub/extracts/2026-03/001.gz")
    kept.unlink()
    kept.symlink_to(Path(name).resolve())
    assert bare("rollup verify --hub hub", code=76).out
    kept.unlink()
    os.mkfifo(kept)
    assert bare("rollup verify --hub hub", code=76).out


def test_a_line_that_a_power_cut_left_half_is_as_if_never_written(bare: Run):
    bare(f"rollup collect {put(whole())} --hub hub")
    log = Path("hub/received.jsonl")
    whole_lines = log.read_text()
    log.write_text(whole_lines + '["001", "2026-0')
    assert bare("rollup verify --hub hub").code == 0
    bare(f"rollup collect {put(whole(month='2026-04', number=80))} --hub hub")
    assert log.read_text().startswith(whole_lines)
    assert log.read_text().count("\n") == 4
    assert bare("rollup collect . --hub hub").code == 0


def test_a_log_that_was_spoiled_is_named(bare: Run):
    bare(f"rollup collect {put(whole())} --hub hub")
    log = Path("hub/received.jsonl")
    good = log.read_text()
    for bad in (
        "no JSON\n",
        "[]\n",
        "5\n",
        "[1, 2]\n",
        "{}\n",
        "[" * 5000 + "\n",
        '"x"\n',
        '[null, "", "", "", "", "", ""]\n',
    ):
        log.write_text(good + bad)
        for verb in (
            "verify",
            "collect x.partyctl.gz",
            "report --month 2026-03 -o p.html --replace",
        ):
            assert "received.jsonl" in bare(f"rollup {verb} --hub hub", code=65).err, bad


@pytest.fixture
def chained(bare: Run) -> Path:
    """The log of a hub (`received.jsonl`), after the hub has collected two extracts of a branch.

    The hub has also written a checkpoint: with this summary, `verify` need not read the log again.
    """
    head = whole().header.head
    for month, number, previous in (("2026-03", 74, None), ("2026-04", 80, head)):
        made = whole(month=month, number=number)
        put(
            made._replace(header=made.header._replace(previous_head=previous)),
            f"{month}.partyctl.gz",
        )
    bare("rollup collect . --hub hub")
    assert Path("hub/checkpoint.json").exists()
    return Path("hub/received.jsonl")


def test_what_was_verified_is_not_read_again(bare: Run, chained: Path, monkeypatch):
    monkeypatch.setattr(checkpoint, "logged", lambda *_: pytest.fail("it was read again"))
    assert "2 份提取" in bare("rollup verify --hub hub").out
    assert bare("rollup report --month 2026-03 --hub hub -o page.html").code == 0


def test_a_log_that_was_changed_behind_its_checkpoint_is_read_again(bare: Run, chained: Path):
    later = whole(month="2026-04", number=80).header.head
    text = chained.read_text()
    forged = text.replace(f'"{whole().header.head}", "', f'"12-{"c" * 16}", "')
    assert forged != text
    chained.write_text(forged)
    said = bare("rollup verify --hub hub", code=76).out
    assert later in said.replace("\n", "")
    chained.write_text(text)
    assert bare("rollup verify --hub hub").code == 0


def test_what_came_after_the_checkpoint_is_verified(bare: Run, chained: Path, monkeypatch):
    """In this test, `collect` stores an extract but no new checkpoint, as if it had been killed."""
    with monkeypatch.context() as patch:
        patch.setattr(collect, "write_checkpoint", lambda _: None)
        forked = whole(month="2026-05", number=90)
        forked = forked._replace(header=forked.header._replace(previous_head="12-" + "c" * 16))
        bare(f"rollup collect {put(forked)} --hub hub")
    for _ in range(2):
        (finding,) = bare("rollup verify --hub hub --json", code=76).json["findings"]
        assert (finding["code"], finding["month"]) == ("001", "2026-05")
        # This rebuild writes a checkpoint. In the second round, `verify` must not lose the finding,
        # although the hub then has this checkpoint.
        bare("rollup collect --rebuild --hub hub")


def sealed(text: str) -> str:
    """A checkpoint with this content and a valid seal (a first line with the content's digest)."""
    return f"{checkpoint.FORMAT} {sha256(text.encode()).hexdigest()}\n{text}\n"


def test_a_checkpoint_that_is_none_is_let_alone(bare: Run, chained: Path):
    place = Path("hub/checkpoint.json")
    good = place.read_text().splitlines()[1]
    size, digest, *rest = json.loads(good)
    strange = ([], [1, 2], [size, digest, 2, 5, [], {}], [size, digest, "2", *rest[1:]], "x")
    strange += ([size, digest, 2, {}, [], {"2026-03": 5}], [size, digest, 2, {}, 7, {}])
    strange += ([10**9, digest, *rest], [-1, digest, *rest])
    texts = [sealed(json.dumps(each)) for each in strange]
    for text in ("", "\n\n", "x", good, *texts, sealed("[" * 9000)):
        place.write_text(text)
        said = bare("rollup verify --hub hub --json").json
        assert (said["ok"], said["extracts"]) == (True, 2), text[:200]
    place.unlink()
    assert bare("rollup verify --hub hub --json").json["extracts"] == 2


def test_a_hub_file_that_was_spoiled_is_named(bare: Run):
    place = Path("hub/hub.json")
    good = place.read_text()
    units = f'[["001", "支部", "{LEDGERS[0]}", 0]]'
    for unit in (
        "[]",
        "[1]",
        '["../x", "支部", "a", 0]',
        '["1", "支部", [1], 0]',
        '["1", 2, "a", 0]',
    ):
        head = good.partition('"units"')[0]
        place.write_text(f'{head}"units": [{unit}]}}')
        assert "hub.json" in bare(f"rollup missing {MONTH} --hub hub", code=65).err, unit
    place.write_text(f'{head}"units": {units}}}')
    assert bare(f"rollup missing {MONTH} --hub hub", code=3)


def test_what_an_organ_no_longer_sends_is_no_longer_counted(bare: Run):
    """After a packet was removed and the hub was rebuilt, the packet's branches are not counted."""
    bare(f"rollup collect {put(whole())} --hub hub")
    bare("rollup pass-up --month 2026-03 --hub hub -o up.partyctl-packet.gz")
    number = Path("hub/hub.json").read_text().split('"hub": "')[1][:16]
    bare("rollup init top --organ 省直机关")
    bare(f"rollup enrol S1 市直 --ledger {number} --hub top")
    bare("rollup collect up.partyctl-packet.gz --hub top")
    assert bare("rollup show --hub top --json").json["rows"]
    Path("top/extracts/2026-03/S1.gz").unlink()
    bare("rollup collect --rebuild --hub top")
    assert bare("rollup show --hub top --json").json["rows"] == []
