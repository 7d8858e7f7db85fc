"""A program for OpenStack's Python: threads write one SQLite table in all the ways that OpenStack does.

Arguments: the database's address. Prints one JSON object: how often the counter was raised, and the errors met.
"""

import json
import sys
import threading
from collections import Counter

from oslo_db.sqlalchemy import enginefacade
from sqlalchemy import column, select, table, text

THREADS, ROUNDS = 8, 40
RAISE, READ = text("UPDATE counter SET n = n + 1"), text("SELECT n FROM counter")
COUNTER = table("counter", column("n"))


class Context:
    """What oslo.db keeps its transaction in."""


class Load:
    """The four kinds of transaction, counted."""

    def __init__(self, url: str) -> None:
        self._facade = enginefacade.transaction_context()
        self._facade.configure(connection=url, max_retries=0)
        self._engine = self._facade.writer.get_engine()
        self.errors: Counter[str] = Counter()
        with self._engine.begin() as connection:
            connection.execute(text("CREATE TABLE counter (n INTEGER)"))
            connection.execute(text("INSERT INTO counter VALUES (0)"))

    def write_as_writer(self) -> None:
        with self._facade.writer.using(Context()) as session:
            session.execute(READ).scalar()
            session.execute(RAISE)

    def write_as_unknown(self) -> None:
        with self._engine.begin() as connection:
            connection.execute(READ).scalar()
            connection.execute(RAISE)

    def write_what_was_read(self) -> None:
        """Lose another's write, unless what is read for update stays as it is until it is written."""
        with self._engine.begin() as connection:
            n = connection.execute(select(COUNTER.c.n).with_for_update()).scalar_one()
            connection.execute(COUNTER.update().values(n=n + 1))

    def read(self) -> None:
        with self._facade.reader.using(Context()) as session:
            session.execute(READ).scalar()

    def run(self) -> None:
        for action in (self.write_as_writer, self.read, self.write_as_unknown, self.write_what_was_read) * ROUNDS:
            try:
                action()
            except Exception as error:  # noqa: BLE001 counting them is the purpose
                self.errors[type(error).__name__] += 1

    def raised(self) -> int:
        with self._engine.connect() as connection:
            return int(connection.execute(READ).scalar() or 0)


def main(url: str) -> None:
    load = Load(url)
    threads = [threading.Thread(target=load.run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = {"raised": load.raised(), "wanted": THREADS * ROUNDS * 3, "errors": dict(load.errors)}
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1])
