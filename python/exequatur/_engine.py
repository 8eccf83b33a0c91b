"""A native pack and the native memory in which its cases are judged.

Invariant: a pack is shared by all threads; each piece of memory for a case and a decision belongs to one call at a time,
taken from a shelf and put back. There are never more of them than there were calls at once.
"""

from __future__ import annotations

import re
from collections import deque
from contextlib import contextmanager
from ctypes import byref, c_uint32, sizeof
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Deque, Dict, FrozenSet, Iterator, Mapping, Optional, Sequence, Tuple

from . import _abi, _vocabulary
from ._call import Handle, call, made, number, record
from ._library import library
from .errors import CaseError, EngineError, UnknownName
from .values import Json, Money, Value, amount, day, days, dumped, encode, instant, level, micros, nested
from .vocabulary import Text

# What a message adds for the reader of a text. A dict has no lines.
ON_ONE_LINE = re.compile(r" \(line \d+, column \d+\)$")
# Sets of members are four words of bits.
WORD_BITS = 64


# What a decision can ask for or rest on.
_NAMED = (_abi.KIND_FACT, _abi.KIND_EVENT, _abi.KIND_SET, _abi.KIND_CALENDAR)


@dataclass(frozen=True)
class Index:
    """The names of things by their ids, as decisions need them."""

    packs: Tuple[str, ...]
    norms: Tuple[str, ...]
    rules: Tuple[str, ...]
    versions: Tuple[Tuple[str, Optional[date]], ...]  # the rule, and the first day of a dated version
    named: Mapping[int, Tuple[str, ...]]  # facts, events, sets and calendars, by kind
    places: Tuple[str, ...]
    said: Mapping[str, Tuple[int, int]]  # kind and id of what a case can say
    norm_ids: Mapping[str, int]
    territory: Optional[int]

    @classmethod
    def of(cls, pack: Any) -> Index:
        def named(kind: int) -> Tuple[str, ...]:
            return _vocabulary.names(pack, kind)

        def version(index: int) -> Tuple[str, Optional[date]]:
            row = record(_abi.RuleVersion, library.exq_pack_rule_version, pack, index)
            first = getattr(row, "from")
            return rules[row.rule], None if first in _vocabulary.OPEN_DAYS else day(first)

        rules, norms = named(_abi.KIND_RULE), named(_abi.KIND_NORM)
        kinds = {kind: named(kind) for kind in _NAMED}
        territory = number(library.exq_pack_territory, pack)
        return cls(
            packs=named(_abi.KIND_PACK),
            norms=norms,
            rules=rules,
            versions=tuple(version(at) for at in range(number(library.exq_pack_count, pack, _abi.KIND_VERSION))),
            named=kinds,
            places=() if territory == _abi.NONE else _vocabulary.members(pack, territory),
            said={
                name: (kind, index)
                for kind in (_abi.KIND_FACT, _abi.KIND_EVENT)
                for index, name in enumerate(kinds[kind])
            },
            norm_ids={name: index for index, name in enumerate(norms)},
            territory=None if territory == _abi.NONE else territory,
        )


@dataclass(frozen=True)
class Bench:
    """Memory for one case and one decision."""

    case: Handle
    decision: Handle


@dataclass(frozen=True)
class ServiceLevels:
    """How soon the host wants done what the law leaves open."""

    undue_delay: Optional[timedelta] = None
    expeditiously: Optional[timedelta] = None


@dataclass(frozen=True)
class Terms:
    """When and as what a case is judged, in the engine's numbers."""

    now: int
    law_date: Optional[int]
    adopt: Tuple[int, ...]
    undue_delay: int
    expeditiously: int

    def options(self) -> _abi.Options:
        """The native options; they keep the list that they point to alive."""
        options = _abi.Options()
        options.now = self.now
        if self.law_date is not None:
            options.law_date, options.has_law_date = self.law_date, 1
        if self.adopt:
            options.adopt = (c_uint32 * len(self.adopt))(*self.adopt)
            options.adopt_count = len(self.adopt)
        options.undue_delay, options.expeditiously = self.undue_delay, self.expeditiously
        return options


