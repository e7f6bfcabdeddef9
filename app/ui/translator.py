"""Vietnamese for what Qt itself says: menus of fields, standard buttons, the file dialog. Qt brings none."""

from PySide6.QtCore import QTranslator

_FIELDS = {
    "&Undo": "Hoàn tác",
    "&Redo": "Làm lại",
    "Cu&t": "Cắt",
    "&Copy": "Chép",
    "Copy &Link Location": "Chép địa chỉ",
    "&Paste": "Dán",
    "Delete": "Xóa",
    "Select All": "Chọn hết",
}
_BUTTONS = {
    "OK": "Đóng",
    "Save": "Lưu",
    "Save All": "Lưu hết",
    "Open": "Mở",
    "&Yes": "Làm",
    "Yes to &All": "Làm hết",
    "&No": "Để sau",
    "N&o to All": "Để sau hết",
    "Abort": "Dừng",
    "Retry": "Thử lại",
    "Ignore": "Bỏ qua",
    "Close": "Đóng",
    "Cancel": "Hủy",
    "Discard": "Bỏ thay đổi",
    "Help": "Trợ giúp",
    "Apply": "Áp dụng",
    "Reset": "Đặt lại",
    "Restore Defaults": "Về mặc định",
    "Show Details...": "Xem chi tiết",
    "Hide Details...": "Ẩn chi tiết",
}
_FILES = {
    "&Look in:": "Tìm ở:",
    "Back": "Lùi",
    "Go back": "Lùi",
    "Forward": "Tới",
    "Go forward": "Tới",
    "Parent Directory": "Thư mục trên",
    "Go to the parent directory": "Lên thư mục trên",
    "Create New Folder": "Tạo thư mục",
    "Create a New Folder": "Tạo thư mục",
    "&New Folder": "Tạo thư mục",
    "List View": "Xem danh sách",
    "Change to list view mode": "Xem danh sách",
    "Detail View": "Xem chi tiết",
    "Change to detail view mode": "Xem chi tiết",
    "Sidebar": "Chỗ hay dùng",
    "List of places and bookmarks": "Chỗ hay dùng",
    "Files": "Tệp",
    "Files of &type:": "Loại tệp:",
    "File &name:": "Tên tệp:",
    "Directory:": "Thư mục:",
    "&Open": "Mở",
    "&Choose": "Chọn",
    "&Save": "Lưu",
    "Open": "Mở…",
    "Save As": "Lưu thành…",
    "Find Directory": "Tìm thư mục",
    "Look in:": "Tìm ở:",
    "Save in:": "Lưu vào:",
    "&Rename": "Đổi tên",
    "&Delete": "Xóa",
    "Show ": "Hiện ",
    "Show &hidden files": "Hiện tệp ẩn",
    "All Files (*)": "Mọi tệp (*)",
    "Directories": "Thư mục",
    "Recent Places": "Mới mở",
    "New Folder": "Thư mục mới",
    "Remove": "Bỏ",
    "My Computer": "Máy tính",
    "Computer": "Máy tính",
    "Drive": "Ổ đĩa",
    "Folder": "Thư mục",
    "File": "Tệp",
    "Name": "Tên",
    "Size": "Cỡ",
    "Type": "Loại",
    "Kind": "Loại",
    "Date Modified": "Ngày sửa",
    "%1 already exists.\nDo you want to replace it?": "Đã có %1.\nGhi đè lên tệp đó?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": "%1\nKhông thấy tệp. Xem lại tên tệp.",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": "%1\nKhông thấy thư mục.",
}
_ACTIONS = {
    "Press": "Nhấn",
    "Increase": "Tăng",
    "Decrease": "Giảm",
    "ShowMenu": "Mở danh mục",
    "SetFocus": "Đưa con trỏ tới",
    "Toggle": "Đổi",
}

WORDS = {
    "QLineEdit": _FIELDS,
    "QWidgetTextControl": _FIELDS,
    "QPlatformTheme": _BUTTONS,
    "QDialogButtonBox": _BUTTONS,
    "QMessageBox": _BUTTONS,
    "QFileDialog": _FILES,
    "QFileSystemModel": _FILES,
    "QAbstractFileIconProvider": _FILES,
    "QAccessibleActionInterface": _ACTIONS,
    "QUndoStack": {"Undo %1": "Hoàn tác %1", "Redo %1": "Làm lại %1"},
}


class VietnameseTranslator(QTranslator):
    """Looks the words up in the table above; what is not there stays as it is."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        return WORDS.get(context, {}).get(source)

    def isEmpty(self) -> bool:
        return False
