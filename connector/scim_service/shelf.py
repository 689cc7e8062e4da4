"""Where the service keeps what it must not forget: one table beside the runs, of JSON documents by kind and id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy
from sqlalchemy import Column, MetaData, String, Table, Text

from connector.run_database import RunDatabase
from connector.scim_service.audit import Audit
from connector.settings import Settings

_METADATA = MetaData()
_SHELF = Table(
    "scim_service",
    _METADATA,
    Column("console", String(300), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("id", String(300), primary_key=True),
    Column("document", Text, nullable=False),
)


class Shelf:
    """The documents of one console. Raises RunDatabaseFailed from any of its methods."""

    def __init__(self, settings: Settings) -> None:
        self._console = settings.url
        self.audit = Audit(settings.state_dir)
        self.database = RunDatabase(settings, create=True)
        self._engine = self.database.engine
        _METADATA.create_all(self._engine, checkfirst=True)

    def close(self) -> None:
        """Ends all connections."""
        self.database.close()

    def all(self, kind: str) -> dict[str, str]:
        """All documents of a kind by their id."""
        table = _SHELF.c
        asked = sqlalchemy.select(table.id, table.document).where(table.console == self._console, table.kind == kind)
        with self._engine.connect() as connection:
            return {row.id: row.document for row in connection.execute(asked)}

    def put(self, kind: str, documents: Mapping[str, str]) -> None:
        """Keeps documents in place of those of the same id; all of them or none."""
        if not documents:
            return
        rows = [
            {"console": self._console, "kind": kind, "id": identity, "document": document}
            for identity, document in documents.items()
        ]
        with self._engine.begin() as connection:
            self._drop(connection, kind, documents)
            connection.execute(_SHELF.insert(), rows)

    def drop(self, kind: str, identities: Iterable[str]) -> None:
        """Forgets documents."""
        with self._engine.begin() as connection:
            self._drop(connection, kind, identities)

    def _drop(self, connection: sqlalchemy.Connection, kind: str, identities: Iterable[str]) -> None:
        table, wanted = _SHELF.c, list(identities)
        for start in range(0, len(wanted), 500):  # SQLite takes at most 999 values in one statement
            connection.execute(
                _SHELF.delete().where(
                    table.console == self._console, table.kind == kind, table.id.in_(wanted[start : start + 500])
                )
            )
