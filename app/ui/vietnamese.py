"""Qt's own words in Vietnamese: buttons, context menus, file and print dialogs. Qt ships no catalogue."""

from PySide6.QtCore import QCoreApplication, QTranslator

# Qt's source text → Vietnamese, in any context; contexts that need another word are in BY_CONTEXT.
WORDS = {
    # standard buttons (QPlatformTheme, QDialogButtonBox, QWizard, QMessageBox)
    "OK": "Đồng ý",
    "&OK": "Đồng ý",
    "Cancel": "Thôi",
    "&Cancel": "Thôi",
    "&Yes": "Đồng ý",
    "Yes": "Đồng ý",
    "&No": "Không",
    "No": "Không",
    "Yes to &All": "Đồng ý tất cả",
    "N&o to All": "Không tất cả",
    "Save": "Lưu",
    "&Save": "Lưu",
    "Save All": "Lưu tất cả",
    "Open": "Mở",
    "&Open": "Mở",
    "Close": "Đóng",
    "&Close": "Đóng",
    "Close without Saving": "Đóng, không lưu",
    "Discard": "Bỏ",
    "Don't Save": "Không lưu",
    "Apply": "Áp dụng",
    "Reset": "Đặt lại",
    "Restore Defaults": "Về mặc định",
    "Help": "Giúp đỡ",
    "&Help": "Giúp đỡ",
    "Abort": "Dừng",
    "Retry": "Thử lại",
    "Ignore": "Bỏ qua",
    "&Next": "Tiếp",
    "&Next >": "Tiếp ›",
    "< &Back": "‹ Quay lại",
    "Go Back": "Quay lại",
    "Continue": "Tiếp tục",
    "Commit": "Ghi",
    "Done": "Xong",
    "&Finish": "Xong",
    "Show Details...": "Xem chi tiết…",
    "Hide Details...": "Ẩn chi tiết",
    # context menus of text fields (QLineEdit, QWidgetTextControl, QAbstractSpinBox)
    "&Undo": "&Hoàn tác",
    "&Redo": "&Làm lại",
    "Cu&t": "&Cắt",
    "&Copy": "&Sao chép",
    "Copy &Link Location": "Sao chép địa chỉ",
    "&Paste": "&Dán",
    "Delete": "Xóa",
    "&Delete": "&Xóa",
    "Select All": "Chọn tất cả",
    "Select all": "Chọn tất cả",
    "&Select All": "Chọn &tất cả",
    "Clear": "Xóa",
    "&Step up": "&Tăng",
    "Step &down": "&Giảm",
    # file dialog
    "Look in:": "Xem trong:",
    "&Look in:": "&Xem trong:",
    "Files of &type:": "&Loại tệp:",
    "Directory:": "Thư mục:",
    "Folder": "Thư mục",
    "File &name:": "Tên &tệp:",
    "File name:": "Tên tệp:",
    "&File name:": "&Tên tệp:",
    "Files of type:": "Loại tệp:",
    "&Choose": "&Chọn",
    "Choose": "Chọn",
    "Back": "Quay lại",
    "Forward": "Đi tới",
    "Parent Directory": "Thư mục trên",
    "Create New Folder": "Tạo thư mục mới",
    "Create a New Folder": "Tạo thư mục mới",
    "&New Folder": "Thư mục &mới",
    "New Folder": "Thư mục mới",
    "List View": "Xem dạng danh sách",
    "Detail View": "Xem chi tiết",
    "Change to list view mode": "Chuyển sang dạng danh sách",
    "Change to detail view mode": "Chuyển sang dạng chi tiết",
    "Go back": "Quay lại",
    "Go forward": "Đi tới",
    "Go to the parent directory": "Lên thư mục trên",
    "Go to this directory": "Tới thư mục này",
    "Sidebar": "Bên cạnh",
    "List of places and bookmarks": "Các chỗ hay dùng",
    "Files": "Tệp",
    "All Files (*)": "Mọi tệp (*)",
    "All files (*)": "Mọi tệp (*)",
    "Directories": "Thư mục",
    "Find Directory": "Tìm thư mục",
    "Save As": "Lưu thành",
    "Show ": "Hiện ",
    "Show &hidden files": "Hiện tệp &ẩn",
    "&Rename": "Đổi tên",
    "Remove": "Bỏ",
    "My Computer": "Máy tính",
    "Computer": "Máy tính",
    "Recent Places": "Chỗ gần đây",
    "Drive": "Ổ đĩa",
    "File": "Tệp",
    "%1 File": "Tệp %1",
    "File Folder": "Thư mục",
    "Alias": "Lối tắt",
    "Shortcut": "Lối tắt",
    "Unknown": "Chưa rõ",
    "Name": "Tên",
    "Size": "Cỡ",
    "Kind": "Loại",
    "Type": "Loại",
    "Date Modified": "Ngày sửa",
    "%1 byte(s)": "%1 byte",
    "%1 bytes": "%1 byte",
    "%1 already exists.\nDo you want to replace it?": "Đã có tệp %1.\nGhi đè lên tệp đó?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "%1\nKhông thấy tệp này. Đồng chí xem lại tên tệp."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "%1\nKhông thấy thư mục này. Đồng chí xem lại tên thư mục."
    ),
    "Are you sure you want to delete '%1'?": "Xóa “%1”?",
    "'%1' is write protected.\nDo you want to delete it anyway?": "“%1” chỉ được đọc. Vẫn xóa?",
    "Could not delete directory.": "Không xóa được thư mục.",
    "Invalid filename": "Tên tệp chưa đúng",
    '<b>The name "%1" cannot be used.</b><p>Try using another name, with fewer characters or no punctuation '
    "marks.": "<b>Không dùng được tên “%1”.</b><p>Đặt tên khác, ngắn hơn hoặc không có dấu câu.",
    # calendar
    "Calendar": "Lịch",
    "Previous Month": "Tháng trước",
    "Next Month": "Tháng sau",
    # printing
    "Print": "In",
    "&Print": "&In",
    "Printer": "Máy in",
    "&Name:": "&Tên:",
    "P&roperties": "T&hiết lập máy in",
    "Location:": "Chỗ đặt:",
    "Preview": "Xem trước",
    "Type:": "Loại:",
    "Output &file:": "Ghi ra &tệp:",
    "Print range": "Những trang in",
    "Print all": "In tất cả",
    "Pages from": "Từ trang",
    "Pages": "Trang",
    "to": "đến",
    "Current Page": "Trang đang xem",
    "Selection": "Phần đã chọn",
    "Output Settings": "Cách in",
    "Copies": "Số bản",
    "Copies:": "Số bản:",
    "Collate": "Theo bộ",
    "Reverse": "In ngược thứ tự",
    "Options": "Lựa chọn",
    "&Options >>": "&Lựa chọn ››",
    "&Options <<": "‹‹ &Lựa chọn",
    "Color Mode": "Màu",
    "Color": "Màu",
    "Grayscale": "Đen trắng",
    "Duplex Printing": "In hai mặt",
    "None": "Không",
    "Long side": "Lật cạnh dài",
    "Short side": "Lật cạnh ngắn",
    "Page Set:": "Trang:",
    "Page &Set:": "Tran&g:",
    "Double Sided Printing": "In hai mặt",
    "Off": "Một mặt",
    "Long side binding": "Lật cạnh dài",
    "Short side binding": "Lật cạnh ngắn",
    "Specify pages or ranges separated by commas. Ranges are specified by two numbers separated by a hyphen. "
    "E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9.": (
        "Ghi số trang, cách nhau bằng dấu phẩy; một đoạn ghi hai số nối bằng gạch. "
        "Ví dụ 3,5-7,9 in các trang 3, 5, 6, 7 và 9."
    ),
    "All Pages": "Tất cả",
    "Odd Pages": "Trang lẻ",
    "Even Pages": "Trang chẵn",
    "Print to File (PDF)": "Ghi ra tệp PDF",
    "Print To File ...": "Ghi ra tệp…",
    "Local file": "Tệp trên máy",
    "Write PDF file": "Ghi tệp PDF",
    "Page Setup": "Trang giấy",
    "Paper": "Giấy",
    "Page size:": "Cỡ giấy:",
    "Width:": "Rộng:",
    "Height:": "Cao:",
    "Paper source:": "Khay giấy:",
    "Orientation": "Chiều giấy",
    "Portrait": "Dọc",
    "Landscape": "Ngang",
    "Reverse portrait": "Dọc ngược",
    "Reverse landscape": "Ngang ngược",
    "Margins": "Lề",
    "top margin": "lề trên",
    "bottom margin": "lề dưới",
    "left margin": "lề trái",
    "right margin": "lề phải",
    "Advanced": "Thêm",
    "Properties": "Thiết lập",
    "Printer Properties": "Thiết lập máy in",
    "Job Options": "Lựa chọn khi in",
    # colours
    "Select Color": "Chọn màu",
    "&Basic colors": "Màu cơ &bản",
    "&Custom colors": "Màu &riêng",
    "&Add to Custom Colors": "Thêm vào màu riêng",
    "&Pick Screen Color": "Lấy màu trên màn hình",
    "Hu&e:": "Sắc:",
    "&Sat:": "Đậm:",
    "&Val:": "Sáng:",
    "A&lpha channel:": "Độ trong:",
    "&HTML:": "Mã màu:",
    "&Red:": "Đỏ:",
    "&Green:": "Lục:",
    "Bl&ue:": "Lam:",
    # scroll bars and windows
    "Scroll here": "Cuộn tới đây",
    "Top": "Lên đầu",
    "Bottom": "Xuống cuối",
    "Left edge": "Mép trái",
    "Right edge": "Mép phải",
    "Page up": "Lên một trang",
    "Page down": "Xuống một trang",
    "Page left": "Sang trái một trang",
    "Page right": "Sang phải một trang",
    "Scroll up": "Cuộn lên",
    "Scroll down": "Cuộn xuống",
    "Scroll left": "Cuộn trái",
    "Scroll Left": "Cuộn trái",
    "Scroll Right": "Cuộn phải",
    "Scroll right": "Cuộn phải",
    # what a screen reader says a control does
    "Press": "Bấm",
    "Toggle": "Bật hoặc tắt",
    "Check": "Đánh dấu",
    "Uncheck": "Bỏ dấu",
    "Increase": "Tăng",
    "Decrease": "Giảm",
    "ShowMenu": "Mở danh mục",
    "SetFocus": "Tới ô này",
}

