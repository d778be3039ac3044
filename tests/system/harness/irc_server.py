"""Real IRC servers from Debian, each in a folder of its own on a free port of the loopback."""

import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

from .certificates import Authority
from .waiting import wait_until

_NGIRCD = """
[Global]
Name = irc.test
Info = of a test
Listen = 127.0.0.1
Ports = {port}
MotdPhrase = "welcome"
[Limits]
IdleTimeout = 20
MaxConnectionsIP = 0
MaxJoins = 0
MaxNickLength = 20
MaxPenaltyTime = 0
[Options]
DNS = no
Ident = no
PAM = no
"""

_INSPIRCD = """
<path configdir="{folder}" datadir="{folder}" logdir="{folder}" runtimedir="{folder}">
<server name="{name}" description="of a test" network="Test" id="{id}">
<admin name="nobody" nick="nobody" email="nobody@example.org">
<bind address="127.0.0.1" port="{port}" type="clients">
<bind address="127.0.0.1" port="{tls_port}" type="clients" sslprofile="Clients">
<bind address="127.0.0.1" port="{link_port}" type="servers">
<connect allow="*" timeout="20" localmax="200" globalmax="200" recvq="1M" softsendq="1M"
  hardsendq="8M" commandrate="1000000" fakelag="no" resolvehostnames="no" useident="no">
<sslprofile name="Clients" provider="gnutls" certfile="{certificate}" keyfile="{key}" cafile=""
  crlfile="" hash="sha256" requestclientcert="yes">
<options defaultmodes="ont">
<sasl target="services.test">
<uline server="services.test" silent="yes">
<link name="services.test" ipaddr="127.0.0.1" port="{link_port}" allowmask="127.0.0.0/8"
  sendpass="secret" recvpass="secret">
<link name="{other}" ipaddr="127.0.0.1" port="{other_port}" allowmask="127.0.0.0/8"
  sendpass="secret" recvpass="secret">
"""
# Who has the other's port calls it.
_CALL = '<autoconnect period="1s" server="irc.test">\n'

_MODULES = """cap ircv3 ircv3_accounttag ircv3_batch ircv3_capnotify ircv3_chghost ircv3_ctctags
ircv3_echomessage ircv3_labeledresponse ircv3_msgid ircv3_servertime botmode services_account
spanningtree ssl_gnutls sslinfo""".split()

_ATHEME = """
loadmodule "modules/protocol/inspircd";
loadmodule "modules/backend/opensex";
loadmodule "modules/crypto/posix";
loadmodule "modules/nickserv/main";
loadmodule "modules/nickserv/cert";
loadmodule "modules/nickserv/ghost";
loadmodule "modules/nickserv/identify";
loadmodule "modules/nickserv/register";
loadmodule "modules/saslserv/main";
loadmodule "modules/saslserv/plain";
loadmodule "modules/saslserv/external";
serverinfo {{
  name = "services.test"; desc = "services"; numeric = "00A"; recontime = 1; netname = "Test";
  hidehostsuffix = "users.test"; adminname = "nobody"; adminemail = "nobody@example.org";
  registeremail = "nobody@example.org"; auth = none; casemapping = rfc1459;
}};
uplink "irc.test" {{
  host = "127.0.0.1"; send_password = "secret"; receive_password = "secret"; port = {link_port};
}};
nickserv {{ nick = "NickServ"; user = "NickServ"; host = "services.test"; real = "services"; }};
saslserv {{ nick = "SaslServ"; user = "SaslServ"; host = "services.test"; real = "services"; }};
"""


class HeldPort:
    """A free port of the loopback: held, but not listened at, so that nobody else is given it.

    Servers bind with SO_REUSEADDR and so may listen at it, as often as they are started.
    """

    def __init__(self):
        self._door = socket.socket()
        self._door.bind(("127.0.0.1", 0))
        self._door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.number = self._door.getsockname()[1]

    def give_back(self):
        self._door.close()


class _Process:
    """Ends with the test that started it, however that ends."""

    def __init__(self, command, log, listens_at=None):
        self._log = log
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        if listens_at:
            wait_until(lambda: self._listens(listens_at), f"{command[0]} listens")

    def _listens(self, port):
        if self._process.poll() is not None:
            raise AssertionError(f"the server ended:\n{self._log.read_text(errors='replace')}")
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    def end(self, number=signal.SIGKILL):
        self._process.send_signal(number)
        self._process.wait(20)


class IrcServer:
    """May be killed and started again on the same port."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="chathub-irc-", dir="/tmp"))
        self._ports = []
        self.port = self.hold_port()
        self._process = None

    def hold_port(self):
        """The number of one that is this server's until it is removed."""
        self._ports.append(HeldPort())
        return self._ports[-1].number

    def start(self):
        self._process = _Process(self.command(), self.folder / "log", self.port)
        return self

    def kill(self):
        """As a crash would."""
        self._process.end()

    def remove(self):
        self.kill()
        for port in self._ports:
            port.give_back()
        shutil.rmtree(self.folder, ignore_errors=True)


class Ngircd(IrcServer):
    """Knows little that is newer than RFC 2812.

    As it becomes another user it no longer ends with its parent; without users it ends by itself.
    """

    def command(self):
        configuration = self.folder / "ngircd.conf"
        configuration.write_text(_NGIRCD.format(port=self.port))
        return ["/usr/sbin/ngircd", "-n", "-f", configuration]


class Inspircd(IrcServer):
    """Knows IRCv3, speaks TLS too, and may have services (atheme) with accounts."""

    def __init__(self, sasl=False, peer=None):
        """`peer`: another one, of whose network this is a second server."""
        super().__init__()
        self.tls_port = self.hold_port()
        self._link_port = self.hold_port()
        self.authority = Authority(self.folder)
        certificate, key = self.authority.sign("localhost", "DNS:localhost")
        self._modules = [*_MODULES, "sasl"] if sasl else _MODULES
        text = _INSPIRCD.format(folder=self.folder, port=self.port, tls_port=self.tls_port,
                                link_port=self._link_port, certificate=certificate, key=key,
                                **self._place(peer))
        text += _CALL if peer else ""
        text += "".join(f'<module name="{module}">\n' for module in self._modules)
        (self.folder / "inspircd.conf").write_text(text)
        self._services = None

    def _place(self, peer):
        if peer:
            return {"name": "irc2.test", "id": "98K", "other": "irc.test",
                    "other_port": peer._link_port}
        return {"name": "irc.test", "id": "97K", "other": "irc2.test", "other_port": 1}

    def command(self):
        return ["/usr/sbin/inspircd", "--config", self.folder / "inspircd.conf", "--nofork",
                "--nopid", "--nolog", "--runasroot"]

    def start_services(self):
        configuration = self.folder / "atheme.conf"
        configuration.write_text(_ATHEME.format(link_port=self._link_port))
        command = ["/usr/bin/atheme-services", "-n", "-c", configuration, "-D", self.folder,
                   "-l", self.folder / "atheme.log", "-p", self.folder / "atheme.pid"]
        self._services = _Process(command, self.folder / "services.log")
        return self

    def remove(self):
        if self._services:
            self._services.end()
        super().remove()
