"""A section in the editor and back: nothing of the template is lost, whatever is typed, deleted, copied and pasted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hand import BACKSPACE, commit, compose, press, type_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from app import places
from app.reports.blocks import (
    HEADINGS,
    Addressee,
    Annex,
    AnnexKind,
    AnnexRef,
    Clause,
    DateWord,
    DateWordKind,
    FigureRef,
    Form,
    Head,
    Inline,
    OfficeWord,
    OfficeWordKind,
    Paragraph,
    PeriodWord,
    PeriodWordKind,
    Plain,
    PlanList,
    RepeatFields,
    Role,
    Section,
    Signature,
    Subject,
    TemplateBlock,
    Text,
    When,
)
from app.reports.numbering import number_sections, numbers_behind
from app.reports.template import read_inline, read_template_file
from app.ui.report import section_text
from app.ui.report.chips import Shown
from app.ui.report.editor import OWN_FORM, SectionEditor
from app.vietnamese import nfc

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TOTAL, CARRIED = FigureRef("dossiers.total"), FigureRef("dossiers.carried_over")


def all_silent(_clause: Clause, _repeated: bool) -> bool:
    return True


def none_silent(_clause: Clause, _repeated: bool) -> bool:
    return False


def one_silent(clause: Clause, _repeated: bool) -> bool:
    return clause.when is When.SOME


class Reader:
    """Figures are shown as <name>; clauses are silent as a test says."""

    def __init__(self, is_silent: section_text.IsSilent = none_silent):
        self.is_silent = is_silent

    def inline(self, reference: str) -> Shown:
        inline = read_inline(reference)
        return Shown(f"<{inline.name}>" if isinstance(inline, FigureRef) else "<…>", backed=True)

    def block(self, reference: str) -> str:
        return reference

    def numbers(self, roles: Sequence[Role]) -> Sequence[str]:
        return numbers_behind((), roles)

    def captions(self) -> tuple[str, str]:
        return "trên", "dưới"


def tidy(section: Section[TemplateBlock]) -> Section[TemplateBlock]:
    """The section with texts joined, neighbouring clauses of one condition joined, and what says nothing left out."""
    blocks: list[TemplateBlock] = []
    for block in section.blocks:
        match block:
            case Paragraph(role, inlines):
                if tidy_line(inlines) or role in HEADINGS:
                    blocks.append(Paragraph(role, tidy_line(inlines)))
            case RepeatFields(inlines):
                if tidy_line(inlines):
                    blocks.append(RepeatFields(tidy_line(inlines)))
            case Subject(kind, lines):
                kept = tuple(tidy_line(line) for line in lines if tidy_line(line))
                last = blocks[-1] if blocks else None
                if isinstance(last, Subject) and last.kind == kind:
                    blocks[-1] = Subject(kind, last.lines + kept)
                elif kept:
                    blocks.append(Subject(kind, kept))
            case _:
                blocks.append(block)
    return replace(section, blocks=tuple(blocks))


def tidy_line(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for inline in inlines:
        last = found[-1] if found else None
        match inline, last:
            case Text(text=""), _:
                continue
            case Text(), Text() if (inline.bold, inline.italic) == (last.bold, last.italic):
                found[-1] = replace(last, text=last.text + inline.text)
            case Clause(), Clause() if replace(inline, inlines=()) == replace(last, inlines=()):
                found[-1] = replace(last, inlines=tidy_line((*last.inlines, *inline.inlines)))
            case Clause(), _:
                if inside := tidy_line(inline.inlines):
                    found.append(replace(inline, inlines=inside))
            case _:
                found.append(inline)
    return tuple(found)


def round_trip(section: Section[TemplateBlock], is_silent: section_text.IsSilent) -> Section[TemplateBlock]:
    document = QTextDocument()
    section_text.fill(document, section, is_silent)
    return section_text.read(document, section)


# round trips


@pytest.mark.parametrize("path", ["reports/cchc-semiannual.json", "sample/report.json"])
@pytest.mark.parametrize("is_silent", [all_silent, none_silent], ids=["silent", "spoken"])
def test_every_section_comes_back_as_it_was(qapp: object, path: str, is_silent: section_text.IsSilent) -> None:
    template = read_template_file(places.resources() / path)
    for plain, numbered in zip(template.sections, number_sections(template.sections), strict=True):
        assert tidy(round_trip(numbered, is_silent)) == tidy(plain)


letters = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp"), exclude_characters="\ufffc"),
    min_size=1,
    max_size=12,
).map(nfc)
words = st.builds(Text, letters | st.sampled_from([".", ", ", "; xã", ")", "%."]), st.booleans(), st.booleans())
references: st.SearchStrategy[Plain] = st.one_of(
    st.builds(FigureRef, st.sampled_from(["dossiers.total", "dossiers.new"]), form=st.sampled_from(Form)),
    st.builds(PeriodWord, st.sampled_from(PeriodWordKind)),
    st.builds(DateWord, st.sampled_from(DateWordKind)),
    st.builds(OfficeWord, st.sampled_from(OfficeWordKind)),
    st.builds(AnnexRef, st.just("annex")),
)
plains: st.SearchStrategy[Plain] = words | references
clauses = st.builds(
    Clause,
    st.sampled_from(["dossiers.late", "plans.listed"]),
    st.lists(plains, min_size=1, max_size=4).map(tuple),
    when=st.sampled_from(When),
)
lines: st.SearchStrategy[tuple[Inline, ...]] = st.lists(plains | clauses, max_size=6).map(tuple)
blocks: st.SearchStrategy[TemplateBlock] = st.one_of(
    st.builds(Paragraph, st.sampled_from(Role), lines),
    st.builds(RepeatFields, lines),
    st.builds(Subject, st.just("Báo cáo"), st.lists(lines, max_size=3).map(tuple)),
    st.sampled_from([Head(), Addressee(), PlanList(), Signature(), Annex(AnnexKind.BUDGET, (Text("Ngân sách"),))]),
)
sections = st.lists(blocks, min_size=1, max_size=5).map(lambda found: Section("a", "Mục", tuple(found)))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sections, st.sampled_from([all_silent, none_silent, one_silent]))
def test_any_section_comes_back_as_it_was(
    qapp: object, section: Section[TemplateBlock], is_silent: section_text.IsSilent
) -> None:
    assert tidy(round_trip(section, is_silent)) == tidy(section)


# the editor


Editing = Callable[..., SectionEditor]


@pytest.fixture
def opened(qtbot: QtBot) -> Editing:
    def open_section(*blocks: TemplateBlock, is_silent: section_text.IsSilent = none_silent) -> SectionEditor:
        editor = SectionEditor(Reader(is_silent))
        qtbot.addWidget(editor)
        editor.resize(640, 480)
        editor.show()
        editor.show_section(number_sections([Section("a", "Mục", blocks)])[0])
        return editor

    return open_section


def body(*inlines: Inline) -> Paragraph[Inline]:
    return Paragraph(Role.BODY, inlines)


def item(*inlines: Inline) -> Paragraph[Inline]:
    return Paragraph(Role.ITEM, inlines)


def heading(text: str) -> Paragraph[Inline]:
    return Paragraph(Role.POINT, (Text(text),))


def blocks_of(editor: SectionEditor) -> tuple[TemplateBlock, ...]:
    section = editor.section()
    assert section is not None
    return section.blocks


def go(editor: SectionEditor, line: int, place: int, to: int | None = None) -> None:
    """The cursor behind so many letters of a line; with `to` a selection."""
    start = editor.document().findBlockByNumber(line).position()
    cursor = editor.textCursor()
    cursor.setPosition(start + place)
    if to is not None:
        cursor.setPosition(start + to, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def end_of(editor: SectionEditor, line: int) -> None:
    go(editor, line, editor.document().findBlockByNumber(line).length() - 1)


def undo(editor: SectionEditor) -> None:
    press(editor, Qt.Key.Key_Z, CTRL)


def test_a_chip_goes_whole_and_comes_back(opened: Editing) -> None:
    whole = body(Text("Tiếp nhận "), TOTAL, Text(" hồ sơ"))
    editor = opened(whole)
    go(editor, 0, 11)
    type_text(editor, BACKSPACE)
    assert blocks_of(editor) == (body(Text("Tiếp nhận  hồ sơ")),)
    undo(editor)
    assert blocks_of(editor) == (whole,)
    go(editor, 0, 10)
    press(editor, Qt.Key.Key_Delete)
    assert blocks_of(editor) == (body(Text("Tiếp nhận  hồ sơ")),)
    undo(editor)
    assert blocks_of(editor) == (whole,)


def test_what_is_typed_behind_a_chip_is_text(opened: Editing) -> None:
    editor = opened(body(TOTAL))
    end_of(editor, 0)
    type_text(editor, " hồ sơ")
    assert blocks_of(editor) == (body(TOTAL, Text(" hồ sơ")),)
    go(editor, 0, 0)
    type_text(editor, "Có ")
    assert blocks_of(editor) == (body(Text("Có "), TOTAL, Text(" hồ sơ")),)


def test_a_composed_word_behind_a_chip_is_text(opened: Editing) -> None:
    editor = opened(body(TOTAL))
    end_of(editor, 0)
    compose(editor, "hồ")
    assert blocks_of(editor) == (body(TOTAL),)
    press(editor, Qt.Key.Key_Return)
    assert blocks_of(editor) == (body(TOTAL, Text("hồ")),), "Enter takes the word and nothing else"
    compose(editor, "sơ")
    commit(editor, " sơ")
    assert blocks_of(editor) == (body(TOTAL, Text("hồ sơ")),)


def test_backspace_and_retype_gives_the_word(opened: Editing) -> None:
    editor = opened(body(TOTAL))
    end_of(editor, 0)
    type_text(editor, " tao" + 2 * BACKSPACE + "ạo")
    assert blocks_of(editor) == (body(TOTAL, Text(" tạo")),)


def test_decomposed_letters_are_kept_composed(opened: Editing) -> None:
    editor = opened(body(Text("x")))
    end_of(editor, 0)
    type_text(editor, "ê\u0323")
    assert blocks_of(editor) == (body(Text("xệ")),)


# clauses


def some(*inlines: Plain) -> Clause:
    return Clause("dossiers.carried_over", inlines)


def test_what_is_typed_in_a_clause_stays_in_it(opened: Editing) -> None:
    editor = opened(body(Text("Có "), some(CARRIED, Text(" hồ")), Text(" khác")))
    go(editor, 0, 7)
    type_text(editor, BACKSPACE + "ồ sơ")
    assert blocks_of(editor) == (body(Text("Có "), some(CARRIED, Text(" hồ sơ")), Text(" khác")),)


def test_right_behind_the_chip_of_a_clause_too(opened: Editing) -> None:
    editor = opened(body(Text("Có "), some(CARRIED), Text(".")))
    assert blocks_of(editor) == (body(Text("Có "), some(CARRIED), Text(".")),)
    go(editor, 0, 3)
    press(editor, Qt.Key.Key_Right)
    type_text(editor, BACKSPACE)  # the full stop that the chip carries
    type_text(editor, " hồ sơ")
    assert blocks_of(editor) == (body(Text("Có "), some(CARRIED, Text(" hồ sơ"))),)


@pytest.mark.parametrize("ending", [(CARRIED, Text(" hồ sơ.")), (CARRIED, Text("."))], ids=["text", "carried"])
def test_a_new_sentence_behind_a_clause_belongs_to_no_clause(opened: Editing, ending: tuple[Plain, ...]) -> None:
    editor = opened(body(some(*ending)))
    end_of(editor, 0)
    type_text(editor, " Xã làm tốt.")
    assert blocks_of(editor) == (body(some(*ending), Text(" Xã làm tốt.")),)


def test_a_line_begun_behind_a_clause_belongs_to_no_clause(opened: Editing) -> None:
    editor = opened(body(some(CARRIED, Text(" hồ sơ"))))
    end_of(editor, 0)
    press(editor, Qt.Key.Key_Return)
    type_text(editor, "Mới")
    assert blocks_of(editor) == (body(some(CARRIED, Text(" hồ sơ"))), body(Text("Mới")))


def test_a_silent_clause_goes_whole_and_comes_back(opened: Editing) -> None:
    whole = body(Text("Có"), some(CARRIED, Text(" hồ sơ")), Text("; hết"))
    editor = opened(whole, is_silent=all_silent)
    assert len(editor.toPlainText()) == len("Có") + 1 + len(" hết"), "the mark is carried by the silent clause"
    go(editor, 0, 2)
    press(editor, Qt.Key.Key_Delete)
    assert blocks_of(editor) == (body(Text("Có; hết")),)
    undo(editor)
    assert blocks_of(editor) == (whole,)


# marks that a chip carries


def test_the_mark_behind_a_chip_survives_it(opened: Editing) -> None:
    whole = body(Text("Có "), TOTAL, Text(", rồi"))
    editor = opened(whole)
    go(editor, 0, 3)
    press(editor, Qt.Key.Key_Delete)
    assert blocks_of(editor) == (body(Text("Có , rồi")),)
    type_text(editor, "mười")
    assert blocks_of(editor) == (body(Text("Có mười, rồi")),)
    for _ in range(3):
        undo(editor)
    assert blocks_of(editor) == (whole,)


def test_backspace_takes_the_mark_before_the_chip(opened: Editing) -> None:
    whole = body(Text("Có "), TOTAL, Text("), rồi"))
    editor = opened(whole)
    go(editor, 0, 4)
    type_text(editor, BACKSPACE)
    assert blocks_of(editor) == (body(Text("Có "), TOTAL, Text(") rồi")),)
    type_text(editor, 2 * BACKSPACE)
    assert blocks_of(editor) == (body(Text("Có  rồi")),)
    for _ in range(3):
        undo(editor)
    assert blocks_of(editor) == (whole,)


def test_a_selection_takes_the_marks_that_are_seen_in_it(opened: Editing) -> None:
    editor = opened(body(Text("Có "), TOTAL, Text(", rồi")))
    go(editor, 0, 0, 4)
    press(editor, Qt.Key.Key_Delete)
    assert blocks_of(editor) == (body(Text(" rồi")),)


# lines keep what they are


def test_backspace_at_the_start_of_a_line_leaves_its_mark(opened: Editing) -> None:
    whole = (heading("Cải cách"), body(Text("Một")), item(Text("Hai")), RepeatFields((Text("Ba"),)))
    editor = opened(*whole)
    for line in range(4):
        go(editor, line, 0)
        type_text(editor, BACKSPACE)
        end_of(editor, line)
        press(editor, Qt.Key.Key_Delete)
        assert blocks_of(editor) == whole


def test_paragraphs_of_one_kind_are_joined(opened: Editing) -> None:
    editor = opened(body(Text("Một")), body(Text("hai")))
    go(editor, 1, 0)
    type_text(editor, BACKSPACE)
    assert blocks_of(editor) == (body(Text("Mộthai")),)


def test_an_empty_line_is_taken_away(opened: Editing) -> None:
    editor = opened(heading("Cải cách"), body(Text("Một")))
    go(editor, 1, 0, 3)
    type_text(editor, BACKSPACE)
    assert editor.document().blockCount() == 2
    type_text(editor, BACKSPACE)
    assert editor.document().blockCount() == 1
    assert blocks_of(editor) == (heading("Cải cách"),)


@pytest.mark.parametrize("fixed", [Head(), Addressee(), PlanList(), Signature()])
def test_fixed_blocks_stay(opened: Editing, fixed: TemplateBlock) -> None:
    whole = (body(Text("Một")), fixed, body(Text("Hai")))
    editor = opened(*whole)
    for line, place, key in ((1, 0, "x"), (1, 1, "x"), (1, 1, BACKSPACE), (2, 0, BACKSPACE)):
        go(editor, line, place)
        type_text(editor, key)
        assert blocks_of(editor) == whole
    for line, place in ((1, 0), (0, 3)):
        go(editor, line, place)
        press(editor, Qt.Key.Key_Delete)
        assert blocks_of(editor) == whole
    commit(editor, "")
    go(editor, 1, 0)
    compose(editor, "chữ")
    commit(editor, "chữ")
    assert blocks_of(editor) == whole


def test_all_deleted_leaves_headings_and_fixed_blocks(opened: Editing) -> None:
    whole = (heading("Cải cách"), body(Text("Một ")), item(TOTAL), PlanList(), body(Text("Hai")))
    editor = opened(*whole)
    press(editor, Qt.Key.Key_A, CTRL)
    press(editor, Qt.Key.Key_Delete)
    assert blocks_of(editor) == (Paragraph(Role.POINT, ()), PlanList())
    type_text(editor, "Mới")
    assert blocks_of(editor) == (heading("Mới"), PlanList())
    for _ in range(6):
        undo(editor)
    assert blocks_of(editor) == whole


def test_typing_over_a_selection_of_several_lines(opened: Editing) -> None:
    editor = opened(heading("Cải cách"), body(Text("Một")), body(Text("Hai")))
    go(editor, 1, 1)
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    type_text(editor, "ười")
    assert blocks_of(editor) == (heading("Cải cách"), body(Text("Mười")))


# Enter


def test_enter_behind_a_heading_begins_a_paragraph(opened: Editing) -> None:
    editor = opened(heading("Cải cách"), item(Text("Hai")))
    go(editor, 0, 3)
    press(editor, Qt.Key.Key_Return)
    type_text(editor, "Một")
    assert blocks_of(editor) == (heading("Cải cách"), body(Text("Một")), item(Text("Hai")))


def test_enter_behind_a_repetition_begins_a_paragraph(opened: Editing) -> None:
    repeated = RepeatFields((Text("Lĩnh vực"),))
    editor = opened(repeated)
    end_of(editor, 0)
    press(editor, Qt.Key.Key_Return)
    type_text(editor, "Một")
    assert blocks_of(editor) == (repeated, body(Text("Một")))


@pytest.mark.parametrize(
    ("fixed", "after"),
    [
        (PlanList(), (PlanList(), body(Text("Một")))),
        (Addressee(), (Addressee(), body(Text("Một")))),
        (Signature(), (body(Text("Một")), Signature())),
        (Head(), (Head(),)),
    ],
)
def test_enter_at_a_fixed_block(opened: Editing, fixed: TemplateBlock, after: tuple[TemplateBlock, ...]) -> None:
    editor = opened(fixed)
    press(editor, Qt.Key.Key_Return)
    type_text(editor, "Một")
    assert blocks_of(editor) == after


def test_items_and_sentences_go_on(opened: Editing) -> None:
    editor = opened(Paragraph(Role.SENTENCE, (Text("Một"),)), Paragraph(Role.SENTENCE, (Text("Ba"),)))
    end_of(editor, 0)
    press(editor, Qt.Key.Key_Return)
    type_text(editor, "Hai")
    assert [block.inlines for block in blocks_of(editor) if isinstance(block, Paragraph)] == [
        (Text("Một"),),
        (Text("Hai"),),
        (Text("Ba"),),
    ]
    press(editor, Qt.Key.Key_A, CTRL)
    editor.copy()
    assert clipboard().text() == "1. Một\n2. Hai\n3. Ba"
    end_of(editor, 2)
    press(editor, Qt.Key.Key_Return)
    press(editor, Qt.Key.Key_Return)
    type_text(editor, "Hết")
    assert blocks_of(editor)[-1] == body(Text("Hết"))


# clipboard


def clipboard() -> QMimeData:
    from PySide6.QtWidgets import QApplication

    data = QApplication.clipboard().mimeData()
    kept = QMimeData()
    kept.setText(data.text())
    for form in data.formats():
        kept.setData(form, data.data(form))
    return kept


def test_copying_gives_values_and_our_own_form(opened: Editing) -> None:
    editor = opened(item(Text("Tiếp nhận "), TOTAL, Text(", gồm "), some(CARRIED, Text(" cũ"))))
    press(editor, Qt.Key.Key_A, CTRL)
    editor.copy()
    assert clipboard().text() == "Tiếp nhận <dossiers.total>, gồm <dossiers.carried_over> cũ"
    assert "\ufffc" not in clipboard().text()
    target = opened(body(Text("Xã: ")), body(Text("Hết")))
    end_of(target, 0)
    target.paste()
    pasted = body(Text("Xã: Tiếp nhận "), TOTAL, Text(", gồm "), some(CARRIED, Text(" cũ")))
    assert blocks_of(target) == (pasted, body(Text("Hết")))
    undo(target)
    assert blocks_of(target) == (body(Text("Xã: ")), body(Text("Hết")))


def test_cutting_keeps_the_heading_and_pastes_back(opened: Editing) -> None:
    whole = (heading("Cải cách"), body(Text("Có "), TOTAL))
    editor = opened(*whole)
    go(editor, 1, 0, 4)
    press(editor, Qt.Key.Key_X, CTRL)
    assert blocks_of(editor) == (heading("Cải cách"),)
    editor.paste()
    assert blocks_of(editor) == whole


def test_several_lines_come_as_lines(opened: Editing) -> None:
    editor = opened(body(Text("Một "), TOTAL), body(Text("Hai")))
    press(editor, Qt.Key.Key_A, CTRL)
    editor.copy()
    target = opened(heading("Cải cách"), body(Text("x")))
    end_of(target, 1)
    target.paste()
    assert blocks_of(target) == (heading("Cải cách"), body(Text("xMột "), TOTAL), body(Text("Hai")))
    end_of(target, 0)
    target.paste()
    assert blocks_of(target)[0] == Paragraph(Role.POINT, (Text("Cải cáchMột "), TOTAL, Text(" Hai")))


@pytest.mark.parametrize("form", ["text/plain", "text/html"])
def test_text_of_another_program_is_composed_and_bare(opened: Editing, form: str) -> None:
    editor = opened(body(TOTAL))
    end_of(editor, 0)
    data = QMimeData()
    data.setText("\ufffcTie\u0302\u0301p\tnhận\r\nhồ sơ\x07\n\n")
    if form == "text/html":
        data.setHtml("<b>Tiếp</b>")
    editor.insertFromMimeData(data)
    assert blocks_of(editor) == (body(TOTAL, Text("Tiếp nhận")), body(Text("hồ sơ")))


def test_own_form_is_offered(opened: Editing) -> None:
    editor = opened(body(TOTAL))
    press(editor, Qt.Key.Key_A, CTRL)
    assert editor.createMimeDataFromSelection().hasFormat(OWN_FORM)


# looks


def test_lines_with_and_without_chips_keep_one_distance(opened: Editing) -> None:
    editor = opened(body(Text("chữ " * 60), TOTAL, Text(" chữ" * 60)))
    layout = editor.document().findBlockByNumber(0).layout()
    baselines = [layout.lineAt(at).y() + layout.lineAt(at).ascent() for at in range(layout.lineCount())]
    assert len(baselines) > 3
    assert {round(b - a) for a, b in pairwise(baselines)} == {section_text.LINE}


def test_the_editor_draws_in_its_width(opened: Editing) -> None:
    editor = opened(heading("Cải cách"), RepeatFields((Text("Lĩnh vực "), TOTAL)), PlanList())
    assert not editor.grab().toImage().isNull()
    assert editor.horizontalScrollBar().maximum() == 0
    assert editor.lineWrapMode() == QTextEdit.LineWrapMode.WidgetWidth
    assert editor.cursorForPosition(QPoint(0, 0)).position() == 0
