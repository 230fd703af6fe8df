"""A review merged into the owner's session: nothing lost, in any order, as often as one likes."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from handover_material import NOW, PASSPHRASE, Home, a_report, acquainted, home, trainer_marks
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.coach.report_types import Finding
from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.store.handover import layout, refusals
from app.store.handover.merging import NotTheTrainers, OtherContents, merged_id
from app.store.handover.parts import Said, dump_marks, dump_shared
from app.store.handover.sealing import seal
from app.store.handover.types import ContactState, Content, Kind, Letter, Share, Shared
from app.store.report_file import dump_report
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from random import Random

    from app.coach.report_types import Report

START_S, END_S = 5.0, 10.0


@pytest.fixture(scope="module", autouse=True)
def cheap() -> Iterator[None]:
    """Little work for the passphrase: it is tried in the tests of the file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "app.store.handover.sealing.seal.__kwdefaults__", {"step": None, "log2_n": 14}
        )
        yield


class Pair:
    """An owner with a share of 5 s to 10 s, and the trainer who has opened it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ana, self.ben = home(folder / "ana", "Ana"), home(folder / "ben", "Ben")
        acquainted(self.ana, self.ben)
        store, person = self.ana.store, self.ana.person
        consent = store.record_consent(person.id, "1", "training", 90, "me")
        record = store.begin_session(
            person_id=person.id, consent_id=consent.id, keep_policy=KeepPolicy.REPORT_ONLY,
            title="Twice",
        )  # fmt: skip
        store.append_marks(
            record.id, [Mark(6.0, Lane.SELF, MarkKind.NOTE, person.id, {"text": "mine"})]
        )
        store.finish_session(record.id, duration_s=12.0, report=a_report())
        self.session_id = record.id
        self.share_id = self.shared()
        self.received = self.opened()

    def shared(self, said: Sequence[Said] = ()) -> str:
        share = Share(
            str(uuid.uuid4()), self.ana.person.id, self.session_id, START_S, END_S,
            with_picture=False, to_name="Ben", made_at=NOW, expires_at=NOW + dt.timedelta(days=30),
        )  # fmt: skip
        facts = Shared(
            "Twice", NOW, START_S, END_S, whole=False, keep_policy=KeepPolicy.REPORT_ONLY,
            focus=None, checklist=None, scenario=None, role="staff", app_version="1",
            rules_version=1, model_version="m",
        )  # fmt: skip
        report = replace(a_report(), duration_s=END_S - START_S, events=())
        parts = {
            layout.SESSION: dump_shared(facts),
            layout.MARKS: dump_marks(said),
            layout.REPORT: dump_report(report),
        }
        contents = [Content(k, len(v), lambda v=v: io.BytesIO(v)) for k, v in parts.items()]
        handover = self.ana.store.handover
        handover.share(share, contents, self.folder / "s.rapport", PASSPHRASE)
        return share.id

    def opened(self) -> str:
        handover, me = self.ben.store.handover, self.ben.person.id
        return handover.receive(handover.look(self.folder / "s.rapport", PASSPHRASE, me), me)

    def review(self, name: str = "r.rapport") -> Path:
        path = self.folder / name
        self.ben.store.handover.send_review(self.received, self.ben.person.id, path, PASSPHRASE)
        return path

    def merge(self, path: Path) -> int:
        handover, me = self.ana.store.handover, self.ana.person.id
        return handover.merge(handover.look(path, PASSPHRASE, me), me).new

    def written(self, said: Sequence[Said], *, by: Home | None = None) -> Path:
        """A review file with whatever marks, signed by the trainer."""
        by = by or self.ben
        path = self.folder / "forged.rapport"
        content = dump_marks(said)
        me = by.store.handover.me(by.person.id)
        letter = Letter(Kind.REVIEW, self.share_id, me, "Ana", NOW)
        key = by.store.handover._key(by.person.id)
        seal(path, letter, [Content(layout.MARKS, len(content), lambda: io.BytesIO(content))],
             passphrase=PASSPHRASE, key=key)  # fmt: skip
        return path

    @property
    def marks(self) -> list[Mark]:
        return self.ana.store.marks(self.session_id)

    @property
    def log(self) -> list[Mark]:
        return self.ana.store.marks(self.session_id, effective=False)

    def close(self) -> None:
        self.ana.store.close()
        self.ben.store.close()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    made.close()


def test_it_comes_back_in_the_sessions_time_beside_what_is_there(pair: Pair) -> None:
    pair.ben.store.append_marks(pair.received, trainer_marks(pair.ben.person.id))
    assert pair.merge(pair.review()) == 4
    texts = {mark.data.get("text"): mark for mark in pair.marks}
    assert texts["mine"].t == 6.0
    assert texts["calm here"].t == 6.0
    assert texts["calm here"].data["until"] == "7.5"
    assert texts["calm here"].author == pair.ben.person.id
    verdict = next(mark for mark in pair.marks if mark.kind is MarkKind.VERDICT)
    assert verdict.data["finding"] == "brow_drawn-7250"
    share = pair.ana.store.handover.shares(pair.ana.person.id)[0]
    assert share.reviewed_at is not None
    assert pair.ana.store.reviewed() == {pair.session_id}


def test_a_verdict_that_comes_back_changes_what_the_owners_list_says(pair: Pair) -> None:
    brow = Finding("brow_drawn-7250", "brow_drawn", 7.25, 9.0, 0.9, 0.5, None, 1, 1.75)
    found = (*a_report().findings, brow)
    pair.ana.store.imports.renew(pair.session_id, replace(a_report(), findings=found))
    pair.ben.store.append_marks(pair.received, trainer_marks(pair.ben.person.id))
    pair.merge(pair.review())
    assert pair.ana.store.session(pair.session_id).findings == ("arms_crossed",)


def later(report: Report, by_s: float) -> Report:
    """The same report with everything so much later, as measuring again may find it."""
    moved = [replace(e, start_s=e.start_s + by_s, end_s=e.end_s + by_s) for e in report.events]
    return replace(report, events=tuple(moved))


@pytest.mark.parametrize("finding", ["arms_crossed-0", "brow_drawn-2250"])
def test_measured_again_a_review_gives_the_same_before_and_after(pair: Pair, finding: str) -> None:
    pair.ben.store.append_marks(pair.received, trainer_marks(pair.ben.person.id, finding))
    review = pair.review()
    renewed = later(a_report(), -0.06)
    pair.ana.store.imports.renew(pair.session_id, renewed)
    assert pair.merge(review) == 4
    after_it = pair.marks
    assert pair.merge(review) == 0  # twice gives the same
    verdict = next(mark for mark in pair.marks if mark.kind is MarkKind.VERDICT)
    assert verdict.data["finding"] in {one.id for one in renewed.events}
    assert verdict.data["finding"].startswith(finding.rpartition("-")[0])
    pair.ana.store.imports.renew(pair.session_id, later(a_report(), 0.08))
    assert pair.merge(review) == 0
    pair.ana.store.imports.renew(pair.session_id, renewed)
    assert pair.marks == after_it


def test_what_the_owner_had_judged_is_not_named_in_the_trainers_list(pair: Pair) -> None:
    no = {"finding": a_report().findings[0].id, "verdict": "disagree"}
    verdict = Mark(1.0, Lane.SELF, MarkKind.VERDICT, pair.ana.person.id, no)
    pair.share_id = pair.shared([said(verdict)])
    assert pair.ben.store.session(pair.received).findings == ("arms_crossed",)
    assert pair.ben.store.session(pair.opened()).findings == ()


def test_twice_gives_the_same(pair: Pair) -> None:
    pair.ben.store.append_marks(pair.received, trainer_marks(pair.ben.person.id))
    path = pair.review()
    pair.merge(path)
    before = pair.log
    assert pair.merge(path) == 0
    assert pair.log == before


def test_the_second_review_replaces_what_the_trainer_changed_and_took_back(pair: Pair) -> None:
    ben = pair.ben.store
    first, gone = ben.append_marks(
        pair.received,
        [Mark(1.0, Lane.TRAINER, MarkKind.NOTE, pair.ben.person.id, {"text": text})
         for text in ("too harsh", "a mistake")],
    )  # fmt: skip
    pair.merge(pair.review("1.rapport"))
    ben.append_marks(
        pair.received,
        [
            replace(first, id="", revises=first.id, data={"text": "kinder"}),
            replace(gone, id="", revises=gone.id, tombstone=True, data={}),
        ],
    )
    assert pair.merge(pair.review("2.rapport")) == 2
    assert {mark.data.get("text") for mark in pair.marks} == {"mine", "kinder"}
    assert pair.merge(pair.folder / "1.rapport") == 0
    assert {mark.data.get("text") for mark in pair.marks} == {"mine", "kinder"}


def test_the_trainer_can_go_on_after_the_owner_has_read(pair: Pair) -> None:
    pair.ben.store.append_marks(pair.received, trainer_marks(pair.ben.person.id))
    pair.merge(pair.review("1.rapport"))
    own = Mark(6.5, Lane.SELF, MarkKind.NOTE, pair.ana.person.id, {"text": "an answer"})
    pair.ana.store.append_marks(pair.session_id, [own])
    note = Mark(4.0, Lane.TRAINER, MarkKind.NOTE, pair.ben.person.id, {"text": "later"})
    pair.ben.store.append_marks(pair.received, [note])
    assert pair.merge(pair.review("2.rapport")) == 1
    assert {"mine", "an answer", "later"} <= {mark.data.get("text") for mark in pair.marks}


def said(mark: Mark, at: dt.datetime = NOW) -> Said:
    return Said(replace(mark, id=mark.id or str(uuid.uuid4())), at)


class TestRefused:
    """What is not the trainer's own is not taken over, and nothing beside it either."""

    def refused(self, pair: Pair, marks: list[Said], kind: type[AppError]) -> None:
        before = pair.log
        path = pair.written(marks)
        with pytest.raises(kind):
            pair.merge(path)
        assert pair.log == before

    def test_marks_of_others(self, pair: Pair) -> None:
        good = trainer_marks(pair.ben.person.id)[0]
        for foreign in (
            replace(good, author=pair.ana.person.id),
            replace(good, author=str(uuid.uuid4())),
            replace(good, lane=Lane.SELF),
            replace(good, lane=Lane.MACHINE),
            replace(good, kind=MarkKind.RATING),
            replace(good, kind=MarkKind.SPEAKER, data={"speaker": "customer"}),
        ):
            self.refused(pair, [said(good), said(foreign)], NotTheTrainers)

    def test_a_revision_of_what_somebody_else_said(self, pair: Pair) -> None:
        own = pair.marks[0]
        good = trainer_marks(pair.ben.person.id)[0]
        for revised in (own.id, str(uuid.uuid4())):
            taken_back = replace(good, revises=revised, tombstone=True)
            self.refused(pair, [said(taken_back)], NotTheTrainers)
        assert pair.marks == [own]

    def test_the_same_mark_with_other_contents(self, pair: Pair) -> None:
        good = replace(trainer_marks(pair.ben.person.id)[0], id=str(uuid.uuid4()))
        pair.merge(pair.written([said(good)]))
        other = replace(good, data=MappingProxyType({"text": "something else"}))
        self.refused(pair, [said(other)], OtherContents)
        self.refused(pair, [said(good, NOW + dt.timedelta(1))], OtherContents)
        assert pair.merge(pair.written([said(good)])) == 0

    def test_a_moment_outside_the_span(self, pair: Pair) -> None:
        late = replace(trainer_marks(pair.ben.person.id)[0], t=60.0)
        self.refused(pair, [said(late)], refusals.Damaged)

    def test_a_review_of_what_somebody_else_shared(self, pair: Pair) -> None:
        pair.ben.store.append_marks(pair.received, trainer_marks(pair.ben.person.id))
        other = pair.ana.store.ensure_person("Cleo")
        with pytest.raises(refusals.NotYours):
            pair.ana.store.handover.look(pair.review(), PASSPHRASE, other.id)

    def test_a_stranger_who_knows_the_share(self, pair: Pair, tmp_path: Path) -> None:
        mallory = home(tmp_path / "mallory", "Mallory")
        marks = [said(trainer_marks(mallory.person.id)[0])]
        path = pair.written(marks, by=mallory)
        mallory.store.close()
        handover, me = pair.ana.store.handover, pair.ana.person.id
        seen = handover.look(path, PASSPHRASE, me)
        assert seen.contact is ContactState.STRANGER
        with pytest.raises(refusals.NotConfirmed):
            handover.merge(seen, me)

    def test_an_empty_review_is_not_sent(self, pair: Pair) -> None:
        with pytest.raises(AppError, match="no mark"):
            pair.review()

    def test_a_session_of_ones_own_has_no_owner_to_send_to(self, pair: Pair) -> None:
        with pytest.raises(AppError, match="shared with you"):
            pair.ana.store.handover.send_review(
                pair.session_id, pair.ana.person.id, pair.folder / "x.rapport", PASSPHRASE
            )


