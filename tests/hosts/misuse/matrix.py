"""Every exported function x every argument x every way to misuse it: one line each, with the status and the message.

The functions come from the header, so that none is forgotten. Whatever happens, this process lives on, a status comes back,
an error object explains it, and what was to be written is untouched unless the header says otherwise.
usage: matrix.py LIBRARY HEADER RULES SIGNED, a folder with `rules.exqp`, `rules.exqp.sig` and `maker.pub.pem`
"""

import ctypes
import re
import sys

LIBRARY, HEADER, RULES, SIGNED = sys.argv[1:5]
lib = ctypes.CDLL(LIBRARY)
HEADER_TEXT = re.sub(r"//.*", "", open(HEADER, encoding="utf-8").read())
STATUS = {int(m[2]): m[1] for m in re.finditer(r"#define (EXQ_OK|EXQ_E_\w+) (\d+)", HEADER_TEXT)}
HANDLES = {"pack", "case", "decision", "batch", "error"}
ROOM = 4096
NOW = 1_788_528_600_000_000  # 2026-09-04T13:30:00Z


def prototypes():
    """Each function with its arguments as (type, name)."""
    found = re.finditer(r"\n(?:exq_status|uint32_t|const char \*|size_t|void)\s*(exq_\w+)\(([^;]*)\);", HEADER_TEXT)
    for match in found:
        arguments = []
        for argument in " ".join(match[2].split()).split(", "):
            if argument != "void":
                kind, name = re.fullmatch(r"(.*?[ *])(\w+)", argument).groups()
                arguments.append((kind.replace("struct ", "").strip(), name))
        yield match[1], arguments


class Str(ctypes.Structure):
    _fields_ = [("ptr", ctypes.c_char_p), ("len", ctypes.c_size_t)]


class Source(ctypes.Structure):
    _fields_ = [("name", Str), ("text", Str)]


class Value(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int32), ("currency", ctypes.c_uint8 * 4), ("number", ctypes.c_int64),
                ("members", ctypes.c_uint64 * 4)]


class Column(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_int32), ("id", ctypes.c_uint32)]


class Rows(ctypes.Structure):
    _fields_ = [("columns", ctypes.POINTER(Column)), ("column_count", ctypes.c_size_t),
                ("values", ctypes.POINTER(Value)), ("row_count", ctypes.c_size_t), ("now", ctypes.c_void_p)]


class BatchColumn(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_int32), ("id", ctypes.c_uint32), ("numbers", ctypes.POINTER(ctypes.c_int64)),
                ("members", ctypes.POINTER(ctypes.c_uint64)), ("said", ctypes.POINTER(ctypes.c_uint8)),
                ("currency", ctypes.c_uint8 * 4), ("reserved", ctypes.c_int32)]


class Options(ctypes.Structure):
    _fields_ = [("now", ctypes.c_int64), ("law_date", ctypes.c_int32), ("has_law_date", ctypes.c_int32),
                ("adopt", ctypes.c_void_p), ("adopt_count", ctypes.c_size_t),
                ("undue_delay", ctypes.c_int64), ("expeditiously", ctypes.c_int64)]


class Trust(ctypes.Structure):
    _fields_ = [("key", ctypes.c_uint8 * 32), ("name", Str), ("serial_at_least", ctypes.c_uint64), ("now", ctypes.c_int64)]


EACH = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p)


def call(name, *values):
    function = getattr(lib, name)
    function.restype = ctypes.c_int32
    return function(*values)


def text_of(error, what):
    function = getattr(lib, f"exq_error_{what}")
    function.restype, function.argtypes = ctypes.c_char_p, [ctypes.c_void_p]
    return function(error).decode()


def made(name, *values):
    """A handle that a function makes."""
    out, error = ctypes.c_void_p(), ctypes.c_void_p()
    status = call(name, *values, ctypes.byref(out), ctypes.byref(error))
    assert status == 0, (name, text_of(error, "message"))
    return out


def size(number):
    return ctypes.c_size_t(number)


