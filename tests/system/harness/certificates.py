"""Real certificates, made by openssl when a test asks for them."""

import subprocess
from pathlib import Path

_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


class Authority:
    """Signs certificates; everything lies in `folder` as PEM."""

    def __init__(self, folder, name="authority"):
        self._folder = Path(folder)
        self.certificate = self._folder / f"{name}.pem"
        self._key = self._folder / f"{name}.key"
        subject = ["-subj", f"/CN={name}", "-days", "30"]
        self._openssl("req", "-x509", *_KEY, "-keyout", self._key, "-out", self.certificate, *subject)

    def sign(self, name, alternative="IP:127.0.0.1", days=30):
        """The paths of a new certificate and its key; one of -1 days has expired."""
        certificate, key = self._folder / f"{name}.pem", self._folder / f"{name}.key"
        request = self._folder / f"{name}.csr"
        names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName={alternative}"]
        self._openssl("req", *_KEY, "-keyout", key, "-out", request, *names)
        signed = ["-CA", self.certificate, "-CAkey", self._key, "-CAcreateserial"]
        signed += ["-copy_extensions", "copy", "-days", str(days)]
        self._openssl("x509", "-req", "-in", request, "-out", certificate, *signed)
        key.chmod(0o600)
        return certificate, key

    def _openssl(self, *arguments):
        command = ["openssl", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{command}: {done.stderr}")
