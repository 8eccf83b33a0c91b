"""Many cases in one call: text or columns in, arrays of plain records out, and the whole decision of any of them on request.

Invariant: no case has another's answer. A case that is refused keeps its number and its error, and stops no other. A batch
is decided when it is made and never changes; what is copied out of it is copied at once, without a loop over cases.
"""

from __future__ import annotations

import threading
from array import array
from ctypes import Structure, byref, c_int32, c_int64, c_size_t, c_uint8, c_uint32, c_uint64, sizeof
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, TypeVar, Union

from . import _abi, _vocabulary
from ._call import call, made, record
from ._engine import Document, Engine, Terms
from ._library import library
from ._question import Question
from .decision import Decision
from .errors import CaseError, EngineError, ExequaturError, UsageError
from .values import encode, instant, micros

T = TypeVar("T")
# How many numbers a case has in a column: a set is four words of bits.
SET_WORDS = 4
_WIDTHS = {_abi.TYPE_SET: SET_WORDS}
_CODES = {c_int32: "i", c_uint32: "I", c_int64: "q", c_uint64: "Q"}


@dataclass(frozen=True)
class Column:
    """What many cases say of one fact or event, one after the other.

    `values` is a buffer of whole numbers (an `array`, `bytes`, a numpy array), which is copied as it is: a boolean as 0 or 1,
    a member by its number, an instant in microseconds of UTC, an amount in minor units of `currency`; of a set four
    unsigned words of bits for each case. Or it is a sequence of Python values, which are read one by one: `bool`, `int`,
    `datetime`, the name of a member, `None` for unknown, and of an event `False` for not happened.

    `said` has a byte for each case: 0 nothing is said, 1 the value stands, 2 unknown, 3 not happened.
    """

    values: Any
    said: Optional[bytes] = None
    currency: Optional[str] = None