rules = open(RULES, "rb").read()
source = Source(Str(b"rules.exq", 9), Str(rules, len(rules)))
pack = made("exq_pack_compile", ctypes.byref(source), size(1), None)
case = made("exq_case_new", pack)
decision = made("exq_decision_new", pack)
fresh = made("exq_decision_new", pack)
other_pack = made("exq_pack_compile", ctypes.byref(Source(Str(b"o", 1), Str(b"pack o status policy fact f : bool", 34))),
                  size(1), None)
other_case = made("exq_case_new", other_pack)
other_decision = made("exq_decision_new", other_pack)
json = (b'{"order": {"authenticated": true, "data": ["content"], "received": "2026-09-04T13:00:00Z", '
        b'"amount": {"amount": "100.00", "currency": "EUR"}}}')
assert call("exq_case_set_json", case, json, size(len(json)), None) == 0
assert call("exq_decide", decision, case, ctypes.c_int64(NOW), None) == 0
failed = ctypes.c_void_p()
call("exq_pack_load", b"none", size(4), ctypes.byref(ctypes.c_void_p()), ctypes.byref(failed))
pack_bytes = ctypes.c_void_p * 2
borrowed = pack_bytes()
call("exq_pack_bytes", pack, ctypes.byref(borrowed), None)
image = ctypes.string_at(borrowed[0], borrowed[1])
digest = ctypes.create_string_buffer(32)
call("exq_pack_schema_hash", pack, digest, None)
batch = made("exq_batch_new", pack, size(4))
fresh_batch = made("exq_batch_new", pack, size(4))
handles = {"pack": pack, "case": case, "decision": decision, "batch": batch, "error": failed}

column, value, options = Column(3, 0), Value(1, number=1), Options(now=NOW)
rows = Rows(ctypes.pointer(column), 1, ctypes.pointer(value), 1, None)
each = EACH(lambda user, row, decision: 0)
number = ctypes.c_int64(1)
batch_column = BatchColumn(3, 0, ctypes.pointer(number))
instants = (ctypes.c_int64 * 2)(NOW, NOW)
members = (ctypes.c_uint32 * 2)(0, 1)
norms = (ctypes.c_uint32 * 1)(0)
room = ctypes.create_string_buffer(ROOM)


def of_signed(name):
    """A file of the signed pack."""
    with open(f"{SIGNED}/{name}", "rb") as file:
        return file.read()


SIGNED_PACK, SIGNATURE, PEM = map(of_signed, ("rules.exqp", "rules.exqp.sig", "maker.pub.pem"))


def trusted(**fields):
    """What the maker of the signed pack signed, and what is changed of it."""
    trust = Trust(name=Str(b"misuse", 6), serial_at_least=7, now=NOW)
    assert call("exq_key_from_pem", PEM, size(len(PEM)), ctypes.byref(trust), None) == 0
    for name, given in fields.items():
        setattr(trust, name, given)
    return trust


trust = trusted()


def fact(name):
    found = ctypes.c_uint32()
    assert call("exq_pack_find", pack, 3, name, size(len(name)), ctypes.byref(found), None) == 0
    return ctypes.c_uint32(found.value)


FACTS = {"bool": b"order.authenticated", "member": b"order.country", "members": b"order.data", "int": b"order.years",
         "money": b"order.amount", "instant": b"order.deadline"}
# The values that are good, where the name and the type of an argument do not tell: by function, else by name.
GOOD = {
    "kind": ctypes.c_int32(3), "text": ctypes.c_int32(2), "lang": ctypes.c_int32(0), "flags": ctypes.c_uint32(0),
    "id": ctypes.c_uint32(0), "value": ctypes.c_int32(1), "now": ctypes.c_int64(NOW), "at": ctypes.c_int64(NOW),
    "minor": ctypes.c_int64(100), "day": ctypes.c_int32(20000), "place": ctypes.c_uint32(0), "index": ctypes.c_uint32(0),
    "status": ctypes.c_int32(0), "count": size(1), "user": None, "zones": None, "each": each,
    "options_size": size(ctypes.sizeof(Options)), "capacity": size(ROOM), "memory_size": size(ROOM),
    "norm_count": size(1), "brief_count": size(1),
    "most": size(4), "column_count": size(1), "case_count": size(1), "instant_count": size(2), "instants": instants,
}
TEXTS = {"form": b"dsa-statement", "name": b"order.authenticated", "json": json, "currency": b"EUR", "path": b"/none", "bytes": image,
         "text": b"2026-09-04T13:30:00Z", "pem": PEM, "signature": SIGNATURE}
