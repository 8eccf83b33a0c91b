"""Python values and what a case says: datetimes, amounts, sets of members, unknown, not happened.

Invariant: nothing is guessed and nothing is rounded. A datetime without a zone, a float, a fraction of a microsecond are
refused with their place, as the engine refuses them in JSON; what is passed on is exactly what was given.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import AbstractSet, Any, Dict, List, Mapping, Optional, Sequence, Union

from . import _abi
from ._call import long
from ._library import library
from .errors import CaseError

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
EPOCH_DAY = date(1970, 1, 1)
MICROSECOND = timedelta(microseconds=1)
# More microseconds do not fit the engine's numbers, and would be cut off unseen.
LEVEL_MAX = 2**63 - 1
# The engine takes 32 levels of objects and says so with the place; this bound only ends a dict that contains itself.
DEPTH_MAX = 64


@dataclass(frozen=True)
class Money:
    """An amount: `Money(Decimal("250000.00"), "EUR")`."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            object.__setattr__(self, "amount", _decimal(self.amount))
        if not self.amount.is_finite():
            raise CaseError(f"`{self.amount}` is no amount")

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"


def amount(minor: int, decimals: int) -> Decimal:
    """The amount of so many minor units."""
    return Decimal(minor).scaleb(-decimals)


def _decimal(given: Any) -> Decimal:
    if isinstance(given, int) and not isinstance(given, bool):
        return Decimal(given)
    raise CaseError(f"an amount is a `Decimal` or a whole number, not {_kind(given)}")


Scalar = Union[None, bool, int, str, datetime, Money]
Value = Union[Scalar, AbstractSet[str], Sequence[str]]
"""What a case can say of a fact or event: `None` is unknown, `False` of an event says that it has not happened."""
CaseDict = Mapping[str, Any]
"""A case as nested dict, like the case JSON: `{"order": {"issuer": "judge"}}`."""
Json = Union[None, bool, int, str, List[Any], Dict[str, Any]]


def micros(at: datetime, place: str = "") -> int:
    """Microseconds of UTC since 1970; refuses what has no zone."""
    if not isinstance(at, datetime):
        raise CaseError(f"{_at(place)}expected a datetime with a zone, found {_kind(at)}", place=place)
    if at.tzinfo is None or at.utcoffset() is None:
        raise CaseError(
            f"{_at(place)}expected a datetime with a zone, found `{at.isoformat()}` without one", place=place
        )
    if getattr(at, "nanosecond", 0):
        raise CaseError(f"{_at(place)}`{at.isoformat()}` is finer than a microsecond", place=place)
    return (at - EPOCH) // MICROSECOND


def instant(at: int) -> datetime:
    """The datetime, in UTC, of microseconds since 1970."""
    return EPOCH + MICROSECOND * at


def parse_instant(text: str) -> datetime:
    """Reads an instant as a case writes it: `2026-09-04T15:20:00+02:00`, never without an offset."""
    encoded = encode(text)
    return instant(long(library.exq_instant_parse, encoded, len(encoded)))


def level(given: Optional[timedelta], place: str) -> int:
    """A service level in microseconds, 0 for none; one that is given as nothing is a slip."""
    if given is None:
        return 0
    if not isinstance(given, timedelta):
        raise CaseError(f"{_at(place)}expected a timedelta, found {_kind(given)}", place=place)
    found = given // MICROSECOND
    if not found:
        raise CaseError("a service level must be longer than nothing", code=_abi.E_VALUE, place=place)
    if abs(found) > LEVEL_MAX:
        raise CaseError(f"{_at(place)}`{given}` is longer than can be counted", code=_abi.E_VALUE, place=place)
    return found


def days(day: date, place: str = "") -> int:
    """Days since 1970."""
    if not isinstance(day, date) or isinstance(day, datetime):
        raise CaseError(f"{_at(place)}expected a date, found {_kind(day)}", place=place)
    return (day - EPOCH_DAY).days


def day(number: int) -> date:
    """The date of days since 1970."""
    return EPOCH_DAY + timedelta(days=number)


def encode(text: str, place: str = "") -> bytes:
    """The text as the library takes it; half a surrogate pair is no text."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CaseError(
            f"{_at(place)}character {error.start} is half a surrogate pair, not text", code=_abi.E_UTF8, place=place
        ) from error


def to_json(value: Any, place: str = "") -> Json:
    """A value, or a nested dict of them, as the case JSON has it; `place` is the JSON pointer to it."""
    return _json(value, place, DEPTH_MAX)


def _json(value: Any, place: str, depth: int) -> Json:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum) and not isinstance(value, (str, int)):
        value = value.value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        encode(value, place)
        return str.__str__(value)
    if isinstance(value, datetime):
        return instant(micros(value, place)).isoformat().replace("+00:00", "Z")
    if isinstance(value, Money):
        return {"amount": f"{value.amount:f}", "currency": value.currency}
    if depth == 0:
        raise CaseError(f"{_at(place)}objects go deeper than {DEPTH_MAX} levels", place=place)
    if isinstance(value, Mapping):
        return {_key(key, place): _json(inner, f"{place}/{_step(key)}", depth - 1) for key, inner in value.items()}
    if isinstance(value, (set, frozenset)):
        value = sorted(value, key=str)
    if isinstance(value, (list, tuple)):
        return [_json(inner, f"{place}/{index}", depth - 1) for index, inner in enumerate(value)]
    hint = "; an instant has a time and a zone" if isinstance(value, date) else ""
    hint = "; an amount is `Money(…, \"EUR\")`" if isinstance(value, (Decimal, float)) else hint
    raise CaseError(f"{_at(place)}a case cannot say {_kind(value)}{hint}", place=place)


def _key(key: Any, place: str) -> str:
    if not isinstance(key, str):
        raise CaseError(f"{_at(place)}a name is text, not {_kind(key)}", place=place)
    encode(key, place)
    return str.__str__(key)


def _step(key: Any) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")


def _at(place: str) -> str:
    return f"at `{place}`: " if place else ""


def _kind(value: Any) -> str:
    return f"`{value!r}` ({type(value).__name__})" if isinstance(value, (float, Decimal)) else f"a {type(value).__name__}"


def nested(names: Mapping[str, Json]) -> Dict[str, Json]:
    """Names with dots as nested objects: `{"order.issuer": "judge"}` is `{"order": {"issuer": "judge"}}`."""
    document: Dict[str, Any] = {}
    for name, value in names.items():
        *groups, leaf = name.split(".")
        inner = document
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[leaf] = value
    return document


def dumped(document: Json) -> bytes:
    """The bytes of a case, for the library."""
    return json.dumps(document, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")
