"""The log says what failed and where, and never an applicant's name."""

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from app import log
from app.clock import real_clock
from app.models.database import Actor, OfficeFile, Work
from app.models.office import Person
from app.registers import office

NAME = "Đặng Thị Làm Mẫu"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    log.set_up(tmp_path / "log")
    yield tmp_path / "log"
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def written(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*")))


def fail(name: str) -> None:
    """A slip of the program that quotes what it stumbled over, as Python's own messages do."""
    try:
        int(name)
    except ValueError as error:
        raise KeyError(name) from error


def test_fault_is_told_by_kind_and_place_without_the_values_it_quotes(folder: Path) -> None:
    try:
        fail(NAME)
    except KeyError:
        logging.getLogger("app.ui").critical("unforeseen", exc_info=True)
    text = written(folder)
    assert "builtins.ValueError" in text and "builtins.KeyError" in text
    assert "test_log.py" in text and "int(name)" in text
    assert NAME not in text and "Làm" not in text


def test_save_that_fails_in_the_file_leaves_no_name(folder: Path, tmp_path: Path) -> None:
    def twice(work: Work) -> None:
        office.save_person(work, None, {"name": NAME, "section": ""})
        work.insert(Person, name=NAME, name_key=NAME.casefold())

    with OfficeFile.create(tmp_path / "so.socchc", real_clock()) as file:
        with pytest.raises(DBAPIError) as caught:
            file.write(Actor("Trần Thị Mẫu"), "Thêm cán bộ", twice)
        assert NAME in str(caught.value)  # what the log must not repeat
        logging.getLogger("app").error("failed", exc_info=caught.value)
    text = written(folder)
    assert "SQLITE_CONSTRAINT_UNIQUE" in text
    assert NAME not in text and NAME.casefold() not in text


def test_message_of_code_and_system_is_kept(folder: Path) -> None:
    for fault in (AttributeError("no attribute 'x'"), OSError(28, "No space left on device", NAME)):
        logging.getLogger("app").error("failed", exc_info=fault)
    text = written(folder)
    assert "no attribute 'x'" in text and "errno 28 No space left on device" in text
    assert NAME not in text


def test_log_turns_over(folder: Path) -> None:
    for number in range(40_000):
        logging.getLogger("app").info("%d %s", number, "x" * 100)
    files = list(folder.iterdir())
    assert 2 <= len(files) <= 5
    assert sum(path.stat().st_size for path in files) < 3 * 1024 * 1024


def test_place_that_lets_nobody_write_stops_nothing(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    (tmp_path / "log").touch()
    log.set_up(tmp_path / "log")
    (handler,) = (each for each in logging.getLogger().handlers if each not in before)
    logging.getLogger("app").warning("goes nowhere")
    logging.getLogger().removeHandler(handler)


def test_the_log_is_opened_with_its_first_word(folder: Path) -> None:
    assert not folder.exists()
    logging.getLogger("app").warning("first")
    assert "first" in written(folder)


def test_libraries_do_not_write_rows(folder: Path, tmp_path: Path) -> None:
    with OfficeFile.create(tmp_path / "so.socchc", real_clock()) as file:
        values = {"name": NAME, "section": "", "left_on": date(2023, 6, 12)}
        file.write(Actor(NAME), "Thêm cán bộ", office.save_person, None, values)
    assert NAME not in written(folder)
