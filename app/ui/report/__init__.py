"""The report on the screen: one section at a time as text with chips, and the real pages beside it."""
