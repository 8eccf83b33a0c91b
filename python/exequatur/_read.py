"""A native decision, copied into records.

Invariant: the copy is made in one go, while the native decision belongs to the call that made it; nothing borrowed is
left in it.
"""

from __future__ import annotations

from ctypes import byref, c_int32
from datetime import datetime
from typing import Any, FrozenSet, Optional, Sequence, Tuple

from . import _abi
from ._call import call, number, record, rows, signed, text, version
from ._engine import Engine, members
from ._library import library
from .decision import (
    Alternative,
    Answer,
    Asked,
    Brief,
    Ceiling,
    Decision,
    Derivation,
    Duty,
    Effect,
    JudgedPack,
    Missing,
    Moment,
    Named,
    Receipt,
    RuleState,
    Step,
)
from .values import Money, amount, day, instant
from .vocabulary import Text
from .words import (
    EffectValue,
    MomentKind,
    NameKind,
    Outcome,
    Regime,
    Skipped,
    State,
    Status,
    StepKind,
    Truth,
    Withheld,
)


def moment(row: Any) -> Optional[Moment]:
    """A moment; `None` for none."""
    kind = MomentKind.of(row.kind)
    if kind == MomentKind.NOTHING:
        return None
    return Moment(kind, instant(row.at) if kind == MomentKind.AT else None, row.service_level != 0)


def at(row: Any) -> Optional[datetime]:
    """The instant of a moment, if it is one."""
    found = moment(row)
    return found.at if found else None


def in_both(en: Any, fr: Any) -> Optional[Text]:
    """A text in both languages; `None` if there is none."""
    found = Text(text(en), text(fr))
    return found if found.en or found.fr else None


def step(row: Any) -> Step:
    """A step of a count."""
    return Step(
        kind=StepKind.of(row.kind),
        day=day(row.day) if row.has_day else None,
        at=at(row.at),
        skipped=Skipped.of_or_none(row.skipped),
        holiday=in_both(row.holiday_en, row.holiday_fr),
        paragraph=text(row.paragraph),
        recalled=row.recalled != 0,
    )


def brief(row: Any) -> Brief:
    """A norm in short."""
    return Brief(
        outcome=Outcome.of(row.outcome),
        status=Status.of(row.status),
        allowed=row.allowed == 1,
        needs_human=row.needs_human != 0,
        due=moment(row.due),
    )


def allows(decision: Any, norm: int, place: int) -> bool:
    """True if a norm is permitted or due at a place, or everywhere."""
    allowed = c_int32(0)
    call(library.exq_decision_allows, decision, norm, place, byref(allowed))
    return allowed.value == 1


