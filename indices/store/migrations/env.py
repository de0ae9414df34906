"""Where Alembic finds the connection and its transaction: those of whoever opens the store."""

from __future__ import annotations

from alembic import context

from indices.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
