"""A pack: the rules, loaded once and asked about any number of cases by any number of threads.

Invariant: a pack never changes. Closing it takes it from this object only: its cases and decisions keep what they need.
"""

from __future__ import annotations

import os
import re
from ctypes import byref, string_at
from datetime import date, datetime, timedelta
from functools import cached_property
from types import TracebackType
from typing import Any, Iterable, Mapping, Optional, Sequence, Tuple, Type, Union

from . import _abi, _rows, _vocabulary
from ._call import Handle, borrowed, call, digest, lent, made, record, signed, written
from ._engine import Engine, ServiceLevels
from ._library import library
from ._question import Question
from .batch import Batch
from .case import Case, document_of
from .decision import Brief, Decision
from .errors import SchemaError, UsageError
from .signed import AnyKey, AnyPath, Signed, load, read
from .values import CaseDict, encode
from .vocabulary import Enumeration, Event, Fact, Instrument, Norm, Rule

HASH = re.compile("[0-9a-fA-F]{64}")
AnyCase = Union[Case, CaseDict, str, bytes]
"""A case: a `Case`, a nested dict, or its JSON."""


class Pack:
    """A compiled pack. Make it with `Pack.load`, `Pack.from_bytes` or `Pack.compile`.

    `schema` is the hash of the vocabulary for which a program was written; a pack with another one is refused.
    """

    def __init__(self, handle: Handle, schema: Optional[str] = None, signed: Optional[Signed] = None) -> None:
        self._engine: Optional[Engine] = Engine(handle)
        self.signed = signed
        """What its signature says, if it was loaded by one."""
        if schema is not None:
            self.expect_schema(schema)

    @classmethod
    def load(cls, path: Union[str, os.PathLike[str]], *, schema: Optional[str] = None) -> Pack:
        """Reads and verifies a pack file."""
        encoded = encode(os.fsdecode(path), "path")
        return cls(_pack(library.exq_pack_load_file, encoded, len(encoded)), schema)

    @classmethod
    def from_bytes(cls, data: bytes, *, schema: Optional[str] = None) -> Pack:
        """Verifies the bytes of a pack."""
        whole = bytes(data)
        return cls(_pack(library.exq_pack_load, whole, len(whole)), schema)

    @classmethod
    def load_signed(
        cls,
        path: AnyPath,
        *,
        key: AnyKey,
        name: str,
        serial_at_least: int,
        now: datetime,
        signature: Optional[AnyPath] = None,
        schema: Optional[str] = None,
    ) -> Pack:
        """Reads a pack file whose signature is one that the program trusts, and refuses any other.

        `key` is the maker's public key: a `PublicKey`, PEM, or 32 bytes. `name` is the line of packs that is wanted.
        `serial_at_least` is the greatest serial that was accepted before: nothing here remembers it, so keep
        `pack.signed.serial` where it outlives the program, and begin with 0. The signature lies beside the pack, with
        `.sig` added, or at `signature`.
        """
        beside = os.fspath(signature) if signature is not None else os.fsdecode(path) + ".sig"
        return cls.from_signed_bytes(
            read(path), read(beside), key=key, name=name, serial_at_least=serial_at_least, now=now, schema=schema
        )

    @classmethod
    def from_signed_bytes(
        cls,
        data: bytes,
        signature: bytes,
        *,
        key: AnyKey,
        name: str,
        serial_at_least: int,
        now: datetime,
        schema: Optional[str] = None,
    ) -> Pack:
        """As `load_signed`, from the bytes of a pack and of its signature."""
        handle, signed = load(bytes(data), bytes(signature), key, name, serial_at_least, now)
        return cls(handle, schema, signed)

    @classmethod
    def compile(
        cls, sources: Mapping[str, str], *, zones: Optional[Pack] = None, schema: Optional[str] = None
    ) -> Pack:
        """Compiles rule source: texts by the names that messages call them. The time zones come from another pack."""
        kept = [(encode(name, "name"), encode(source, name)) for name, source in sources.items()]
        array = (_abi.Source * len(kept))()
        for row, (name, source) in zip(array, kept):
            row.name, row.text = lent(name), lent(source)
        from_pack = zones._native.pack if zones is not None else None
        return cls(_pack(library.exq_pack_compile, array, len(kept), from_pack), schema)

    @property
    def _native(self) -> Engine:
        if self._engine is None:
            raise UsageError("the pack is closed")
        return self._engine

    def close(self) -> None:
        """Lets go of the pack. Cases and decisions stay good; calls in other threads end as they would."""
        self._engine = None

    def __enter__(self) -> Pack:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    # What it is.

    def to_bytes(self) -> bytes:
        """The bytes of the pack, as they are written to a file."""
        engine = self._native
        out = record(_abi.ByteSlice, library.exq_pack_bytes, engine.pack)
        return string_at(out.ptr, out.len)

    @cached_property
    def digest(self) -> str:
        """Its digest, in hexadecimal digits: it stands in each receipt."""
        engine = self._native
        return digest(library.exq_pack_digest, engine.pack)

    @cached_property
    def schema_hash(self) -> str:
        """The digest of its vocabulary, which stays the same when only rules change."""
        engine = self._native
        return digest(library.exq_pack_schema_hash, engine.pack)

    def expect_schema(self, schema: str) -> None:
        """Refuses the pack if its vocabulary has another hash."""
        engine = self._native
        if not HASH.fullmatch(schema):
            raise SchemaError(f"`{schema}` is no hash: expected 64 hexadecimal digits", place="schema")
        expected = _abi.Digest.from_buffer_copy(bytes.fromhex(schema))
        call(library.exq_pack_expect_schema, engine.pack, byref(expected))

    @cached_property
    def is_proved(self) -> bool:
        """True if its guards and properties were proved when it was built. They are enforced in any case."""
        engine = self._native
        return signed(library.exq_pack_is_proved, engine.pack) == 1

    @cached_property
    def territory(self) -> Optional[str]:
        """The enumeration of places, if there is one."""
        engine = self._native
        found = engine.index.territory
        return None if found is None else borrowed(library.exq_pack_name, engine.pack, _abi.KIND_ENUM, found)

    def case_schema(self) -> str:
        """The JSON Schema of its cases."""
        engine = self._native
        return written(library.exq_pack_case_schema, engine.pack)

    # What it speaks of.

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """The packs of rules that were linked into it."""
        engine = self._native
        return _vocabulary.instruments(engine.pack)

    @cached_property
    def enumerations(self) -> Mapping[str, Enumeration]:
        """Its enumerations."""
        engine = self._native
        return _vocabulary.enumerations(engine.pack)

    @cached_property
    def sets(self) -> Tuple[str, ...]:
        """The names of its sets of members; what is in one may depend on the day."""
        engine = self._native
        return _vocabulary.names(engine.pack, _abi.KIND_SET)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Its facts."""
        engine = self._native
        return _vocabulary.facts(engine.pack)

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """Its events."""
        engine = self._native
        return _vocabulary.events(engine.pack)

    @cached_property
    def norms(self) -> Mapping[str, Norm]:
        """Its norms; each member of a family is one."""
        engine = self._native
        return _vocabulary.norms(engine.pack)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Its rules, with their versions."""
        engine = self._native
        return _vocabulary.rules(engine.pack)

    # What it is asked.

    def case(self, said: Union[CaseDict, str, bytes] = "{}") -> Case:
        """A case of this pack, to be said more of; `said` is a nested dict or the case JSON."""
        return Case(self._native, said)

    def decide(
        self,
        case: AnyCase,
        now: datetime,
        law_date: Optional[date] = None,
        adopt: Iterable[str] = (),
        *,
        undue_delay: Optional[timedelta] = None,
        expeditiously: Optional[timedelta] = None,
    ) -> Decision:
        """Judges a case at an instant; `adopt` names announced or voluntary packs that decide for this host.

        `undue_delay` and `expeditiously` are the host's service levels: how soon it wants done what the law leaves open.
        A due that comes from one says so (`due.service_level`).
        """
        engine = self._native
        if isinstance(case, Case) and case._engine is not engine:
            raise UsageError("the case was made for another pack", code=_abi.E_OTHER_PACK, place="case")
        levels = ServiceLevels(undue_delay, expeditiously)
        return Question(engine, document_of(case), engine.terms(now, law_date, adopt, levels)).decide()

    def decide_many(
        self,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        now: Union[datetime, Sequence[datetime]],
        norms: Sequence[str],
        *,
        base: AnyCase = "{}",
        law_date: Optional[date] = None,
        adopt: Iterable[str] = (),
        undue_delay: Optional[timedelta] = None,
        expeditiously: Optional[timedelta] = None,
    ) -> Sequence[Sequence[Brief]]:
        """Judges many cases at once and gives, for each row, the brief of each norm.

        `columns` are facts and events; `rows` have a value for each, as in `Case.set`. A row begins with what `base`
        says. `now` is one instant, or one for each row. A row that is refused ends the call, and the error says which.
        The rest is as in `decide`.
        """
        engine = self._native
        levels = ServiceLevels(undue_delay, expeditiously)
        return _rows.decide_many(engine, columns, rows, now, norms, document_of(base), law_date, tuple(adopt), levels)

    def batch(
        self,
        cases: Union[str, bytes, Mapping[str, Any]],
        now: Any,
        norms: Sequence[str] = (),
        *,
        law_date: Optional[date] = None,
        adopt: Iterable[str] = (),
        undue_delay: Optional[timedelta] = None,
        expeditiously: Optional[timedelta] = None,
    ) -> Batch:
        """Judges many cases in one call of the engine, and keeps all that was decided.

        `cases` is text with a case in JSON on each line; or columns by the names of facts and events, each a `Column`, a
        buffer of numbers or a sequence of values. `now` is one instant; or one for each case, as datetimes or a buffer of
        microseconds. Of `norms`, briefs are kept. A case that is refused has its error (`Batch.error`) and stops no other.
        The rest is as in `decide`.
        """
        engine = self._native
        levels, packs = ServiceLevels(undue_delay, expeditiously), tuple([adopt] if isinstance(adopt, str) else adopt)
        return Batch(engine, cases, now, norms, lambda at: engine.terms(at, law_date, packs, levels))

    def __repr__(self) -> str:
        return "Pack(closed)" if self._engine is None else f"Pack({self.digest})"


def _pack(function: Any, *arguments: Any) -> Handle:
    return made(_abi.PackP, library.exq_pack_free, function, *arguments)
