"""One server on its way off a host: begun, looked at until it has arrived, tried elsewhere when it was refused.

It decides by what the cloud says now, not by what it remembers: a journey that another run began goes on.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from typing import Final

from orchestrator.errors import PermanentFailure, TemporaryFailure
from orchestrator.model.draining import ColdMoves, Draining
from orchestrator.model.host_duty import COLD, LIVE, CarriedServer, ServerMove
from orchestrator.model.outcome import Failure
from orchestrator.ports import Clock, HostServices

MOVING: Final = frozenset({"MIGRATING", "RESIZE", "VERIFY_RESIZE"})
TRIES: Final = 3  # hosts on which a server is tried, one way of moving
GRACE: Final = dt.timedelta(seconds=120)  # for Nova to give up a move


class Journey:
    """`source`: the host that it leaves. `ours`: whether a move that waits to be confirmed is ours to confirm."""

    def __init__(
        self, move: ServerMove, source: str, cloud: HostServices, clock: Clock, bounds: Draining, *, ours: bool = False
    ) -> None:
        self.move = move
        self.arrived = False
        self.failure: Failure | None = None
        self._source, self._cloud, self._clock, self._bounds = source, cloud, clock, bounds
        self._targets = self._all_targets()
        self._stopping = False  # a running server is moved cold: live was refused
        self._begun = False
        self._given_up = False
        self._ours = ours
        self._why = ""
        self._refusals = 0  # in a row
        self._until = clock.now() + dt.timedelta(minutes=bounds.server_minutes)

    @property
    def over(self) -> bool:
        return self.arrived or self.failure is not None

    def go_on(self) -> None:
        """Look, and do what is next. Raises TemporaryFailure when the cloud does not answer: then once more later.

        Nova refuses what it has just finished itself (a confirmation that is under way): the next look tells.
        """
        try:
            self._look()
            self._refusals = 0
        except PermanentFailure as err:
            self._refusals += 1
            if self._refusals >= TRIES:
                self._fail(str(err), err.hint or "look at it in Nova, then apply again")

    def _look(self) -> None:
        now = self._cloud.server(self.move.server.id)
        if now is None:
            self.arrived = True  # its member deleted it
        elif now.host != self._source:
            self._elsewhere(now)
        elif now.task or now.status in MOVING:
            self._under_way(now)
        else:
            self._standing(now)

    def _elsewhere(self, now: CarriedServer) -> None:
        if now.status == "VERIFY_RESIZE" and not now.task and self._ours:
            self._cloud.confirm(now)
            self._begun = True
        elif now.task or now.status in MOVING - {"VERIFY_RESIZE"}:
            self._under_way(now)
        else:
            self.arrived = True

    def _under_way(self, now: CarriedServer) -> None:
        """Until its time is over: then a live move is given up, and Nova gets a while for that."""
        self._begun = True
        if self._clock.now() < self._until:
            return
        if self._given_up or now.status != "MIGRATING":
            self._fail(f"{self._late()}, and is {now.status} still", "look at it in Nova; the next apply goes on")
            return
        self._given_up = True
        self._until = self._clock.now() + GRACE
        self._cloud.abort(now)

    def _standing(self, now: CarriedServer) -> None:
        """On its old host with nothing going on: not begun, refused, or given up."""
        if self._begun:
            self._begun = False
            self._why = self._cloud.trouble(now) or "its move failed, and Nova does not say why"
        if self._given_up:
            self._fail(f"{self._late()}; the move was given up", "raise draining.serverMinutes, or move it by hand")
        elif not self._way(now):
            state = f"its status is {now.status}" + (f" after: {self._why}" if self._why else "")
            self._fail(f"it cannot be moved: {state}", "it can be when it runs or is shut off: ask its member")
        elif not self._targets:
            self._try_cold(now)
        else:
            self._begin(now)

    def _way(self, now: CarriedServer) -> frozenset[str]:
        live = now.status in LIVE and not self._stopping
        return LIVE if live else COLD & {now.status}

    def _try_cold(self, now: CarriedServer) -> None:
        """When no host takes it live: by stopping it, where the Region allows that."""
        if now.status in LIVE & COLD and not self._stopping and self._bounds.cold_moves is ColdMoves.ALL:
            self._stopping = True
            self._targets = self._all_targets()
        else:
            self._fail(self._why or "no host of its aggregate is left to try", _hint(stopped=now.status not in LIVE))

    def _begin(self, now: CarriedServer) -> None:
        target = self._targets.popleft()
        live = self._way(now) is LIVE
        self._ours = self._ours or not live
        try:
            self._cloud.move(now, target, live=live)
        except TemporaryFailure:
            self._targets.appendleft(target)  # whether it was begun, the next look tells
            raise
        except PermanentFailure as err:
            self._why = str(err)
        else:
            self._begun = True

    def _all_targets(self) -> deque[str]:
        return deque([one for one in (self.move.target, *self.move.others) if one][:TRIES])

    def _late(self) -> str:
        return f"it did not move within {self._bounds.server_minutes} min"

    def _fail(self, cause: str, hint: str) -> None:
        self.failure = Failure(resource=self.move.text, cause=cause, hint=hint)


def _hint(*, stopped: bool) -> str:
    if stopped:
        return "mend that, then apply again; or move it by hand"
    return "mend that, then apply again; or stop it with its member's consent, or say draining.coldMoves: all"
