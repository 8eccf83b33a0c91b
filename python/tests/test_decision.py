"""Decisions: the records against the engine's own JSON, and `allows`, which is true on a clear yes only."""

from __future__ import annotations

import copy
import dataclasses
import itertools
import json
import pickle
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Dict, List, Optional

from exequatur import (
    Answer,
    CaseError,
    Decision,
    Derivation,
    Effect,
    EngineError,
    ExequaturError,
    Moment,
    MomentKind,
    Money,
    Outcome,
    Pack,
    Regime,
    Skipped,
    State,
    Status,
    StepKind,
    Text,
    Truth,
    UnknownName,
    UsageError,
)
from exequatur.words import Word

from .support import NOW, RECEIVED, TREE, Test, case, counted, sample, shipped

HOUR = timedelta(hours=1)


def text(at: Optional[datetime]) -> Optional[str]:
    """An instant as the decision JSON has it."""
    if at is None:
        return None
    digits = 0 if at.microsecond == 0 else 3 if at.microsecond % 1000 == 0 else 6
    fraction = f".{at.microsecond:06d}"[: digits + 1] if digits else ""
    return at.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"


def shown(moment: Optional[Moment]) -> Optional[str]:
    if moment is None:
        return None
    return text(moment.at) if moment.kind == MomentKind.AT else str(moment.kind)


def territory(answer: Answer, pack: Pack) -> Any:
    if answer.places is None or pack.territory is None:
        return "everywhere"
    return [place for place in pack.enumerations[pack.territory].members if place in answer.places]


def without_none(**keys: Any) -> Dict[str, Any]:
    return {key: value for key, value in keys.items() if value is not None and value is not False and value != ()}


def derivation_json(found: Optional[Derivation]) -> Any:
    """The steps of a count, as the decision JSON has them with its texts."""
    if found is None:
        return None
    steps = [
        without_none(
            step=str(each.kind),
            date=each.day and each.day.isoformat(),
            at=text(each.at),
            why=each.skipped and str(each.skipped),
            holiday=each.holiday and dataclasses.asdict(each.holiday),
            paragraph=each.paragraph or None,
            recalled=each.recalled,
        )
        for each in found.steps
    ]
    steps[0].update(without_none(zone=found.zone, calendar=found.calendar))
    return steps


def effect_json(effect: Effect) -> Dict[str, Any]:
    """An effect as `docs/DECISION.md` has it, from the record."""
    head = without_none(
        rule=effect.rule,
        version=effect.version and effect.version.isoformat(),
        value=str(effect.value),
        state=str(effect.state),
        by=effect.by,
    )
    if not effect.certain:
        head["certain"] = False
    if effect.state == State.DEFEATED:
        return head
    ceiling = effect.ceiling
    amounts = ceiling and [{"amount": str(each.amount), "currency": each.currency} for each in ceiling.amounts]
    due_at = effect.due is not None and effect.due.kind == MomentKind.AT
    return {
        **head,
        **without_none(
            why=effect.why and str(effect.why),
            status=None if effect.status == Status.NOTHING else str(effect.status),
            not_before=shown(effect.not_before),
            due=shown(effect.due),
            exclusive=effect.exclusive and due_at,
            service_level=effect.due is not None and effect.due.service_level,
            provisional_due=text(effect.provisional_due),
            start=shown(effect.start),
            end=shown(effect.end),
            derivation=derivation_json(effect.derivation),
            up_to="unknown" if ceiling and ceiling.unknown else amounts,
            per_day=bool(ceiling and ceiling.per_day),
            alternatives=[
                without_none(
                    due=shown(each.due),
                    exclusive=each.exclusive and each.due is not None and each.due.kind == MomentKind.AT,
                    derivation=derivation_json(each.derivation),
                    because=each.because and dataclasses.asdict(each.because),
                )
                for each in effect.alternatives
            ]
            or None,
            needs=[named.name for named in effect.needs] or None,
        ),
    }


