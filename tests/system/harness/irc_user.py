"""Somebody on IRC, with a small client of their own."""

import socket
import threading
from typing import NamedTuple

from .waiting import Log


class Line(NamedTuple):
    """One that the server sent; `size` counts its bytes with the end."""

    source: str
    command: str
    params: list
    size: int

    @property
    def nick(self):
        return self.source.split("!")[0]

    @property
    def text(self):
        return self.params[-1] if self.params else ""


def _line(raw):
    text = raw.decode("utf-8", "replace").rstrip("\r\n")
    source = ""
    if text.startswith(":"):
        source, _, text = text[1:].partition(" ")
    head, colon, tail = text.partition(" :")
    command, *params = head.split()
    return Line(source, command, [*params, tail] if colon else params, len(raw))


def _joins(line, nick, channel):
    return line.command == "JOIN" and (line.nick, line.text) == (nick, channel)


class IrcUser:
    """Connects when it is made; some servers take a second to greet."""

    def __init__(self, server, nick):
        self.nick = nick
        self._socket = socket.create_connection(("127.0.0.1", server.port))
        self.heard = Log()
        threading.Thread(target=self._read, daemon=True).start()
        self.write(f"NICK {nick}")
        self.write(f"USER {nick} 0 * {nick}")

    def greeted(self):
        self.wait("001")
        return self

    def _read(self):
        try:
            with self._socket.makefile("rb") as lines:
                for raw in lines:
                    line = _line(raw)
                    if line.command == "PING":
                        self.write(f"PONG :{line.text}")
                    self.heard.add(line)
        except OSError:
            pass
        self.heard.close("the server closed the connection")

    def write(self, line):
        self.write_bytes(line.encode())

    def write_bytes(self, line):
        self._socket.sendall(line + b"\r\n")

    def join(self, *channels):
        self.greeted()
        for channel in channels:
            self.write(f"JOIN {channel}")
            self.wait("366", lambda line: line.params[1] == channel)
        return self

    def say(self, target, text):
        self.write(f"PRIVMSG {target} :{text}")

    def leave(self):
        """At once, without a word."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._socket.close()

    def wait(self, command, match=lambda line: True, count=1, **options):
        return self.heard.wait(lambda l: l.command == command and match(l), count, **options)

    def wait_text(self, text, source="hub"):
        """Somebody says exactly that."""
        return self.wait("PRIVMSG", lambda line: (line.nick, line.text) == (source, text))

    def joins(self, nick, channel):
        """Those that were seen so far."""
        return self.heard.all(lambda line: _joins(line, nick, channel))

    def wait_joined(self, nick, channel, count=1):
        return self.heard.wait(lambda line: _joins(line, nick, channel), count)

    def wait_present(self, nick, channel):
        """Who is in the channel already, or comes now."""

        def names(line):
            if line.command == "353":
                return channel in line.params and nick in line.text.replace("@", "").split()
            return _joins(line, nick, channel)

        return self.heard.wait(names)

    def texts(self, source="hub"):
        said = self.heard.all(lambda line: line.command == "PRIVMSG" and line.nick == source)
        return [line.text for line in said]
