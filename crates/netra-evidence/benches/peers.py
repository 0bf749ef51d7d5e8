"""Reads a chat export with a Python package; prints its version, the messages found and the best time of three."""

import contextlib
import json
import logging
import sys
import time
from importlib.metadata import PackageNotFoundError, version


def whatstk(path):
    from whatstk import WhatsAppChat

    return len(WhatsAppChat.from_source(filepath=path).df)


def chat_miner(path):
    from chatminer.chatparsers import WhatsAppParser

    parser = WhatsAppParser(path)
    parser.parse_file()
    return len(parser.parsed_messages.get_df())


READERS = {"whatstk": whatstk, "chat-miner": chat_miner}


def main(package, path):
    try:
        found = version(package)
    except PackageNotFoundError:
        sys.exit(f"{package} is not installed: pip install {package}")
    logging.disable(logging.CRITICAL)
    best = None
    for _ in range(3):
        begun = time.perf_counter()
        try:
            # Whatever they print is not the answer.
            with contextlib.redirect_stdout(sys.stderr):
                messages = READERS[package](path)
        except Exception as error:
            sys.exit(f"{package} {found} does not read it: {type(error).__name__}: {error}".replace("\n", " ")[:200])
        seconds = time.perf_counter() - begun
        best = seconds if best is None else min(best, seconds)
    json.dump({"version": found, "messages": messages, "seconds": best}, sys.stdout)


main(sys.argv[1], sys.argv[2])
