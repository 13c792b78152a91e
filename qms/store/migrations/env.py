"""Runs the migrations on the connection that `qms.store.migrate` opened."""

from alembic import context

from qms.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
