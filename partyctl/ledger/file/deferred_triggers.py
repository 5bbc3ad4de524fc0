"""Connections that create a table's triggers just before the first statement that needs them.

SQLite calls an authorizer while it prepares a statement. The authorizer (set in `journal.capture`)
refuses a statement that writes to a table whose triggers do not exist yet. A refused statement has
changed nothing, so it can be run again after the triggers have been created.
"""

from collections.abc import Callable

from partyctl.light import Any, Protocol


class Arming(Protocol):
    """A connection whose cursors call `arm` if a statement fails, because it may have been refused.

    `arm` creates the triggers that the statement needs, and returns whether it created any. A
    connection for reading has no `arm` (None), because its statements are never refused.
    """

    arm: Callable[[], bool] | None


def arming(driver: Any) -> type[Any]:  # noqa: ANN401 - a module has no type of its own
    """A connection class that implements Arming, made for sqlite3 or for SQLCipher (`driver`)."""
    armed = _cursor(driver)

    class Connection(driver.Connection):  # type: ignore[misc]  # SQLite's or SQLCipher's
        arm: Callable[[], bool] | None = None

        def cursor(self, kind: Any = None) -> Any:  # noqa: ANN401 - as SQLite's own
            return super().cursor(kind or (driver.Cursor if self.arm is None else armed))

        def execute(self, sql: str, values: Any = ()) -> Any:  # noqa: ANN401 - as SQLite's own
            if self.arm is None:
                return super().execute(sql, values)
            return self.cursor().execute(sql, values)

        def executemany(self, sql: str, rows: Any) -> Any:  # noqa: ANN401 - as SQLite's own
            if self.arm is None:
                return super().executemany(sql, rows)
            return self.cursor().executemany(sql, rows)

    return Connection


def _cursor(driver: Any) -> type[Any]:  # noqa: ANN401 - as above
    class Cursor(driver.Cursor):  # type: ignore[misc]  # as above
        def execute(self, sql: str, values: Any = ()) -> Any:  # noqa: ANN401 - as SQLite's own
            return self._once_armed(super().execute, sql, values)

        def executemany(self, sql: str, rows: Any) -> Any:  # noqa: ANN401 - as SQLite's own
            return self._once_armed(super().executemany, sql, rows)

        def _once_armed(self, run: Callable[[str, Any], Any], sql: str, values: Any) -> Any:  # noqa: ANN401
            while True:  # a loop: writes by the new triggers can be refused too
                try:
                    return run(sql, values)
                except driver.DatabaseError:
                    if not self.connection.arm():
                        raise

    return Cursor
