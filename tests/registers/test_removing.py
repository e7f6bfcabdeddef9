"""Rows entered by mistake: what may be taken away, what is refused and why; undone, everything stands as it did."""

from collections.abc import Callable
from datetime import date

import pytest

from app.models.budget import BudgetAllocation, BudgetLine
from app.models.database import OfficeFile
from app.models.documents import Document, PlanTask
from app.models.dossiers import Dossier, DossierStep, Outcome, Procedure, ProcedureChange, ProcedureChangeKind
from app.models.undoing import undo
from app.periods import PeriodKind
from app.registers import documents, dossier_steps, plans, procedures, saved_reports
from app.registers.catalogue import REGISTERS
from tests.offices import ACTOR, TODAY, allocate, budget_line, do, document, dossier, procedure_id, refused, row, rows

MODELS = (Dossier, DossierStep, Document, PlanTask, Procedure, ProcedureChange, BudgetLine, BudgetAllocation)
Make = Callable[[OfficeFile], int]


def a_dossier(file: OfficeFile) -> int:
    saved = dossier(file)
    do(file, dossier_steps.finish, saved, Outcome.RETURNED, TODAY, "Thiếu giấy tờ")
    return saved


def a_document(file: OfficeFile) -> int:
    document(file, 1, TODAY)
    return document(file, 2, TODAY)


def a_task(file: OfficeFile) -> int:
    plan = document(file, 1, date(2023, 1, 9), "KH")
    return int(do(file, plans.save, None, {"document_id": plan, "content": "Niêm yết", "due_on": TODAY}))


def a_procedure(file: OfficeFile) -> int:
    saved = procedure_id(file, "GIO")
    a_change(file, saved, ProcedureChangeKind.AMENDED)
    return saved


def a_line(file: OfficeFile) -> int:
    return budget_line(file, "Đường thôn", is_investment=True, project="Đường thôn Mẫu")


def an_allocation(file: OfficeFile) -> int:
    return allocate(file, a_line(file), 100)


def a_change(file: OfficeFile, procedure: int, kind: ProcedureChangeKind) -> int:
    values = {"procedure_id": procedure, "kind": kind, "decision": "QĐ thử", "published_on": TODAY}
    return int(do(file, procedures.save_change, None, values | {"effective_on": TODAY}))


@pytest.mark.parametrize(
    ("key", "make", "name"),
    [
        ("dossiers", a_dossier, "hồ sơ NB-2023-0001"),
        ("documents", a_document, "văn bản 02/QĐ-UBND"),
        ("tasks", a_task, "nhiệm vụ “Niêm yết”"),
        ("procedures", a_procedure, "thủ tục GIO"),
        ("budget_lines", a_line, "khoản “Đường thôn”"),
        ("allocations", an_allocation, "quyết định giao “QĐ thử”"),
    ],
)
def test_taken_away_with_its_parts_and_brought_back(office_file: OfficeFile, key: str, make: Make, name: str) -> None:
    saved = make(office_file)
    register = REGISTERS[key]
    assert register.remove is not None
    before = {model: rows(office_file, model) for model in MODELS}
    outcome = office_file.write(ACTOR, "Xóa", register.remove, saved)
    assert outcome.value == name
    assert saved not in [each["id"] for each in rows(office_file, register.model)]
    assert not [step for step in rows(office_file, DossierStep) if key == "dossiers"]
    assert outcome.group_id is not None
    do(office_file, undo, outcome.group_id)
    assert {model: rows(office_file, model) for model in MODELS} == before


def test_the_number_of_a_document_taken_away_is_free_again(office_file: OfficeFile) -> None:
    do(office_file, documents.remove, a_document(office_file))
    assert document(office_file, 2, TODAY)


def test_an_earlier_number_is_voided_not_taken_away(office_file: OfficeFile) -> None:
    first = document(office_file, 1, TODAY)
    document(office_file, 2, TODAY)
    problem = refused(office_file, documents.remove, first)
    assert problem.sentence == "Sau số 01/QĐ-UBND đã có số khác, xóa thì sổ thiếu số"
    assert problem.next_step == "Dùng “Hủy văn bản”: số vẫn giữ."


def test_a_number_with_a_letter_comes_behind_it(office_file: OfficeFile) -> None:
    plain, letter = document(office_file, 5, TODAY), document(office_file, 5, TODAY, suffix="a")
    assert refused(office_file, documents.remove, plain).sentence.startswith("Sau số 05/QĐ-UBND đã có số khác")
    do(office_file, documents.remove, letter)
    do(office_file, documents.remove, plain)
    assert rows(office_file, Document) == []


def test_a_plan_with_tasks_stays(office_file: OfficeFile) -> None:
    task = a_task(office_file)
    plan = row(office_file, PlanTask, task)["document_id"]
    assert refused(office_file, documents.remove, plan).sentence == "Kế hoạch 01/KH-UBND đã có nhiệm vụ"
    do(office_file, plans.remove, task)
    do(office_file, documents.remove, plan)
    assert rows(office_file, Document) == []


def test_a_numbered_report_stays(office_file: OfficeFile) -> None:
    with office_file.read() as connection:
        period = saved_reports.default_period(connection, PeriodKind.H1, 2023, TODAY)
    report = do(office_file, saved_reports.create, period, "{}")
    do(office_file, saved_reports.save, report, {"number": 7, "dated_on": TODAY})
    [registered] = rows(office_file, Document)
    problem = refused(office_file, documents.remove, registered["id"])
    assert problem.sentence == "Văn bản 07/BC-UBND là báo cáo đã cấp số"


def test_a_procedure_with_dossiers_is_abolished_not_taken_away(office_file: OfficeFile) -> None:
    dossier(office_file, "BA")
    problem = refused(office_file, procedures.remove, procedure_id(office_file, "BA"))
    assert problem.sentence == "Thủ tục BA đã có 1 hồ sơ"
    assert problem.next_step == "Thủ tục không còn áp dụng thì ghi thay đổi “Bãi bỏ”."


def test_abolished_by_mistake_it_goes_on(office_file: OfficeFile) -> None:
    procedure = procedure_id(office_file, "GIO")
    abolished = a_change(office_file, procedure, ProcedureChangeKind.ABOLISHED)
    assert row(office_file, Procedure, procedure)["valid_to"] == date(2023, 6, 11)
    assert do(office_file, procedures.remove_change, abolished) == ProcedureChangeKind.ABOLISHED
    assert row(office_file, Procedure, procedure)["valid_to"] is None
    assert rows(office_file, ProcedureChange) == []
    a_change(office_file, procedure, ProcedureChangeKind.ABOLISHED)  # the right one may follow
