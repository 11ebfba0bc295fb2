"""Where the benchmarks read and write; all that is built lies in one folder that git ignores."""

from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
BUILD = ROOT / "build" / "benchmarks"
PAGE = ROOT / "docs" / "performance.md"
