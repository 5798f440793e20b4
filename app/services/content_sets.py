"""The content sets to choose pledge items from: those shipped, and the cell's own made on screen."""

from sqlalchemy import select

from app.db import tables
from app.db.transactions import ReadTransaction
from app.domain.content_set import ContentItem, ContentKind, ContentSet
from app.domain.errors import NotAllowed, Problem, ValidationFailed
from app.domain.text import clean_line
from app.services.rule_book import rule_book_in
from app.services.workspace import Act, Workspace


def list_content_sets(
    ws: Workspace, kind: ContentKind = ContentKind.PLEDGE, year: int | None = None
) -> tuple[ContentSet, ...]:
    """Every set of one kind usable for a year, this one when none is named; the cell's own come last."""
    ws.must(Act.LOOK)
    with ws.read() as tx:
        known = rule_book_in(tx).content_sets(year or ws.today().year)
        own = own_sets_in(tx) if kind is ContentKind.PLEDGE else ()
    return (*(each for each in known if each.kind is kind), *own)


def own_sets_in(tx: ReadTransaction) -> tuple[ContentSet, ...]:
    """The cell's own sets inside a transaction."""
    items: dict[str, list[ContentItem]] = {}
    for row in tx.rows(select(tables.content_item).order_by(tables.content_item.c.position)):
        items.setdefault(row.content_set_id, []).append(ContentItem(row.code, row.label))
    return tuple(
        ContentSet(
            code=row.code,
            title=row.title,
            kind=ContentKind.PLEDGE,
            issuer="Chi bộ",
            number="",
            issued_on=None,
            valid_from=None,
            valid_to=None,
            source=row.source,
            verified=True,
            is_default=False,
            note="",
            items=tuple(items.get(row.id, ())),
        )
        for row in tx.rows(select(tables.content_set).order_by(tables.content_set.c.code))
    )


def own_set_codes(ws: Workspace) -> frozenset[str]:
    """The codes of the sets the cell made itself; only these can be changed."""
    ws.must(Act.LOOK)
    with ws.read() as tx:
        return frozenset(row.code for row in tx.rows(select(tables.content_set.c.code)))


def save_own_set(ws: Workspace, code: str, title: str, source: str, labels: tuple[str, ...]) -> None:
    """Make or change one of the cell's own sets; its items get the codes CODE.1, CODE.2 … in order."""
    ws.must(Act.CHANGE_CONTENT)
    code, title = clean_line(code).upper().replace(" ", ""), clean_line(title)
    wanted = [clean_line(label) for label in labels if clean_line(label)]
    problems = []
    if not code:
        problems.append(Problem("code", "Chưa ghi mã bộ nội dung, ví dụ CB."))
    if code in {each.code for each in list_content_sets(ws)} - own_set_codes(ws):
        problems.append(Problem("code", f"Mã {code} là của bộ nội dung có sẵn. Xin chọn mã khác."))
    if not title:
        problems.append(Problem("title", "Chưa ghi tên bộ nội dung."))
    if not wanted:
        problems.append(Problem("items", "Chưa có nội dung nào. Mỗi dòng một nội dung."))
    if problems:
        raise ValidationFailed(tuple(problems))
    with ws.write(f"Ghi bộ nội dung {code}") as tx:
        row = tx.first(select(tables.content_set).where(tables.content_set.c.code == code))
        values = {"code": code, "title": title, "source": clean_line(source)}
        if row is None:
            set_id = tx.insert(tables.content_set, values)
            known = []
        else:
            set_id = row.id
            tx.update(tables.content_set, set_id, values)
            mine = select(tables.content_item).where(tables.content_item.c.content_set_id == set_id)
            known = [item.id for item in tx.rows(mine.order_by(tables.content_item.c.position))]
        numbered = [
            {"position": n, "code": f"{code}.{n}", "label": label} for n, label in enumerate(wanted, 1)
        ]
        tx.update_many(tables.content_item, dict(zip(known, numbered, strict=False)))
        tx.insert_many(tables.content_item, [{"content_set_id": set_id, **v} for v in numbered[len(known) :]])
        tx.delete_many(tables.content_item, known[len(numbered) :])


def remove_own_set(ws: Workspace, code: str) -> None:
    """Remove one of the cell's own sets; refused while a pledge uses it."""
    ws.must(Act.REMOVE_CONTENT)
    with ws.write(f"Bỏ bộ nội dung {code}") as tx:
        used = select(tables.pledge_item.c.id).where(tables.pledge_item.c.content_code.startswith(f"{code}."))
        if tx.first(used) is not None:
            raise NotAllowed(
                f"Bộ nội dung {code} đang được dùng trong đăng ký của đảng viên nên không bỏ được."
            )
        row = tx.first(select(tables.content_set).where(tables.content_set.c.code == code))
        if row is None:
            return
        items = tables.content_item
        tx.delete_many(items, [i.id for i in tx.rows(select(items).where(items.c.content_set_id == row.id))])
        tx.delete(tables.content_set, row.id)


def content_label(content_sets: tuple[ContentSet, ...], code: str) -> str:
    """The wording of a content code, or the code itself when no known set has it."""
    return next((label for each in content_sets if (label := each.label_of(code))), code)
