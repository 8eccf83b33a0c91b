"""The host of attempts.c in Python: `attempts.py FOLDER ATTEMPTS`. It prints the same."""

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from exequatur import ExequaturError, Pack, PublicKey, SignatureError, can_verify

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
REFUSED = {"EXQ_E_SIGNATURE", "EXQ_E_KEY", "EXQ_E_FORGED", "EXQ_E_SWAPPED", "EXQ_E_ROLLED_BACK", "EXQ_E_EXPIRED"}
assert can_verify()
folder = Path(sys.argv[1])
pack, kept = None, 0


def path(name, ending):
    return folder / (name if "." in name else name + ending)


def active():
    if pack is None:
        return "nothing"
    pack.decide({}, EPOCH + timedelta(microseconds=1790000000000000))
    return next(iter(pack.instruments))


for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines():
    if line.startswith("#"):
        continue
    what, rules, signature, key, name, floor, now = line.split()
    status, place = "EXQ_OK", ""
    try:
        fresh = Pack.load_signed(
            path(rules, ".exqp"),
            key=PublicKey.from_pem(path(key, ".pem").read_text(encoding="utf-8")),
            name=name,
            serial_at_least=kept if floor == "kept" else int(floor),
            now=EPOCH + timedelta(microseconds=int(now)),
            signature=path(signature, ".sig"),
        )
        pack, kept = fresh, fresh.signed.serial
        assert fresh.signed.expires == EPOCH + timedelta(microseconds=1798761600000000)
    except ExequaturError as error:
        status, place = error.status, error.place
        assert isinstance(error, SignatureError) == (status in REFUSED), status
    print(f"{what} | {status} | {place} | {active()}, {kept}")
