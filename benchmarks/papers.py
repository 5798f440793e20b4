"""Year-end sheets to PDF: seconds for 200 against typst making equivalent pages, memory for 3,000.

Run alone with ``python -m benchmarks.papers``; typst (0.15.2) must be installed beside the program.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from app.domain.paper import (
    Block,
    CheckLine,
    CheckOption,
    FieldLine,
    Heading,
    Labelled,
    Letterhead,
    Paper,
    Paragraph,
    Run,
    Signature,
    SignatureBlock,
    TitleBlock,
    plain,
)
from app.locations import resource

_SENTENCES = (
    "Năm qua tôi giữ vững lập trường, học đủ các nghị quyết do chi bộ phổ biến và viết thu hoạch ngắn gọn.",
    "Trong tổ chuyên môn, khi có ý kiến khác nhau, tôi góp ý thẳng, sau đó chấp hành kết luận chung.",
    "Tôi dự {n} kỳ sinh hoạt, vắng một kỳ do ốm, đã báo trước với đồng chí bí thư; phát biểu {m} lần.",
    "Các hộ trong tổ đã thống nhất hiến {k} mét vuông đất làm đường, không đòi đền bù.",
    "Việc đột xuất: nhận trực thay một đồng nghiệp trong {m} tuần, không để chậm hồ sơ nào của người dân.",
    "Đối chiếu các biểu hiện suy thoái, tôi thấy mình có lúc ngại va chạm, nể nang; đã tự sửa từ tháng {m}.",
    "Tôi xử lý {k} hồ sơ, đúng hạn {n}%, có {m} hồ sơ chậm vì chờ ý kiến của cấp trên, đã xin lỗi từng hộ.",
    "Gia đình tôi sống hòa thuận, giữ gìn vệ sinh ngõ xóm, không ai vi phạm pháp luật.",
    "Tháng {m}, tôi vận động được {n} hộ phân loại rác tại nhà; ba hộ còn lại hẹn sang quý sau.",
    "Có lúc tôi còn nóng vội khi trả lời người dân, chưa nghe hết ý đã kết luận; nay đã rút kinh nghiệm.",
)
_SECTIONS = (
    ("1. Về phẩm chất chính trị, đạo đức, lối sống; tinh thần đoàn kết, thống nhất trong nội bộ.", 5),
    ("2. Việc thực hiện nhiệm vụ, quyền hạn và kết quả thực hiện các chỉ tiêu, nhiệm vụ được giao.", 5),
    ("3. Việc thực hiện cam kết tu dưỡng, rèn luyện, phấn đấu của cá nhân theo quy định.", 3),
    ("II. Hạn chế, khuyết điểm và nguyên nhân", 3),
    ("III. Kết quả khắc phục những hạn chế, khuyết điểm đã được chỉ ra ở các kỳ kiểm điểm trước", 2),
    ("IV. Giải trình những vấn đề được gợi ý kiểm điểm (nếu có)", 2),
    ("V. Làm rõ trách nhiệm của cá nhân đối với những hạn chế, khuyết điểm của tập thể (nếu có)", 2),
    ("VI. Phương hướng, biện pháp khắc phục hạn chế, khuyết điểm", 2),
)
_GRADES = ("Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ")
_FAMILIES = ("Nguyễn Văn", "Trần Thị Hoài", "Phạm Quốc", "Lê Thị Bích", "Đỗ Minh", "Vũ Thị Hồng")
_NAMES = ("Thịnh", "An", "Hưng", "Ngọc", "Khôi", "Nhung", "Lộc", "Tráng", "Quỳnh", "Ước")

SHEETS = 200
MANY = 3000
PAGES = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """Pages made, seconds taken and the most memory held meanwhile, in MB."""

    pages: int
    seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One member's words, the same for both makers of pages."""

    name: str
    sections: tuple[tuple[str, str, str], ...]


def _sheet(number: int) -> _Sheet:
    name = f"{_FAMILIES[number % len(_FAMILIES)]} {_NAMES[number // 7 % len(_NAMES)]}"
    sections, at = [], number
    for title, count in _SECTIONS:
        words = []
        for _ in range(count):
            at += 1
            text = _SENTENCES[at * (number % 3 + 1) % len(_SENTENCES)]
            words.append(text.format(n=at % 13 + 83, m=at % 9 + 2, k=at * 37 % 900 + 20))
        sections.append((title, name, " ".join(words)))
    return _Sheet(name, tuple(sections))


