"""The C header as ctypes: constants, structs and prototypes, by hand.

Invariant: nothing here says anything that `include/exequatur.h` does not say. `tests/test_abi.py` compares every
constant, every struct's layout and every prototype with the header through a C compiler, so that the two cannot drift.
By hand and not generated: the header is small, and a reader should find one plain list of what is called.
"""

from __future__ import annotations

from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    c_char,
    c_char_p,
    c_int32,
    c_int64,
    c_size_t,
    c_uint8,
    c_uint32,
    c_uint64,
    c_void_p,
)
from typing import Any, Dict, List, Tuple

ABI_VERSION = 1

# Statuses.
OK = 0
E_NULL = 1
E_HANDLE = 2
E_BUSY = 3
E_ARGUMENT = 4
E_ID = 5
E_NAME = 6
E_UTF8 = 7
E_TYPE = 8
E_VALUE = 9
E_JSON = 10
E_PACK = 11
E_SOURCE = 12
E_FILE = 13
E_OTHER_PACK = 14
E_NOT_DECIDED = 15
E_BUFFER = 16
E_LENGTH = 17
E_SCHEMA = 18
E_UNSUPPORTED = 19
E_MEMORY = 20
E_PANIC = 21
E_SIGNATURE = 22
E_KEY = 23
E_FORGED = 24
E_SWAPPED = 25
E_ROLLED_BACK = 26
E_EXPIRED = 27

NONE = 0xFFFF_FFFF
FEATURE_COMPILER = 1
FEATURE_SIGN = 2
NEVER = 0x7FFF_FFFF_FFFF_FFFF

LANG_EN = 0
LANG_FR = 1

# Kinds of things with ids.
KIND_PACK = 0
KIND_ENUM = 1
KIND_SET = 2
KIND_FACT = 3
KIND_EVENT = 4
KIND_NORM = 5
KIND_RULE = 6
KIND_VERSION = 7
KIND_CALENDAR = 8

TEXT_TITLE = 0
TEXT_SOURCE = 1
TEXT_QUESTION = 2
TEXT_REASON = 3
TEXT_LABEL = 4

# Types of facts and of values. The words for facts stand in `words.FactType`.
TYPE_ABSENT = 0
TYPE_BOOL = 1
TYPE_MEMBER = 2
TYPE_SET = 3
TYPE_INT = 4
TYPE_MONEY = 5
TYPE_INSTANT = 6
TYPE_UNKNOWN = 7
TYPE_NOT_HAPPENED = 8

# What a column of a batch says in a place.
SAID_NOTHING = 0
SAID_VALUE = 1
SAID_UNKNOWN = 2
SAID_NOT_HAPPENED = 3

# The numbers of outcomes, effects, states, statuses and the like stand beside their words, in `words`.

CEILING_NONE = 0
CEILING_UNKNOWN = 1
CEILING_AMOUNTS = 2

WITH_TEXTS = 1
WITH_RECEIPT = 2
PRETTY = 4


class Bytes(c_char_p):
    """`const uint8_t *` into the library: takes `bytes`, which may hold zeros."""


class Pack(Structure):
    """`exq_pack`, opaque."""


class Case(Structure):
    """`exq_case`, opaque."""


class Decision(Structure):
    """`exq_decision`, opaque."""


class Batch(Structure):
    """`exq_batch`, opaque."""


class Error(Structure):
    """`exq_error`, opaque."""


class Str(Structure):
    """`exq_str`: borrowed text, not ended by a zero."""

    _fields_ = [("ptr", c_void_p), ("len", c_size_t)]


class ByteSlice(Structure):
    """`exq_bytes`: borrowed bytes."""

    _fields_ = [("ptr", c_void_p), ("len", c_size_t)]


class Digest(Structure):
    _fields_ = [("bytes", c_uint8 * 32)]


class Source(Structure):
    _fields_ = [("name", Str), ("text", Str)]


class Key(Structure):
    _fields_ = [("bytes", c_uint8 * 32)]


class Trust(Structure):
    _fields_ = [("key", Key), ("name", Str), ("serial_at_least", c_uint64), ("now", c_int64)]


class Signed(Structure):
    _fields_ = [("serial", c_uint64), ("expires", c_int64)]


class Finding(Structure):
    _fields_ = [("code", Str), ("message", Str), ("file", Str), ("line", c_uint32), ("column", c_uint32)]


