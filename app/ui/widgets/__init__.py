"""Controls of the kit: painted from the tokens, worked by keyboard, named for screen readers."""
