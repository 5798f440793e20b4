"""The schema's revisions: which one a book has, and bringing a book to the newest.

Alembic is loaded only when a book is made or must be migrated: comparing with ``HEAD`` is enough to start.
"""

from sqlalchemy import Connection, Engine

from app.db.database import APPLICATION_ID
from app.locations import migrations

HEAD = "0003"
KNOWN = ("0001", "0002", "0003")

# The first program that opens a book of ``HEAD``: stands in the book, so that an older program can name it.
NEEDS = (0, 2)

# Tables whose number of rows a revision is meant to change, by revision; none is so far.
_ROWS_CHANGE: dict[str, frozenset[str]] = {}


def revision_of(connection: Connection) -> str | None:
    """The revision a book stands at; None when the file holds no book of ours."""
    if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def rows_may_change(since: str) -> frozenset[str]:
    """Tables that may have gained or lost rows when a book of revision ``since`` is brought to ``HEAD``."""
    passed = KNOWN[KNOWN.index(since) + 1 :]
    return frozenset().union(*(_ROWS_CHANGE.get(revision, frozenset()) for revision in passed))


def needs_of(connection: Connection) -> str:
    """The program version this book asks for, "0.4"; "" when the book does not say."""
    number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return f"{number // 1000}.{number % 1000}" if number else ""


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the book to ``revision``, inside one transaction; foreign keys are checked before it commits.

    Foreign keys are off meanwhile: rebuilding a parent table with them on would silently delete its children.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations()))
    with engine.connect() as raw:
        raw.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        connection = raw.execution_options(begin="BEGIN IMMEDIATE")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                if revision == "base" or _is_older(connection, revision):
                    command.downgrade(config, revision)
                else:
                    command.upgrade(config, revision)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise RuntimeError(f"migration left {len(broken)} broken references")
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version = {NEEDS[0] * 1000 + NEEDS[1]}")
        finally:
            raw.connection.driver_connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]


def _is_older(connection: Connection, revision: str) -> bool:
    current = revision_of(connection)
    if current is None or revision == "head":
        return False
    return KNOWN.index(revision) < KNOWN.index(current)
