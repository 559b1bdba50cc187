"""The web server of the embedded default."""

import subprocess
import sys

from granian import Granian
from granian.constants import Interfaces


def serve(*, host: str, port: int, workers: int = 1, with_worker: bool = True) -> None:
    """Serve the site until interrupted, and with it a worker that does what follows (`safemonth worker`)."""
    worker = subprocess.Popen([sys.executable, "-m", "safemonth", "worker"]) if with_worker else None
    try:
        _serve(host=host, port=port, workers=workers)
    finally:
        if worker:
            worker.terminate()
            worker.wait(timeout=30)


def _serve(*, host: str, port: int, workers: int) -> None:
    Granian(
        "safemonth.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
    ).serve()
