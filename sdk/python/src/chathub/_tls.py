"""Whether a connection is encrypted, and with which files: docs/security.md has the rules."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chathub.problem import SetUpWrongly

if TYPE_CHECKING:
    from chathub.hub_address import HubOptions

_SCHEMES = ("dns:///", "dns:", "ipv4:", "ipv6:")


@dataclass(frozen=True)
class Tls:
    """Paths of PEM files; empty: gRPC's own authorities, no certificate of ours."""

    root_certificates: str = ""
    certificate: str = ""
    key: str = ""


def find_tls(options: HubOptions, target: str) -> Tls | None:
    """None: in the clear, which only this machine gets to hear. Raises SetUpWrongly."""
    if target.startswith("unix"):
        return None
    tls = Tls(
        options.root_certificates or os.environ.get("CHATHUB_CA", ""),
        options.client_certificate or os.environ.get("CHATHUB_CERTIFICATE", ""),
        options.client_key or os.environ.get("CHATHUB_KEY", ""),
    )
    if not (options.tls or options.client_certificate or tls.root_certificates):
        if _is_loopback(target):
            return None
        raise SetUpWrongly(
            f"the hub at {target} is beyond this machine, where a token must not go in the clear; "
            "name its authority's certificate with CHATHUB_CA"
        )
    if bool(tls.certificate) != bool(tls.key):
        raise SetUpWrongly(
            "CHATHUB_CERTIFICATE and CHATHUB_KEY go together; one of them is missing"
        )
    _check_key(tls.key)
    return tls


def _is_loopback(target: str) -> bool:
    for scheme in _SCHEMES:
        target = target.removeprefix(scheme)
    host = target.rpartition(":")[0]
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _check_key(path: str) -> None:
    try:
        open_to_others = path and os.stat(path).st_mode & 0o077
    except OSError as error:
        raise SetUpWrongly(f"cannot read {path}: {error.strerror}") from error
    if open_to_others:
        raise SetUpWrongly(
            f"the key {path} is open to other users, who may have read it; "
            f"close it with: chmod 600 {path}"
        )
