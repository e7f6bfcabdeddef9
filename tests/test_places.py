"""Where files stand, what an account remembers, and that a file is whole or as it was."""

import json
import os
import sys
from pathlib import Path

import pytest

from app import places
from app.problems import Problem


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a Vietnamese name."""
    folder = tmp_path / "Nguyễn Văn A"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="folders of Linux")


@on_linux
def test_folders_of_an_account_on_linux(home: Path) -> None:
    assert places.office_folder() == home / ".local/share/so-cchc"
    assert places.sample_folder() == home / ".local/share/so-cchc/xa-mau"
    assert places.settings_file() == home / ".config/so-cchc/settings.json"
    assert home in places.log_folder().parents
    assert list(home.iterdir()) == []  # asking makes nothing


def test_the_office_stands_in_public_documents_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places.sys, "platform", "win32")
    monkeypatch.setenv("PUBLIC", "D:/Chung")
    assert places.default_office_folder() == Path("D:/Chung/Documents/So CCHC")


def test_the_file_and_what_stands_beside_it() -> None:
    file = places.office_file(Path("/srv/Sổ của xã"))
    assert file == Path("/srv/Sổ của xã/so.socchc")
    assert places.copies_folder(file) == Path("/srv/Sổ của xã/ban-sao")
    assert places.sample_folder() not in (places.office_folder(), places.copies_folder(file))


def test_resources_come_with_the_program() -> None:
    assert places.resource("fonts/LiberationSerif-Bold.ttf").is_file()
    assert places.resources().name == "resources"


def test_the_chosen_folder_is_remembered(home: Path) -> None:
    usual = places.office_folder()
    places.remember("folder", str(home / "Tài liệu chung"))
    assert places.office_folder() == home / "Tài liệu chung"
    assert places.default_office_folder() == usual
    places.remember("folder", None)
    assert places.office_folder() == usual


def test_things_are_remembered_beside_each_other() -> None:
    assert places.recall("person") is None
    places.remember("person", "Trần Thị Mẫu")
    places.remember("window", [1366, 768])
    assert (places.recall("person"), places.recall("window")) == ("Trần Thị Mẫu", [1366, 768])
    assert places.recall("theme", "light") == "light"
    assert "Trần Thị Mẫu" in places.settings_file().read_text(encoding="utf-8")
    assert os.listdir(places.settings_file().parent) == ["settings.json"]


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[1]", b"\xff\xfe", b'{"person": '])
def test_a_spoilt_file_remembers_nothing_and_is_written_anew(spoilt: bytes) -> None:
    places.settings_file().parent.mkdir(parents=True)
    places.settings_file().write_bytes(spoilt)
    assert places.recall("person") is None
    places.remember("person", 3)
    assert json.loads(places.settings_file().read_bytes()) == {"person": 3}


def test_a_failed_swap_leaves_the_old_file_and_nothing_beside(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = home / "Báo cáo.pdf"
    places.put_in_place(target, b"old")

    def refuse(*_paths: object) -> None:
        raise PermissionError

    monkeypatch.setattr(places.os, "replace", refuse)
    monkeypatch.setattr(places.time, "sleep", lambda _seconds: None)
    with pytest.raises(Problem, match=r"Báo cáo\.pdf"):
        places.put_in_place(target, b"new")
    assert target.read_bytes() == b"old"
    assert os.listdir(home) == ["Báo cáo.pdf"]


def test_a_file_held_for_a_moment_is_tried_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap, refusals = os.replace, [PermissionError(), PermissionError()]

    def refuse_twice(source: Path, target: Path) -> None:
        if refusals:
            raise refusals.pop()
        swap(source, target)

    monkeypatch.setattr(places.os, "replace", refuse_twice)
    monkeypatch.setattr(places.time, "sleep", lambda _seconds: None)
    places.put_in_place(home / "a.pdf", b"new")
    assert (home / "a.pdf").read_bytes() == b"new"


def test_a_full_disk_keeps_the_old_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places.put_in_place(home / "a.pdf", b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(places.os, "fsync", full)
    with pytest.raises(Problem):
        places.put_in_place(home / "a.pdf", b"new")
    assert (home / "a.pdf").read_bytes() == b"old"
    assert os.listdir(home) == ["a.pdf"]


def test_settings_that_cannot_be_written_say_so(home: Path) -> None:
    (home / ".config").write_text("a file where the folder should be")
    (home / "Library").write_text("")
    if sys.platform == "linux":
        with pytest.raises(Problem, match="Không ghi được"):
            places.remember("person", 1)
        assert places.recall("person") is None


def test_long_vietnamese_names_can_be_written(home: Path) -> None:
    name = "Báo cáo kết quả công tác cải cách hành chính 6 tháng đầu năm 2023 của Ủy ban nhân dân xã Nam Trung.pdf"
    places.put_in_place(home / name, b"%PDF")
    assert (home / name).read_bytes() == b"%PDF"
