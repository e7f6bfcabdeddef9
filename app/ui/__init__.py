"""How people see it: the window.

The kit (tokens, theme, icons, translator, widgets/, table, cells, form, shell, application) needs only the standard
library, PySide6 and the pure modules at the top of app/, so that the window stands before anything heavy is loaded. It
knows no register: parse and format functions, rows and choices are handed in. docs/ui-kit.md tells how screens use it.
"""
