"""Made-up names: every applicant of the sample is plainly nobody."""

from collections.abc import Iterator
from itertools import cycle, product

_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý", "Hồ", "Mai", "Phan")
_MIDDLES = ("Văn", "Thị")
_GIVEN = (
    "Ví Dụ",
    "Minh Họa",
    "Thử",
    "Làm Mẫu",
    "Giả Sử",
    "Giả Định",
    "Thử Nghiệm",
    "Tạm Đặt",
    "Hình Dung",
    "Tưởng Tượng",
    "Chưa Thật",
    "Bản Nháp",
    "Mô Phỏng",
    "Thí Điểm",
    "Phác Thảo",
    "Tham Khảo",
)
_HAMLETS = ("Thử Nghiệm", "Làm Mẫu", "Ví Dụ", "Minh Họa")


def applicants() -> Iterator[tuple[str, str]]:
    """An endless row of made-up names, each with a made-up address."""
    names = [f"{family} {middle} {given}" for given, family, middle in product(_GIVEN, _FAMILIES, _MIDDLES)]
    # A stride that shares no factor with the count visits all names before one comes again.
    order = [names[index * 37 % len(names)] for index in range(len(names))]
    return zip(cycle(order), cycle(f"Thôn {hamlet}, xã Nam Trung" for hamlet in _HAMLETS), strict=False)
