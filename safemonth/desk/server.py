"""The web server of the embedded default."""

from granian import Granian
from granian.constants import Interfaces


def serve(*, host: str, port: int, workers: int = 1) -> None:
    """Serve the site until interrupted."""
    Granian(
        "safemonth.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
    ).serve()
