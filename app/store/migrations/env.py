"""Run by Alembic: migrates over the connection and inside the transaction it is given."""

from alembic import context

from app.store.tables_sharing import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # All or nothing: SQLite can undo a CREATE TABLE, Alembic by itself does not rely on it.
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