BY_CONTEXT = {
    ("QPlatformTheme", "Help"): "Giúp đỡ",
    ("QFileDialog", "Remove"): "Bỏ khỏi danh sách",
    ("QFileDialog", "&Open"): "&Mở",
    ("QFileDialog", "&Save"): "&Lưu",
    ("QPrintPropertiesDialog", "Cancel"): "Thôi",
}

# The program's own words never come here: it has no tr(). This text is read by Qt, not by people.
_NOT_WORDS = frozenset({"QT_LAYOUT_DIRECTION"})


class VietnameseQt(QTranslator):
    """Answers Qt's own requests for words."""

    def translate(
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        # Names of keys (Delete, Print …) stay as they are printed on the keyboard.
        if source_text in _NOT_WORDS or context == "QShortcut":
            return None
        return BY_CONTEXT.get((context, source_text)) or WORDS.get(source_text)

    def isEmpty(self) -> bool:
        return False


def speak_vietnamese(app: QCoreApplication) -> None:
    """Make Qt's own buttons, menus and dialogs Vietnamese; once, before the first window."""
    translator = VietnameseQt(app)
    QCoreApplication.installTranslator(translator)


def count_in_vietnamese() -> None:
    """Make Qt's own dates and numbers Vietnamese (calendars, print dialog); once, before any of them.

    Apart from the words, because loading Qt's list of every language costs a start several milliseconds.
    """
    from PySide6.QtCore import QLocale

    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
