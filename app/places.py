r"""Where files stand, and the few things the program remembers of one account.

The office's own file is for all accounts of the PC: on Windows in Public Documents, on Linux in the user's data folder.
Settings, log and the sample belong to the account. Nothing here makes a folder or a file except `put_in_place` and
`remember`.
"""

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import Any, Final

from app.problems import Problem

FOLDER_NAME = "So CCHC"  # no diacritics: some programs for backup and zip still spoil them
FILE_NAME = "so.socchc"
COPIES_NAME = "ban-sao"
_TRIES: Final = 5


def resources() -> Path:
    """The folder of what comes with the program."""
    return Path(__file__).resolve().parent.parent / "resources"


def resource(name: str) -> Path:
    """A file that comes with the program: resource("fonts/LiberationSerif-Bold.ttf")."""
    return resources() / name


def office_folder() -> Path:
    """The folder chosen at the first start (remembered as "folder"), else the system's usual one."""
    chosen = recall("folder")
    return Path(chosen) if isinstance(chosen, str) and chosen else default_office_folder()


def default_office_folder() -> Path:
    """Windows: Public Documents, where all accounts may write; elsewhere the user's data folder."""
    public = Path(os.environ.get("PUBLIC") or r"C:\Users\Public")
    return public / "Documents" / FOLDER_NAME if sys.platform == "win32" else _user_folder("data")


def office_file(folder: Path) -> Path:
    """The one file of an office within its folder."""
    return folder / FILE_NAME


def copies_folder(file: Path) -> Path:
    """The folder of copies beside a file."""
    return file.parent / COPIES_NAME


def sample_folder() -> Path:
    """The folder of sample and demo, apart from the office's own."""
    return _user_folder("data") / "xa-mau"


def log_folder() -> Path:
    """The folder of the rotated log, per account."""
    return _user_folder("log")


def settings_file() -> Path:
    """What this account remembers, as JSON."""
    return _user_folder("config") / "settings.json"


def _user_folder(kind: str) -> Path:
    from platformdirs import PlatformDirs

    name = FOLDER_NAME if sys.platform == "win32" else "so-cchc"
    folders = PlatformDirs(name, appauthor=False)
    found: Path = {
        "data": folders.user_data_path,
        "config": folders.user_config_path,
        "log": folders.user_log_path,
    }[kind]
    return found


# --- what an account remembers ---------------------------------------------------------------------------------------


def recall(name: str, default: Any = None) -> Any:
    """A remembered value ("folder", "person:<file>", "window"); else the default; a spoilt file remembers nothing."""
    return _settings().get(name, default)


def remember(name: str, value: Any) -> None:
    """Remembers a JSON value; None forgets it. Raises Problem when the settings cannot be written."""
    import json

    settings = {**_settings(), name: value}
    kept = {each: settings[each] for each in sorted(settings) if settings[each] is not None}
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    try:
        settings_file().parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(settings_file()) from error
    put_in_place(settings_file(), text.encode())


def _settings() -> dict[str, Any]:
    import json

    try:
        found = json.loads(settings_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def put_in_place(path: Path, content: bytes) -> None:
    """Writes a whole file or leaves the old one: written beside, flushed to disk, then swapped.

    Windows refuses the swap while another program holds the file: tried again for half a second, then a Problem.
    """
    beside = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _swap(beside, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise _not_written(path) from error


def _swap(beside: Path, path: Path) -> None:
    for _ in range(_TRIES - 1):
        try:
            os.replace(beside, path)
            return
        except PermissionError:
            time.sleep(0.1)
    os.replace(beside, path)


def _not_written(path: Path) -> Problem:
    return Problem(
        f"Không ghi được tệp {path}",
        next_step="Đóng chương trình đang mở tệp này, hoặc xem lại chỗ trống và quyền ghi.",
    )