def test_a_spoken_comment_travels_with_its_sound(pair: Pair) -> None:
    files = pair.ben.store.files(pair.received)
    files.write_atomic("comment-7.wav", b"RIFF sound")
    mark = Mark(
        1.0, Lane.TRAINER, MarkKind.NOTE, pair.ben.person.id,
        {"text": "", "sound": "comment-7.wav"},
    )  # fmt: skip
    pair.ben.store.append_marks(pair.received, [mark])
    path = pair.review()
    pair.merge(path)
    back = next(mark for mark in pair.marks if mark.lane is Lane.TRAINER)
    here = pair.ana.store.files(pair.session_id)
    assert here.read(back.data["sound"]) == b"RIFF sound"
    assert back.data["sound"].endswith(".wav")
    names = here.names()
    assert pair.merge(path) == 0
    assert here.names() == names


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["say", "revise", "take back", "send", "merge old"]),
              st.integers(0, 50), st.floats(0, 5, allow_nan=False)),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(operations=OPERATIONS, order=st.randoms(use_true_random=False))
def test_any_reviews_in_any_order_end_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    operations: list[tuple[str, int, float]],
    order: Random,
) -> None:
    pair = Pair(tmp_path_factory.mktemp("pair"))
    try:
        ben, sent, log = pair.ben.store, [], []
        for number, (what, which, t) in enumerate(operations):
            if what == "send" and log:
                sent.append(pair.review(f"{number}.rapport"))
                continue
            if what == "merge old" and sent:
                pair.merge(sent[which % len(sent)])
                continue
            mark = Mark(t, Lane.TRAINER, MarkKind.NOTE, pair.ben.person.id, {"text": str(number)})
            if what in ("revise", "take back") and log:
                old = log[which % len(log)]
                mark = replace(mark, revises=old.id, tombstone=what == "take back")
            log += ben.append_marks(pair.received, [mark])
        sent.append(pair.review("last.rapport"))
        shuffled = [*sent, *sent]
        order.shuffle(shuffled)
        for path in shuffled:
            pair.merge(path)
        theirs = {merged_id(pair.share_id, m.id): m for m in ben.marks(pair.received)}
        ours = {mark.id: mark for mark in pair.marks if mark.lane is Lane.TRAINER}
        assert ours.keys() == theirs.keys()
        for mark_id, mark in ours.items():
            assert mark.data == theirs[mark_id].data
            assert mark.t == pytest.approx(theirs[mark_id].t + START_S, abs=1e-6)
        assert [m.data["text"] for m in pair.marks if m.lane is Lane.SELF] == ["mine"]
        assert len(pair.log) == 1 + len(log)
    finally:
        pair.close()
