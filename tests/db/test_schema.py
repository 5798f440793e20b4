"""The schema's revisions: the newest equals the tables, each goes down and up on a book full of data."""

from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text

from app.db import schema, tables
from app.db.database import reading, writing
from app.domain.dates import Month
from app.domain.grade import Grade
from app.domain.review import GradeStage, ReviewKey, SectionText, StageGrade
from app.locations import migrations
from app.services.drafts import store_draft
from app.services.months import confirm_months
from app.services.reviews import open_review, submit_review
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import handed_in, passed_pledge


def described(connection: Connection) -> dict[str, list[str]]:
    """Every table and index with the lines that made it; a rebuilt table may order its keys anew."""
    rows = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    )
    return {row.name: sorted(line.strip().rstrip(",") for line in row.sql.splitlines()) for row in rows}


def test_newest_revision_makes_exactly_the_tables_of_the_program(ws: Workspace) -> None:
    with reading(ws.engine) as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})

        assert compare_metadata(context, tables.metadata) == []


def test_newest_revision_keeps_every_foreign_key_and_constraint_of_the_program(ws: Workspace) -> None:
    with reading(ws.engine) as connection:
        seen = inspect(connection)
        made = {
            (
                table.name,
                tuple(key["constrained_columns"]),
                key["referred_table"],
                key["options"].get("ondelete"),
            )
            for table in tables.metadata.sorted_tables
            for key in seen.get_foreign_keys(table.name)
        }
        unique = {
            (table.name, tuple(one["column_names"]))
            for table in tables.metadata.sorted_tables
            for one in seen.get_unique_constraints(table.name)
        }

    wanted = {
        (table.name, (key.parent.name,), key.column.table.name, key.ondelete)
        for table in tables.metadata.sorted_tables
        for key in table.foreign_keys
    }
    assert made == wanted
    assert ("monthly", ("member_id", "year", "month")) in unique
    assert ("review", ("cell_id", "subject_id", "kind", "period")) in unique


def test_start_up_constants_name_the_revisions_that_exist() -> None:
    script = ScriptDirectory(str(migrations()))

    assert script.get_current_head() == schema.HEAD
    assert [one.revision for one in reversed(list(script.walk_revisions()))] == list(schema.KNOWN)


@pytest.fixture
def full_ws(deputy_ws: Workspace, people: People) -> Workspace:
    """A book with members, pledges, months with entries, a draft and the history of it all."""
    for member_id in (people.secretary, people.plain):
        handed_in(deputy_ws, passed_pledge(deputy_ws, member_id), Month(2026, 2))
    confirm_months(deputy_ws, Month(2026, 2), [people.secretary, people.plain], deputy_ws.today())
    store_draft(deputy_ws, "month", "x", {"a": "b"})
    return deputy_ws


def test_each_revision_goes_down_and_up_on_a_full_book_to_the_same_schema(full_ws: Workspace) -> None:
    ws = full_ws
    with reading(ws.engine) as connection:
        before = described(connection)

    for revision in reversed(("base", *schema.KNOWN[:-1])):
        schema.migrate(ws.engine, revision)
        schema.migrate(ws.engine)

    with reading(ws.engine) as connection:
        assert described(connection) == before
        assert schema.revision_of(connection) == schema.HEAD


def test_reviews_of_a_book_of_the_first_revision_come_up_whole(full_ws: Workspace, people: People) -> None:
    ws = full_ws
    page = open_review(ws, ReviewKey(people.plain, 2026))
    text = SectionText(page.form.written_sections[0].key, "Giữ nếp họp đều.")
    grade = StageGrade(GradeStage.SELF, Grade.GOOD)
    written = submit_review(ws, replace(page.review, sections=(text,), grades=(grade,)))

    schema.migrate(ws.engine, "0001")
    schema.migrate(ws.engine)

    assert open_review(ws, ReviewKey(people.plain, 2026)).review == written


def test_going_down_to_nothing_leaves_no_table_behind(ws: Workspace) -> None:
    schema.migrate(ws.engine, "base")

    with reading(ws.engine) as connection:
        assert described(connection) == {}
        assert schema.revision_of(connection) is None


def test_migrating_a_book_full_of_data_to_where_it_stands_loses_no_row(full_ws: Workspace) -> None:
    ws = full_ws
    with reading(ws.engine) as connection:
        before = {
            table.name: connection.execute(select(table)).all() for table in tables.metadata.sorted_tables
        }

    schema.migrate(ws.engine, schema.HEAD)

    with reading(ws.engine) as connection:
        for table in tables.metadata.sorted_tables:
            assert connection.execute(select(table)).all() == before[table.name], table.name
    assert {name for name, rows in before.items() if rows} >= {"member", "monthly_entry", "change", "draft"}


def test_migration_that_breaks_a_reference_is_taken_back_whole(
    secretary_ws: Workspace,
    people: People,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("revisions")
    (folder / "versions").mkdir()
    versions = [f"versions/{path.name}" for path in (migrations() / "versions").glob("0*.py")]
    for name in ("env.py", "script.py.mako", *versions):
        (folder / name).write_text((migrations() / name).read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "versions" / "9999_careless.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision, branch_labels, depends_on = '9999', '{schema.HEAD}', None, None\n"
        "def upgrade():\n"
        "    op.execute('CREATE TABLE extra (id INTEGER)')\n"
        "    op.execute('DELETE FROM member')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(schema, "migrations", lambda: folder)

    with pytest.raises(RuntimeError, match="broken references"):
        schema.migrate(secretary_ws.engine)

    with reading(secretary_ws.engine) as connection:
        assert len(connection.execute(select(tables.member)).all()) == 4
        assert "extra" not in described(connection)
        assert schema.revision_of(connection) == schema.HEAD
    with writing(secretary_ws.engine) as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
