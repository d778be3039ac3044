"""Finds the hub of this user: where it listens and the token that it asks for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from chathub._tls import Tls, find_tls
from chathub.problem import SetUpWrongly


@dataclass(frozen=True)
class HubOptions:
    """How a program reaches the hub. Everything may stay empty: on one machine nothing needs
    saying."""

    address: str = ""
    """A gRPC target, for example `unix:/run/chathub/hub.sock` or `127.0.0.1:6196`. Empty: the
    environment's CHATHUB_ADDRESS, else the first line of `endpoints` in the data folder."""
    token: str = ""
    """Empty: the environment's CHATHUB_TOKEN, else `owner-token` in the data folder."""
    data_folder: str = ""
    """Where the hub keeps its data. Empty: $CHATHUB_DATA, else $XDG_DATA_HOME/chathub, else
    ~/.local/share/chathub."""
    tls: bool = False
    """Also true where one of the files below is named, here or in the environment."""
    root_certificates: str = ""
    """A PEM file with who may vouch for the hub. Empty: the environment's CHATHUB_CA, else those that
    gRPC comes with. Beyond this machine there must be TLS; the Unix socket has none."""
    client_certificate: str = ""
    """A PEM file with the chain by which the hub knows us, where it asks; with `client_key`. Empty:
    the environment's CHATHUB_CERTIFICATE and CHATHUB_KEY, else none."""
    client_key: str = ""
    """Nobody but its owner may read it."""
    server_name: str = ""
    """The name in the hub's certificate, where it is not the one in the address."""


@dataclass(frozen=True)
class HubAddress:
    """Where to call, and what to say there."""

    target: str
    token: str
    tls: Tls | None = None


class NotRunning(Exception):  # noqa: N818
    """Nothing listens yet; it may be there a moment later."""


def data_folder(given: str = "") -> str:
    """`given`, else $CHATHUB_DATA, else $XDG_DATA_HOME/chathub, else ~/.local/share/chathub."""
    if folder := given or os.environ.get("CHATHUB_DATA"):
        return folder
    if share := os.environ.get("XDG_DATA_HOME"):
        return os.path.join(share, "chathub")
    home = os.environ.get("HOME") or os.path.expanduser("~")
    return os.path.join(home, ".local/share/chathub")


def find_hub(options: HubOptions | None = None) -> HubAddress:
    """Reads the options, the environment and the data folder, in this order; never the network.

    The answer changes when the hub starts, ends or listens elsewhere: ask again before every
    connection. Raises NotRunning or SetUpWrongly.
    """
    options = options or HubOptions()
    folder = data_folder(options.data_folder)
    target = options.address or os.environ.get("CHATHUB_ADDRESS", "")
    token = options.token or os.environ.get("CHATHUB_TOKEN", "")
    # The hub writes its token before it listens: without an address there is no hub here yet.
    may_come = not target
    if not target:
        target = _first_line(folder, "endpoints") or _not_running(folder)
    if not token:
        token = _owner_token(folder, may_come)
    if not all("!" <= c <= "~" for c in token):  # It goes into a header.
        raise SetUpWrongly("the token holds characters no token has")
    return HubAddress(target, token, find_tls(options, target))


def _owner_token(folder: str, may_come: bool) -> str:
    line = _first_line(folder, "owner-token")
    if line is None and may_come:
        _not_running(folder)
    if not line:
        raise SetUpWrongly(f"no token: set CHATHUB_TOKEN, or make {folder}/owner-token readable")
    return line


def _not_running(folder: str) -> str:
    raise NotRunning(f"no hub is running in {folder} (start one with: chathub serve)")


def _first_line(folder: str, name: str) -> str | None:
    """None if the file is not there; an unreadable file counts as empty."""
    try:
        text = Path(folder, name).read_bytes().decode("utf-8", "replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return ""
    return text.split("\n", 1)[0].rstrip("\r ")
