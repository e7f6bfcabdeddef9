"""Steps of a dossier: ending, handing over, taking back, and every sentence that refuses one."""

from datetime import date, timedelta

import pytest

from app.models.database import OfficeFile
from app.models.dossiers import DossierStep, Outcome, StepKind
from app.registers import dossier_steps, dossiers
from tests.offices import TODAY, do, dossier, dossier_row, refused, rows

MONDAY = date(2023, 6, 5)


def test_finishing_and_handing_over(office_file: OfficeFile) -> None:
    saved = dossier(office_file, received_on=MONDAY)
    do(office_file, dossier_steps.finish, saved, Outcome.RESOLVED, date(2023, 6, 7))
    do(office_file, dossier_steps.hand_over, saved, date(2023, 6, 9))
    ended = dossier_row(office_file, saved)
    assert (ended["outcome"], ended["finished_on"], ended["handed_over_on"]) == (
        Outcome.RESOLVED,
        date(2023, 6, 7),
        date(2023, 6, 9),
    )
    kinds = [step["kind"] for step in rows(office_file, DossierStep)]
    assert kinds == [StepKind.RECEIVED, StepKind.RESOLVED, StepKind.HANDED_OVER]
    assert {step["person_name"] for step in rows(office_file, DossierStep)} == {"Trần Thị Mẫu"}


def test_steps_that_were_slips_are_taken_back_one_by_one(office_file: OfficeFile) -> None:
    saved = dossier(office_file, received_on=MONDAY)

    def state() -> tuple[object, ...]:
        now = dossier_row(office_file, saved)
        return now["outcome"], now["finished_on"], now["handed_over_on"]

    do(office_file, dossier_steps.finish, saved, Outcome.RESOLVED, date(2023, 6, 9))
    do(office_file, dossier_steps.hand_over, saved, date(2023, 6, 9))
    assert do(office_file, dossier_steps.take_back_step, saved) is StepKind.HANDED_OVER
    assert state() == (Outcome.RESOLVED, date(2023, 6, 9), None)
    assert do(office_file, dossier_steps.take_back_step, saved) is StepKind.RESOLVED
    assert state() == (None, None, None)
    assert refused(office_file, dossier_steps.take_back_step, saved).sentence == "Hồ sơ này chưa có bước nào để bỏ"
    do(office_file, dossier_steps.finish, saved, Outcome.WITHDRAWN, TODAY, "Người nộp xin rút")
    assert state() == (Outcome.WITHDRAWN, TODAY, None)


def test_the_day_typed_late_decides(office_file: OfficeFile) -> None:
    """A result of 08/6 typed on 12/6: the day of the result counts, the moment of typing is kept apart."""
    saved = dossier(office_file, received_on=MONDAY)
    do(office_file, dossier_steps.finish, saved, Outcome.RESOLVED, date(2023, 6, 8))
    step = rows(office_file, DossierStep)[-1]
    assert (step["on_date"], step["entered_at"].date()) == (date(2023, 6, 8), TODAY)


def test_an_ended_dossier_does_not_end_again(office_file: OfficeFile) -> None:
    saved = dossier(office_file)
    do(office_file, dossier_steps.finish, saved, Outcome.RESOLVED, TODAY)
    problem = refused(office_file, dossier_steps.finish, saved, Outcome.STOPPED, TODAY, "Thử")
    assert problem.sentence == "Hồ sơ đã kết thúc ngày 12/06/2023"


@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.WITHDRAWN, Outcome.STOPPED, Outcome.REJECTED])
def test_every_other_end_needs_a_reason(office_file: OfficeFile, outcome: Outcome) -> None:
    saved = dossier(office_file, received_on=TODAY)
    problem = refused(office_file, dossier_steps.finish, saved, outcome, TODAY)
    assert (problem.sentence, problem.field) == ("Cần ghi lý do", "reason")


def test_days_of_ending(office_file: OfficeFile) -> None:
    saved = dossier(office_file, received_on=MONDAY)
    too_early = refused(office_file, dossier_steps.finish, saved, Outcome.RESOLVED, date(2023, 6, 4))
    assert (too_early.sentence, too_early.field) == ("Ngày xong trước ngày nhận", "on_date")
    to_come = refused(office_file, dossier_steps.finish, saved, Outcome.RESOLVED, TODAY + timedelta(1))
    assert (to_come.sentence, to_come.field) == ("Ngày này sau hôm nay", "on_date")


def test_days_of_handing_over(office_file: OfficeFile) -> None:
    saved = dossier(office_file, received_on=MONDAY)
    pending = refused(office_file, dossier_steps.hand_over, saved, TODAY)
    assert pending.sentence == "Chưa trả kết quả được: hồ sơ chưa giải quyết xong"
    do(office_file, dossier_steps.finish, saved, Outcome.RESOLVED, date(2023, 6, 8))
    assert refused(office_file, dossier_steps.hand_over, saved, MONDAY).sentence == "Ngày trả trước ngày xong"
    do(office_file, dossier_steps.hand_over, saved, date(2023, 6, 9))
    again = refused(office_file, dossier_steps.hand_over, saved, TODAY)
    assert again.sentence == "Kết quả đã trả ngày 09/06/2023"


def test_a_refusal_is_of_the_day_of_reception(office_file: OfficeFile) -> None:
    """What was received is returned, not refused: so a past cut-off can never lose a dossier it has counted."""
    saved = dossier(office_file, received_on=MONDAY)
    problem = refused(office_file, dossier_steps.finish, saved, Outcome.REJECTED, TODAY, "Không đúng nơi")
    assert problem.sentence == "Từ chối tiếp nhận ghi đúng ngày nhận. Hồ sơ đã nhận thì ghi trả lại"
    do(office_file, dossier_steps.finish, saved, Outcome.REJECTED, MONDAY, "Không đúng nơi")
    do(office_file, dossiers.save, saved, {"received_on": date(2023, 6, 6)})
    assert dossier_row(office_file, saved)["finished_on"] == date(2023, 6, 6)


def test_derive_takes_the_last_word_of_each_kind() -> None:
    steps = [
        {"id": 1, "kind": "received", "on_date": MONDAY, "due_on": date(2023, 6, 8)},
        {"id": 4, "kind": "resolved", "on_date": date(2023, 6, 12), "due_on": None},
        {"id": 3, "kind": "due_set", "on_date": date(2023, 6, 9), "due_on": date(2023, 6, 20)},
        {"id": 2, "kind": "awaiting_supplement", "on_date": date(2023, 6, 7), "due_on": None},
    ]
    assert dossier_steps.derive(steps) == {
        "due_on": date(2023, 6, 20),
        "due_set_on": date(2023, 6, 9),
        "finished_on": date(2023, 6, 12),
        "outcome": Outcome.RESOLVED,
        "handed_over_on": None,
    }
    assert dossier_steps.derive(steps[:1] + steps[3:])["due_on"] is None
