"""Validates an unpacked bundle with programs of others: python bags.py FOLDER

The bag with the Library of Congress's bagit, the description of its payload with the RO-Crate validator. The list
of terms that such a description refers to comes from a package, so that no network is needed.
"""

import importlib.util
import sys
from pathlib import Path

import bagit
import requests
from rocrate_validator import services
from rocrate_validator.models import Severity
from rocrate_validator.utils.http import HttpRequester

TERMS_ADDRESS = "https://w3id.org/ro/crate/1.1/context"
TERMS = Path(importlib.util.find_spec("rocrate").origin).parent / "data" / "ro-crate.jsonld"


def get(_, address, **__):
    known = address == TERMS_ADDRESS
    answer = requests.Response()
    answer.url = address
    answer.status_code = 200 if known else 504
    answer.headers["Content-Type"] = "application/ld+json"
    answer._content = TERMS.read_bytes() if known else b""
    return answer


def main(folder):
    bagit.Bag(str(folder)).validate()
    HttpRequester.get = get
    settings = {
        "rocrate_uri": str(folder / "data"),
        "profile_identifier": "ro-crate-1.1",
        "requirement_severity": Severity.REQUIRED,
        "offline": True,
    }
    found = services.validate(settings)
    for issue in found.get_issues():
        print(f"{issue.check.identifier}: {issue.message}", file=sys.stderr)
    return 0 if found.passed() else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
