"""A mail server for tests: python smtp.py PORT FOLDER

What it takes lies in FOLDER, a file for each mail: the recipient, the subject, an empty line, the text as it is read. Whoever
begins with "tidak-ada" is refused for good, whoever begins with "nanti" is asked for later.
"""

import email
import email.policy
import itertools
import os
import sys
import threading
from pathlib import Path

from aiosmtpd.controller import Controller

NUMBERS = itertools.count()


class Mailbox:
    """Keeps what comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802, aiosmtpd's name
        if address.startswith("tidak-ada"):
            return f"550 5.1.1 <{address}> is unknown here"
        if address.startswith("nanti"):
            return "451 4.3.0 come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802, aiosmtpd's name
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text = f"{','.join(envelope.rcpt_tos)}\n{mail['subject']}\n\n{mail.get_content()}"
        place = self.folder / f"{next(NUMBERS):06}.mail"
        part = place.with_suffix(".part")
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, place)
        return "250 kept"


def main() -> None:
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    Controller(Mailbox(folder), hostname="127.0.0.1", port=port).start()
    threading.Event().wait()


main()
