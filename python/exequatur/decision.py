"""A decision, as plain frozen records: who must, may or must not do what, where, by when, and what is unknown.

Invariant: what stands here is what the engine said, copied once; nothing here decides anything. Datetimes are aware and
in UTC. What is not copied (the texts, the JSON, an answer for one place) is asked of the engine again with the same
pack, case and instant; the receipt must then be the same, or the question is refused.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from datetime import date, datetime
from typing import Any, Dict, FrozenSet, Literal, Optional, Protocol, Tuple

from .errors import UsageError
from .values import Money
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

FormName = Literal["dsa-statement", "tco-annex-ii", "tco-annex-iii", "epoc-annex-iii"]


@dataclass(frozen=True)
class Moment:
    """An instant, or why there is none: its anchor has not happened (`WAITING`), it is due without undue delay (`OPEN`),
    it depends on what is missing (`UNKNOWN`)."""

    kind: MomentKind
    at: Optional[datetime] = None
    service_level: bool = False  # of a due: the host's own, where the law leaves it open

    def __str__(self) -> str:
        return self.at.isoformat() if self.at is not None else str(self.kind)


@dataclass(frozen=True)
class Named:
    """A fact, an event, a set or a calendar, by its name."""

    kind: NameKind
    name: str


@dataclass(frozen=True)
class Missing:
    """Something that the case does not say and that would matter."""

    kind: NameKind
    name: str
    count: int  # how many effects need it
    question: Optional[Text]


@dataclass(frozen=True)
class Ceiling:
    """The most that a sanction may be; no amounts where it depends on what is missing."""

    amounts: Tuple[Money, ...]
    per_day: bool
    unknown: bool


@dataclass(frozen=True)
class Step:
    """A step of a count: what was found there, and the paragraph that says so."""

    kind: StepKind
    day: Optional[date]  # by the clock of the zone
    at: Optional[datetime]
    skipped: Optional[Skipped]
    holiday: Optional[Text]
    paragraph: str  # empty where the rule itself says it
    recalled: bool  # the wording of the paragraph was recalled, and not read in a source


@dataclass(frozen=True)
class Derivation:
    """How a due was counted."""

    regime: Regime
    zone: str
    calendar: Optional[str]  # where one is needed
    steps: Tuple[Step, ...]


@dataclass(frozen=True)
class Alternative:
    """The due under a rival reading."""

    due: Optional[Moment]
    exclusive: bool
    because: Optional[Text]
    derivation: Optional[Derivation]


@dataclass(frozen=True)
class Effect:
    """What one rule says of a norm in one answer."""

    rule: str
    version: Optional[date]  # the first day of a dated version
    value: EffectValue
    state: State
    status: Status
    certain: bool
    by: Optional[str]  # the rule that defeats it
    by_version: Optional[date]
    overtaken: bool
    why: Optional[Withheld]
    not_before: Optional[Moment]
    due: Optional[Moment]
    exclusive: bool  # at its due it is already late
    provisional_due: Optional[datetime]
    start: Optional[Moment]
    end: Optional[Moment]
    derivation: Optional[Derivation]  # how the due was counted; where there is none, `not_before`, `end` or `start`
    ceiling: Optional[Ceiling]
    alternatives: Tuple[Alternative, ...]
    needs: Tuple[Named, ...]


@dataclass(frozen=True)
class Answer:
    """The answer on one norm in one part of the territory."""

    norm: str
    beside: Optional[str]  # the pack that does not decide and would say this
    places: Optional[FrozenSet[str]]  # `None` for everywhere
    outcome: Outcome
    unprotected: Outcome  # before protection
    provisional: Optional[Outcome]
    conflict: Truth
    guard: Optional[Truth]  # of a protected norm
    operational: Optional[int]  # which effect people act on first
    effects: Tuple[Effect, ...]


@dataclass(frozen=True)
class Duty:
    """A `must` that stands, is undetermined or is withheld. A withheld duty must not be performed."""

    norm: str
    rule: str
    version: Optional[date]
    places: Optional[FrozenSet[str]]
    outcome: Outcome  # of the norm there
    state: State
    status: Status
    certain: bool
    due: Optional[Moment]
    exclusive: bool
    provisional_due: Optional[datetime]
    not_before: Optional[Moment]
    answer: int  # where it stands: `decision.answers[duty.answer].effects[duty.effect]`
    effect: int


@dataclass(frozen=True)
class RuleState:
    """A rule that applies, or that may apply once more is known."""

    rule: str
    version: Optional[date]
    applies: Truth
    needs_human: bool


@dataclass(frozen=True)
class JudgedPack:
    """By which day's law a pack was judged, and whether its rules decided."""

    pack: str
    law_date: date
    decides: bool