class Batch:
    """Many cases of one pack, decided. Made by `Pack.batch`.

    `cases`, `rows` and `briefs` are arrays of records of whole numbers, whose fields are those of `exq_batch_case`,
    `exq_batch_row` and `exq_brief` in the C header; `column` gives one field of all of them without a copy. A row's norm is
    the index of its name in `tuple(pack.norms)`.
    """

    def __init__(
        self,
        engine: Engine,
        cases: Union[str, bytes, Mapping[str, Any]],
        now: Union[datetime, Sequence[datetime], Any],
        norms: Sequence[str],
        terms: Callable[[Any], Terms],
    ) -> None:
        if isinstance(norms, str):
            raise UsageError("`norms` is a list of names, not one text", place="norms")
        self._engine = engine
        self._lock = threading.Lock()
        ids = tuple(map(engine.norm, norms))
        if isinstance(cases, Mapping):
            self._size, native = _columns(engine, cases)
            self._handle = self._new()
            call(library.exq_batch_add_columns, self._handle.pointer, native, len(native), self._size)
        else:
            text = encode(cases) if isinstance(cases, str) else bytes(cases)
            self._size = text.count(b"\n") + 1
            self._handle = self._new()
            call(library.exq_batch_add_json, self._handle.pointer, text, len(text))
            count = c_size_t()
            call(library.exq_batch_count, self._handle.pointer, byref(count))
            self._size = count.value
        instants = None if isinstance(now, datetime) else _instants(now)
        # With an instant for each case, that of the options is not looked at.
        self._terms = terms(now if isinstance(now, datetime) else instant(0))
        options = self._terms.options()
        call(
            library.exq_batch_decide,
            self._handle.pointer,
            byref(options),
            sizeof(options),
            instants,
            0 if instants is None else len(instants),
            (c_uint32 * len(ids))(*ids),
            len(ids),
        )
        self.norms = tuple(norms)

    def _new(self) -> Any:
        return made(_abi.BatchP, library.exq_batch_free, library.exq_batch_new, self._engine.pack, self._size)

    def __len__(self) -> int:
        return self._size

    @cached_property
    def cases(self) -> Any:
        """What came of each case: an array of `exq_batch_case`."""
        return self._copied(_abi.BatchCase, library.exq_batch_cases)

    @cached_property
    def rows(self) -> Any:
        """Every effect of every answer to every case, whatever its state: an array of `exq_batch_row`."""
        return self._copied(_abi.BatchRow, library.exq_batch_rows)

    @cached_property
    def briefs(self) -> Any:
        """For each case, each norm that was asked for in short: an array of `exq_brief`, case after case."""
        return self._copied(_abi.Brief, library.exq_batch_briefs)

    def _copied(self, kind: Any, function: Any) -> Any:
        with self._lock:
            count = c_size_t()
            call(function, self._handle.pointer, None, 0, byref(count))
            copied = (kind * count.value)()
            if count.value:
                call(function, self._handle.pointer, copied, count.value, byref(count))
            return copied

    @property
    def refused(self) -> Tuple[int, ...]:
        """The numbers of the cases that have no decision."""
        return tuple(index for index, status in enumerate(self.column(self.cases, "status")) if status != _abi.OK)

    @staticmethod
    def column(records: Any, field: str) -> memoryview:
        """One field of all records of an array, without a copy; `due.at` is a field of a field."""
        kind, offset = records._type_, 0
        for part in field.split("."):
            if not issubclass(kind, Structure):
                raise UsageError(f"`{field}` is no field", place="field")
            types = dict((entry[0], entry[1]) for entry in kind._fields_)
            if part not in types:
                raise UsageError(f"`{part}` is no field: expected one of {', '.join(types)}", place="field")
            offset += getattr(kind, part).offset
            kind = types[part]
        code = _CODES.get(kind)
        if code is None:
            raise UsageError(f"`{field}` is not one number", place="field")
        if not len(records):
            return memoryview(array(code))
        size = sizeof(kind)
        # A checker knows no view of a code that is only known here.
        whole: Any = memoryview(records).cast("B")
        field_of_all: memoryview = whole.cast(code)[offset // size :: sizeof(records._type_) // size]
        return field_of_all

    def error(self, case: int) -> Optional[ExequaturError]:
        """Why a case has no decision; `None` if it has one."""
        with self._lock:
            try:
                call(library.exq_batch_refusal, self._handle.pointer, self._index(case))
            except ExequaturError as error:
                error.row = case
                return error
        return None

    def decision(self, case: int) -> Decision:
        """The whole decision of one case. One that was refused raises its error."""
        return _OfBatch(self._engine, Document(b"{}"), self._terms, batch=self, index=self._index(case)).decide()

    def _index(self, case: int) -> int:
        if not 0 <= case < self._size:
            raise IndexError(f"there is no case {case}: the batch has {self._size}")
        return case


@dataclass(frozen=True)
class _OfBatch(Question):
    """A question that a batch answers."""

    batch: Optional[Batch] = None
    index: int = 0

    def _ask(self, read: Callable[[Any], T]) -> T:
        if self.batch is None:
            raise EngineError("the batch of this decision is gone")
        with self.engine.bench() as bench, self.batch._lock:
            decision = bench.decision.pointer
            call(library.exq_batch_decision, self.batch._handle.pointer, self.index, decision)
            return read(decision)


def _instants(now: Any) -> Any:
    numbers = _numbers(now) if _is_buffer(now) else array("q", (micros(at, f"now/{row}") for row, at in enumerate(now)))
    return (c_int64 * len(numbers)).from_buffer_copy(numbers) if len(numbers) else (c_int64 * 0)()


def _is_buffer(values: Any) -> bool:
    try:
        memoryview(values)
    except TypeError:
        return False
    return True


def _numbers(values: Any, code: str = "q") -> Any:
    """A buffer of whole numbers as one of 64 bits."""
    view = memoryview(values)
    if view.format not in ("b", "B", "?", "h", "H", "i", "I", "l", "L", "q", "Q"):
        raise UsageError(f"expected a buffer of whole numbers, found the format `{view.format}`", place="columns")
    same = view.itemsize == 8 and view.contiguous and view.format.islower() == code.islower()
    return view if same else array(code, view)


def _columns(engine: Engine, columns: Mapping[str, Any]) -> Tuple[int, Any]:
    """The native columns, and how many cases they have."""
    native = (_abi.BatchColumn * len(columns))()
    sizes: Dict[str, int] = {}
    for row, (name, given) in zip(native, columns.items()):
        said = given if isinstance(given, Column) else Column(given)
        sizes[name] = _column(engine, name, said, row)
    if len(set(sizes.values())) > 1:
        lengths = ", ".join(f"`{name}` {size}" for name, size in sizes.items())
        raise UsageError(f"the columns have different lengths: {lengths}", place="columns")
    return next(iter(sizes.values()), 0), native


def _column(engine: Engine, name: str, given: Column, row: Any) -> int:
    row.kind, row.id = engine.said(name)
    of = _abi.NONE
    kind = _abi.TYPE_INSTANT
    if row.kind == _abi.KIND_FACT:
        fact = record(_abi.Fact, library.exq_pack_fact, engine.pack, row.id)
        kind, of = fact.type, fact.enumeration
    width = _WIDTHS.get(kind, 1)
    said = given.said
    if _is_buffer(given.values):
        numbers = _numbers(given.values, "Q" if width > 1 else "q")
    elif width > 1:
        raise UsageError(f"`{name}` is a set: expected a buffer of four words for each case", place=name)
    else:
        members = _vocabulary.members(engine.pack, of) if kind == _abi.TYPE_MEMBER else ()
        numbers, marks = _read(name, list(given.values), kind, row.kind == _abi.KIND_EVENT, members)
        said = marks if said is None else said
    if kind == _abi.TYPE_MONEY:
        letters = encode(given.currency or "", name)
        if len(letters) != 3:
            raise UsageError(f"`{name}` is an amount: expected its `currency`, such as `EUR`", place=name)
        row.currency[:3] = letters
    count, rest = divmod(len(numbers), width)
    if rest or said is not None and len(said) != count:
        raise UsageError(f"`{name}` has {len(numbers)} numbers, which are not those of whole cases", place=name)
    if count:
        if width > 1:
            row.members = (c_uint64 * len(numbers)).from_buffer_copy(numbers)
        else:
            row.numbers = (c_int64 * len(numbers)).from_buffer_copy(numbers)
        if said is not None:
            row.said = (c_uint8 * count).from_buffer_copy(said)
    return count


def _read(
    name: str, cells: List[Any], kind: int, event: bool, members: Tuple[str, ...]
) -> Tuple[Any, Optional[bytes]]:
    """Python values as numbers, and what is said of each."""
    ids = {member: index for index, member in enumerate(members)}

    def mark(cell: Any) -> int:
        if cell is None:
            return _abi.SAID_UNKNOWN
        return _abi.SAID_NOT_HAPPENED if event and cell is False else _abi.SAID_VALUE

    def number(place: int, cell: Any) -> int:
        where = f"{name}/{place}"
        if isinstance(cell, datetime) and kind == _abi.TYPE_INSTANT:
            return micros(cell, where)
        if isinstance(cell, str) and cell in ids:
            return ids[cell]
        whole = isinstance(cell, int) and isinstance(cell, bool) == (kind == _abi.TYPE_BOOL)
        if whole and not -(2**63) <= int(cell) < 2**63 or not whole:
            raise CaseError(f"at `{where}`: `{cell!r}` is no value for `{name}`", place=where)
        return int(cell)

    marks = bytes(map(mark, cells))
    numbers = array("q", (number(at, cell) if marks[at] == _abi.SAID_VALUE else 0 for at, cell in enumerate(cells)))
    return numbers, None if marks == bytes([_abi.SAID_VALUE]) * len(cells) else marks