def merged_texts(count: int) -> list[tuple[str, list[str]]]:
    """Names and section texts of so many people, three pages each: rows of a mail merge."""
    made = [_sheet(number) for number in range(count)]
    return [(sheet.name, [" ".join(section) for section in sheet.sections]) for sheet in made]


def sheets(count: int) -> Iterator[Paper]:
    """Sheets like Mẫu 2B, three pages each, every one with words and numbers of its own."""
    for number in range(count):
        yield _paper(_sheet(number))


def _paper(sheet: _Sheet) -> Paper:
    blocks: list[Block] = [
        Letterhead(
            "ĐẢNG BỘ XÃ HÒA SƠN",
            "CHI BỘ TRƯỜNG TIỂU HỌC HÒA SƠN",
            "Hòa Sơn, ngày 12 tháng 12 năm 2025",
            form_number="Mẫu 02B-HD KĐ.ĐG 2025",
        ),
        TitleBlock(("BẢN KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN",), ("Năm 2025",)),
        FieldLine((Labelled("Họ và tên", sheet.name), Labelled("Ngày sinh", "09/9/1989"))),
        FieldLine((Labelled("Đơn vị công tác", "Trường Tiểu học Hòa Sơn"),)),
        Heading("A. NỘI DUNG KIỂM ĐIỂM"),
    ]
    for title, name, words in sheet.sections:
        blocks += [
            Heading(title, 2),
            Paragraph((Run(name, bold=True), Run(f" tự kiểm điểm: {words}")), first_line=10),
            Paragraph(plain(words), first_line=10),
        ]
    blocks += [
        Heading("B. NỘI DUNG TỰ ĐÁNH GIÁ, XẾP LOẠI"),
        CheckLine(tuple(CheckOption(grade, grade == _GRADES[1]) for grade in _GRADES), per_line=2),
        SignatureBlock((Signature(("NGƯỜI TỰ KIỂM ĐIỂM",), "(Ký, ghi rõ họ tên)", name=sheet.name),)),
    ]
    return Paper("Bản kiểm điểm", sheet.name, tuple(blocks))


_TYPST_HEAD = """
#set document(title: "Bản kiểm điểm")
#set text(font: "Tinos", size: 14pt, lang: "vi")
#set par(justify: true, leading: 0.7em, spacing: 1em)
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm), header: context {
  let n = counter(page).get().first()
  if n > 1 { align(center, text(13pt)[#n]) }
})
#let head(title) = block(sticky: true, above: 1em, below: 0.7em, strong(title))
#let box-of(on) = box(rect(width: 10pt, height: 10pt, stroke: 0.8pt, inset: 0pt,
  if on { place(line(end: (10pt, 10pt))); place(line(start: (0pt, 10pt), end: (10pt, 0pt))) }))
#let sheet(name, body) = {
  pagebreak(weak: true)
  counter(page).update(1)
  align(right, text(11pt, style: "italic")[Mẫu 02B-HD KĐ.ĐG 2025])
  grid(columns: (47%, 53%), align: center,
    [ĐẢNG BỘ XÃ HÒA SƠN \\ *CHI BỘ TRƯỜNG TIỂU HỌC HÒA SƠN*],
    [#underline(text(15pt)[*ĐẢNG CỘNG SẢN VIỆT NAM*]) \\ _Hòa Sơn, ngày 12 tháng 12 năm 2025_])
  align(center)[*BẢN KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN* \\ _Năm 2025_]
  grid(columns: (1fr, 1fr), [Họ và tên: #name], [Ngày sinh: 09/9/1989])
  [Đơn vị công tác: Trường Tiểu học Hòa Sơn]
  head[A. NỘI DUNG KIỂM ĐIỂM]
  body
  head[B. NỘI DUNG TỰ ĐÁNH GIÁ, XẾP LOẠI]
  grid(columns: (1fr, 1fr), row-gutter: 6pt,
    [#box-of(false) Hoàn thành xuất sắc nhiệm vụ], [#box-of(true) Hoàn thành tốt nhiệm vụ],
    [#box-of(false) Hoàn thành nhiệm vụ])
  block(breakable: false, grid(columns: (1fr, 1fr), [], align(center)[
    *NGƯỜI TỰ KIỂM ĐIỂM* \\ _(Ký, ghi rõ họ tên)_ #v(72pt) *#name*]))
}
"""


