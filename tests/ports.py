"""Ports of this machine, for the servers that tests start."""

import socket
from contextlib import suppress
from random import SystemRandom

# Browsers refuse some below, and Linux gives those above to whoever connects: a server that starts again would sometimes find
# its port taken by a connection, such as one of nginx that asked for the server meanwhile.
PORTS = range(11_000, 32_768)


def free_port():
    """Return a port that nobody listens on."""
    return next(port for port in iter(lambda: SystemRandom().choice(PORTS), None) if is_free(port))


def is_free(port):
    """Say whether nobody listens on a port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return True
    return False
