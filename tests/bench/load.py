"""A small load client over kept-alive connections, and what a server's processes used."""

import os
import socket
import statistics
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
THREADS = 4


def cpu_seconds(session: int) -> float:
    """User and system time of all processes of a session, which is a server with its workers."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # the process has just ended
            continue
        if int(fields[3]) == session:
            total += int(fields[11]) + int(fields[12])
    return total / TICKS


@dataclass
class Sample:
    """What some rounds against one address gave."""

    requests: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    times: list[float] = field(default_factory=list)

    def add(self, other: "Sample") -> None:
        self.requests += other.requests
        self.seconds += other.seconds
        self.cpu += other.cpu
        self.times += other.times

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu / self.requests

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    def milliseconds(self, percent: int) -> float:
        return 1000 * statistics.quantiles(self.times, n=100)[percent - 1]


def _receive(sock: socket.socket) -> bytes:
    """One whole answer.

    Raises:
        RuntimeError: the answer is not a 200.

    """
    data = b""
    while b"\r\n\r\n" not in data:
        data += sock.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head[:300].decode())
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    missing = length - len(body)
    while missing > 0:
        missing -= len(sock.recv(65536))
    return head


def _ask(port: int, request: bytes, until: float, times: list[float], errors: list[Exception]) -> None:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < until:
                started = time.perf_counter()
                sock.sendall(request)
                _receive(sock)
                times.append(time.perf_counter() - started)
    except Exception as error:
        errors.append(error)


def load(port: int, session: int, path: str, cookie: str, seconds: float) -> Sample:
    """Ask for one address with a few threads for some seconds."""
    lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{port}", "Accept-Encoding: br", "User-Agent: bench"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    times: list[float] = []
    errors: list[Exception] = []
    before, started = cpu_seconds(session), time.perf_counter()
    arguments = (port, request, started + seconds, times, errors)
    threads = [threading.Thread(target=_ask, args=arguments) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return Sample(len(times), time.perf_counter() - started, cpu_seconds(session) - before, times)