SPECIAL = {
    ("exq_pack_load_signed", "bytes"): SIGNED_PACK,
    ("exq_pack_member_find", "name"): b"AT", ("exq_day_parse", "text"): b"2026-09-04",
    ("exq_case_set_int", "value"): ctypes.c_int64(7), ("exq_pack_member_label", "lang"): ctypes.c_int32(1),
    ("exq_case_set_members", "members"): ctypes.byref(members), ("exq_case_set_members", "count"): size(2),
    ("exq_error_finding", "index"): size(0), ("exq_decide_rows_into", "norms"): ctypes.byref(norms),
    ("exq_batch_decide", "norms"): ctypes.byref(norms), ("exq_batch_refusal", "index"): size(0),
    ("exq_batch_decision", "index"): size(0), ("exq_batch_add_columns", "columns"): ctypes.byref(batch_column),
}


def is_out(kind, name):
    return "*" in kind and "const" not in kind and kind.rstrip(" *").replace("exq_", "") not in HANDLES and name != "user"


def good(function, arguments):
    """Good values for a call; lengths belong to the text before them."""
    values, length = [], None
    for kind, name in arguments:
        word = kind.replace("const ", "").rstrip(" *").replace("exq_", "")
        if (function, name) in SPECIAL:
            value = SPECIAL[function, name]
            length = len(value) if isinstance(value, bytes) else length
        elif kind.endswith("**"):
            value = ctypes.byref(ctypes.c_void_p())
        elif word in HANDLES and "*" in kind and name not in GOOD:
            value = handles[word]
        elif kind in ("const char *", "const uint8_t *"):
            value, length = TEXTS[name], len(TEXTS[name])
        elif kind == "size_t" and (name == "len" or name.endswith("_len")):
            value = size(length)
        elif name == "fact":
            value = fact(FACTS.get(function.replace("exq_case_set_", ""), b"order.authenticated"))
        elif function == "exq_case_set" and name == "value":
            value = ctypes.byref(value_of_set)
        elif is_out(kind, name):
            value = room
        elif word == "source":
            value = ctypes.byref(source)
        elif word == "rows":
            value = ctypes.byref(rows)
        elif word == "trust":
            value = ctypes.byref(trust)
        elif word == "options":
            value = ctypes.byref(options)
        elif name == "expected":
            value = digest
        elif name in GOOD:
            value = GOOD[name]
        elif kind == "uint32_t":
            value = ctypes.c_uint32(0)
        else:
            raise SystemExit(f"{function}: no good value for `{kind} {name}`")
        values.append(value)
    return values


value_of_set = Value(1, number=1)
COUNTS = ("count", "norm_count", "options_size", "most", "column_count", "case_count", "instant_count")
LONG = 2**31