def norm_json(answer: Answer, pack: Pack) -> Dict[str, Any]:
    found = without_none(
        norm=answer.norm,
        territory=territory(answer, pack),
        outcome=str(answer.outcome),
        provisional=answer.provisional and str(answer.provisional),
        conflict=answer.conflict == Truth.TRUE,
        undetermined=answer.unprotected == Outcome.UNDETERMINED,
        protected=None if answer.guard is None else str(answer.guard),
        operational=answer.operational,
    )
    return {**found, "effects": [effect_json(effect) for effect in answer.effects]}


def decision_json(decision: Decision, pack: Pack) -> Dict[str, Any]:
    """The decision JSON, built of the records alone: what does not come out equal was read wrongly or not at all."""
    receipt = decision.receipt
    return {
        "schema": 1,
        "norms": [norm_json(answer, pack) for answer in decision.answers],
        "missing": [
            without_none(
                name=each.name,
                kind=str(each.kind),
                count=each.count,
                question=each.question and dataclasses.asdict(each.question),
            )
            for each in decision.missing
        ],
        "assumed": [named.name for named in decision.assumed],
        "rules": [
            without_none(
                rule=each.rule,
                version=each.version and each.version.isoformat(),
                state="applies" if each.applies == Truth.TRUE else "undetermined",
            )
            for each in decision.rules
        ],
        "beside": [
            {
                "pack": answer.beside,
                "status": str(pack.instruments[answer.beside or ""].status),
                "norm": answer.norm,
                "territory": territory(answer, pack),
                "effects": [effect_json(effect) for effect in answer.effects],
            }
            for answer in decision.beside
        ],
        "next_change_at": text(decision.next_change_at),
        "receipt": {
            "engine": receipt.engine,
            "pack": receipt.pack,
            "case": receipt.case,
            "now": text(receipt.now),
            "packs": [
                {"pack": each.pack, "law_date": each.law_date.isoformat(), "decides": each.decides}
                for each in receipt.packs
            ],
            "decision": receipt.decision,
        },
    }


TITLES = ("title", "cites", "reason")


def trimmed(found: Any) -> Any:
    """The engine's JSON without the texts that the records leave in the pack."""
    if isinstance(found, dict):
        return {key: trimmed(value) for key, value in found.items() if key not in TITLES}
    return [trimmed(value) for value in found] if isinstance(found, list) else found


