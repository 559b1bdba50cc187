"""Fetch the front end by its lock file and copy what pages load into the package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "safemonth" / "desk" / "static" / "vendor"
WANTED = {"bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css"}
OLDEST_NODE = 20


def npm_command() -> list[str]:
    """Return how npm is called here: the machine's where its Node is new enough, else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if version.strip().lstrip("v").split(".")[0].isdecimal() and int(version.lstrip("v").split(".")[0]) >= OLDEST_NODE:
            return [npm]
    return [str(Path(sys.executable).parent / "npm")]


def main() -> None:
    """Install by the lock file and copy."""
    # The wheel's npm finds its node beside the interpreter.
    path = f"{os.environ.get('PATH', '')}{os.pathsep}{Path(sys.executable).parent}"
    command = [*npm_command(), "ci", "--silent", "--ignore-scripts"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PATH": path})
    TARGET.mkdir(parents=True, exist_ok=True)
    for source, name in WANTED.items():
        text = (ROOT / "node_modules" / source).read_text()
        # The map is not shipped; without this line no browser asks for it.
        (TARGET / name).write_text(text.split("/*# sourceMappingURL")[0])
    print(f"front end: {', '.join(WANTED.values())}")


if __name__ == "__main__":
    main()
