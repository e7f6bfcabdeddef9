"""The paper: a resolved document as PDF. reportlab loads when this room is entered, not before."""
