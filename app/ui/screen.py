"""Whether a window can be opened at all, asked before Qt is touched.

Qt ends the whole process when it finds no screen or lacks a system library, without a word a person understands.
Standard library only.
"""

import ctypes
import os
import sys
from collections.abc import Mapping

from app.problems import Problem

# Library -> Debian's package; the first four for every window, the rest for X11.
_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
}
_LIBRARIES_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def require_screen(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> None:
    """Raise the Problem that says why no window can open here; return where one can."""
    if not platform.startswith("linux"):
        return
    asked = environment.get("QT_QPA_PLATFORM", "")
    if not (asked or environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        raise Problem("Máy này không có màn hình nên không mở được cửa sổ", next_step="Các lệnh vẫn chạy được.")
    x11 = asked.startswith("xcb") or (not asked and not environment.get("WAYLAND_DISPLAY"))
    missing = _missing(_LIBRARIES | (_LIBRARIES_X11 if x11 else {}))
    if missing:
        raise Problem(
            "Thiếu thư viện để mở cửa sổ",
            next_step=f"Cài bằng quyền quản trị: apt-get install {' '.join(missing)}",
        )


def has_screen() -> bool:
    """Whether a window can be opened here."""
    try:
        require_screen()
    except Problem:
        return False
    return True


def _missing(libraries: Mapping[str, str]) -> list[str]:
    packages = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages
