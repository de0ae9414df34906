"""nginx on this machine with the very configuration of deploy/, its names, ports and folders put in."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from benchmarks.servers import PROJECT, free_port

NAME = "chiso.example.vn"
"""The name that deploy/ is written with."""
PORTS = ("8501", "8502")
"""The servers that deploy/ is written with; they are told apart by these names."""
_MAIN = """
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_shutdown_timeout 5s;
events {{ worker_connections 2048; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/indices.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx: where it is reached, and how a client trusts it."""

    folder: Path
    port: int
    plain_port: int
    process: int

    @property
    def address(self) -> str:
        """As a reader writes it."""
        return f"https://{NAME}:{self.port}"

    @property
    def peer(self) -> tuple[str, int]:
        """Where the name really is."""
        return "127.0.0.1", self.port

    @property
    def tls(self) -> ssl.SSLContext:
        """Trusts its certificate and nothing else."""
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))

    def reload(self) -> None:
        """Let new workers take over, as `systemctl reload nginx` does."""
        os.kill(self.process, signal.SIGHUP)


def configuration(folder: Path, ports: Sequence[int], port: int, plain_port: int) -> str:
    """deploy/nginx/indices.conf with this machine's ports and folders in place of those written there."""
    text = (PROJECT / "deploy" / "nginx" / "indices.conf").read_text(encoding="utf-8")
    here = {
        "listen [::]:443": f"listen [::1]:{port}",
        "listen [::]:80": f"listen [::1]:{plain_port}",
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80": f"listen 127.0.0.1:{plain_port}",
        "/etc/ssl/indices": str(folder),
        "/etc/nginx/indices": str(PROJECT / "deploy" / "nginx"),
        "/var/log/nginx": str(folder),
        **{f"127.0.0.1:{written}": f"127.0.0.1:{real}" for written, real in zip(PORTS, ports, strict=True)},
    }
    for written, real in here.items():
        if written not in text:
            raise RuntimeError(f"deploy/nginx/indices.conf says nothing of {written!r}.")
        text = text.replace(written, real)
    return text


@contextmanager
def proxied(folder: Path, ports: Sequence[int]) -> Iterator[Proxy]:
    """Nginx before two servers at `ports`, in their order of PORTS. Raises where it does not start."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise RuntimeError("nginx is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    port, plain_port = free_port(), free_port()
    write_certificate(folder)
    (folder / "indices.conf").write_text(configuration(folder, ports, port, plain_port), encoding="utf-8")
    (folder / "nginx.conf").write_text(_MAIN.format(folder=folder), encoding="utf-8")
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 10
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"nginx does not start: {(folder / 'error.log').read_text()[-2000:]}")
            time.sleep(0.05)
        yield Proxy(folder, port, plain_port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=15)


def write_certificate(folder: Path) -> None:
    """A certificate for NAME that signs itself, for a day, as fullchain.pem and privkey.pem."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    written = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(written)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