class Reader:
    """Reads one native decision."""

    def __init__(self, engine: Engine, decision: Any) -> None:
        self.engine = engine
        self.index = engine.index
        self.decision = decision

    def read(self, asked: Asked) -> Decision:
        """The whole of it."""
        count = number(library.exq_decision_answer_count, self.decision)
        answers = tuple(self.answer(at) for at in range(count))
        return Decision(
            answers=tuple(answer for answer in answers if answer.beside is None),
            beside=tuple(answer for answer in answers if answer.beside is not None),
            duties=tuple(map(self.duty, rows(_abi.Duty, library.exq_decision_duties, self.decision))),
            missing=tuple(
                self.missing(at) for at in range(number(library.exq_decision_missing_count, self.decision))
            ),
            assumed=self.named(rows(_abi.Named, library.exq_decision_assumed, self.decision)),
            rules=tuple(map(self.rule, rows(_abi.RuleState, library.exq_decision_rules, self.decision))),
            needs_human=signed(library.exq_decision_needs_human, self.decision) != 0,
            next_change_at=at(record(_abi.Moment, library.exq_decision_next_change, self.decision)),
            allowed=frozenset(name for at, name in enumerate(self.index.norms) if allows(self.decision, at, _abi.NONE)),
            receipt=self.receipt(),
            asked=asked,
        )

    def places(self, row: Any) -> Optional[FrozenSet[str]]:
        return None if row.everywhere else members(row.places, self.index.places)

    def answer(self, index: int) -> Answer:
        row = record(_abi.Answer, library.exq_decision_answer, self.decision, index)
        return Answer(
            norm=self.index.norms[row.norm],
            beside=None if row.beside == _abi.NONE else self.index.packs[row.beside],
            places=self.places(row),
            outcome=Outcome.of(row.outcome),
            unprotected=Outcome.of(row.unprotected),
            provisional=Outcome.of_or_none(row.provisional),
            conflict=Truth.of(row.conflict),
            guard=Truth.of_or_none(row.guard),
            operational=None if row.operational == _abi.NONE else int(row.operational),
            effects=tuple(self.effect(index, at) for at in range(row.effects)),
        )

    def effect(self, answer: int, index: int) -> Effect:
        row = record(_abi.Effect, library.exq_decision_effect, self.decision, answer, index)
        rule, first_day = self.index.versions[row.version]
        by, by_first_day = (None, None) if row.by == _abi.NONE else self.index.versions[row.by]
        return Effect(
            rule=rule,
            version=first_day,
            value=EffectValue.of(row.value),
            state=State.of(row.state),
            status=Status.of(row.status),
            certain=row.certain != 0,
            by=by,
            by_version=by_first_day,
            overtaken=row.overtaken != 0,
            why=Withheld.of_or_none(row.why),
            not_before=moment(row.not_before),
            due=moment(row.due),
            exclusive=row.exclusive != 0,
            provisional_due=at(row.provisional_due),
            start=moment(row.start),
            end=moment(row.end),
            derivation=self.derivation(answer, index, _abi.NONE),
            ceiling=self.ceiling(answer, index, row),
            alternatives=tuple(self.alternative(answer, index, at) for at in range(row.alternatives)),
            needs=self.named(rows(_abi.Named, library.exq_decision_needs, self.decision, answer, index)),
        )

    def ceiling(self, answer: int, effect: int, row: Any) -> Optional[Ceiling]:
        if row.ceiling == _abi.CEILING_NONE:
            return None
        amounts = tuple(self.amount(answer, effect, at) for at in range(row.amounts))
        return Ceiling(amounts, per_day=row.per_day != 0, unknown=row.ceiling == _abi.CEILING_UNKNOWN)

    def amount(self, answer: int, effect: int, index: int) -> Money:
        row = record(_abi.Money, library.exq_decision_amount, self.decision, answer, effect, index)
        return Money(amount(row.minor, row.decimals), bytes(row.currency[:3]).decode("ascii"))

    def alternative(self, answer: int, effect: int, index: int) -> Alternative:
        row = record(_abi.Alternative, library.exq_decision_alternative, self.decision, answer, effect, index)
        return Alternative(
            due=moment(row.due),
            exclusive=row.exclusive != 0,
            because=in_both(row.because_en, row.because_fr),
            derivation=self.derivation(answer, effect, index),
        )

    def derivation(self, answer: int, effect: int, alternative: int) -> Optional[Derivation]:
        place = (self.decision, answer, effect, alternative)
        row = record(_abi.Derivation, library.exq_decision_derivation, *place)
        regime = Regime.of_or_none(row.regime)
        if regime is None:
            return None
        return Derivation(
            regime=regime,
            zone=text(row.zone),
            calendar=None if row.calendar == _abi.NONE else self.index.named[_abi.KIND_CALENDAR][row.calendar],
            steps=tuple(map(step, rows(_abi.Step, library.exq_decision_steps, *place))),
        )

    def named(self, found: Sequence[Any]) -> Tuple[Named, ...]:
        return tuple(Named(NameKind.of(row.kind), self.index.named[row.kind][row.id]) for row in found)

    def duty(self, row: Any) -> Duty:
        rule, first_day = self.index.versions[row.version]
        return Duty(
            norm=self.index.norms[row.norm],
            rule=rule,
            version=first_day,
            places=self.places(row),
            outcome=Outcome.of(row.outcome),
            state=State.of(row.state),
            status=Status.of(row.status),
            certain=row.certain != 0,
            due=moment(row.due),
            exclusive=row.exclusive != 0,
            provisional_due=at(row.provisional_due),
            not_before=moment(row.not_before),
            answer=int(row.answer),
            effect=int(row.effect),
        )

    def missing(self, index: int) -> Missing:
        row = record(_abi.Missing, library.exq_decision_missing, self.decision, index)
        return Missing(
            kind=NameKind.of(row.kind),
            name=self.index.named[row.kind][row.id],
            count=int(row.count),
            question=self.engine.question(row.kind, row.id),
        )

    def rule(self, row: Any) -> RuleState:
        rule, first_day = self.index.versions[row.version]
        return RuleState(rule, first_day, Truth.of(row.truth), row.needs_human != 0)

    def receipt(self) -> Receipt:
        row = record(_abi.Receipt, library.exq_decision_receipt, self.decision)
        return Receipt(
            engine=version(),
            pack=bytes(row.pack.bytes).hex(),
            case=bytes(row.facts.bytes).hex(),
            now=instant(row.now),
            packs=tuple(self.judged(at, name) for at, name in enumerate(self.index.packs)),
            decision=bytes(row.decision.bytes).hex(),
        )

    def judged(self, index: int, name: str) -> JudgedPack:
        days, decides = c_int32(), c_int32()
        call(library.exq_decision_law_date, self.decision, index, byref(days), byref(decides))
        return JudgedPack(name, day(days.value), decides.value != 0)