@dataclass(frozen=True)
class Receipt:
    """What the decision was made from; the digests are hexadecimal, `decision` is that of all the others."""

    engine: str
    pack: str
    case: str
    now: datetime
    packs: Tuple[JudgedPack, ...]
    decision: str


@dataclass(frozen=True)
class Brief:
    """A norm in short, over all of the territory: as `decide_many` gives it."""

    outcome: Outcome
    status: Status
    allowed: bool
    needs_human: bool
    due: Optional[Moment]


class Asked(Protocol):
    """The question, which can be asked again."""

    def require_norm(self, norm: str) -> None: ...

    def allows(self, norm: str, place: str) -> bool: ...

    def allowed_in(self, norm: str) -> FrozenSet[str]: ...

    def brief(self, norm: str) -> Brief: ...

    def json(self, texts: bool, receipt: bool, pretty: bool) -> str: ...

    def text(self, language: str, receipt: bool) -> str: ...

    def form(self, name: str, receipt: bool, pretty: bool) -> str: ...


@dataclass(frozen=True)
class Decision:
    """The decision on one case at one instant.

    It can be pickled and sent to another process; there it is its records alone, and has no engine to ask again.
    """

    answers: Tuple[Answer, ...]
    beside: Tuple[Answer, ...]  # what packs say that do not decide
    duties: Tuple[Duty, ...]  # earliest due first
    missing: Tuple[Missing, ...]  # most useful first
    assumed: Tuple[Named, ...]
    rules: Tuple[RuleState, ...]
    needs_human: bool
    next_change_at: Optional[datetime]
    allowed: FrozenSet[str]  # the norms that may be done everywhere
    receipt: Receipt
    asked: InitVar[Optional[Asked]]

    def __post_init__(self, asked: Optional[Asked]) -> None:
        # Not a field: it is no part of what was decided, and cannot be copied.
        self.__dict__["_asked"] = asked

    @property
    def _question(self) -> Asked:
        asked: Optional[Asked] = self.__dict__.get("_asked")
        if asked is None:
            raise UsageError("this decision was sent from another process: it has its records, and no engine to ask")
        return asked

    def __getstate__(self) -> Dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_asked"}

    def __copy__(self) -> Decision:
        return self

    def __deepcopy__(self, memo: Any) -> Decision:
        return self

    def allows(self, norm: str, place: Optional[str] = None) -> bool:
        """True only if the norm is permitted or due now: at a place, or everywhere.

        All else is no: prohibited, undetermined, in conflict, no rule. A norm or place that the pack does not have is an
        error, which is no yes either.
        """
        if place is not None:
            return self._question.allows(norm, place)
        self._question.require_norm(norm)
        return norm in self.allowed

    def allowed_in(self, norm: str) -> FrozenSet[str]:
        """The places in which the norm is permitted or due now."""
        return self._question.allowed_in(norm)

    def answers_on(self, norm: str) -> Tuple[Answer, ...]:
        """The answers on a norm, one for each part of the territory; none where no rule speaks and there is no default."""
        self._question.require_norm(norm)
        return tuple(answer for answer in self.answers if answer.norm == norm)

    def brief(self, norm: str) -> Brief:
        """The norm in short, over all of the territory."""
        return self._question.brief(norm)

    def json(self, *, texts: bool = False, receipt: bool = False, pretty: bool = False) -> str:
        """The decision as JSON (`docs/DECISION.md`)."""
        return self._question.json(texts, receipt, pretty)

    def text(self, language: str = "en", *, receipt: bool = True) -> str:
        """The decision in sentences, in `en` or `fr`."""
        return self._question.text(language, receipt)

    def form(self, name: FormName, *, receipt: bool = False, pretty: bool = False) -> str:
        """An official form that it fills, as JSON (`docs/FORMS.md`); what the facts do not support is listed as missing."""
        return self._question.form(name, receipt, pretty)