class Engine:
    """A native pack, for as long as somebody needs it: the pack itself, its cases, its decisions."""

    def __init__(self, handle: Handle) -> None:
        self.handle = handle
        self._shelf: Deque[Bench] = deque()
        self._questions: Dict[Tuple[int, int], Optional[Text]] = {}

    @property
    def pack(self) -> Any:
        """The native pack."""
        return self.handle.pointer

    @cached_property
    def index(self) -> Index:
        """The names."""
        return Index.of(self.pack)

    def question(self, kind: int, index: int) -> Optional[Text]:
        """The question that asks for a fact or an event."""
        if kind not in (_abi.KIND_FACT, _abi.KIND_EVENT):
            return None
        key = (kind, index)
        if key not in self._questions:
            self._questions[key] = _vocabulary.text_of(self.pack, kind, index, _abi.TEXT_QUESTION)
        return self._questions[key]

    def new_case(self) -> Handle:
        """Memory for a case."""
        return made(_abi.CaseP, library.exq_case_free, library.exq_case_new, self.pack)

    @contextmanager
    def bench(self) -> Iterator[Bench]:
        """Memory for one call."""
        try:
            bench = self._shelf.pop()
        except IndexError:
            bench = Bench(
                self.new_case(),
                made(_abi.DecisionP, library.exq_decision_free, library.exq_decision_new, self.pack),
            )
        try:
            yield bench
        except EngineError:
            raise  # memory in which the engine failed is not used again
        except BaseException:
            self._shelf.append(bench)
            raise
        self._shelf.append(bench)

    def find(self, kind: int, name: str) -> int:
        """The id of a name; the engine's refusal has the nearest one."""
        encoded = encode(name)
        return number(library.exq_pack_find, self.pack, kind, encoded, len(encoded))

    def norm(self, name: str) -> int:
        """The id of a norm."""
        found = self.index.norm_ids.get(name)
        return self.find(_abi.KIND_NORM, name) if found is None else found

    def place(self, name: str) -> int:
        """The id of a member of the territory."""
        if self.index.territory is None:
            raise UnknownName(f"no place `{name}`: the pack has no territory", code=_abi.E_NAME, place=name)
        encoded = encode(name)
        return number(library.exq_pack_member_find, self.pack, self.index.territory, encoded, len(encoded))

    def said(self, name: str) -> Tuple[int, int]:
        """The kind and id of a fact or an event."""
        found = self.index.said.get(name)
        if found is None:
            # A case that speaks of it is refused with the nearest fact or event.
            with self.bench() as bench:
                try:
                    set_json(bench.case, Document(dumped(nested({name: None}))))
                except CaseError as error:
                    raise UnknownName(error.message, code=_abi.E_NAME, status=error.status, place=name) from None
            raise UnknownName(f"unknown name `{name}`", code=_abi.E_NAME, place=name)
        return found

    def value(self, name: str, value: Json) -> _abi.Value:
        """What the engine makes of a value for a fact or event: read by the engine itself, as in a case."""
        kind, index = self.said(name)
        with self.bench() as bench:
            set_json(bench.case, Document(dumped(nested({name: value}))))
            out = _abi.Value()
            call(library.exq_case_get, bench.case.pointer, kind, index, byref(out))
            return out

    def python_value(self, name: str, value: Json) -> Value:
        """What the engine makes of a value, in Python."""
        _, index = self.said(name)
        row = self.value(name, value)
        if row.type == _abi.TYPE_UNKNOWN:
            return None
        if row.type == _abi.TYPE_NOT_HAPPENED:
            return False
        if row.type == _abi.TYPE_INSTANT:
            return instant(row.number)
        if row.type == _abi.TYPE_MONEY:
            currency = bytes(row.currency[:3]).decode("ascii")
            # One unit of the currency, read by the engine, says how many minor units it has.
            unit = self.value(name, {"amount": "1", "currency": currency}).number
            return Money(amount(row.number, len(str(unit)) - 1), currency)
        if row.type in (_abi.TYPE_MEMBER, _abi.TYPE_SET):
            fact = record(_abi.Fact, library.exq_pack_fact, self.pack, index)
            names = _vocabulary.members(self.pack, fact.enumeration)
            return names[row.number] if row.type == _abi.TYPE_MEMBER else members(row.members, names)
        return bool(row.number) if row.type == _abi.TYPE_BOOL else int(row.number)

    def terms(self, now: Any, law_date: Optional[date], adopt: Any, levels: ServiceLevels) -> Terms:
        """When and as what a case is judged."""
        if isinstance(adopt, str):
            adopt = (adopt,)
        return Terms(
            now=micros(now, "now"),
            law_date=None if law_date is None else days(law_date, "law_date"),
            adopt=tuple(self.find(_abi.KIND_PACK, name) for name in adopt),
            undue_delay=level(levels.undue_delay, "undue_delay"),
            expeditiously=level(levels.expeditiously, "expeditiously"),
        )


@dataclass(frozen=True)
class Document:
    """A case as JSON; `written` if somebody wrote it as text, so that lines and columns mean something to them."""

    text: bytes
    written: bool = False


def members(bits: Sequence[int], names: Tuple[str, ...]) -> FrozenSet[str]:
    """The names of the members that a bit set holds."""
    return frozenset(
        name for index, name in enumerate(names) if bits[index // WORD_BITS] >> (index % WORD_BITS) & 1
    )


def set_json(case: Handle, document: Document) -> None:
    """Sets a native case, the whole of it anew, or nothing."""
    try:
        call(library.exq_case_set_json, case.pointer, document.text, len(document.text))
    except CaseError as error:
        if not document.written:
            error.message = ON_ONE_LINE.sub("", error.message)
        raise


def decide(decision: Handle, case: Handle, terms: Terms) -> None:
    """Judges a native case."""
    options = terms.options()
    call(library.exq_decide_with, decision.pointer, case.pointer, byref(options), sizeof(options))
