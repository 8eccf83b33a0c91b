"""What a Python value says in a case, and what is refused before the engine is asked, with its place."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any

from exequatur import CaseError, Money, parse_instant
from exequatur.values import dumped, encode, instant, micros, nested, to_json

from .support import Test

PARIS = timezone(timedelta(hours=2))


class Colour(str, Enum):
    RED = "red"


class Plain(Enum):
    RED = "red"


class Fine(datetime):
    """A datetime of a library that counts nanoseconds."""

    nanosecond = 7


class Said(Test):
    def test_values(self) -> None:
        said = [
            (None, None),
            (True, True),
            (7, 7),
            ("judge", "judge"),
            (Colour.RED, "red"),
            (Plain.RED, "red"),
            ({"b", "a"}, ["a", "b"]),
            (frozenset(["a"]), ["a"]),
            (("b", "a"), ["b", "a"]),
            (datetime(2026, 9, 4, 15, 20, tzinfo=PARIS), "2026-09-04T13:20:00Z"),
            (datetime(2026, 9, 4, 15, 20, 0, 1, tzinfo=PARIS), "2026-09-04T13:20:00.000001Z"),
            (Money(Decimal("250000.00"), "EUR"), {"amount": "250000.00", "currency": "EUR"}),
            (Money(Decimal("1E+3"), "JPY"), {"amount": "1000", "currency": "JPY"}),
            (Money(5, "EUR"), {"amount": "5", "currency": "EUR"}),  # type: ignore[arg-type]
            ({"order": {"issuer": Colour.RED}}, {"order": {"issuer": "red"}}),
        ]
        for value, expected in said:
            self.assertEqual(to_json(value), expected)

    def test_names_with_dots_nest(self) -> None:
        self.assertEqual(nested({"a.b": 1, "a.c": 2, "d": None}), {"a": {"b": 1, "c": 2}, "d": None})

    def test_bytes_are_ascii(self) -> None:
        self.assertEqual(json.loads(dumped({"é": "…"}).decode("ascii")), {"é": "…"})

    def test_instants_there_and_back(self) -> None:
        for text in ["1970-01-01T00:00:00Z", "2026-09-04T15:20:00.000001+02:00", "2099-12-31T23:59:59.999999Z"]:
            at = parse_instant(text)
            self.assertEqual(at.utcoffset(), timedelta(0))
            self.assertEqual(instant(micros(at)), at)
        self.assertEqual(micros(datetime(2026, 9, 4, 15, 20, tzinfo=PARIS)), 1788528000000000)


class Refused(Test):
    def refused(self, value: Any, place: str, message: str) -> None:
        with self.assertRaises(CaseError) as caught:
            to_json(value)
        self.assertEqual(caught.exception.place, place)
        self.assertIn(message, str(caught.exception))
        self.assertIsInstance(caught.exception, ValueError)

    def test_what_has_no_zone(self) -> None:
        naive = datetime(2026, 9, 4, 15, 20)
        self.refused({"order": {"received": naive}}, "/order/received", "found `2026-09-04T15:20:00` without one")

    def test_what_is_finer_than_a_microsecond(self) -> None:
        at = Fine(2026, 9, 4, tzinfo=timezone.utc)
        self.refused({"a": at}, "/a", "finer than a microsecond")

    def test_what_a_case_cannot_say(self) -> None:
        self.refused({"a": 1.0}, "/a", "`1.0` (float); an amount is `Money")
        self.refused({"a": float("nan")}, "/a", "`nan` (float)")
        self.refused({"a": Decimal("1")}, "/a", "(Decimal); an amount is `Money")
        self.refused({"a": date(2026, 9, 4)}, "/a", "a date; an instant has a time and a zone")
        self.refused({"a": b"x"}, "/a", "a bytes")
        self.refused({"a": ["x", 1.5]}, "/a/1", "float")
        self.refused({"a": "\udc80"}, "/a", "half a surrogate pair")
        self.refused({"\udc80": 1}, "", "half a surrogate pair")
        self.refused({1: "x"}, "", "a name is text, not a int")
        self.refused({"a/b": {"~": object()}}, "/a~1b/~0", "a object")

    def test_what_contains_itself(self) -> None:
        loop: Any = {}
        loop["a"] = loop
        self.refused(loop, "/a" * 64, "objects go deeper than 64 levels")

    def test_half_a_character(self) -> None:
        with self.assertRaises(CaseError):
            encode("\udc80", "name")

    def test_amounts(self) -> None:
        for amount in (1.5, True, "1", Decimal("NaN"), Decimal("Infinity")):
            with self.assertRaises(CaseError):
                Money(amount, "EUR")  # type: ignore[arg-type]

    def test_instants_of_text(self) -> None:
        for text in ["2026-09-04T15:20:00", "2026-09-04", "", "1969-12-31T23:59:59Z", "\udc80"]:
            with self.assertRaises(CaseError):
                parse_instant(text)
