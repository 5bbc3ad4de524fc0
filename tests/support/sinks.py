"""The destinations of reminders in tests: a real mail server and a real web server on this computer."""

import asyncio
import email
import email.policy
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

SLOW = 0.6
"""A server that is `silent` waits for this many seconds, longer than the tests let partyctl wait."""


class Message(NamedTuple):
    """A received message: recipient, reference (Message-ID), subject and text."""

    recipient: str
    reference: str
    subject: str
    text: str


class Mailbox:
    """A mail server.

    `mood` decides what the server does with a message: accept it, refuse it temporarily or
    permanently, or accept it but confirm this too late.
    """

    def __init__(self) -> None:
        self.mood = "takes"
        self.messages: list[Message] = []
        self.raw: list[email.message.EmailMessage] = []
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mood == "refuses":
            return "550 5.1.1 no such user <secret@example.cn>"
        if self.mood == "busy":
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.mood == "full":
            return "452 4.2.2 no room"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = mail.get_body(("plain",))
        self.raw.append(mail)
        for address in envelope.rcpt_tos:
            text = body.get_content().replace("\r\n", "\n")
            told = Message(address, mail["Message-ID"].strip(), mail["Subject"], text)
            self.messages.append(told)
        if self.mood == "silent":
            await asyncio.sleep(SLOW)
        return "250 taken"


@contextmanager
def mailbox(**settings: Any) -> Iterator[Mailbox]:
    """A mail server on a free port."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]  # aiosmtpd cannot choose a free port itself
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **settings)
    controller.start()
    try:
        yield box
    finally:
        controller.stop(no_assert=True)


@contextmanager
def talker(*answers: str, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server that greets with the first of `answers`; each line gets the next of `answers`.

    After its last answer, the server closes the connection. Yields the port.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def talk() -> None:
            with suppress(OSError):
                plain, _ = listening.accept()
                wrapped = context.wrap_socket(plain, server_side=True) if context else plain
                with wrapped, wrapped.makefile("rb") as lines:
                    for answer in answers:
                        wrapped.sendall(f"{answer}\r\n".encode())
                        lines.readline()

        thread = threading.Thread(target=talk)
        thread.start()
        try:
            yield port
        finally:
            with suppress(OSError):  # wakes the thread if nobody connected
                socket.create_connection(("127.0.0.1", port), 0.1).close()
            thread.join()


class Wall:
    """A web server that accepts posts.

    `mood` is the HTTP status of the answers, or `silent` for an answer that comes too late.
    """

    def __init__(self) -> None:
        self.mood = "200"
        self.posts: list[tuple[str, Any]] = []
        self.port = 0


@contextmanager
def wall() -> Iterator[Wall]:
    """A web server on a free port."""
    taken = Wall()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            if taken.mood == "silent":
                time.sleep(SLOW)
            status = 500 if taken.mood == "silent" else int(taken.mood)
            if status == 200:
                taken.posts.append((self.path, json.loads(body)))
            answer = b'{"errcode": 0, "code": 0, "errmsg": "ok"}'
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            """Do not print a log on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    taken.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield taken
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
