"""What step 3 says of a file as a whole: what an import would do, what else there is to know, what is guessed."""

from collections.abc import Sequence

from app import formats
from app.registers.exchange import ImportResult, Preview, RowState


def consequence(preview: Preview) -> str:
    """What follows from the one button."""
    good, known = preview.count(RowState.GOOD), preview.count(RowState.KNOWN)
    told = f"Nhập đủ {formats.format_integer(good)} dòng hoặc không dòng nào."
    told = told if good else "Không có dòng nào để nhập."
    return f"{told} {formats.format_integer(known)} dòng đã có sẽ bỏ qua." if known else told


def told(result: ImportResult) -> str:
    """What the toast says after an import."""
    bad = result.preview.count(RowState.BAD)
    words = f"Đã nhập {formats.format_integer(result.written)} dòng từ {result.file_name}"
    return f"{words}, {formats.format_integer(bad)} dòng lỗi chưa nhập" if bad else words


def guesses_of(preview: Preview) -> dict[tuple[str, int, str], str]:
    """Every cell for which the program has a guess, with the guess."""
    return {
        (part.register.key, row.number, fault.field): fault.suggestion
        for part in preview.parts
        for row in part.rows
        if row.state is RowState.BAD
        for fault in row.faults
        if fault.field and fault.suggestion
    }


def facts(preview: Preview, other_sheets: Sequence[str]) -> str:
    """What else a person had better know of the file."""
    told = []
    skipped = [number for part in preview.parts for number in part.skipped]
    if skipped:
        rows = ", ".join(map(str, skipped[:5])) + (", …" if len(skipped) > 5 else "")
        told.append(f"Bỏ qua {formats.format_integer(len(skipped))} dòng không phải dữ liệu: {rows}")
    hidden = sum(part.hidden_rows for part in preview.parts)
    if hidden:
        told.append(f"{formats.format_integer(hidden)} dòng đang ẩn trong Excel cũng được đọc")
    if other_sheets:
        told.append(f"Chưa đọc trang {', '.join(f'“{name}”' for name in other_sheets)}")
    return " · ".join(told)
