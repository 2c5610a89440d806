"""Chromium for the tests of the page: found, started once a session, and cut off from every network."""

from __future__ import annotations

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SIZES = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}


def found() -> str | None:
    """Chromium on the path, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def missing() -> str | None:
    """Why the page cannot be tested here, or None where it can."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return (
            "the page is not tested in a browser: there is no playwright (pip install playwright)"
        )
    return None if found() else "the page is not tested in a browser: there is no Chromium"
