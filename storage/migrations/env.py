"""Alembic's entry: runs on the connection (and inside the transaction) that `storage.upgrade` hands over."""

from alembic import context

from storage.upgrade import whole_metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=whole_metadata(), transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
