"""One pack under many threads, and one case and decision under many threads, which is not allowed.

A shared pack gives every thread the same answer. A shared decision gives an answer, or says that it is in use; whatever the
threads do to each other, nothing crashes, and no answer is that of another case.
usage: threads.py LIBRARY RULES
"""

import ctypes
import sys
import threading

LIBRARY, RULES = sys.argv[1:3]
lib = ctypes.CDLL(LIBRARY)
OK, BUSY, NOT_DECIDED = 0, 3, 15
NOW = ctypes.c_int64(1_788_528_600_000_000)
THREADS, ROUNDS = 8, 3000


class Str(ctypes.Structure):
    _fields_ = [("ptr", ctypes.c_char_p), ("len", ctypes.c_size_t)]


class Source(ctypes.Structure):
    _fields_ = [("name", Str), ("text", Str)]


class Receipt(ctypes.Structure):
    _fields_ = [("pack", ctypes.c_uint8 * 32), ("facts", ctypes.c_uint8 * 32), ("decision", ctypes.c_uint8 * 32),
                ("now", ctypes.c_int64)]


def call(name, *values):
    return getattr(lib, name)(*values)


def made(name, *values):
    out = ctypes.c_void_p()
    assert call(name, *values, ctypes.byref(out), None) == OK, name
    return out


rules = open(RULES, "rb").read()
pack = made("exq_pack_compile", ctypes.byref(Source(Str(b"rules.exq", 9), Str(rules, len(rules)))), ctypes.c_size_t(1), None)
JSON = [b'{"order": {"authenticated": %s, "received": "2026-09-04T13:00:00Z"}}' % word for word in (b"true", b"false")]


def decided(case, decision, which):
    """The receipt of a decision, or the status that came instead."""
    json = JSON[which]
    for status in (lambda: call("exq_case_set_json", case, json, ctypes.c_size_t(len(json)), None),
                   lambda: call("exq_decide", decision, case, NOW, None)):
        found = status()
        if found != OK:
            return found
    receipt = Receipt()
    found = call("exq_decision_receipt", decision, ctypes.byref(receipt), None)
    return found if found != OK else bytes(receipt.decision)


truth = [decided(made("exq_case_new", pack), made("exq_decision_new", pack), which) for which in (0, 1)]
assert all(isinstance(receipt, bytes) for receipt in truth) and truth[0] != truth[1]
wrong, seen = [], set()


def own(number):
    case, decision = made("exq_case_new", pack), made("exq_decision_new", pack)
    for round in range(ROUNDS):
        which = (number + round) % 2
        if decided(case, decision, which) != truth[which]:
            wrong.append(("own", number, round))
    call("exq_case_free", case)
    call("exq_decision_free", decision)


shared_case, shared_decision = made("exq_case_new", pack), made("exq_decision_new", pack)


def shared(number):
    for round in range(ROUNDS):
        found = decided(shared_case, shared_decision, (number + round) % 2)
        if isinstance(found, bytes):
            seen.add("answer")
            if found not in truth:
                wrong.append(("shared", number, found.hex()))
        else:
            seen.add(found)


for work in (own, shared):
    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
assert not wrong, wrong[:3]
assert "answer" in seen and seen <= {"answer", BUSY, NOT_DECIDED}, seen
print(f"{THREADS} threads, {ROUNDS} rounds each: every own answer right, shared ones {'in use at times' if BUSY in seen else 'free'}")