def typst_source(count: int) -> str:
    """The same sheets for typst."""
    parts = [_TYPST_HEAD]
    for number in range(count):
        sheet = _sheet(number)
        body = "\n".join(
            f"#head[{title}]\n\n#h(10mm)*{name}* tự kiểm điểm: {words}\n\n#h(10mm){words}\n"
            for title, name, words in sheet.sections
        )
        parts.append(f"#sheet[{sheet.name}][\n{body}]\n")
    return "".join(parts)


def peak_mb() -> float:
    """The most memory this process has held, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def print_sheets(count: int, folder: Path) -> Measured:
    """Makes and writes sheets one after another, as the program does."""
    from app.printing.pdf import write_pdf

    start = time.perf_counter()
    pages = write_pdf(sheets(count), folder / "sheets.pdf", title="Bản kiểm điểm", total=count)
    return Measured(pages, time.perf_counter() - start, peak_mb())


def typst_sheets(count: int, folder: Path) -> Measured:
    """Has typst make the same sheets; its file is read back to count pages."""
    import pypdfium2
    import typst

    source, target = folder / "sheets.typ", folder / "typst.pdf"
    source.write_text(typst_source(count), encoding="utf-8")
    fonts = [str(resource("fonts", "tinos"))]
    start = time.perf_counter()
    typst.compile(str(source), output=str(target), font_paths=fonts, ignore_system_fonts=True)
    seconds = time.perf_counter() - start
    with pypdfium2.PdfDocument(target) as made:
        return Measured(len(made), seconds, peak_mb())


def apart(maker: str, count: int) -> Measured:
    """One measurement in a process of its own, so that neither memory nor caches carry over."""
    command = [sys.executable, "-m", "benchmarks.papers", maker, str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout))


def compare(rounds: int = 3) -> tuple[Measured, Measured, float]:
    """Both makers of 200 sheets in turn; gives back the last of each and the ratio of median seconds."""
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(apart("pdf", SHEETS))
        theirs.append(apart("typst", SHEETS))
    ratio = median(one.seconds for one in ours) / median(one.seconds for one in theirs)
    return ours[-1], theirs[-1], ratio


def measure() -> tuple[str, float, float, float]:
    """The line of the table: label, our seconds, typst's, the bar for their ratio."""
    ours, theirs, _ratio = compare()
    if ours.pages != theirs.pages:
        raise RuntimeError(f"unequal work: {ours.pages} pages against {theirs.pages}")
    return (
        f"{SHEETS} year-end sheets of three pages ÷ typst making the same",
        ours.seconds,
        theirs.seconds,
        2.5,
    )


def measure_memory() -> tuple[str, float, float, float]:
    """The line of the table: peak MB of 3,000 sheets against the 150 MB they may take."""
    many = apart("pdf", MANY)
    return f"Peak memory of {MANY} sheets in one file, MB ÷ 150 MB", many.peak_mb, 150.0, 1.0


def main(arguments: list[str]) -> None:
    """Without words: the whole comparison. With ``pdf COUNT`` or ``typst COUNT``: one measurement as JSON."""
    if arguments:
        maker = {"pdf": print_sheets, "typst": typst_sheets}[arguments[0]]
        with tempfile.TemporaryDirectory() as folder:
            done = maker(int(arguments[1]), Path(folder))
        print(json.dumps({"pages": done.pages, "seconds": done.seconds, "peak_mb": done.peak_mb}))
        return
    ours, theirs, ratio = compare()
    print(f"{SHEETS} sheets: ours {ours}, typst {theirs}, ratio {ratio:.2f} (at most 2.5)")
    few, many = apart("pdf", MANY // 10), apart("pdf", MANY)
    print(f"{MANY} sheets: {many}; {MANY // 10} sheets: {few} (at most 150 MB, flat)")


if __name__ == "__main__":
    main(sys.argv[1:])
