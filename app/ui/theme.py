"""Look of the whole application from the tokens: style, fonts, palette, style sheet.

Fusion everywhere, because the native styles ignore parts of palette and style sheet. The style sheet speaks only of
fields, scroll bars and tool tips; everything else is painted or coloured through the palette, so that the
keyboard's focus ring stays.
"""

from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.ui.tokens import FONT_FAMILIES, LIGHT, Colours, Radius, Space, Type

RESOURCES = Path(__file__).resolve().parents[2] / "resources"

_BUNDLED_FONTS = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
_in_force = LIGHT


def colours() -> Colours:
    """The theme in force. Ask while painting, never keep."""
    return _in_force


@cache
def font(style: Type) -> QFont:
    """A font of the scale, with digits of equal width; shared, so copy before changing."""
    letters = QFont(list(FONT_FAMILIES))
    letters.setPixelSize(style.value.px)
    letters.setWeight(QFont.Weight(style.value.weight))
    letters.setFeature(QFont.Tag("tnum"), 1)
    letters.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return letters


@cache
def metrics(style: Type) -> QFontMetrics:
    """Widths as really painted, for eliding and sizes."""
    return QFontMetrics(font(style))


def apply(application: QApplication, chosen: Colours = LIGHT) -> None:
    """Dress the application; before the first widget, and again when the theme changes."""
    global _in_force
    _in_force = chosen
    for name in _BUNDLED_FONTS:
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))
    application.setStyle(QStyleFactory.create("Fusion"))
    application.setFont(font(Type.BODY))
    application.setPalette(_palette(chosen))
    application.setStyleSheet(_style_sheet(chosen))
    application.setWheelScrollLines(3)


def _palette(c: Colours) -> QPalette:
    """Every role a standard menu, list or print dialog reads; else those stay light in a dark theme."""
    role = QPalette.ColorRole
    palette = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        off = group == QPalette.ColorGroup.Disabled
        for where, colour in (
            (role.Window, c.surface),
            (role.Base, c.surface),
            (role.AlternateBase, c.sunken),
            (role.Button, c.surface),
            (role.WindowText, c.text3 if off else c.text),
            (role.Text, c.text3 if off else c.text),
            (role.ButtonText, c.text3 if off else c.text),
            (role.PlaceholderText, c.text3),
            (role.Highlight, c.accent),
            (role.HighlightedText, c.on_accent),
            (role.ToolTipBase, c.toast),
            (role.ToolTipText, c.toast_text),
            (role.Link, c.accent),
            (role.LinkVisited, c.accent),
            (role.Light, c.surface),
            (role.Midlight, c.hover),
            (role.Mid, c.border),
            (role.Dark, c.field),
        ):
            palette.setColor(group, where, QColor(colour))
    return palette


def _style_sheet(c: Colours) -> str:
    """Outlines that thicken by a pixel take it from the padding, so that nothing moves.

    A quiet field is the cell of a row that is always open; a worked one shows what follows from another field.
    """
    pad = Space.S - 1
    return f"""
    QLineEdit[kit="field"], QPlainTextEdit[kit="field"] {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.field}; border-radius: {Radius.CONTROL}px;
        padding: 0 {pad}px; placeholder-text-color: {c.text3};
        selection-background-color: {c.accent}; selection-color: {c.on_accent};
    }}
    QPlainTextEdit[kit="field"] {{ padding: 3px {pad}px; }}
    QLineEdit[kit="field"][quiet="true"] {{ background: transparent; border: 1px solid transparent; }}
    QLineEdit[kit="field"][quiet="true"]:focus {{ background: {c.surface}; }}
    QLineEdit[kit="field"][worked="true"] {{ color: {c.accent}; }}
    QLineEdit[kit="field"]:focus {{ border: 2px solid {c.accent}; padding: 0 {pad - 1}px; }}
    QPlainTextEdit[kit="field"]:focus {{ border: 2px solid {c.accent}; padding: 2px {pad - 1}px; }}
    QLineEdit[kit="field"][fault="true"] {{ border: 2px solid {c.red.text}; padding: 0 {pad - 1}px; }}
    QPlainTextEdit[kit="field"][fault="true"] {{ border: 2px solid {c.red.text}; padding: 2px {pad - 1}px; }}
    QLineEdit[kit="field"][computed="true"] {{
        background: {c.sunken}; color: {c.text2}; border: 1px solid {c.border}; padding: 0 {pad}px;
    }}
    QLineEdit[kit="field"]:disabled, QPlainTextEdit[kit="field"]:disabled {{
        background: {c.sunken}; color: {c.text3}; border: 1px solid {c.border};
    }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {c.field}; border-radius: 1px; min-height: 32px; min-width: 32px; }}
    QScrollBar::handle:vertical {{ margin: 2px 5px 2px 3px; }}
    QScrollBar::handle:horizontal {{ margin: 3px 2px 5px 2px; }}
    QScrollBar::handle:hover {{ background: {c.text3}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; width: 0; height: 0; border: none;
    }}
    QToolTip {{
        background: {c.toast}; color: {c.toast_text}; border: 1px solid {c.toast}; padding: {Space.XS}px {Space.S}px;
    }}
    QMenu {{ background: {c.surface}; border: 1px solid {c.border}; padding: {Space.XS}px; }}
    QMenu::item {{ padding: 6px {Space.M}px; border-radius: {Radius.CONTROL}px; }}
    QMenu::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
    QMenu::item:disabled {{ color: {c.text3}; }}
    QMenu::separator {{ height: 1px; background: {c.border}; margin: {Space.XS}px {Space.S}px; }}
    """
