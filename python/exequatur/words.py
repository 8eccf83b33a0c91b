"""The words of a decision, each with the number that stands for it in the C interface.

Invariant: a word is the one that the decision JSON and the rule language use, and a number that has no word here is an
error, never a guess: a newer library may know an outcome that this package cannot read.
"""

from __future__ import annotations

from enum import Enum
from typing import Dict, Optional, Tuple, Type, TypeVar

from .errors import EngineError

W = TypeVar("W", bound="Word")


class Word(str, Enum):
    """A word with a number. It is text, so that `answer.outcome == "must"` holds."""

    number: int

    def __new__(cls, text: str, number: int) -> Word:
        word = str.__new__(cls, text)
        word._value_ = text
        word.number = number
        return word

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, spec: str) -> str:
        return format(str(self.value), spec)

    @classmethod
    def of(cls: Type[W], number: int) -> W:
        """The word for a number."""
        found = _NUMBERS.get((cls, number))
        if found is None:
            raise EngineError(f"this package has no word for {cls.__name__} {number}; it is older than the library")
        return found  # type: ignore[return-value]

    @classmethod
    def of_or_none(cls: Type[W], number: int) -> Optional[W]:
        """The word for a number, or `None` for -1, which says that there is nothing to say."""
        return None if number == -1 else cls.of(number)


class Outcome(Word):
    """What holds of a norm. Only `MAY` and `MUST` let anything be done; ask `Decision.allows`."""

    NONE = ("none", 0)
    MAY = ("may", 1)
    MUST = ("must", 2)
    MUST_NOT = ("must_not", 3)
    UNDETERMINED = ("undetermined", 4)
    CONFLICT = ("conflict", 5)
    VARIES = ("varies", 6)  # in a brief only: it differs by place


class EffectValue(Word):
    """The value that a rule gives a norm."""

    MUST = ("must", 0)
    MAY = ("may", 1)
    MUST_NOT = ("must_not", 2)
    LIFTED = ("lifted", 3)


class State(Word):
    """The state of an effect in a decision."""

    STANDING = ("standing", 0)
    UNDETERMINED = ("undetermined", 1)
    DEFEATED = ("defeated", 2)
    NOT_BEGUN = ("not_begun", 3)
    ENDED = ("ended", 4)
    WITHHELD = ("withheld", 5)


class Withheld(Word):
    """Why a grant of a protected norm is held back."""

    GUARD_FALSE = ("guard_false", 0)
    GUARD_UNKNOWN = ("guard_unknown", 1)
    CONFLICT = ("conflict", 2)
    UNDETERMINED = ("undetermined", 3)
    WAITING = ("waiting", 4)
    ENDED = ("ended", 5)


class Status(Word):
    """The status of an effect in time."""

    WAITING = ("waiting", 0)
    EARLY = ("early", 1)
    RUNNING = ("running", 2)
    MET = ("met", 3)
    MET_LATE = ("met_late", 4)
    BREACHED = ("breached", 5)
    LAPSED = ("lapsed", 6)
    OPEN = ("open", 7)
    UNKNOWN = ("unknown", 8)
    NOTHING = ("nothing", 9)


class PackStatus(Word):
    """What the rules of a pack are, and so whether they decide."""

    LAW = ("law", 0)
    CASE_LAW = ("case_law", 1)
    POLICY = ("policy", 2)
    ANNOUNCED = ("announced", 3)
    VOLUNTARY = ("voluntary", 4)
    REPEALED = ("repealed", 5)
    LAPSED = ("lapsed", 6)
    ANNULLED = ("annulled", 7)
    VOCABULARY = ("vocabulary", 8)


class Checked(Word):
    """How a citation was checked."""

    VERIFIED = ("verified", 0)
    SECONDARY = ("secondary", 1)
    RECALLED = ("recalled", 2)


class Truth(Word):
    """True, false, or unknown for want of facts. It has no truth value of its own in Python, so that an `if` cannot take
    unknown for true: compare it."""

    FALSE = ("false", 0)
    TRUE = ("true", 1)
    UNKNOWN = ("unknown", 2)

    def __bool__(self) -> bool:
        raise TypeError("a truth is one of three: compare it with `Truth.TRUE`")


class MomentKind(Word):
    """Why there is an instant, or why there is none."""

    NOTHING = ("nothing", 0)
    AT = ("at", 1)
    WAITING = ("waiting", 2)
    OPEN = ("open", 3)
    UNKNOWN = ("unknown", 4)


class Regime(Word):
    """How a period is counted."""

    ELAPSED = ("elapsed", 0)
    EU_1182_71 = ("eu_1182_71", 1)
    FR_CPC = ("fr_cpc", 2)
    US_FRCP_6 = ("us_frcp_6", 3)


class StepKind(Word):
    """What a step of a count says."""

    EVENT = ("event", 0)
    HOUR_NOT_COUNTED = ("hour_not_counted", 1)
    HOURS_FROM = ("hours_from", 2)
    DAY_NOT_COUNTED = ("day_not_counted", 3)
    FIRST_DAY = ("first_day", 4)
    SKIPPED = ("skipped", 5)
    SAME_NUMBER = ("same_number", 6)
    LAST_OF_MONTH = ("last_of_month", 7)
    LAST_DAY = ("last_day", 8)
    NOT_ROLLED_OVER = ("not_rolled_over", 9)
    ROLLED_OVER = ("rolled_over", 10)
    TWO_WORKING_DAYS = ("two_working_days", 11)
    SAME_TIME = ("same_time", 12)
    END = ("end", 13)


class Skipped(Word):
    """Why a day is skipped."""

    WEEKEND = ("weekend", 0)
    HOLIDAY = ("holiday", 1)


class FactType(Word):
    """The type of a fact."""

    BOOL = ("bool", 1)
    MEMBER = ("member", 2)
    SET = ("set", 3)
    INT = ("int", 4)
    MONEY = ("money", 5)
    INSTANT = ("instant", 6)


class NameKind(Word):
    """What a name in a case or decision stands for."""

    SET = ("set", 2)
    FACT = ("fact", 3)
    EVENT = ("event", 4)
    CALENDAR = ("calendar", 8)


_NUMBERS: Dict[Tuple[Type[Word], int], Word] = {
    (words, word.number): word for words in Word.__subclasses__() for word in words
}
