"""oslo.db's enginefacade knows whether a transaction will write; hand that on to the connection.

Two of its private functions are wrapped, for it has no hook: the lock file therefore pins oslo.db.
"""

import threading
from collections.abc import Callable
from typing import Any

from oslo_db.sqlalchemy import enginefacade
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from mutualis_lab.turn_connection import TurnConnection

OPTION = "mutualis_writer"
_installing = threading.Lock()


def raw(connection: Connection) -> Any:
    """Return sqlite3's connection below SQLAlchemy's."""
    return connection.connection.dbapi_connection


def install() -> None:
    """Wrap oslo.db, once a process."""
    factory = enginefacade._AbstractTransactionFactory  # noqa: SLF001 no public hook, see above
    with _installing:
        if not hasattr(factory, OPTION):
            setattr(factory, OPTION, True)
            factory._create_session = _marking_session(factory._create_session)  # noqa: SLF001 the same
            factory._create_connection = _marking_connection(factory._create_connection)  # noqa: SLF001 the same
            event.listen(Session, "after_begin", _after_begin)


def _writes(mode: object) -> bool:
    return mode is enginefacade._WRITER  # noqa: SLF001 the name is the whole interface


def _marking_session(create: Callable[..., Session]) -> Callable[..., Session]:
    def create_session(self: object, mode: object, bind: object = None) -> Session:
        session = create(self, mode, bind)
        session.info[OPTION] = _writes(mode)
        return session

    return create_session


def _marking_connection(create: Callable[..., Connection]) -> Callable[..., Connection]:
    def create_connection(self: object, mode: object) -> Connection:
        connection = create(self, mode)
        return connection.execution_options(**{OPTION: True}) if _writes(mode) else connection

    return create_connection


def _after_begin(session: Session, _transaction: object, connection: Connection) -> None:
    if session.info.get(OPTION):
        below = raw(connection)
        if isinstance(below, TurnConnection):
            below.begin(write=True)
