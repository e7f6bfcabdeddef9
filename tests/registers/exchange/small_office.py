"""What the small office of these tests is made of."""

from datetime import date

from app.models.database import Actor
from app.workdays import LimitUnit

TODAY = date(2023, 6, 12)
ACTOR = Actor("Trần Thị Mẫu")
PROCEDURES = (
    ("1.000001", "Hộ tịch", "Đăng ký khai sinh", None, LimitUnit.SAME_DAY),
    ("1.000002", "Hộ tịch", "Đăng ký kết hôn", 3, LimitUnit.WORKING_DAYS),
    ("1.000003", "Chứng thực", "Chứng thực bản sao", None, LimitUnit.SAME_DAY),
)
HEADINGS = ("Mã hồ sơ", "Người nộp", "Thủ tục", "Ngày nhận", "Nhận qua", "Số lượng", "Trạng thái", "Ngày xong")


def dossier(number: int = 1, **changed: object) -> list[object]:
    """A row under HEADINGS that is good as it stands."""
    row: dict[str, object] = {
        "code": f"H23.56.21-230502-{number:04d}",
        "applicant": f"Nguyễn Văn Ví Dụ {number}",
        "procedure": "Đăng ký kết hôn",
        "received_on": date(2023, 5, 2),
        "channel": "Trực tiếp",
        "quantity": 1,
        "outcome": "Đang xử lý",
        "finished_on": None,
    }
    return list((row | changed).values())