class Moment(Structure):
    _fields_ = [("at", c_int64), ("kind", c_int32), ("service_level", c_int32)]


class Money(Structure):
    _fields_ = [("minor", c_int64), ("currency", c_uint8 * 4), ("decimals", c_uint32)]


class Named(Structure):
    _fields_ = [("kind", c_int32), ("id", c_uint32)]


class Instrument(Structure):
    _fields_ = [("status", c_int32), ("adopted", c_int32), ("from", c_int32), ("until", c_int32)]


class Fact(Structure):
    _fields_ = [
        ("type", c_int32),
        ("enumeration", c_uint32),
        ("least", c_int64),
        ("most", c_int64),
        ("presumed", c_int32),
        ("reserved", c_int32),
    ]


class Norm(Structure):
    _fields_ = [
        ("bearer", Str),
        ("action", Str),
        ("object", Str),
        ("family", Str),
        ("member", Str),
        ("pack", c_uint32),
        ("done_at", c_uint32),
        ("broken_at", c_uint32),
        ("by_default", c_int32),
        ("is_protected", c_int32),
        ("reserved", c_int32),
    ]


class RuleVersion(Structure):
    _fields_ = [
        ("rule", c_uint32),
        ("pack", c_uint32),
        ("from", c_int32),
        ("until", c_int32),
        ("citations", c_uint32),
        ("untranslated", c_uint32),
    ]


class Citation(Structure):
    _fields_ = [("article_en", Str), ("article_fr", Str), ("checked", c_int32), ("reserved", c_int32)]


class Value(Structure):
    _fields_ = [("type", c_int32), ("currency", c_uint8 * 4), ("number", c_int64), ("members", c_uint64 * 4)]


class Column(Structure):
    _fields_ = [("kind", c_int32), ("id", c_uint32)]


class Rows(Structure):
    _fields_ = [
        ("columns", POINTER(Column)),
        ("column_count", c_size_t),
        ("values", POINTER(Value)),
        ("row_count", c_size_t),
        ("now", POINTER(c_int64)),
    ]


class Options(Structure):
    _fields_ = [
        ("now", c_int64),
        ("law_date", c_int32),
        ("has_law_date", c_int32),
        ("adopt", POINTER(c_uint32)),
        ("adopt_count", c_size_t),
        ("undue_delay", c_int64),
        ("expeditiously", c_int64),
    ]


class Answer(Structure):
    _fields_ = [
        ("norm", c_uint32),
        ("beside", c_uint32),
        ("outcome", c_int32),
        ("unprotected", c_int32),
        ("provisional", c_int32),
        ("conflict", c_int32),
        ("guard", c_int32),
        ("operational", c_uint32),
        ("effects", c_uint32),
        ("everywhere", c_int32),
        ("places", c_uint64 * 4),
    ]


class Effect(Structure):
    _fields_ = [
        ("rule", c_uint32),
        ("version", c_uint32),
        ("value", c_int32),
        ("state", c_int32),
        ("status", c_int32),
        ("certain", c_int32),
        ("by", c_uint32),
        ("overtaken", c_int32),
        ("why", c_int32),
        ("exclusive", c_int32),
        ("ceiling", c_int32),
        ("amounts", c_uint32),
        ("per_day", c_int32),
        ("alternatives", c_uint32),
        ("not_before", Moment),
        ("due", Moment),
        ("provisional_due", Moment),
        ("start", Moment),
        ("end", Moment),
    ]


class Duty(Structure):
    _fields_ = [
        ("answer", c_uint32),
        ("effect", c_uint32),
        ("norm", c_uint32),
        ("rule", c_uint32),
        ("version", c_uint32),
        ("outcome", c_int32),
        ("state", c_int32),
        ("status", c_int32),
        ("certain", c_int32),
        ("exclusive", c_int32),
        ("due", Moment),
        ("provisional_due", Moment),
        ("not_before", Moment),
        ("everywhere", c_int32),
        ("reserved", c_int32),
        ("places", c_uint64 * 4),
    ]


class Alternative(Structure):
    _fields_ = [
        ("due", Moment),
        ("exclusive", c_int32),
        ("reserved", c_int32),
        ("because_en", Str),
        ("because_fr", Str),
    ]


class Derivation(Structure):
    _fields_ = [
        ("regime", c_int32),
        ("steps", c_uint32),
        ("calendar", c_uint32),
        ("reserved", c_int32),
        ("zone", Str),
    ]


