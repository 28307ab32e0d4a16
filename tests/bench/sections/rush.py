"""Registration opens, and everybody comes at once."""

import re
import socket
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from uuid import uuid4

from tests.bench import servers

TITLE = "Opening rush"
ABOUT = """People have the form open and send it at the same moment; each follows the answer to the page of
the session (three requests a person, of which the last two are timed). The raw limit is the same claim
without anything around it: one conditional `UPDATE` of one row and an `INSERT`, committed, by sixteen
connections."""
PEOPLE = 200
PLACES = (100, 50)
RAW_CONNECTIONS, RAW_SECONDS = 16, 2.0


@dataclass
class Person:
    """Somebody with a browser that has the form open."""

    cookie: str
    token: str = ""
    requests: int = 0
    statuses: list[int] = field(default_factory=list)

    def ask(self, sock: socket.socket, port: int, head: str, body: str = "") -> str:
        lines = [f"{head} HTTP/1.1", f"Host: localhost:{port}", f"Cookie: {self.cookie}"]
        lines += [f"Referer: http://localhost:{port}/", f"Origin: http://localhost:{port}"]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        sock.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        self.requests += 1
        data = b""
        while b"\r\n\r\n" not in data:
            data += sock.recv(65536) or _gone()
        header, _, content = data.partition(b"\r\n\r\n")
        length = int(re.search(rb"(?i)content-length: *(\d+)", header)[1])
        while len(content) < length:
            content += sock.recv(65536) or _gone()
        self.statuses.append(int(header.split()[1]))
        return header.decode() + "\r\n\r\n" + content.decode()

    def open_form(self, sock: socket.socket, port: int, path: str) -> None:
        answer = self.ask(sock, port, f"GET {path}")
        csrf = re.search(r"csrftoken=([^;]+)", answer)
        if csrf:
            self.cookie += f"; csrftoken={csrf[1]}"
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer)[1]

    def send(self, sock: socket.socket, port: int, path: str) -> None:
        answer = self.ask(sock, port, f"POST {path}", f"csrfmiddlewaretoken={self.token}")
        place = re.search(r"(?im)^location: *(\S+)", answer)
        if place:
            self.ask(sock, port, f"GET {place[1]}")


def _gone() -> bytes:
    raise ConnectionError("the server closed the connection")


def _people(count: int) -> list[Person]:
    """Members of forty organisations, each signed in."""
    from django.test import Client

    from lnpo.accounts.models import User
    from lnpo.organisations.models import AccessRole, JobRole, Membership, Organisation

    group = uuid4().hex[:6]
    organisations = [Organisation.objects.create(kind="swv", name=f"SWV {group} {n}") for n in range(40)]
    people = []
    for number in range(count):
        user = User.objects.create(email=f"{group}-{number}@example.org", first_name=f"Person {number}")
        Membership.objects.create(
            user=user,
            organisation=organisations[number % 40],
            job_role=JobRole.QUALITY_OFFICER,
            access_role=AccessRole.READER,
        )
        client = Client()
        client.force_login(user)
        people.append(Person(f"sessionid={client.cookies['sessionid'].value}"))
    return people


def rush(port: int, path: str, people: list[Person]) -> tuple[float, Counter[str]]:
    """All at once; how long it took, and what went wrong."""
    errors: Counter[str] = Counter()
    ready, go = threading.Barrier(len(people) + 1), threading.Event()

    def one(person: Person) -> None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=60) as sock:
                with form_turns:
                    person.open_form(sock, port, path)
                ready.wait()
                go.wait()
                person.send(sock, port, path)
        except Exception as error:
            errors[type(error).__name__] += 1
            ready.abort()

    form_turns = threading.Semaphore(8)
    threads = [threading.Thread(target=one, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    go.set()
    for thread in threads:
        thread.join()
    errors.update(str(status) for person in people for status in person.statuses if status >= 400)
    return time.perf_counter() - started, errors


def _raw_claims() -> float:
    """Claims per second on one hot row, as fast as the database alone does it."""
    from django.db import connection, connections, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw_pool (id integer PRIMARY KEY, taken integer, capacity integer)")
        cursor.execute("CREATE TABLE raw_claim (pool integer, person integer)")
        cursor.execute("INSERT INTO raw_pool VALUES (1, 0, 1000000)")
    until = time.perf_counter() + RAW_SECONDS
    done: list[int] = []

    def claim(number: int) -> None:
        count = 0
        with connection.cursor() as cursor:
            while time.perf_counter() < until:
                with transaction.atomic():
                    cursor.execute("UPDATE raw_pool SET taken = taken + 1 WHERE id = 1 AND taken < capacity")
                    cursor.execute("INSERT INTO raw_claim VALUES (1, %s)", [number])
                count += 1
        done.append(count)
        connections.close_all()

    threads = [threading.Thread(target=claim, args=(number,)) for number in range(RAW_CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - started)


def _one_database(work: Path, name: str, database: str) -> list[str]:
    """The rows of one database. Its settings hold for the whole process."""
    environment = servers.prepared_product(work / name.lower(), database)
    servers.set_up(environment)
    from django.urls import reverse

    from sessions.enums import RegistrationState
    from sessions.models import Registration
    from tests.sessions.factories import make_session

    rows = []
    raw = _raw_claims()
    with ExitStack() as stack:
        product = servers.product(environment)
        stack.callback(product.stop)
        for places in PLACES:
            servers.say(f"{name}: {PEOPLE} people for {places} places …")
            page = make_session(capacity=places, title=f"Rush {places}", slug=f"rush-{places}")
            people = _people(PEOPLE)
            path = reverse("sessions:register", args=[page.slug])
            seconds, errors = rush(product.port, path, people)
            states = Counter(Registration.objects.filter(page=page).values_list("state", flat=True))
            confirmed = states[RegistrationState.CONFIRMED]
            waiting = states[RegistrationState.WAITING]
            most = max(person.requests for person in people)
            per_second = PEOPLE / seconds
            wrong = ", ".join(f"{count} × {what}" for what, count in errors.items()) or "0"
            rows.append(
                f"| {name} | {places} | {confirmed} | {waiting} | {wrong} | {seconds:.2f} | {per_second:.0f} "
                f"| {most} | {raw:.0f} | {100 * per_second / raw:.1f} % |"
            )
    return rows


def run(work: Path) -> str:
    rows = [
        "| database | places | confirmed | waiting | errors | seconds | registrations/s | requests a person "
        "| raw claims/s | of the raw limit |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    with servers.postgres_database() as postgres:
        databases = [("SQLite", ""), *([("PostgreSQL", postgres)] if postgres else [])]
        for name, database in databases:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own_process:
                rows += own_process.submit(_one_database, work, name, database).result(timeout=300)
    return "\n".join(rows)
