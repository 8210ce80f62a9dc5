"""Where the browser of the tests is, and how it is started."""

from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
#: Without these, Chromium asks for its maker's hosts at each start; as root it needs --no-sandbox.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