class Step(Structure):
    _fields_ = [
        ("kind", c_int32),
        ("has_day", c_int32),
        ("day", c_int32),
        ("skipped", c_int32),
        ("at", Moment),
        ("paragraph", Str),
        ("holiday_en", Str),
        ("holiday_fr", Str),
        ("recalled", c_int32),
        ("reserved", c_int32),
    ]


class Missing(Structure):
    _fields_ = [("kind", c_int32), ("id", c_uint32), ("count", c_uint32)]


class RuleState(Structure):
    _fields_ = [("rule", c_uint32), ("version", c_uint32), ("truth", c_int32), ("needs_human", c_int32)]


class Receipt(Structure):
    _fields_ = [("pack", Digest), ("facts", Digest), ("decision", Digest), ("now", c_int64)]


class Brief(Structure):
    _fields_ = [
        ("outcome", c_int32),
        ("status", c_int32),
        ("allowed", c_int32),
        ("needs_human", c_int32),
        ("due", Moment),
    ]


class BatchColumn(Structure):
    _fields_ = [
        ("kind", c_int32),
        ("id", c_uint32),
        ("numbers", POINTER(c_int64)),
        ("members", POINTER(c_uint64)),
        ("said", POINTER(c_uint8)),
        ("currency", c_uint8 * 4),
        ("reserved", c_int32),
    ]


class BatchCase(Structure):
    _fields_ = [
        ("status", c_int32),
        ("needs_human", c_int32),
        ("first_row", c_uint64),
        ("rows", c_uint32),
        ("missing", c_uint32),
        ("line", c_uint32),
        ("reserved", c_int32),
        ("next_change", Moment),
    ]


class BatchRow(Structure):
    _fields_ = [
        ("a_case", c_uint32),
        ("norm", c_uint32),
        ("answer", c_uint32),
        ("effect", c_uint32),
        ("beside", c_uint32),
        ("outcome", c_int32),
        ("provisional", c_int32),
        ("conflict", c_int32),
        ("guard", c_int32),
        ("rule", c_uint32),
        ("version", c_uint32),
        ("value", c_int32),
        ("state", c_int32),
        ("status", c_int32),
        ("why", c_int32),
        ("certain", c_int32),
        ("exclusive", c_int32),
        ("operational", c_int32),
        ("due", Moment),
        ("provisional_due", Moment),
        ("not_before", Moment),
        ("everywhere", c_int32),
        ("reserved", c_int32),
        ("places", c_uint64 * 4),
    ]


PackP = POINTER(Pack)
CaseP = POINTER(Case)
DecisionP = POINTER(Decision)
BatchP = POINTER(Batch)
ErrorP = POINTER(Error)

# The pointer is not const here, for ctypes has no such word; nothing in this package writes through it.
Each = CFUNCTYPE(c_int32, c_void_p, c_size_t, DecisionP)

_S = c_int32
_E = POINTER(ErrorP)
_I32 = POINTER(c_int32)
_U32 = POINTER(c_uint32)
_I64 = POINTER(c_int64)
_SIZE = POINTER(c_size_t)
_OUT = POINTER(c_char)
_TEXT = [c_char_p, c_size_t]
_BUFFER = [_OUT, c_size_t, _SIZE, _E]
_OPTIONS = [POINTER(Options), c_size_t]


def _of_pack(*arguments: Any) -> Tuple[Any, List[Any]]:
    return (_S, [PackP, *arguments, _E])


def _of_case(*arguments: Any) -> Tuple[Any, List[Any]]:
    return (_S, [CaseP, *arguments, _E])


def _of_decision(*arguments: Any) -> Tuple[Any, List[Any]]:
    return (_S, [DecisionP, *arguments, _E])


def _of_batch(*arguments: Any) -> Tuple[Any, List[Any]]:
    return (_S, [BatchP, *arguments, _E])


