"""docs/errors.md lists what the code can say, and what it says is said as the house says things."""

import pytest

from app import vietnamese
from tests.docs.errors import PAGE, Said, page, said


def test_the_page_lists_every_sentence() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.docs.errors"


@pytest.mark.parametrize("each", sorted(set(said()), key=repr), ids=lambda each: each.sentence)
def test_a_sentence_is_one_sentence(each: Said) -> None:
    """Composed letters, a capital or what is filled in first (in an import the label of the column, which stands before
    it), no full stop of its own (the program sets it)."""
    assert each.sentence == vietnamese.clean(each.sentence)
    assert each.sentence[0].isupper() or each.sentence[0] in "{“" or "exchange" in each.path
    assert each.sentence[-1] not in ".!"
    assert not each.next_step or each.next_step[-1] in ".}"
    assert "vui lòng" not in each.sentence.lower()
