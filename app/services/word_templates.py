"""An office's own Word templates: whether one fits a form, which fields it uses, and one to start from."""

from pathlib import Path

from app.domain.errors import FileUnreadable
from app.domain.form_template import FormTemplate
from app.domain.paper import Cell, Column, Heading, Paper, Paragraph, Run, Table, TitleBlock
from app.domain.template_fields import LIST, TABLES, TemplateField, fields_of, template_names
from app.services.rule_book import open_rule_book
from app.services.workspace import Act, Workspace

_HOW = (
    "Tệp này kê các trường dùng được. Đồng chí chép trường cần dùng, kể cả hai ngoặc nhọn, vào mẫu Word của "
    "cơ quan, rồi nạp mẫu đó ở Thiết lập, mục Mẫu giấy tờ. Chữ ngoài ngoặc nhọn giữ nguyên như trong mẫu."
)


def problems_in_template(data: bytes, origin: str, form: FormTemplate) -> tuple[str, ...]:
    """Why a Word template cannot be used for a form: no Word file, too large, broken tag, unknown field."""
    from app.office.word_template import check_template

    try:
        check_template(data, template_names(fields_of(form)))
    except FileUnreadable as error:
        return (f"Tệp “{origin}”: {error}",)
    return ()


def fields_in_template(data: bytes, form: FormTemplate) -> tuple[TemplateField, ...]:
    """The fields a sound template uses, with what each means."""
    from app.office.word_template import inspect_template

    meanings = {field.name: field for field in fields_of(form)}
    return tuple(meanings[name] for name in inspect_template(data).names if name in meanings)


def save_starting_template(ws: Workspace, form_code: str, year: int, target: Path) -> Path:
    """Save a Word file that lists every field a template for this form may use, ready to be copied from."""
    ws.must(Act.BUNDLE_RULES)
    from app.office.docx_paper import write_docx

    form = open_rule_book(ws).form(form_code, year)
    write_docx((_starting_paper(form),), target, title=form.name)
    return target


def _starting_paper(form: FormTemplate) -> Paper:
    fields = fields_of(form)
    single = [field for field in fields if not _is_of_list(field.name)]
    rows = tuple((_cell(field.meaning), _cell(f"{{{{ {field.name} }}}}")) for field in single)
    columns = (Column("Ý nghĩa", 3), Column("Trường", 2))
    title = TitleBlock(("CÁC TRƯỜNG CHO MẪU WORD", form.name.upper()))
    lists = [block for field in fields if _is_list(field, fields) for block in _list_blocks(field, fields)]
    return Paper(form.code, form.name, (title, Paragraph(_text(_HOW)), Table(columns, rows), *lists))


def _is_of_list(name: str) -> bool:
    return name.partition(".")[0] in (LIST, TABLES)


def _is_list(field: TemplateField, fields: tuple[TemplateField, ...]) -> bool:
    return any(other.name.startswith(f"{field.name}.") for other in fields)


def _list_blocks(field: TemplateField, fields: tuple[TemplateField, ...]) -> tuple[Heading | Table, ...]:
    """A table whose middle row is repeated for each line of the list."""
    inside = [other for other in fields if other.name.startswith(f"{field.name}.")]
    columns = tuple(Column(other.meaning, 1) for other in inside)
    empty = tuple(_cell("") for _ in inside[1:])
    begin = (_cell(f"{{%tr for dong in {field.name} %}}"), *empty)
    line = tuple(_cell(f"{{{{ dong.{other.name.rpartition('.')[2]} }}}}") for other in inside)
    return (Heading(field.meaning, 2), Table(columns, (begin, line, (_cell("{%tr endfor %}"), *empty))))


def _text(words: str) -> tuple[Run, ...]:
    return (Run(words),)


def _cell(words: str) -> Cell:
    return Cell(_text(words)) if words else Cell()
