#!/usr/bin/env python3
"""Set Parc fermé up and run it. Nothing but Python's standard library is needed to begin.

  python3 run.py [--empty] [--reset] [--port 8000]   set up what is missing, then serve until Ctrl-C
  python3 run.py test [arguments of pytest]          install the tests' packages and run the tests
  python3 run.py manage COMMAND [arguments]          manage.py in the same environment

The environment is .venv/; all that the product writes is in var/ (or where PARC_FERME_VAR says), its logs in var/log/.
"""

import sys

# Before anything that an older Python does not understand is imported.
if not (3, 11) <= sys.version_info[:2] < (3, 15):
    sys.exit("Parc fermé needs Python 3.11, 3.12, 3.13 or 3.14; this is {}.{}.".format(*sys.version_info[:2]))
if sys.platform == "win32":
    sys.exit("Parc fermé runs on Linux and macOS; on Windows, start it inside WSL or with docker compose.")

import argparse
import os
import signal
import time
from types import FrameType

from scripts.launch.crew import Crew, check_port, web_command, worker_command
from scripts.launch.data import LOGS, ROOM_FOR_DATA, VAR, Prepared, manage, only_one, prepare, reset
from scripts.launch.environment import PYTHON, check_disk, ensure_environment
from scripts.launch.processes import ROOT, Child, Stopped, Trouble

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: list[str]) -> int:
    """Do what the command line says.

    Gives 0 when it was done (to be ended by Ctrl-C or SIGTERM is the usual end), 1 for trouble, 2 for a command line that
    makes no sense; `test` and `manage` give what pytest and manage.py give.
    """
    for number in SIGNALS:
        signal.signal(number, stop)
    try:
        if arguments[:1] == ["test"]:
            ensure_environment("test", LOGS)
            os.chdir(ROOT)
            become([str(PYTHON), "-m", "pytest", *arguments[1:]])
        if arguments[:1] == ["manage"]:
            ensure_environment("base", LOGS)
            become(manage(*arguments[1:]))
        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("--empty", action="store_true", help="start without the sample season")
        parser.add_argument("--reset", action="store_true", help="delete the data first (asks)")
        parser.add_argument("--port", type=int, default=8000, help="port of 127.0.0.1 (8000)")
        serve(parser.parse_args(arguments))
    except Stopped:
        print("\n  Ended.")
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


def stop(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an exception, once: while the children are being ended, further signals change nothing."""
    for other in SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    raise Stopped


def become(command: list[str]) -> None:
    """Put another program in the place of this one, so that its output, its signals and its end are its own."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    os.execv(command[0], command)


def serve(options: argparse.Namespace) -> None:
    """Set up what is missing, start the worker and the web server, and look after them until somebody ends it."""
    address = f"http://127.0.0.1:{options.port}/"
    check_port(options.port)
    with only_one(address):
        if options.reset:
            reset()
        check_disk(VAR, ROOM_FOR_DATA)
        LOGS.mkdir(parents=True, exist_ok=True)
        print("Parc fermé")
        ensure_environment("base", LOGS)
        found = prepare()
        crew = Crew(LOGS)
        try:
            start(crew, options.port, address)
            greet(address, found)
            if not options.empty and sample_is_wanted(found):
                load_sample(crew)
            print("  Ctrl-C ends it.", flush=True)
            while True:
                crew.look_after()
                time.sleep(0.2)
        finally:
            crew.end()


def start(crew: Crew, port: int, address: str) -> None:
    """Start the worker and the web server, and wait until the latter is ready."""
    print("  Starting worker and web server ... ", end="", flush=True)
    started = time.monotonic()
    crew.start("worker", worker_command(f"parc-ferme-{port}"))
    crew.start("web", web_command(port))
    crew.wait_for(address)
    print(f"{time.monotonic() - started:.1f} s")


def greet(address: str, found: Prepared) -> None:
    """Print the address, and the account if it was made just now."""
    print(f"\n  {address}\n")
    if found.password:
        print(f"  To upload and correct, sign in at {address}admin/ as admin with the password {found.password}")
        print("  It is shown this once; `python3 run.py manage changepassword admin` sets another.\n")


def sample_is_wanted(found: Prepared) -> bool:
    """Tell whether the sample season is to be loaded: into an installation without reports, or because it was cut short."""
    marker = VAR / "sample-season"
    return found.reports == 0 or (marker.exists() and marker.read_text() == "loading")


def load_sample(crew: Crew) -> None:
    """Let `manage.py demo` load the sample season through the running worker, its lines on the screen as they come."""
    marker = VAR / "sample-season"
    marker.write_text("loading")
    print("  The sample season is being read; the pages fill while you look.", flush=True)
    child = Child("demo", manage("demo"), None)
    try:
        while child.process.poll() is None:
            crew.look_after()
            time.sleep(0.1)
    finally:
        child.end(grace=2)
    if child.process.returncode == 0:
        marker.write_text("loaded")
    else:
        print("  The sample season is not complete; what is there can be used, and the next start goes on with it.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
