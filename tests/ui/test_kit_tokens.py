"""Contrast is computed from the tokens, never judged by eye."""

import pytest

from app.ui.tokens import LIGHT, Colours, Tone, Type


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


BACKS = ("surface", "bg", "side", "sunken", "hover", "accent_soft")


@pytest.mark.parametrize("theme", [LIGHT])
@pytest.mark.parametrize("back", BACKS)
@pytest.mark.parametrize("ink", ["text", "text2", "text3"])
def test_text_is_readable_on_every_back(theme: Colours, ink: str, back: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, back)) >= 4.5


@pytest.mark.parametrize("tone", list(Tone))
def test_pills_are_readable_also_on_a_selected_row(tone: Tone) -> None:
    pair = LIGHT.pair(tone)
    assert contrast(pair.text, pair.back) >= 5.5
    assert contrast(pair.text, LIGHT.surface) >= 4.5


@pytest.mark.parametrize("tone", [Tone.RED, Tone.AMBER])
@pytest.mark.parametrize("back", BACKS)
def test_alarms_in_the_due_column_are_readable(tone: Tone, back: str) -> None:
    assert contrast(LIGHT.pair(tone).text, getattr(LIGHT, back)) >= 4.5


def test_actions_and_toast_are_readable() -> None:
    assert contrast(LIGHT.on_accent, LIGHT.accent) >= 4.5
    assert contrast(LIGHT.on_accent, LIGHT.accent_hover) >= 4.5
    assert contrast(LIGHT.accent, LIGHT.surface) >= 4.5
    assert contrast(LIGHT.accent, LIGHT.accent_soft) >= 4.5
    assert contrast(LIGHT.toast_text, LIGHT.toast) >= 4.5
    assert contrast(LIGHT.toast_action, LIGHT.toast) >= 4.5
    for tone in (Tone.BLUE, Tone.AMBER, Tone.RED):
        assert contrast(LIGHT.accent, LIGHT.pair(tone).back) >= 4.5


def test_graphics_stand_out() -> None:
    assert contrast(LIGHT.field, LIGHT.surface) >= 3
    for tone in (Tone.BLUE, Tone.GREEN, Tone.AMBER, Tone.RED):
        assert contrast(LIGHT.bar(tone), LIGHT.track) >= 3


def test_smallest_letters_are_12() -> None:
    assert min(style.value.px for style in Type) == 12
