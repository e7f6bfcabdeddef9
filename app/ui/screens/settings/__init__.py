"""Thiết lập: groups at the left, the chosen one beside them, applied at once with the way back."""

from app.ui.screens.settings.page import SettingsPage

__all__ = ["SettingsPage"]
