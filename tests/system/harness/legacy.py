"""Programs that speak the gateway's three protocols, as far as tests need them."""

import base64
import hashlib
import itertools
import json
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from .web_socket import WebSocket

_CONTEXTS = (f"context{number}" for number in itertools.count())


def cookie(name, password):
    """WNet's header for a bot's account."""
    secret = quote(json.dumps({"username": name, "password": password}))
    return f'Cookie: auth="type=password&auth={secret}"'


class WnetProgram(WebSocket):
    """A client or, once it has said `add`, a bot."""

    def __init__(self, address, *headers):
        super().__init__(address, "/wnet/ws", headers)

    def ask(self, command):
        self.say(command)
        return self.hear()

    def answer_one(self, answer):
        """As a bot: takes the next message; whoever comes and goes before it is let pass."""
        while not (heard := self.hear()).startswith("mess@"):
            assert heard.startswith(("connection@", "disconnected@")), heard
        _, guest, text = heard.split("@", 2)
        self.say(f"scsend@{guest}@{answer(text)}")


class Node(WebSocket):
    """A BotComet node."""

    def __init__(self, address, path="/", **options):
        super().__init__(address, path, **options)

    def tell(self, kind, **members):
        self.say(json.dumps({"type": kind, "src": 0, "dst": 0, "data": {}, **members}))

    def hear_json(self):
        return json.loads(self.hear())

    def connect(self, kind, **content):
        context = next(_CONTEXTS)
        self.tell(f"{kind}_connect", context=context, data=content)
        answer = self.hear_json()
        assert answer["type"] == f"{kind}_connect_response", answer
        assert answer["context"] == context and answer["src"] == 0, answer
        self.id = answer["dst"]
        return self.id

    def chat(self, text, to=0):
        content = {"event": "message_create", "data": {"id": "m1", "content": text}}
        self.tell("adapter_event", src=self.id, dst=to, context="ADAPTER", data=content)

    def hear_chat(self, kind="adapter_event_response"):
        heard = self.hear_json()
        assert heard["type"] == kind, heard
        assert heard["data"]["event"] == "message_create", heard
        return heard["data"]["data"]["content"]


# Bytes of an RSA-2048 key; longer texts go in several blocks.
_BLOCK = 256


def _cut(text, size):
    return [text[at : at + size] for at in range(0, len(text), size)]


class PluginKey:
    """An RSA key in files, used through OpenSSL's own program."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="chathub-key-")
        self.private = Path(self._folder.name) / "private.pem"
        self.public = Path(self._folder.name) / "public.pem"
        self._run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048",
                  "-out", str(self.private))
        self._run("pkey", "-in", str(self.private), "-pubout", "-out", str(self.public))
        self.address = hashlib.sha256(self.public.read_bytes()).hexdigest()

    @staticmethod
    def _run(*arguments, data=b""):
        done = subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True)
        return done.stdout

    def _each(self, pieces, *arguments):
        return b"".join(self._run(*arguments, data=piece) for piece in pieces)

    def lock(self, text, public=None):
        """What a comet asks of the key, or of another whose file is named."""
        oaep = ("-pkeyopt", "rsa_padding_mode:oaep")
        locked = self._each(_cut(text, _BLOCK - 42), "pkeyutl", "-encrypt", "-pubin",
                            "-inkey", str(public or self.public), *oaep)
        return base64.b64encode(locked).decode()

    def unlock(self, challenge):
        """What a plugin answers."""
        oaep = ("-pkeyopt", "rsa_padding_mode:oaep")
        text = self._each(_cut(base64.b64decode(challenge), _BLOCK), "pkeyutl", "-decrypt",
                          "-inkey", str(self.private), *oaep)
        # The newer pkeyutl signs nothing that is longer than a digest.
        signed = self._each(_cut(text, _BLOCK - 11), "rsautl", "-sign", "-inkey", str(self.private))
        return base64.b64encode(signed).decode()

    def open(self, answer, public=None):
        """What a comet reads in an answer."""
        return self._each(_cut(base64.b64decode(answer), _BLOCK), "pkeyutl", "-verifyrecover",
                          "-pubin", "-inkey", str(public or self.public))

    def remove(self):
        self._folder.cleanup()


class Plugin(Node):
    """A plugin that proves its key to the hub."""

    def __init__(self, address, key):
        super().__init__(address)
        self.connect("plugin", address=key.address)
        asked = self.hear_json()
        assert asked["type"] == "plugin_verify" and asked["dst"] == self.id, asked
        self.tell("plugin_verify_response", src=self.id, dst=asked["src"],
                  context=asked["context"],
                  data={"challenge": key.unlock(asked["data"]["challenge"])})

    def answer_one(self, answer):
        heard = self.hear_json()
        text = heard["data"]["data"]["content"]
        content = {"event": "message_create", "data": {"id": "r1", "content": answer(text)}}
        self.tell("adapter_event_response", src=self.id, dst=heard["src"], context="ADAPTER",
                  data=content)


class BoticaBot(WebSocket):
    """A bot of a Director; its packets are bare."""

    def __init__(self, address, bot_id):
        super().__init__(address, f"/botica/ws/{bot_id}")
        self.packet("ready")

    def packet(self, kind, **members):
        self.say(json.dumps({"type": kind, **members}))

    def hear_packet(self, kind):
        """The next packet of this kind; on the way it says that it lives, and that it may be stopped."""
        while (heard := json.loads(self.hear()))["type"] != kind:
            if heard["type"] == "shutdownRequest":
                self.packet("shutdownResponse", ready=True)
            else:
                assert heard == {"type": "heartbeat"}, heard
                self.packet("heartbeat")
        return heard

    def answer_one(self, answer):
        order = self.hear_packet("order")
        self.packet("order", key=order["key"], action=order["action"],
                    payload=answer(order["payload"]))
