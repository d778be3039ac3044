"""Where a page's snippets run, one after the other: a clone with a build in it, beside a hub."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from harness import PROGRAMS, STUBS
from harness.hub import Hub
from page import SOURCES, stem

BUILD = PROGRAMS.parent
_SECONDS = 120
# In front of every script: what it leaves in the background ends with it.
_PRELUDE = "set -euo pipefail\ntrap 'trap - EXIT; kill $(jobs -p) 2>/dev/null || :; wait' EXIT\n"
# No port that somebody else may have.
_CONFIGURATION = 'listen.address = "127.0.0.1:0"\ngateway.on = false\n'


class Failed(Exception):
    """Says what a reader of the page would have seen."""


class Stage:
    def __init__(self, page):
        self._folder = tempfile.TemporaryDirectory(prefix="chathub-docs-", dir="/tmp")
        self.home = Path(self._folder.name)
        self.clone = self.home / "chathub"
        self._make_clone()
        self._cpp = BUILD / "tests" / "docs" / stem(page)
        (self.home / "chathub.toml").write_text(_CONFIGURATION)
        self._hub = None

    def _make_clone(self):
        self.clone.mkdir()
        for path in SOURCES.iterdir():
            if not path.name.startswith((".", "build")) and path.name not in ("sdk", "handlers"):
                (self.clone / path.name).symlink_to(path)
        # pip leaves its traces in the folder that it installs from.
        left = shutil.ignore_patterns("__pycache__", "node_modules", "build", "*.egg-info")
        for room in ("sdk", "handlers"):
            shutil.copytree(SOURCES / room, self.clone / room, ignore=left)
        (self.clone / "sdk/node/node_modules").symlink_to(BUILD / "node/packages/node_modules")
        (self.clone / "build").symlink_to(BUILD)
        # What `npm install ./sdk/node` and `go mod init` make, which the front page does.
        (self.clone / "node_modules").mkdir()
        (self.clone / "node_modules/chathub").symlink_to(self.clone / "sdk/node")

    def end(self):
        if self._hub:
            self._hub.end()
            self._hub.remove()
        self._folder.cleanup()

    @property
    def hub(self):
        if self._hub is None:
            self._hub = Hub().start()
        return self._hub

    def environment(self, hub=True):
        """A new user's, with the languages installed; nothing is fetched that is there."""
        node = sorted((BUILD / "node/runtime/node_modules").glob("node-linux-*/bin"))
        tools = [BUILD / "bin", BUILD / "tools/go/bin", *node]
        data = self.hub.data if hub else self.home / "data"
        return {
            "HOME": str(self.home),
            "PATH": os.pathsep.join([*map(str, tools), os.environ["PATH"]]),
            "LANG": "C.UTF-8",
            "XDG_CONFIG_HOME": str(self.home),
            "CHATHUB_DATA": str(data),
            "CHATHUB_BUILD": str(BUILD),
            "CHATHUB_PROGRAMS": str(PROGRAMS),
            "CHATHUB_STUBS": str(STUBS),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(BUILD / "tools/wheels"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "GOTOOLCHAIN": "local",
            "GOPATH": os.environ.get("GOPATH") or str(Path.home() / "go"),
            "GOCACHE": os.environ.get("GOCACHE") or str(Path.home() / ".cache/go-build"),
            "npm_config_offline": "true",
        }

    def keep(self, name, text):
        path = self.clone / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def make_go_module(self, folder):
        """As the front page tells."""
        if not (self.clone / folder / "go.mod").exists():
            for command in (
                ["init", "hi"],
                ["edit", "-replace", "github.com/chathub/chathub/sdk/go=../sdk/go"],
                ["tidy"],
            ):
                self.run("go", "-C", folder, "mod", *command, hub=False)

    def keep_program(self, name):
        """What CMake made of a snippet in C++ stands where its reader's compiler puts it."""
        program = (self.clone / name).with_suffix("")
        program.unlink(missing_ok=True)
        program.symlink_to(self._cpp / Path(name).with_suffix(""))

    def run(self, *command, text="", hub=True, **more):
        """What it prints, with `more` in its environment; Failed if it does not end with 0."""
        with (self.home / "stderr").open("w") as errors, subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *map(str, command)],
            cwd=self.clone,
            env={**self.environment(hub), **more},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
            text=True,
        ) as process:
            try:
                printed, _ = process.communicate(text, timeout=_SECONDS)
            except subprocess.TimeoutExpired:
                printed = "it did not end"
            finally:
                self._end_group(process)
        if process.returncode != 0:
            said = (self.home / "stderr").read_text()
            raise Failed(f"exit {process.returncode}\n{printed}\n{said}")
        return printed

    def _end_group(self, process):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # It was the last of its group.

    def script(self, text):
        # scripts/start brings a hub of its own.
        return self.run("bash", "-c", _PRELUDE + text, hub="scripts/start" not in text)

    def play(self, talk, *command):
        """The lines of the talk against a handler, at a hub of its own (sdk/transcript)."""
        self.keep("talk.txt", talk)
        path = str(self.clone / "sdk/python/src")
        self.run("chathub-transcript", "talk.txt", "--", *command, hub=False, PYTHONPATH=path)
