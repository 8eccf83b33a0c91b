"""What a case takes and refuses, said as dict, as JSON and fact by fact."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from exequatur import Case, CaseError, ExequaturError, LimitError, Money, Pack, UnknownName, UsageError

from .support import NOW, RECEIVED, Test, case, sample

EVERYTHING = {
    "order.issuer": "judge",
    "order.authenticated": True,
    "order.error": None,
    "order.scope": {"FR", "DE"},
    "order.pages": 7,
    "order.deadline": datetime(2026, 9, 30, 12, 0, tzinfo=timezone(timedelta(hours=2))),
    "provider.turnover": Money(Decimal("250000.50"), "EUR"),
    "order.received": RECEIVED,
    "content.removed": False,
    "identity.disclosed": None,
}
SAID = {
    "order": {
        "issuer": "judge",
        "authenticated": True,
        "error": None,
        "scope": ["DE", "FR"],
        "pages": 7,
        "deadline": "2026-09-30T10:00:00Z",
        "received": "2026-09-04T13:20:00Z",
    },
    "provider": {"turnover": {"amount": "250000.50", "currency": "EUR"}},
    "content": {"removed": False},
    "identity": {"disclosed": None},
}


def filled() -> Case:
    found = sample().case()
    for name, value in EVERYTHING.items():
        found.set(name, value)  # type: ignore[arg-type]
    return found


class Taken(Test):
    def test_each_way_of_saying_it_is_the_same_case(self) -> None:
        pack = sample()
        text = json.dumps(SAID)
        said = [filled(), pack.case(SAID), pack.case(text), pack.case(text.encode()), SAID, text, text.encode()]
        decisions = [pack.decide(each, NOW) for each in said]  # type: ignore[arg-type]
        for decision in decisions:
            self.assertEqual(decision, decisions[0])
            self.assertEqual(decision.json(receipt=True), decisions[0].json(receipt=True))
        for each in said[:4]:
            assert isinstance(each, Case)
            self.assertEqual(each.to_dict(), SAID)

    def test_what_was_said_can_be_read(self) -> None:
        said = filled().said()
        self.assertEqual(said, EVERYTHING)
        self.assertEqual(list(said), [name for name in [*sample().facts, *sample().events] if name in EVERYTHING])
        found = sample().case()
        for amount, read in [("7", "7.00 EUR"), ("-0.5", "-0.50 EUR"), ("9", "9 JPY"), ("1.5", "1.500 KWD")]:
            found.set("provider.turnover", Money(Decimal(amount), read[-3:]))
            self.assertEqual(str(found.said()["provider.turnover"]), read)

    def test_an_empty_set_is_known(self) -> None:
        known, unknown = sample().decide(case(scope=set()), NOW), sample().decide(case(scope=None), NOW)
        self.assertNotIn("order.scope", [missing.name for missing in known.missing])
        self.assertIn("order.scope", [missing.name for missing in unknown.missing])

    def test_unset_and_clear(self) -> None:
        found = filled()
        found.unset("order.received")
        found.unset("order.received")
        self.assertNotIn("received", found.to_dict()["order"])  # type: ignore[arg-type]
        found.clear()
        self.assertEqual((found.to_dict(), repr(found)), ({}, "Case({})"))

    def test_a_decision_keeps_the_case_as_it_was(self) -> None:
        pack = sample()
        found = pack.case(case())
        decision = pack.decide(found, NOW)
        before = pack.decide(case(), NOW).text("en")
        found.set("order.issuer", "private_person")
        found.set("order.received", False)
        self.assertEqual(decision.text("en"), before)
        self.assertTrue(decision.allows("disclose"))
        self.assertFalse(pack.decide(found, NOW).allows("disclose"))


class Refused(Test):
    def refused(self, kind: Any, place: str, *parts: str, **order: Any) -> None:
        pack = sample()
        found = pack.case(case())
        for use in (lambda: pack.decide(case(**order), NOW), lambda: pack.case(case(**order))):
            with self.assertRaises(kind) as caught:
                use()
            self.assertEqual(caught.exception.place, place)
            for part in parts:
                self.assertIn(part, str(caught.exception))
            self.assertNotIn("(line", str(caught.exception))
        # The same, said alone.
        for name, value in order.items():
            with self.assertRaises(ExequaturError) as alone:
                found.set("order." + name, value)
            for part in parts:
                self.assertIn(part, str(alone.exception))
        self.assertEqual(found.to_dict(), pack.case(case()).to_dict())

    def test_values_of_another_type(self) -> None:
        self.refused(CaseError, "/order/authenticated", "expected `true` or `false`", "`yes`", authenticated="yes")
        self.refused(CaseError, "/order/authenticated", "the number 1", authenticated=1)
        self.refused(CaseError, "/order/pages", "from 0 to 100", "true", pages=True)
        self.refused(CaseError, "/order/received", "expected an instant", "true", received=True)
        self.refused(CaseError, "/order/issuer", "a list", issuer=["judge"])
        self.refused(CaseError, "/order/deadline", "expected an instant", deadline=False)

    def test_values_out_of_range(self) -> None:
        self.refused(CaseError, "/order/pages", "from 0 to 100", "101", pages=101)
        self.refused(CaseError, "/order/pages", "64 bits", pages=10**30)
        self.refused(CaseError, "/order/received", received=datetime(2100, 1, 1, tzinfo=timezone.utc))
        self.refused(CaseError, "/order/received", received=datetime(1969, 1, 1, tzinfo=timezone.utc))

    def test_members_that_are_none(self) -> None:
        self.refused(CaseError, "/order/issuer", "did you mean `judge`?", issuer="jugde")
        self.refused(CaseError, "/order/scope/0", "`Country`", scope=["XX"])
        self.refused(CaseError, "/order/scope/1", "twice", scope=["FR", "FR"])
        self.refused(CaseError, "/order/issuer", issuer="\ud800")

    def test_names_that_are_none(self) -> None:
        pack = sample()
        self.refused(CaseError, "/order/isuer", "did you mean `order.issuer`?", isuer="judge")
        found = pack.case()
        def say() -> None:
            found.set("order.isuer", "judge")

        def unsay() -> None:
            found.unset("order.isuer")

        for use in (say, unsay):
            with self.assertRaises(UnknownName) as caught:
                use()
            self.assertIn("did you mean `order.issuer`?", str(caught.exception))
            self.assertEqual(caught.exception.place, "order.isuer")
        for name in ["", ".", "order", "order.", "order.issuer.more", "order\0issuer", "\udc80"]:
            with self.assertRaises(ExequaturError):
                found.set(name, None)
        with self.assertRaises(CaseError) as dotted:
            pack.decide({"order.issuer": "judge"}, NOW)
        self.assertIn("nested objects", str(dotted.exception))

    def test_naive_datetimes(self) -> None:
        naive = datetime(2026, 9, 4, 15, 20)
        self.refused(CaseError, "/order/received", "without one", received=naive)
        with self.assertRaises(CaseError) as caught:
            sample().decide({}, naive)
        self.assertEqual(caught.exception.place, "now")

    def test_text_that_is_not_json_has_its_line(self) -> None:
        with self.assertRaises(CaseError) as caught:
            sample().decide('{"order":\n {"pages": 7.5}}', NOW)
        self.assertIn("(line 2, column", str(caught.exception))
        for wrong in [b"", b"[]", b"{", b'{"order": {"pages": 1, "pages": 2}}', b"\xff", b"{}{}"]:
            with self.assertRaises(CaseError):
                sample().decide(wrong, NOW)

    def test_what_is_too_long(self) -> None:
        with self.assertRaises((LimitError, CaseError)):
            sample().decide(" " * (1 << 20) + "{}", NOW)

    def test_a_case_of_another_pack(self) -> None:
        other = Pack.from_bytes(sample().to_bytes())
        with self.assertRaises(UsageError) as caught:
            other.decide(sample().case(), NOW)
        self.assertIn("another pack", str(caught.exception))

    def test_a_refused_dict_gives_no_case(self) -> None:
        with self.assertRaises(CaseError):
            sample().case({"order": {"issuer": "judge", "pages": 999}})
