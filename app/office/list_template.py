"""The blank member list an office can fill in and import."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.list_headings import ListField
from app.office.writing import save_workbook

_COLUMNS = (
    (ListField.ORDER, "STT", 6),
    (ListField.FULL_NAME, "Họ và tên", 28),
    (ListField.GENDER, "Giới tính", 10),
    (ListField.BIRTH, "Ngày sinh", 14),
    (ListField.ETHNICITY, "Dân tộc", 12),
    (ListField.OCCUPATION, "Nghề nghiệp", 24),
    (ListField.POST, "Chức vụ đảng", 16),
    (ListField.ADMITTED_ON, "Ngày vào Đảng", 14),
    (ListField.CONFIRMED_ON, "Ngày chính thức", 14),
    (ListField.CARD_NUMBER, "Số thẻ đảng viên", 20),
    (ListField.PHONE, "Điện thoại", 16),
    (ListField.NOTE, "Ghi chú", 30),
)
_HEADING_ROW = 3
_LINES = 100
_ADVICE = (
    "Mỗi đảng viên một dòng. Không cần điền đủ cột; cột nào không có thì để trống hoặc xóa.",
    "Ngày ghi theo thứ tự ngày/tháng/năm, đủ bốn chữ số của năm, ví dụ 05/02/1985.",
    "Chỉ biết năm sinh thì ghi năm sinh.",
    "Số thẻ, ngày và điện thoại đã đặt dạng Text để không mất số 0 ở đầu.",
    "Chức vụ đảng: Bí thư, Phó Bí thư, Chi ủy viên, Tổ trưởng tổ đảng.",
    "Ghi chú: Đảng viên dự bị; Miễn sinh hoạt từ 01/3/2025; Chuyển sinh hoạt tạm thời đến từ 15/4/2025…",
)


def write_template(target: Path) -> None:
    """Save a blank list with headings the import knows and a sheet of advice."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Đảng viên"
    _write_sheet(sheet)
    advice = workbook.create_sheet("Cách ghi")
    advice.column_dimensions["A"].width = 110
    for number, line in enumerate(_ADVICE, start=1):
        advice.cell(number, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    save_workbook(workbook, target)


def _write_sheet(sheet: Worksheet) -> None:
    sheet["A1"] = "DANH SÁCH ĐẢNG VIÊN"
    sheet["A1"].font = Font(name="Times New Roman", size=14, bold=True)
    line = Side(style="thin")
    border = Border(left=line, right=line, top=line, bottom=line)
    for number, (field, heading, width) in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        cell = sheet.cell(_HEADING_ROW, number, heading)
        cell.font = Font(name="Times New Roman", size=12, bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.fill = PatternFill("solid", start_color="EDEDED")
        cell.border = border
        for row in range(_HEADING_ROW + 1, _HEADING_ROW + 1 + _LINES):
            blank = sheet.cell(row, number)
            blank.font = Font(name="Times New Roman", size=12)
            blank.border = border
            blank.number_format = "General" if field is ListField.ORDER else "@"
    genders = DataValidation(type="list", formula1='"Nam,Nữ"', allow_blank=True)
    genders.add(f"C{_HEADING_ROW + 1}:C{_HEADING_ROW + _LINES}")
    sheet.add_data_validation(genders)
    sheet.freeze_panes = sheet.cell(_HEADING_ROW + 1, 3)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