# Each function: what it returns, and its arguments.
PROTOTYPES: Dict[str, Tuple[Any, List[Any]]] = {
    "exq_abi_version": (c_uint32, []),
    "exq_version": (c_char_p, []),
    "exq_features": (c_uint32, []),
    "exq_status_name": (c_char_p, [c_int32]),
    "exq_error_code": (_S, [ErrorP]),
    "exq_error_message": (c_char_p, [ErrorP]),
    "exq_error_place": (c_char_p, [ErrorP]),
    "exq_error_finding_count": (c_size_t, [ErrorP]),
    "exq_error_finding": (_S, [ErrorP, c_size_t, POINTER(Finding)]),
    "exq_error_free": (None, [ErrorP]),
    "exq_pack_load": (_S, [Bytes, c_size_t, POINTER(PackP), _E]),
    "exq_pack_load_file": (_S, [*_TEXT, POINTER(PackP), _E]),
    "exq_pack_compile": (_S, [POINTER(Source), c_size_t, PackP, POINTER(PackP), _E]),
    "exq_key_from_pem": (_S, [*_TEXT, POINTER(Key), _E]),
    "exq_pack_load_signed": (
        _S,
        [Bytes, c_size_t, Bytes, c_size_t, POINTER(Trust), POINTER(PackP), POINTER(Signed), _E],
    ),
    "exq_pack_free": (None, [PackP]),
    "exq_pack_bytes": _of_pack(POINTER(ByteSlice)),
    "exq_pack_digest": _of_pack(POINTER(Digest)),
    "exq_pack_schema_hash": _of_pack(POINTER(Digest)),
    "exq_pack_expect_schema": _of_pack(POINTER(Digest)),
    "exq_pack_is_proved": _of_pack(_I32),
    "exq_pack_territory": _of_pack(_U32),
    "exq_pack_count": _of_pack(c_int32, _U32),
    "exq_pack_find": _of_pack(c_int32, *_TEXT, _U32),
    "exq_pack_name": _of_pack(c_int32, c_uint32, POINTER(Str)),
    "exq_pack_text": _of_pack(c_int32, c_uint32, c_int32, c_int32, POINTER(Str)),
    "exq_pack_member_count": _of_pack(c_uint32, _U32),
    "exq_pack_member_find": _of_pack(c_uint32, *_TEXT, _U32),
    "exq_pack_member_name": _of_pack(c_uint32, c_uint32, POINTER(Str)),
    "exq_pack_member_label": _of_pack(c_uint32, c_uint32, c_int32, POINTER(Str)),
    "exq_pack_instrument": _of_pack(c_uint32, POINTER(Instrument)),
    "exq_pack_fact": _of_pack(c_uint32, POINTER(Fact)),
    "exq_pack_norm": _of_pack(c_uint32, POINTER(Norm)),
    "exq_pack_rule_version": _of_pack(c_uint32, POINTER(RuleVersion)),
    "exq_pack_citation": _of_pack(c_uint32, c_uint32, POINTER(Citation)),
    "exq_pack_untranslated": _of_pack(c_uint32, c_uint32, c_int32, POINTER(Str)),
    "exq_pack_case_schema": (_S, [PackP, *_BUFFER]),
    "exq_pack_memory": (_S, [POINTER(c_size_t), _E]),
    "exq_pack_load_in": (_S, [Bytes, c_size_t, Bytes, c_size_t, POINTER(PackP), _E]),
    "exq_case_memory": _of_pack(POINTER(c_size_t)),
    "exq_case_new_in": (_S, [PackP, Bytes, c_size_t, POINTER(CaseP), _E]),
    "exq_decision_memory": _of_pack(POINTER(c_size_t)),
    "exq_decision_new_in": (_S, [PackP, Bytes, c_size_t, POINTER(DecisionP), _E]),
    "exq_case_new": (_S, [PackP, POINTER(CaseP), _E]),
    "exq_case_free": (None, [CaseP]),
    "exq_case_clear": _of_case(),
    "exq_case_set_bool": _of_case(c_uint32, c_int32),
    "exq_case_set_member": _of_case(c_uint32, c_uint32),
    "exq_case_set_members": _of_case(c_uint32, _U32, c_size_t),
    "exq_case_set_int": _of_case(c_uint32, c_int64),
    "exq_case_set_money": _of_case(c_uint32, c_int64, *_TEXT),
    "exq_case_set_instant": _of_case(c_uint32, c_int64),
    "exq_case_set_unknown": _of_case(c_uint32),
    "exq_case_unset": _of_case(c_uint32),
    "exq_case_set_event": _of_case(c_uint32, c_int64),
    "exq_case_set_not_happened": _of_case(c_uint32),
    "exq_case_set_event_unknown": _of_case(c_uint32),
    "exq_case_unset_event": _of_case(c_uint32),
    "exq_case_set": _of_case(c_int32, c_uint32, POINTER(Value)),
    "exq_case_get": _of_case(c_int32, c_uint32, POINTER(Value)),
    "exq_case_set_json": _of_case(*_TEXT),
    "exq_decision_new": (_S, [PackP, POINTER(DecisionP), _E]),
    "exq_decision_free": (None, [DecisionP]),
    "exq_decide": _of_decision(CaseP, c_int64),
    "exq_decide_with": _of_decision(CaseP, *_OPTIONS),
    "exq_decide_rows": _of_decision(CaseP, POINTER(Rows), *_OPTIONS, Each, c_void_p, _SIZE),
    "exq_decide_rows_into": _of_decision(
        CaseP, POINTER(Rows), *_OPTIONS, _U32, c_size_t, POINTER(Brief), c_size_t, _SIZE
    ),
    "exq_decision_allows": _of_decision(c_uint32, c_uint32, _I32),
    "exq_decision_brief": _of_decision(c_uint32, POINTER(Brief)),
    "exq_decision_answer_count": _of_decision(_U32),
    "exq_decision_answer": _of_decision(c_uint32, POINTER(Answer)),
    "exq_decision_effect": _of_decision(c_uint32, c_uint32, POINTER(Effect)),
    "exq_decision_amount": _of_decision(c_uint32, c_uint32, c_uint32, POINTER(Money)),
    "exq_decision_alternative": _of_decision(c_uint32, c_uint32, c_uint32, POINTER(Alternative)),
    "exq_decision_derivation": _of_decision(c_uint32, c_uint32, c_uint32, POINTER(Derivation)),
    "exq_decision_steps": _of_decision(c_uint32, c_uint32, c_uint32, POINTER(Step), c_size_t, _SIZE),
    "exq_decision_needs": _of_decision(c_uint32, c_uint32, POINTER(Named), c_size_t, _SIZE),
    "exq_decision_duties": _of_decision(POINTER(Duty), c_size_t, _SIZE),
    "exq_decision_missing_count": _of_decision(_U32),
    "exq_decision_missing": _of_decision(c_uint32, POINTER(Missing)),
    "exq_decision_assumed": _of_decision(POINTER(Named), c_size_t, _SIZE),
    "exq_decision_rules": _of_decision(POINTER(RuleState), c_size_t, _SIZE),
    "exq_decision_needs_human": _of_decision(_I32),
    "exq_decision_next_change": _of_decision(POINTER(Moment)),
    "exq_decision_law_date": _of_decision(c_uint32, _I32, _I32),
    "exq_decision_receipt": _of_decision(POINTER(Receipt)),
    "exq_decision_json": (_S, [DecisionP, c_uint32, *_BUFFER]),
    "exq_decision_text": (_S, [DecisionP, c_int32, c_uint32, *_BUFFER]),
    "exq_decision_form": (_S, [DecisionP, *_TEXT, c_uint32, *_BUFFER]),
    "exq_batch_new": (_S, [PackP, c_size_t, POINTER(BatchP), _E]),
    "exq_batch_free": (None, [BatchP]),
    "exq_batch_clear": _of_batch(),
    "exq_batch_count": _of_batch(_SIZE),
    "exq_batch_add": _of_batch(CaseP),
    "exq_batch_add_json": _of_batch(*_TEXT),
    "exq_batch_add_columns": _of_batch(POINTER(BatchColumn), c_size_t, c_size_t),
    "exq_batch_decide": _of_batch(*_OPTIONS, _I64, c_size_t, _U32, c_size_t),
    "exq_batch_cases": _of_batch(POINTER(BatchCase), c_size_t, _SIZE),
    "exq_batch_rows": _of_batch(POINTER(BatchRow), c_size_t, _SIZE),
    "exq_batch_briefs": _of_batch(POINTER(Brief), c_size_t, _SIZE),
    "exq_batch_refusal": _of_batch(c_size_t),
    "exq_batch_decision": _of_batch(c_size_t, DecisionP),
    "exq_instant_parse": (_S, [*_TEXT, _I64, _E]),
    "exq_instant_format": (_S, [c_int64, *_BUFFER]),
    "exq_day_parse": (_S, [*_TEXT, _I32, _E]),
    "exq_day_format": (_S, [c_int32, *_BUFFER]),
}


def declare(library: Any) -> None:
    """Gives each function of a library its prototype; an `AttributeError` names the first one that it lacks."""
    for name, (result, arguments) in PROTOTYPES.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
