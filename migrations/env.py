"""Runs revisions on the connection the program hands over (see app/db/schema.py)."""

from alembic import context

from app.db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller holds one transaction around all of it
)
context.run_migrations()
