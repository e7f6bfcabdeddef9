"""Nhập Excel: the three steps of the page of screens/importing.py."""