class Records(Test):
    def same(self, decision: Decision, pack: Pack) -> None:
        engine = trimmed(json.loads(decision.json(texts=True, receipt=True)))
        human = engine.pop("human")
        self.assertEqual(decision_json(decision, pack), engine)
        self.assertEqual(decision.needs_human, bool(human))
        untranslated = {found["rule"] for found in human if found["kind"] == "untranslated"}
        self.assertEqual({rule.rule for rule in decision.rules if rule.needs_human}, untranslated)
        self.assertEqual(decision.receipt.pack, pack.digest)
        for duty in decision.duties:
            answer = decision.answers[duty.answer]
            effect = answer.effects[duty.effect]
            self.assertEqual((duty.norm, duty.outcome, duty.places), (answer.norm, answer.outcome, answer.places))
            for field in ("rule", "version", "state", "status", "certain", "due", "exclusive", "not_before"):
                self.assertEqual(getattr(duty, field), getattr(effect, field), field)
            self.assertEqual(duty.provisional_due, effect.provisional_due)
        stand = (State.STANDING, State.UNDETERMINED, State.WITHHELD)
        due = [
            (number, index)
            for number, answer in enumerate(decision.answers)
            for index, effect in enumerate(answer.effects)
            if effect.value == "must" and effect.state in stand
        ]
        self.assertEqual(sorted((duty.answer, duty.effect) for duty in decision.duties), due)

    def test_the_sample_rules_over_many_cases(self) -> None:
        pack = sample()
        choices: Dict[str, List[Any]] = {
            "issuer": ["judge", "police", None],
            "authenticated": [True, False, None],
            "error": [True, "absent"],
            "scope": [["FR"], [], None],
            "received": [RECEIVED, None, False],
        }
        count = 0
        for values in itertools.product(*choices.values()):
            said = {key: value for key, value in zip(choices, values) if value != "absent"}
            whole: Dict[str, Any] = {"order": said}
            if count % 2:
                whole["provider"] = {"turnover": Money(Decimal("1000"), "EUR")}
            if count % 5 == 0:
                whole["content"] = {"removed": RECEIVED + 2 * HOUR}
            adopt = ["plan"] if count % 3 == 0 else []
            self.same(pack.decide(whole, NOW, adopt=adopt), pack)
            count += 1
        self.assertEqual(count, 162)

    def test_the_shipped_cases(self) -> None:
        pack = shipped()
        cases = sorted((TREE / "examples" / "cases").glob("*.json"))
        self.assertGreater(len(cases), 20)
        for path in cases:
            said = json.loads(path.read_text(encoding="utf-8"))
            decision = pack.decide(said["case"], datetime.fromisoformat(said["now"]), adopt=said.get("adopt", ()))
            with self.subTest(path.name):
                self.same(decision, pack)

    def test_the_records_can_be_read(self) -> None:
        decision = sample().decide(case(), NOW)
        first = decision.duties[0]
        self.assertEqual((first.norm, first.rule, first.status), ("takedown", "sample/removal", Status.BREACHED))
        self.assertEqual(first.due, Moment(MomentKind.AT, RECEIVED + HOUR))
        self.assertEqual(str(first.due), "2026-09-04T14:20:00+00:00")
        self.assertEqual(first.places, {"FR", "DE"})
        (alternative,) = decision.answers[first.answer].effects[first.effect].alternatives
        self.assertEqual(alternative.due, Moment(MomentKind.AT, RECEIVED + 2 * HOUR))
        (penalty,) = decision.answers_on("penalty")
        self.assertEqual((penalty.outcome, penalty.effects[0].ceiling and penalty.effects[0].ceiling.unknown), ("may", True))
        self.assertEqual(decision.duties[1].due, Moment(MomentKind.AT, RECEIVED + 8 * HOUR))
        self.assertEqual(decision.next_change_at, RECEIVED + 8 * HOUR + timedelta(microseconds=1))
        self.assertEqual(decision.beside[0].beside, "plan")
        with self.assertRaises(dataclasses.FrozenInstanceError):
            decision.needs_human = False  # type: ignore[misc]

    def test_a_due_carries_its_count(self) -> None:
        effect = sample().decide(case(), NOW).answers_on("takedown")[0].effects[0]
        found = effect.derivation
        assert found is not None
        self.assertEqual((found.regime, found.zone, found.calendar), (Regime.ELAPSED, "UTC", None))
        self.assertEqual([step.kind for step in found.steps], ["event", "end"])
        self.assertEqual(found.steps[0].at, RECEIVED)
        self.assertEqual(found.steps[0].day, date(2026, 9, 4))
        self.assertEqual(effect.due, Moment(MomentKind.AT, found.steps[-1].at))
        (rival,) = effect.alternatives
        assert rival.derivation is not None
        self.assertEqual(rival.derivation.steps[-1].at, RECEIVED + 2 * HOUR)

        decision = counted().decide({"order": {"received": RECEIVED}}, NOW)
        self.same(decision, counted())
        by_days = decision.answers_on("answer")[0].effects[0].derivation
        assert by_days is not None
        self.assertEqual((by_days.regime, by_days.calendar), (Regime.EU_1182_71, "home"))
        skipped = [step for step in by_days.steps if step.skipped is not None]
        self.assertEqual([step.day for step in skipped], [date(2026, 9, 12), date(2026, 9, 13), date(2026, 9, 14)])
        self.assertEqual([step.skipped for step in skipped], [Skipped.WEEKEND, Skipped.WEEKEND, Skipped.HOLIDAY])
        self.assertEqual(skipped[2].holiday, Text("Day of the court", "Jour du tribunal"))
        self.assertEqual({step.paragraph for step in skipped}, {"1182/71 art. 3(4)"})
        self.assertEqual(by_days.steps[-2].kind, StepKind.ROLLED_OVER)

    def test_a_service_level_is_no_due_of_the_law(self) -> None:
        said = {"order": {"received": RECEIVED}}
        without = counted().decide(said, NOW)
        self.assertEqual(without.brief("inform").due, Moment(MomentKind.OPEN))
        with_levels = counted().decide(said, NOW, undue_delay=2 * HOUR, expeditiously=HOUR)
        self.same(with_levels, counted())
        own = Moment(MomentKind.AT, RECEIVED + 2 * HOUR, service_level=True)
        self.assertEqual(with_levels.brief("inform").due, own)
        self.assertEqual([duty.due for duty in with_levels.duties if duty.norm == "inform"], [own])
        self.assertNotEqual(own, Moment(MomentKind.AT, RECEIVED + 2 * HOUR))
        due = with_levels.brief("answer").due
        self.assertTrue(due is not None and not due.service_level)
        rows = counted().decide_many(["order.received"], [[RECEIVED]], NOW, ["inform"], undue_delay=2 * HOUR)
        self.assertEqual(rows[0][0].due, own)
        for wrong in (timedelta(0), -HOUR, timedelta.max, timedelta.min, 3600):
            with self.subTest(wrong), self.assertRaises(CaseError) as refused:
                counted().decide(said, NOW, undue_delay=wrong)  # type: ignore[arg-type]
            self.assertEqual(refused.exception.place, "undue_delay")

    def test_law_date_and_adoption(self) -> None:
        pack = sample()
        self.assertFalse(pack.decide(case(), NOW, law_date=date(2019, 1, 1)).rules)
        adopted = pack.decide(case(), NOW, adopt=["plan"])
        self.assertEqual(adopted.duties[0].rule, "plan/soon")
        self.assertEqual(pack.decide(case(), NOW, adopt="plan"), adopted)
        with self.assertRaises(UnknownName):
            pack.decide(case(), NOW, adopt=["plans"])
        with self.assertRaises(CaseError):
            pack.decide(case(), NOW, law_date=NOW)

    def test_words_are_text_and_truths_are_compared(self) -> None:
        self.assertEqual((f"{Outcome.MUST_NOT:>9}", str(State.STANDING)), (" must_not", "standing"))
        self.assertEqual(Outcome.MUST, "must")
        with self.assertRaises(TypeError):
            bool(Truth.UNKNOWN)
        with self.assertRaises(EngineError):
            Outcome.of(7)
        self.assertTrue(issubclass(Outcome, Word))


