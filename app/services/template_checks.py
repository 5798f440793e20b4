"""Checking an office's own Word template before it is kept: a package of the right kind and size."""

import zipfile
import zlib
from io import BytesIO

from app.domain.form_template import FormTemplate

_MAX_UNPACKED = 40 << 20


def problems_in_template(data: bytes, origin: str, form: FormTemplate) -> tuple[str, ...]:
    """Why a Word template cannot be used for a form."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            unpacked = sum(entry.file_size for entry in package.infolist())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        names, unpacked = set(), 0
    if "word/document.xml" not in names:
        return (f"Tệp “{origin}” không phải tệp Word .docx. Đồng chí mở bằng Word, lưu lại dạng .docx.",)
    if unpacked > _MAX_UNPACKED:
        return (f"Tệp “{origin}” bung ra tới {unpacked >> 20} MB, quá lớn cho mẫu {form.name}.",)
    return ()
