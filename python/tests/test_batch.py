"""Batches, against the same cases one by one."""

from __future__ import annotations

import json
import pickle
from array import array
from datetime import timedelta
from typing import Any, Dict, List

from exequatur import Batch, CaseError, Column, MomentKind, Pack, UnknownName, UsageError, _abi

from .support import NOW, RECEIVED, Test, sample

NORMS = ["disclose", "takedown", "penalty"]
MICROS = int(RECEIVED.timestamp()) * 1_000_000


def some_cases() -> List[Dict[str, Any]]:
    cases: List[Dict[str, Any]] = []
    for issuer in ("judge", "police", None, "absent"):
        for authentic in (True, False, None):
            for received in (RECEIVED.isoformat(), False, None):
                order: Dict[str, Any] = {"authenticated": authentic, "received": received, "scope": ["FR", "DE"]}
                if issuer != "absent":
                    order["issuer"] = issuer
                turnover = {"amount": f"{len(cases)}.50", "currency": "EUR"}
                cases.append({"order": order, "provider": {"turnover": turnover}})
    return cases


def lines(cases: List[Dict[str, Any]]) -> str:
    return "".join(json.dumps(case) + "\n" for case in cases)


class Batches(Test):
    def same(self, pack: Pack, batch: Batch, cases: List[Dict[str, Any]]) -> None:
        """A batch says what its cases say one by one."""
        self.assertEqual(len(batch), len(cases))
        rows = list(batch.rows)
        for index, (case, found) in enumerate(zip(cases, batch.cases)):
            alone, whole = pack.decide(case, NOW), batch.decision(index)
            self.assertEqual(whole, alone)
            self.assertEqual(whole.receipt, alone.receipt)
            self.assertEqual(found.status, _abi.OK)
            self.assertEqual(found.needs_human != 0, alone.needs_human)
            self.assertEqual(found.missing, len(alone.missing))
            self.assertEqual(found.next_change.kind == MomentKind.AT.number, alone.next_change_at is not None)
            own = rows[found.first_row : found.first_row + found.rows]
            self.assertEqual({row.a_case for row in own}, {index} if own else set())
            answers = [*alone.answers, *alone.beside]
            self.assertEqual(len(own), sum(max(1, len(answer.effects)) for answer in answers))
            dues = {(row.norm, row.due.at) for row in own if row.value == 0 and row.beside == _abi.NONE}
            norms = list(pack.norms)
            for duty in alone.duties:
                at = duty.due.at if duty.due is not None else None
                micros = 0 if at is None else round(at.timestamp() * 1_000_000)
                self.assertIn((norms.index(duty.norm), micros), dues)
            for norm, brief in zip(NORMS, batch.briefs[index * len(NORMS) : (index + 1) * len(NORMS)]):
                self.assertEqual(brief.allowed != 0, alone.allows(norm))
                self.assertEqual(brief.outcome, alone.brief(norm).outcome.number)

    def test_lines_are_decided_as_one_by_one(self) -> None:
        pack, cases = sample(), some_cases()
        batch = pack.batch(lines(cases), NOW, NORMS)
        self.same(pack, batch, cases)
        self.assertEqual(batch.refused, ())
        self.assertIsNone(batch.error(0))
        self.assertEqual([case.line for case in batch.cases], list(range(1, len(cases) + 1)))
        self.assertGreater(sum(Batch.column(batch.briefs, "allowed")), 0)

    def test_a_decision_of_a_batch_can_be_asked(self) -> None:
        pack, cases = sample(), some_cases()
        batch = pack.batch(lines(cases).encode(), NOW)
        alone, whole = pack.decide(cases[0], NOW), batch.decision(0)
        self.assertEqual(whole.json(receipt=True), alone.json(receipt=True))
        self.assertEqual(whole.text("fr"), alone.text("fr"))
        self.assertEqual(pickle.loads(pickle.dumps(whole)), alone)

    def test_columns_are_decided_as_cases(self) -> None:
        pack = sample()
        issuers = ["judge", "police", None, "judge"]
        received = [RECEIVED, False, None, RECEIVED + timedelta(hours=1)]
        scopes = array("Q", [0b001, 0, 0, 0] + [0b111, 0, 0, 0] + [0] * 4 + [0b010, 0, 0, 0])
        batch = pack.batch(
            {
                "order.issuer": issuers,
                "order.authenticated": bytes([1, 0, 1, 1]),
                "order.received": received,
                "order.pages": array("q", [0, 1, 100, 7]),
                "order.scope": Column(scopes),
                "order.deadline": Column(array("q", [MICROS] * 4), said=bytes([1, 0, 2, 1])),
                "provider.turnover": Column(array("q", [150, 0, 1, -5]), currency="EUR"),
            },
            NOW,
            NORMS,
        )
        places = [["DE"], ["DE", "FR", "IT"], [], ["FR"]]
        money = ["1.50", "0.00", "0.01", "-0.05"]
        cases = []
        for at in range(4):
            order: Dict[str, Any] = {
                "issuer": issuers[at],
                "authenticated": at != 1,
                "received": received[at],
                "pages": [0, 1, 100, 7][at],
                "scope": places[at],
            }
            if at != 1:
                order["deadline"] = None if at == 2 else RECEIVED
            cases.append({"order": order, "provider": {"turnover": {"amount": money[at], "currency": "EUR"}}})
        self.same(pack, batch, cases)

    def test_what_is_refused_stops_no_other(self) -> None:
        pack, cases = sample(), some_cases()[:3]
        text = lines(cases[:1]) + "\n{\"order\": {\"issuer\": \"jugde\"}}\n" + "{\n" + lines(cases[1:])
        batch = pack.batch(text, NOW, NORMS)
        self.assertEqual((len(batch), batch.refused), (5, (1, 2)))
        error = batch.error(1)
        assert error is not None
        self.assertEqual((type(error), error.row, error.place), (CaseError, 1, "/order/issuer"))
        self.assertIn("line 3", str(error))
        self.assertEqual(batch.cases[1].rows, 0)
        self.assertEqual([row.a_case for row in batch.rows if row.a_case in (1, 2)], [])
        for brief in batch.briefs[3:9]:
            self.assertEqual((brief.allowed, brief.needs_human, brief.outcome), (0, 1, -1))
        with self.assertRaises(CaseError):
            batch.decision(1)
        for index, case in ((0, cases[0]), (3, cases[1]), (4, cases[2])):
            self.assertEqual(batch.decision(index), pack.decide(case, NOW))

    def test_a_value_of_a_column_that_does_not_fit(self) -> None:
        batch = sample().batch({"order.pages": array("q", [5, 101, 7]), "order.authenticated": [True] * 3}, NOW)
        self.assertEqual(batch.refused, (1,))
        error = batch.error(1)
        assert error is not None
        self.assertEqual(error.place, "order.pages")

    def test_each_case_can_have_its_instant(self) -> None:
        pack = sample()
        case = {"order": {"authenticated": True, "received": RECEIVED.isoformat()}}
        instants = [RECEIVED, RECEIVED + timedelta(days=1)]
        for now in (instants, array("q", [MICROS, MICROS + 86_400_000_000])):
            batch = pack.batch(lines([case, case]), now)
            for index, at in enumerate(instants):
                self.assertEqual(batch.decision(index), pack.decide(case, at))
        failing = pack.batch(lines([case, case]), array("q", [-1, MICROS]))
        self.assertEqual(failing.refused, (0,))
        self.assertEqual(failing.decision(1), pack.decide(case, RECEIVED))

    def test_law_date_and_adoption(self) -> None:
        pack = sample()
        case = {"order": {"authenticated": True, "received": RECEIVED.isoformat()}}
        batch = pack.batch(lines([case]), NOW, adopt=["plan"])
        self.assertEqual(batch.decision(0), pack.decide(case, NOW, adopt=["plan"]))
        self.assertNotEqual(batch.decision(0), pack.decide(case, NOW))

    def test_columns_of_records(self) -> None:
        batch = sample().batch(lines(some_cases()), NOW, NORMS)
        self.assertEqual(list(Batch.column(batch.rows, "norm")), [row.norm for row in batch.rows])
        self.assertEqual(list(Batch.column(batch.rows, "due.at")), [row.due.at for row in batch.rows])
        self.assertEqual(list(Batch.column(batch.cases, "first_row")), [case.first_row for case in batch.cases])
        empty = sample().batch("", NOW)
        self.assertEqual((len(empty), list(Batch.column(empty.rows, "norm"))), (0, []))
        for field in ("norms", "due", "places", "due.at.x"):
            with self.assertRaises(UsageError):
                Batch.column(batch.rows, field)

    def test_what_means_nothing(self) -> None:
        pack = sample()
        with self.assertRaises(UnknownName):
            pack.batch({"order.isuer": []}, NOW)
        with self.assertRaises(UnknownName):
            pack.batch("{}", NOW, ["disclos"])
        with self.assertRaises(IndexError):
            pack.batch("{}", NOW).decision(1)
        wrong: List[Dict[str, Any]] = [
            {"order.pages": [1], "order.authenticated": [True, False]},
            {"order.scope": [["FR"]]},
            {"provider.turnover": [1]},
            {"order.pages": Column([1], said=b"\x01\x01")},
            {"order.pages": array("d", [1.0])},
        ]
        for columns in wrong:
            with self.assertRaises(UsageError):
                pack.batch(columns, NOW)
        for cell in ("1", 1.5, True, 2**63):
            with self.assertRaises(CaseError):
                pack.batch({"order.pages": [cell]}, NOW)
        with self.assertRaises(UsageError):
            pack.batch("{}\n{}", [NOW])
        with self.assertRaises(UsageError):
            pack.batch("{}", NOW, "disclose")
