"""Sổ CCHC: the registers of one commune office and the report written from them."""

__version__ = "0.1.0"
