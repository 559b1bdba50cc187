"""Fetch the front end by its lock file, copy what pages load into the package, and build the field pages into it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "safemonth" / "desk" / "static" / "vendor"
# In node_modules -> in TARGET.
WANTED = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/LICENSE": "bootstrap.LICENSE.txt",
}


def machine_has_node() -> bool:
    """Return whether the machine's own Node.js comes with npm and is one that Vite 8 runs on: 20.19, or 22.12 and later."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = re.findall(r"\d+", version)
    number = tuple(map(int, numbers[:2]))
    return (20, 19) <= number < (21, 0) or number >= (22, 12)


def npm_path() -> str:
    """Return the PATH on which npm and its node are found; installs them as a wheel where the machine has none."""
    path = os.environ.get("PATH", "")
    if machine_has_node():
        return path
    print("no Node.js 20.19 or 22.12 here: taking it as a wheel", flush=True)
    locked = ROOT / "requirements" / "node.txt"
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(locked)]
    subprocess.run([sys.executable, *install], check=True)
    return f"{Path(sys.executable).parent}{os.pathsep}{path}"


def main() -> None:
    """Install by the lock file, copy and build."""
    path = npm_path()
    npm = shutil.which("npm", path=path)
    if npm is None:
        sys.exit("npm is not to be found, not even after installing it")
    environment = {**os.environ, "PATH": path}
    install = [npm, "ci", "--silent", "--ignore-scripts", "--include=dev"]
    subprocess.run(install, cwd=ROOT, check=True, env=environment)
    TARGET.mkdir(parents=True, exist_ok=True)
    for source, name in WANTED.items():
        text = (ROOT / "node_modules" / source).read_text(encoding="utf-8")
        # The map is not shipped; without this line no browser asks for it.
        (TARGET / name).write_text(text.split("/*# sourceMappingURL")[0], encoding="utf-8")
    # frontend/ becomes safemonth/collect/static/field (frontend/pages.config.js).
    subprocess.run([npm, "run", "--silent", "build"], cwd=ROOT, check=True, env=environment)
    print(f"front end: {', '.join(WANTED.values())}, field pages")


if __name__ == "__main__":
    main()
