"""The search for the best plan: one worker at first; where that proves nothing soon, one for plans, one for the bound.

A small roadmap is proven by one worker in a moment, and is the same plan each time. In a large one a worker that looks
for better plans seldom moves the bound, and one that lowers the bound seldom finds a plan: they share the time that is
left, side by side, and what each has found counts.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lib.errors import Cancelled
from lib.i18n import N_

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

SECONDS: Final = 10.0
ALONE: Final = 0.1  # share of the time that one worker has before two searches take over
LOOKS: Final = 0.1  # seconds between two looks at whether somebody wants the search to end
Watch = Callable[[float], bool]  # told the share of the time that is over; True: go on
Settings = Mapping[str, Any]

# One worker finds the same plan each time; several race. Capacity is what binds, and the linear relaxation sees it.
ONE: Final[Settings] = {"num_search_workers": 1, "linearization_level": 2}
# Several strategies by turns on one thread, those among them that change a plan at one place and look for a better one.
PLANS: Final[Settings] = {"num_search_workers": 4, "interleave_search": True, "linearization_level": 2}
# Branches where the bound is weakest (best bound first), which no plan needs and the bound does.
BOUND: Final[Settings] = {"num_search_workers": 1, "linearization_level": 2, "optimize_with_lb_tree_search": True}


@dataclass(frozen=True)
class Found:
    """The best solution, the most that any could have in the objective's unit, and whether both are the same."""

    solver: Any
    objective: float
    bound: float
    proven: bool
    seconds: float

    def chosen(self, choice: Any) -> bool:
        """Whether the solution takes a choice."""
        return bool(self.solver.value(choice))


def search(model: cp_model.CpModel, seconds: float, seed: int, watch: Watch | None = None) -> Found | None:
    """Maximize; None: nothing keeps to all that is asked.

    Raises:
        Cancelled: ``watch`` said so; or nothing was found in time: a large roadmap on a busy machine.
    """
    began = time.monotonic()
    with _watched(seconds, watch) as watched:
        tried = [watched.solve(model, ALONE * seconds, seed, ONE)]
        if not any(_over(status) for _solver, status in tried) and not watched.stopped.is_set():
            if _solved(tried[0][1]):
                _hint(model, tried[0][0])
            left = seconds - (time.monotonic() - began)
            tried += _side_by_side(model, left, seed, watched)
    if watched.stopped.is_set():
        raise Cancelled(N_("The search was stopped. The plan before it stays."))
    if any(status == _status("INFEASIBLE") for _solver, status in tried):
        return None
    best = max((one for one in tried if _solved(one[1])), key=lambda one: one[0].objective_value, default=None)
    if best is None:
        raise Cancelled(N_("No plan was found within {seconds} seconds. Try again."), seconds=round(seconds))
    bound = min(solver.best_objective_bound for solver, _known in tried)
    value = best[0].objective_value
    # Both count in whole numbers.
    return Found(best[0], value, bound, bound < value + 0.5, time.monotonic() - began)


def _side_by_side(model: cp_model.CpModel, seconds: float, seed: int, watched: _Watched) -> list[tuple[Any, Any]]:
    """Both searches on a thread each; whichever proves its plan ends the other."""
    with ThreadPoolExecutor(2, "roadmap_search") as pool:
        running = [pool.submit(watched.solve, model, seconds, seed, settings) for settings in (PLANS, BOUND)]

        def ended(one: Future[tuple[Any, Any]]) -> None:
            if one.exception() is None and _over(one.result()[1]):
                watched.stop()

        for one in running:
            one.add_done_callback(ended)
        return [one.result() for one in running]


def _hint(model: cp_model.CpModel, solver: Any) -> None:
    """Let the next search begin where this one ended."""
    model.clear_hints()  # type: ignore[no-untyped-call]
    for at, value in enumerate(solver.response_proto.solution):
        model.add_hint(model.get_int_var_from_proto_index(at), value)


class _Watched:
    """Solvers at work, which one call stops all."""

    def __init__(self) -> None:
        self.stopped = threading.Event()  # by who watches
        self._working: set[Any] = set()
        self._enough = False
        self._guard = threading.Lock()

    def solve(self, model: cp_model.CpModel, seconds: float, seed: int, settings: Settings) -> tuple[Any, Any]:
        """A solver that has ended, and its status."""
        solver = _solver(max(seconds, LOOKS), seed, settings)
        with self._guard:
            if self._enough or self.stopped.is_set():
                solver.parameters.max_time_in_seconds = LOOKS
            self._working.add(solver)
        return solver, solver.solve(model)

    def stop(self) -> None:
        """End all searches that go on."""
        with self._guard:
            self._enough = True
            for solver in self._working:
                solver.stop_search()


def _solver(seconds: float, seed: int, settings: Settings) -> cp_model.CpSolver:
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.random_seed = seed
    for name, value in settings.items():
        setattr(solver.parameters, name, value)
    return solver


def _over(status: Any) -> bool:
    return status in (_status("OPTIMAL"), _status("INFEASIBLE"))


def _solved(status: Any) -> bool:
    return status in (_status("OPTIMAL"), _status("FEASIBLE"))


def _status(name: str) -> Any:
    from ortools.sat.python import cp_model

    return getattr(cp_model, name)


@contextmanager
def _watched(seconds: float, watch: Watch | None) -> Iterator[_Watched]:
    """Ask ``watch`` now and then while solvers work, and end their search when it says so."""
    working, over = _Watched(), threading.Event()
    if watch is None:
        yield working
        return
    began = time.monotonic()

    def look() -> None:
        while not over.wait(LOOKS):
            if not watch(min(1.0, (time.monotonic() - began) / seconds)):
                working.stopped.set()
                working.stop()

    looking = threading.Thread(target=look, name="roadmap_watch", daemon=True)
    looking.start()
    try:
        yield working
    finally:
        over.set()
        looking.join()
