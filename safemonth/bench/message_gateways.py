"""Gateways at the other end of the measured senders, each a process of its own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class Gateway:
    """A running gateway: its port, and what it counted."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port

    def ask(self, **command: Any) -> dict[str, Any]:
        """Give it one command and return its answer (message_smsc.cjs lists them; the quick peer knows none)."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def counts(self) -> dict[str, int]:
        """Return how many messages each phone got."""
        found: dict[str, int] = self.ask(counts=True)["counts"]
        return found


def missing() -> str:
    """Return what npm's SMSC needs and this machine lacks, as a sentence; empty where it can run."""
    node = shutil.which("node")
    if node is None:
        return "Node runs the SMSC at the other end"
    found = subprocess.run([node, "-e", "require('smpp')"], cwd=HERE, capture_output=True, check=False)
    return "npm's smpp is the SMSC at the other end (npm ci)" if found.returncode else ""


@contextmanager
def smsc(**options: Any) -> Iterator[Gateway]:
    """Run npm's `smpp` as an SMSC; the options stand in message_smsc.cjs."""
    with _running([str(shutil.which("node")), str(HERE / "message_smsc.cjs"), json.dumps(options)]) as gateway:
        yield gateway


@contextmanager
def quick_peer(*, delay_ms: float = 0.0, port: int = 0) -> Iterator[Gateway]:
    """Run the quick SMSC (message_peer.py); port 0 takes a free one."""
    with _running([sys.executable, "-m", "safemonth.bench.message_peer", str(delay_ms), str(port)]) as gateway:
        yield gateway


@contextmanager
def _running(command: list[str]) -> Iterator[Gateway]:
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE.parents[1])
    try:
        assert process.stdin is not None and process.stdout is not None
        yield Gateway(process, json.loads(process.stdout.readline())["port"])
    finally:
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