def misuses(function, arguments):
    """Ways to misuse each argument: what is done, and the values."""
    for index, (kind, name) in enumerate(arguments):
        word = kind.replace("const ", "").rstrip(" *").replace("exq_", "")

        def with_(value, at=index):
            values = good(function, arguments)
            values[at] = value
            return values

        if kind.endswith("**") and name == "error":
            continue
        if "*" in kind or name == "each":
            yield f"{name} is NULL", with_(None)
        if word in HANDLES and "*" in kind and not kind.endswith("**") and not function.endswith("_free"):
            strange = handles["case" if word != "case" else "pack"]
            yield f"{name} is a handle of another kind", with_(strange)
            yield f"{name} is not aligned", with_(ctypes.c_void_p(handles[word].value + 1))
        if word == "decision" and function.startswith("exq_decision_") and not function.endswith("_free"):
            yield f"{name} holds no answer", with_(fresh)
        if word == "batch" and function in ("exq_batch_cases", "exq_batch_rows", "exq_batch_briefs"):
            yield f"{name} is not decided", with_(fresh_batch)
        if function == "exq_batch_decision" and word == "decision" or word == "case" and function == "exq_batch_add":
            yield f"{name} is of another pack", with_(other_case if word == "case" else other_decision)
        if word == "case" and function.startswith("exq_decide"):
            yield f"{name} is of another pack", with_(other_case)
        if kind == "const char *":
            bad = b"\xff" + b"x" * (len(good(function, arguments)[index]) - 1)
            yield f"{name} is not UTF-8", with_(bad)
            yield f"{name} is something else", with_(b"?" * len(bad))
        if kind == "size_t" and (name == "len" or name.endswith("_len") or name in COUNTS):
            yield f"{name} is 0", with_(size(0))
            for length in (LONG, 2**63, 2**64 - 1):
                yield f"{name} is {length}", with_(size(length))
        if name == "capacity":
            yield f"{name} is 0", with_(size(0))
            yield f"{name} is too short", with_(size(1))
        if name == "brief_count":
            yield f"{name} is too short", with_(size(0))
        if kind == "uint32_t" and name != "flags":
            yield f"{name} is out of range", with_(ctypes.c_uint32(2**32 - 2))
            yield f"{name} is EXQ_NONE", with_(ctypes.c_uint32(2**32 - 1))
        if kind == "uint32_t" and name == "flags":
            yield f"{name} has an unknown bit", with_(ctypes.c_uint32(64))
        if kind == "size_t" and name == "index":
            yield f"{name} is out of range", with_(size(2**40))
        if kind == "int32_t":
            yield f"{name} is -1", with_(ctypes.c_int32(-1))
            yield f"{name} is 2147483647", with_(ctypes.c_int32(2**31 - 1))
        if kind == "int64_t":
            yield f"{name} is INT64_MIN", with_(ctypes.c_int64(-2**63))
            yield f"{name} is INT64_MAX", with_(ctypes.c_int64(2**63 - 1))


