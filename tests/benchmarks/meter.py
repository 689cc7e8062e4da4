"""What a process and all it starts take: seconds, processor time, memory at most."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

import psutil

_LOOK_SECONDS = 0.25


@dataclass(frozen=True)
class Measured:
    """Of one process: `wall` and `cpu` in seconds, `peak` in MB (proportional set size of the whole tree)."""

    wall: float
    cpu: float
    peak: float
    output: str


class _Tree:
    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)
        self._cpu: dict[tuple[int, float], float] = {}
        self.peak = 0.0

    def look(self) -> None:
        total = 0
        try:
            family = [self._root, *self._root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for each in family:
            try:
                times = each.cpu_times()
                self._cpu[each.pid, each.create_time()] = times.user + times.system
                total += each.memory_full_info().pss
            except (psutil.NoSuchProcess, psutil.ZombieProcess, psutil.AccessDenied):
                continue  # it ended while it was looked at
        self.peak = max(self.peak, total / 1e6)

    def end(self) -> None:
        """Ends what is left of it: a driver that quits may leave its browser to the next one's measurement."""
        for pid, begun in self._cpu:
            try:
                left = psutil.Process(pid)
                if left.create_time() == begun:
                    left.kill()
            except psutil.NoSuchProcess:
                continue

    @property
    def cpu(self) -> float:
        return sum(self._cpu.values())


def measured(command: list[str], *, cwd: Path, env: dict[str, str], seconds: float) -> Measured:
    """Runs a command to its end. Raises RuntimeError with what it said where it fails or is too slow."""
    begun = perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=env, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    tree, over = _Tree(process.pid), Event()

    def watch() -> None:
        while not over.wait(_LOOK_SECONDS):
            tree.look()

    watcher = Thread(target=watch)
    watcher.start()
    try:
        output, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        raise RuntimeError(f"{' '.join(command)} took longer than {seconds:g} s") from None
    finally:
        over.set()
        watcher.join()
        tree.end()
    wall = perf_counter() - begun
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said[-2000:]}{output[-500:]}")
    return Measured(wall, tree.cpu, tree.peak, output)