class Written(Test):
    def test_json_and_text(self) -> None:
        decision = sample().decide(case(), NOW)
        self.assertEqual(json.loads(decision.json(pretty=True)), json.loads(decision.json()))
        self.assertNotIn("receipt", json.loads(decision.json()))
        self.assertIn("Retirer le contenu", decision.text("fr"))
        self.assertIn("Remove the content", decision.text())
        self.assertIn(decision.receipt.decision, decision.text())
        self.assertNotIn(decision.receipt.decision, decision.text(receipt=False))
        with self.assertRaises(CaseError):
            decision.text("de")

    def test_form(self) -> None:
        removed = dict(case(), content={"removed": text(RECEIVED)})
        decision = sample().decide(removed, NOW)
        form = json.loads(decision.form("dsa-statement", receipt=True, pretty=True))
        self.assertEqual((form["form"], form["complete"]), ("dsa-statement", False))
        self.assertEqual(form["receipt"], decision.receipt.decision)
        visible = form["fields"]["decision_visibility"]
        self.assertEqual(visible["value"], ["DECISION_VISIBILITY_CONTENT_REMOVED"])
        self.assertEqual(visible["from"], [{"event": "content.removed", "at": text(RECEIVED)}])
        asked = {one["field"]: one["need"] for one in form["missing"]}
        self.assertEqual((asked["puid"], asked["content_language"]), ("required", "optional"))
        self.assertNotIn("receipt", json.loads(decision.form("tco-annex-ii")))
        with self.assertRaisesRegex(UnknownName, "did you mean `tco-annex-ii`"):
            decision.form("tco-annex-i")  # type: ignore[arg-type]


