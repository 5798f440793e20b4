"""Writes docs/truong-mau-word.md: the named fields an office's own Word template may use, form by form.

In the checkout: `.venv/bin/python docs/ke_truong.py` (Windows: `.venv\\Scripts\\python docs\\ke_truong.py`).
The list is read from the program, so it says what the program fills in; nobody keeps it by hand.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from app.domain.form_template import FormTemplate
from app.domain.template_fields import LIST, TemplateField, fields_of
from app.services.rules import shipped_forms

_HEAD = """# Các trường cho mẫu Word của cơ quan

Danh sách này do chương trình lập (`docs/ke_truong.py`). Cách dùng ở [huong-dan.md](huong-dan.md), \
phần “Quy định và mẫu của cơ quan”.

- Trường thường: ghi tên trường giữa hai cặp ngoặc nhọn, ví dụ `{{ ho_ten }}`.
- Bảng: ghi `{%tr for dong in danh_sach %}` ở một dòng của bảng, dòng sau ghi các cột, ví dụ
  `{{ dong.full_name }}`, dòng cuối ghi `{%tr endfor %}`. Tên cột là phần sau dấu chấm cuối cùng.
- `danh_sach` là bảng chính của giấy tờ: cùng các cột với bảng `bang.…` lớn nhất, không kê lại ở dưới.
- Không cần gõ: **Thiết lập**, ngăn **Mẫu giấy tờ**, chọn giấy tờ, bấm **Các trường cho Word** thì có một
  tệp Word kê sẵn để chép.
"""


def main() -> None:
    """Write the list."""
    forms = sorted(shipped_forms(), key=lambda form: (form.name, form.code))
    shared = set.intersection(*({field.name for field in fields_of(form)} for form in forms))
    first = [field for field in fields_of(forms[0]) if field.name in shared]
    lines = [_HEAD, "## Trường dùng được ở mọi giấy tờ", "", *_table(first)]
    for form in forms:
        own = [each for each in fields_of(form) if each.name not in shared and not _is_main(each)]
        if own:
            lines += ["", f"## {_title(form)}", "", *_table(own)]
    file = HERE / "truong-mau-word.md"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{file.name}: {len(forms)} mẫu")


def _is_main(field: TemplateField) -> bool:
    return field.name.partition(".")[0] == LIST


def _title(form: FormTemplate) -> str:
    return " · ".join(part for part in (form.name, form.number or form.code) if part)


def _table(fields: Iterable[TemplateField]) -> list[str]:
    rows = [f"| `{field.name}` | {field.meaning.replace('|', ' ')} |" for field in fields]
    return ["| Trường | Là gì |", "|---|---|", *rows]


if __name__ == "__main__":
    main()