def structures():
    """Misuse of what stands inside of structures."""
    def decide_with(**fields):
        wrong = Options(now=NOW, **fields)
        return "exq_decide_with", [decision, case, ctypes.byref(wrong), size(ctypes.sizeof(Options))]

    def by_rows(**fields):
        wrong = Rows(ctypes.pointer(column), 1, ctypes.pointer(value), 1, None)
        for name, given in fields.items():
            setattr(wrong, name, given)
        return "exq_decide_rows", [decision, case, ctypes.byref(wrong), ctypes.byref(options),
                                   size(ctypes.sizeof(Options)), each, None, room]

    def set_value(kind, name, **fields):
        wrong = Value(**fields)
        return "exq_case_set", [case, ctypes.c_int32(kind), fact(name) if kind == 3 else ctypes.c_uint32(0),
                                ctypes.byref(wrong)]

    def by_columns(count, **fields):
        wrong = BatchColumn(3, 0, ctypes.pointer(number))
        for name, given in fields.items():
            setattr(wrong, name, given)
        return "exq_batch_add_columns", [batch, ctypes.byref(wrong), size(1), size(count)]

    yield "a column of no kind", *by_columns(1, kind=5)
    yield "a column of no fact", *by_columns(1, id=2**32 - 1)
    yield "a column without numbers", *by_columns(1, numbers=None)
    yield "a set without members", *by_columns(1, id=fact(b"order.data").value)
    yield "more cases than the batch takes", *by_columns(3)
    yield "a refused case of a batch", "exq_batch_refusal", [batch, size(1)]
    yield "the decision of a refused case", "exq_batch_decision", [batch, size(1), decision]
    five = b"{}\n" * 5
    yield "more lines than the batch takes", "exq_batch_add_json", [batch, five, size(len(five))]
    many = (ctypes.c_int64 * 2)(NOW, -1)
    yield "an instant that is none", "exq_batch_decide", [batch, ctypes.byref(options), size(ctypes.sizeof(Options)), many,
                                                          size(2), None, size(0)]
    yield "has_law_date is 2", *decide_with(has_law_date=2)
    yield "adopt is NULL with a count", *decide_with(adopt_count=1)
    yield "adopt has a pack that is law", *decide_with(adopt_count=1, adopt=ctypes.addressof(norms))
    yield "undue_delay is -1", *decide_with(undue_delay=-1)
    yield "expeditiously is INT64_MIN", *decide_with(expeditiously=-2**63)
    yield "undue_delay is INT64_MAX", *decide_with(undue_delay=2**63 - 1)
    first = Options.undue_delay.offset
    yield "options of the first version", "exq_decide_with", [decision, case, ctypes.byref(options), size(first)]
    for cut in (first - 1, first + 1, first + 8):
        yield f"options of {cut} bytes", "exq_decide_with", [decision, case, ctypes.byref(options), size(cut)]
    longer = (ctypes.c_uint8 * (ctypes.sizeof(Options) + 8))()
    longer[ctypes.sizeof(Options)] = 1
    yield "options of a later version", "exq_decide_with", [decision, case, longer, size(len(longer))]
    yield "rows.columns is NULL", *by_rows(columns=ctypes.POINTER(Column)())
    yield "rows.values is NULL", *by_rows(values=ctypes.POINTER(Value)())
    yield "rows.row_count is 2^40", *by_rows(row_count=2**40)
    yield "rows.column_count is 2^40", *by_rows(column_count=2**40)
    yield "rows.columns has an unknown kind", *by_rows(columns=ctypes.pointer(Column(5, 0)))
    yield "rows.columns has an unknown fact", *by_rows(columns=ctypes.pointer(Column(3, 99)))
    yield "rows.values has a wrong type", *by_rows(values=ctypes.pointer(Value(4, number=1)))
    yield "an unknown type", *set_value(3, b"order.authenticated", type=99)
    yield "a type of events only", *set_value(3, b"order.authenticated", type=8)
    yield "a boolean of 2", *set_value(3, b"order.authenticated", type=1, number=2)
    yield "a wrong type", *set_value(3, b"order.authenticated", type=4, number=1)
    yield "a member out of range", *set_value(3, b"order.country", type=2, number=3)
    yield "a negative member", *set_value(3, b"order.country", type=2, number=-1)
    yield "a set with a member out of range", *set_value(3, b"order.data", type=3, members=(4, 0, 0, 0))
    yield "an integer out of range", *set_value(3, b"order.years", type=4, number=101)
    yield "a currency in small letters", *set_value(3, b"order.amount", type=5, number=1, currency=(101, 117, 114, 0))
    yield "a currency of nothing", *set_value(3, b"order.amount", type=5, number=1)
    yield "an instant of the year 3000", *set_value(3, b"order.deadline", type=6, number=2**61)
    yield "an event that is true", *set_value(4, b"", type=1, number=1)
    yield "an event of the year 3000", *set_value(4, b"", type=6, number=2**61)
    wrong = Source(Str(b"bad.exq", 7), Str(b"pack \xff", 6))
    yield "a source that is not UTF-8", "exq_pack_compile", [ctypes.byref(wrong), size(1), None,
                                                              ctypes.byref(ctypes.c_void_p())]
    null = Source(Str(None, 7), Str(None, 6))
    yield "a source of NULL", "exq_pack_compile", [ctypes.byref(null), size(1), None, ctypes.byref(ctypes.c_void_p())]
    for cut in (0, 1, 55, 56, len(image) - 1):
        yield f"a pack of {cut} bytes", "exq_pack_load", [image[:cut] + b"\0", size(cut), ctypes.byref(ctypes.c_void_p())]
    def signed(pack=SIGNED_PACK, signature=SIGNATURE, **fields):
        return "exq_pack_load_signed", [pack, size(len(pack)), signature, size(len(signature)),
                                        ctypes.byref(trusted(**fields)), ctypes.byref(ctypes.c_void_p()), room]

    def turned(data, place):
        return data[:place] + bytes([data[place] ^ 1]) + data[place + 1:]

    yield "a good signature", *signed()
    yield "a signature of 167 bytes", *signed(signature=SIGNATURE[:-1])
    yield "a signature of 169 bytes", *signed(signature=SIGNATURE + b"\0")
    yield "a signature of another version", *signed(signature=turned(SIGNATURE, 8))
    yield "a signature by another key", *signed(signature=turned(SIGNATURE, 96))
    yield "a signature with a bit turned", *signed(signature=turned(SIGNATURE, 167))
    yield "a serial with a bit turned", *signed(signature=turned(SIGNATURE, 48))
    yield "a signature of another pack", *signed(pack=turned(SIGNED_PACK, 24))
    yield "a signed pack with a bit turned", *signed(pack=turned(SIGNED_PACK, len(SIGNED_PACK) - 1))
    yield "a signed pack of another purpose", *signed(name=Str(b"other", 5))
    yield "a signed pack that is too old", *signed(serial_at_least=8)
    yield "a signed pack that has expired", *signed(now=1_798_761_600_000_000)
    yield "trust.now is INT64_MIN", *signed(now=-2**63)
    yield "trust.now is INT64_MAX", *signed(now=2**63 - 1)
    yield "trust.name is NULL", *signed(name=Str(None, 6))
    yield "trust.name is empty", *signed(name=Str(None, 0))
    yield "trust.name is not UTF-8", *signed(name=Str(b"\xff", 1))
    yield "trust.name is 2^63 long", *signed(name=Str(b"misuse", 2**63))
    yield "trust.name is in capitals", *signed(name=Str(b"MISUSE", 6))
    yield "trust.key is of small order", *signed(key=(ctypes.c_uint8 * 32)())
    yield "trust.key is no point", *signed(key=(ctypes.c_uint8 * 32)(2))
    altered = image[:-1] + bytes([image[-1] ^ 1])
    yield "a pack with a bit turned", "exq_pack_load", [altered, size(len(altered)), ctypes.byref(ctypes.c_void_p())]


