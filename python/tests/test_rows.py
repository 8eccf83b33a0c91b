"""Many cases at once, against the same cases one by one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, List

from exequatur import CaseError, ExequaturError, Money, UnknownName, UsageError

from .support import NOW, RECEIVED, Test, case, sample
from .test_case import EVERYTHING

COLUMNS = ["order.issuer", "order.authenticated", "order.scope", "order.received", "provider.turnover"]
NORMS = ["disclose", "takedown", "penalty"]


def some_rows() -> List[List[Any]]:
    rows: List[List[Any]] = []
    for issuer in ("judge", "police", None):
        for authentic in (True, False, None):
            for received in (RECEIVED, False, None, NOW + timedelta(hours=1)):
                money = Money(Decimal(len(rows)), "EUR")
                rows.append([issuer, authentic, ["FR", "DE"] if len(rows) % 2 else [], received, money])
    return rows


class Rows(Test):
    def test_they_are_decided_as_one_by_one(self) -> None:
        pack, rows = sample(), some_rows()
        briefs = pack.decide_many(COLUMNS, rows, NOW, NORMS)
        self.assertEqual(len(briefs), len(rows))
        yes = 0
        for row, found in zip(rows, briefs):
            said = pack.case()
            for name, value in zip(COLUMNS, row):
                said.set(name, value)
            decision = pack.decide(said, NOW)
            for norm, brief in zip(NORMS, found):
                self.assertEqual(brief, decision.brief(norm))
                self.assertEqual(brief.allowed, decision.allows(norm))
                yes += brief.allowed
                self.assertEqual(brief.needs_human, decision.needs_human)
                outcomes = {answer.outcome for answer in decision.answers_on(norm)}
                everywhere = all(answer.places is None for answer in decision.answers_on(norm))
                if len(outcomes) == 1 and everywhere:
                    self.assertEqual({brief.outcome}, outcomes)
        self.assertGreater(yes, 0)

    def test_all_types_and_the_base(self) -> None:
        pack = sample()
        alone = pack.decide_many(list(EVERYTHING), [list(EVERYTHING.values())], NOW, NORMS)
        base = pack.decide_many(["order.issuer"], [["judge"]], NOW, NORMS, base=pack.case({**case()}))
        self.assertEqual(base[0][0].allowed, pack.decide(case(), NOW).allows("disclose"))
        self.assertEqual(len(alone[0]), 3)

    def test_each_row_can_have_its_instant(self) -> None:
        pack = sample()
        rows = [["judge", True, RECEIVED]] * 2
        columns = ["order.issuer", "order.authenticated", "order.received"]
        early, late = pack.decide_many(columns, rows, [RECEIVED, RECEIVED + timedelta(days=1)], ["disclose"])
        self.assertEqual((early[0].status, late[0].status), ("running", "breached"))

    def test_law_date_and_adoption(self) -> None:
        pack = sample()
        columns, rows = ["order.authenticated", "order.received"], [[True, RECEIVED]]
        plain = pack.decide_many(columns, rows, NOW, ["takedown"])
        adopted = pack.decide_many(columns, rows, NOW, ["takedown"], adopt=["plan"])
        self.assertNotEqual(plain, adopted)

    def test_nothing_to_do(self) -> None:
        pack = sample()
        self.assertEqual(pack.decide_many(["order.issuer"], [], NOW, NORMS), [])
        self.assertEqual(pack.decide_many([], [[], []], NOW, []), [(), ()])
        self.assertEqual(len(pack.decide_many([], [[], []], NOW, ["disclose"])), 2)
        self.assertEqual(pack.decide_many([], [], [], ["disclose"]), [])

    def test_a_refused_row_is_named(self) -> None:
        pack = sample()
        good, wrong = ["judge", True], ["jugde", True]
        with self.assertRaises(CaseError) as caught:
            pack.decide_many(COLUMNS[:2], [good, good, wrong], NOW, NORMS)
        self.assertEqual((caught.exception.row, caught.exception.place), (2, "/order/issuer"))
        with self.assertRaises(CaseError) as short:
            pack.decide_many(COLUMNS[:2], [good, ["judge"]], NOW, NORMS)
        self.assertEqual(short.exception.row, 1)
        self.assertIn("row 1 has 1 values for 2 columns", str(short.exception))

    def test_what_means_nothing(self) -> None:
        pack = sample()
        with self.assertRaises(UnknownName):
            pack.decide_many(["order.isuer"], [], NOW, NORMS)
        with self.assertRaises(UnknownName):
            pack.decide_many(["order.issuer"], [["judge"]], NOW, ["disclos"])
        for columns, norms, now in (("order.issuer", NORMS, NOW), (COLUMNS, "disclose", NOW), (COLUMNS, NORMS, [NOW])):
            with self.assertRaises(UsageError):
                pack.decide_many(columns, [], now, norms)
        with self.assertRaises(ExequaturError):
            pack.decide_many(["order.issuer"], [["judge"]], NOW.replace(tzinfo=None), NORMS)
