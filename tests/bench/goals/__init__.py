"""The goals, one a file, in the order of the table."""

from . import p01_relay

ALL = (p01_relay.Relay(),)
