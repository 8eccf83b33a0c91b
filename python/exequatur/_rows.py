"""Many cases at once: rows of Python values to one contiguous array, and briefs back, in a single call.

Invariant: a value is read by the engine, as in a case; equal values of a column are read once. The call is all or
nothing: a refused row ends it with its number, and no brief of it or of the rows after it is given out.
"""

from __future__ import annotations

from ctypes import byref, c_int64, c_size_t, c_uint32, sizeof
from datetime import date, datetime
from typing import Any, Dict, Iterable, List, Sequence, Tuple, Union

from . import _abi
from ._call import call
from ._engine import Document, Engine, ServiceLevels, set_json
from ._library import library
from ._read import brief
from .decision import Brief
from .errors import CaseError, ExequaturError, UsageError
from .values import micros, to_json

# Equal cells of a column are read once; instants seldom are equal, so there is an end to what is kept.
CELLS_KEPT = 4096


class _Cells:
    """The values of one column."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self.kind, self.id = engine.said(name)
        self.place = "/" + name.replace(".", "/")
        self.seen: Dict[Any, _abi.Value] = {}

    def value(self, cell: Any) -> _abi.Value:
        said = to_json(cell, self.place)
        # `True` and `1` are equal as keys, and are not the same value.
        key = (type(said), repr(said))
        found = self.seen.get(key)
        if found is None:
            found = self.engine.value(self.name, said)
            if len(self.seen) < CELLS_KEPT:
                self.seen[key] = found
        return found


def decide_many(
    engine: Engine,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    now: Union[datetime, Sequence[datetime]],
    norms: Sequence[str],
    base: Document,
    law_date: Union[date, None],
    adopt: Tuple[str, ...],
    levels: ServiceLevels,
) -> List[Tuple[Brief, ...]]:
    """The brief of each norm, for each row."""
    for what, names in (("columns", columns), ("norms", norms)):
        if isinstance(names, str):
            raise UsageError(f"`{what}` is a list of names, not one text", place=what)
    cells = [_Cells(engine, name) for name in columns]
    values: List[_abi.Value] = []
    count = 0
    for row in rows:
        if len(row) != len(cells):
            raise _refused(CaseError(f"row {count} has {len(row)} values for {len(cells)} columns"), count)
        try:
            values.extend(column.value(cell) for column, cell in zip(cells, row))
        except ExequaturError as error:
            raise _refused(error, count) from None
        count += 1
    instants = None
    if not isinstance(now, datetime):
        if len(now) != count:
            raise UsageError(f"{len(now)} instants for {count} rows", place="now")
        instants = (c_int64 * count)(*(micros(at, f"now/{row}") for row, at in enumerate(now)))
    if not count or not norms:
        return [() for _ in range(count)]
    terms = engine.terms(now if isinstance(now, datetime) else now[0], law_date, adopt, levels)
    return _decided(engine, cells, values, count, instants, tuple(map(engine.norm, norms)), base, terms.options())


def _decided(
    engine: Engine,
    cells: Sequence[_Cells],
    values: Sequence[_abi.Value],
    count: int,
    instants: Any,
    norms: Tuple[int, ...],
    base: Document,
    options: _abi.Options,
) -> List[Tuple[Brief, ...]]:
    width = len(norms)
    native = _abi.Rows()
    native.columns = (_abi.Column * len(cells))(*(_abi.Column(cell.kind, cell.id) for cell in cells))
    native.column_count = len(cells)
    native.values = (_abi.Value * len(values))(*values)
    native.row_count = count
    native.now = instants
    briefs = (_abi.Brief * (count * width))()
    done = c_size_t()
    with engine.bench() as bench:
        set_json(bench.case, base)
        try:
            call(
                library.exq_decide_rows_into,
                bench.decision.pointer,
                bench.case.pointer,
                byref(native),
                byref(options),
                sizeof(options),
                (c_uint32 * width)(*norms),
                width,
                briefs,
                len(briefs),
                byref(done),
            )
        except ExequaturError as error:
            raise _refused(error, done.value) from None
    return [tuple(map(brief, briefs[row * width : (row + 1) * width])) for row in range(count)]


def _refused(error: ExequaturError, row: int) -> ExequaturError:
    error.row = row
    return error
