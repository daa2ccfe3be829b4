"""gunicorn's settings: gevent, kept connections, loopback unless HOST says otherwise."""

import socket
import sys
from typing import Any

from server.config import load_config

popshot = load_config()
wsgi_app = "server.wsgi:app"
worker_class = "gevent"
workers = 1
worker_connections = 4000
keepalive = 75  # waves are 5 s apart; the default of 2 s would cost each of them a new connection
graceful_timeout = 10
control_socket_disable = True


def _addresses(host: str, port: int) -> list[str]:
    if host:
        return [f"[{host}]:{port}" if ":" in host else f"{host}:{port}"]
    return [f"127.0.0.1:{port}", *([f"[::1]:{port}"] if _has_ipv6_loopback() else [])]


def _has_ipv6_loopback() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


bind = _addresses(popshot.server.host, popshot.server.port)


def post_worker_init(worker: Any) -> None:
    """Say where to go, once the first worker answers."""
    if worker.age == 1:
        first_link = worker.wsgi.extensions.get("popshot_first_link")
        back_office = f"  Be its first owner:  {first_link}\n" if first_link else ""
        sys.stdout.write(f"\n  Popshot is ready: {popshot.public_url}\n{back_office}\n")
        sys.stdout.flush()