class Allows(Test):
    def test_only_a_clear_yes(self) -> None:
        pack = sample()
        self.assertTrue(pack.decide(case(), NOW).allows("disclose"))
        self.assertTrue(pack.decide(case(), NOW).allows("disclose", "FR"))
        for order in (
            {"authenticated": False},
            {"authenticated": None},
            {"issuer": None},
            {"issuer": "police"},
            {"issuer": "private_person"},
            {"received": False},
            {"received": None},
            {"received": NOW + HOUR},
        ):
            decision = pack.decide(case(**order), NOW)
            self.assertFalse(decision.allows("disclose"), order)
            self.assertFalse(decision.allows("disclose", "FR"), order)
        self.assertFalse(pack.decide({}, NOW).allows("disclose"))

    def test_by_place(self) -> None:
        decision = sample().decide(case(), NOW)
        allowed = {place: decision.allows("takedown", place) for place in ("DE", "FR", "IT")}
        self.assertEqual(allowed, {"DE": True, "FR": True, "IT": False})
        self.assertFalse(decision.allows("takedown"))
        self.assertEqual(decision.allowed_in("takedown"), {"DE", "FR"})
        self.assertEqual(decision.allowed_in("disclose"), {"DE", "FR", "IT"})
        self.assertEqual(sample().decide({}, NOW).allowed_in("disclose"), set())

    def test_what_is_not_there_is_an_error(self) -> None:
        decision = sample().decide(case(), NOW)
        for norm, place in [("disclos", None), ("disclose", "XX"), ("", None), ("disclose", ""), ("disclose", "\udc80")]:
            with self.assertRaises(ExequaturError):
                decision.allows(norm, place)
        with self.assertRaises(UnknownName):
            decision.answers_on("nothing")

    def test_the_shipped_cases_never_say_yes_by_place_and_no_by_record(self) -> None:
        pack = shipped()
        for path in sorted((TREE / "examples" / "cases").glob("*.json")):
            said = json.loads(path.read_text(encoding="utf-8"))
            now = datetime.fromisoformat(said["now"])
            decision = pack.decide(said["case"], now, adopt=said.get("adopt", ()))
            for name, norm in pack.norms.items():
                outcomes = {answer.outcome for answer in decision.answers_on(name)}
                if decision.allows(name):
                    self.assertLessEqual(outcomes, {Outcome.MAY, Outcome.MUST}, (path.name, name))
                    self.assertTrue(outcomes)
                if norm.protected and outcomes & {Outcome.MUST_NOT, Outcome.CONFLICT, Outcome.UNDETERMINED}:
                    self.assertFalse(decision.allows(name), (path.name, name))

    def test_a_question_whose_answer_differs_is_refused(self) -> None:
        decision = sample().decide(case(), NOW)
        question: Any = decision._question
        forged: Any = dataclasses.replace(question, answered="00" * 32)
        with self.assertRaises(EngineError):
            dataclasses.replace(decision, asked=forged).text()


class Copied(Test):
    def test_as_plain_data(self) -> None:
        decision = sample().decide(case(), NOW)
        plain = dataclasses.asdict(decision)
        self.assertEqual(set(plain), {field.name for field in dataclasses.fields(decision)})
        self.assertEqual(plain["duties"][0]["norm"], "takedown")
        self.assertEqual(plain["receipt"]["pack"], sample().digest)
        for same in (copy.copy(decision), copy.deepcopy([decision])[0]):
            self.assertTrue(same.text())

    def test_in_another_process(self) -> None:
        decision = sample().decide(case(), NOW)
        sent: Decision = pickle.loads(pickle.dumps(decision))
        self.assertEqual(sent, decision)
        uses = (sent.json, sent.text, lambda: sent.allows("disclose"), lambda: sent.allowed_in("disclose"))
        for use in uses:
            with self.assertRaises(UsageError) as caught:
                use()
            self.assertIn("another process", str(caught.exception))
        self.assertIn("disclose", sent.allowed)
        with self.assertRaises(CaseError) as refused:
            sample().decide({"order": {"pages": 1000}}, NOW)
        error = pickle.loads(pickle.dumps(refused.exception))
        self.assertEqual((str(error), error.place), (str(refused.exception), "/order/pages"))


class Instants(Test):
    def test_every_zone_is_the_same_instant(self) -> None:
        pack = sample()
        zones = [timezone(timedelta(hours=hours)) for hours in (-11, 0, 5, 14)]
        decisions = [pack.decide(case(received=RECEIVED.astimezone(zone)), NOW.astimezone(zone)) for zone in zones]
        self.assertEqual(len({decision.receipt for decision in decisions}), 1)
        self.assertEqual({decision.receipt.now.utcoffset() for decision in decisions}, {timedelta(0)})