RETURNS_STATUS = set(re.findall(r"\nexq_status (exq_\w+)\(", HEADER_TEXT))


def report(function, what, values):
    """One line of the matrix; and the same call again with nowhere to put the error."""
    error = ctypes.c_void_p()
    takes_error = function not in ("exq_error_code", "exq_error_finding", "exq_status_name")
    if function not in RETURNS_STATUS:
        call(function, *values)
        print(f"{function} | {what} | returns")
        return
    if not takes_error:
        print(f"{function} | {what} | {STATUS[call(function, *values)]}")
        return
    ctypes.memset(room, 0xA5, ROOM)
    status = call(function, *values, ctypes.byref(error))
    message, place = text_of(error, "message"), text_of(error, "place")
    if status == 0:
        assert not error, "an error object beside EXQ_OK"
        print(f"{function} | {what} | EXQ_OK")
    else:
        assert error and message, f"{function}, {what}: {STATUS[status]} without a message"
        untouched = room.raw[8:] == b"\xa5" * (ROOM - 8)
        assert untouched, f"{function}, {what}: {STATUS[status]}, and something was written"
        print(f"{function} | {what} | {STATUS[status]} | {place} | {message.splitlines()[0]}")
        call("exq_error_free", error)
        assert call(function, *values, None) == status, "another status without an error object"


def start_again():
    """The case, the decision and the batch as every misuse finds them: a batch has a line that is refused, too."""
    call("exq_case_set_json", case, json, size(len(json)), None)
    call("exq_decide", decision, case, ctypes.c_int64(NOW), None)
    lines = json + b"\n{\n"
    call("exq_batch_clear", batch, None)
    call("exq_batch_add_json", batch, lines, size(len(lines)), None)
    call("exq_batch_decide", batch, ctypes.byref(options), size(ctypes.sizeof(Options)), None, size(0), None, size(0), None)


def main():
    start_again()
    functions = 0
    for function, arguments in prototypes():
        functions += 1
        if arguments and arguments[-1] == ("exq_error **", "error"):
            arguments = arguments[:-1]
        for what, values in misuses(function, arguments):
            report(function, what, values)
            # A failed call may have left no answer, and setters change the case: each misuse starts from the same.
            start_again()
    for what, function, values in structures():
        report(function, what, values)
        start_again()
    print(f"{functions} functions")


main()
