"""Asking which file or folder: Qt's dialog, kept from looking into files.

A dialog reads the beginning of files whose names say nothing to it, to name their kind. On Linux a process loses its
locks on a file when it closes that file anywhere (https://www.sqlite.org/howtocorrupt.html, 2.2): SQLite in another
program then takes itself for the last one and the -wal away, and what this window saves afterwards is lost.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QFileInfo, QStandardPaths
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from app.ui.translator import WORDS

_visited: list[Path] = []  # the folder last chosen from, while the program runs


class _ByName(QFileIconProvider):
    """Icons and kinds of files told without opening them."""

    def icon(self, of: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        if isinstance(of, QFileInfo):
            return super().icon(self.IconType.Folder if of.isDir() else self.IconType.File)
        return super().icon(of)

    def type(self, info: QFileInfo) -> str:
        words = WORDS["QAbstractFileIconProvider"]
        return words["Folder"] if info.isDir() else words["File"]


def file_to_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """A file that is there."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.ExistingFile, _usual())
    dialog.setNameFilter(kinds)
    return _answer(dialog)


def file_to_write(parent: QWidget, title: str, offered: Path, kinds: str) -> Path | None:
    """A file to be written; a bare name is offered in the folder last used. Asks before one is overwritten."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.AnyFile, offered.parent if offered.is_absolute() else _usual())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kinds)
    dialog.selectFile(offered.name)
    return _answer(dialog)


def folder(parent: QWidget, title: str, offered: Path) -> Path | None:
    """A folder that is there."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.Directory, offered)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _answer(dialog)


def _usual() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return _visited[-1] if _visited else Path(documents)


def _dialog(parent: QWidget, title: str, mode: QFileDialog.FileMode, start: Path) -> QFileDialog:
    dialog = QFileDialog(parent, title)  # without a folder, which would be read at once
    if sys.platform == "linux":
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)  # GTK's looks into files too
    by_name = _ByName()
    dialog.setIconProvider(by_name)
    dialog.setProperty("by_name", by_name)  # the dialog does not keep it alive
    dialog.setFileMode(mode)
    dialog.setDirectory(str(start))
    return dialog


def _answer(dialog: QFileDialog) -> Path | None:
    chosen = Path(dialog.selectedFiles()[0]) if dialog.exec() else None
    dialog.deleteLater()
    if chosen is not None:
        _visited[:] = [chosen.parent]
    return chosen
