"""What a pack speaks of, as plain records: facts, events, enumerations, norms, rules, and where they come from.

Invariant: a record is a copy and owns all that it shows; it stays good when the pack is closed. Texts stand in both
languages of the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Mapping, Optional, Tuple

from .words import Checked, FactType, Outcome, PackStatus


@dataclass(frozen=True)
class Text:
    """A text in English and French."""

    en: str
    fr: str

    def in_(self, language: str) -> str:
        """The text in `en` or `fr`."""
        if language not in ("en", "fr"):
            raise ValueError(f"expected `en` or `fr`, found `{language}`")
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True)
class Instrument:
    """A pack of rules that was linked into this one: a law, a policy, a vocabulary."""

    name: str
    id: int
    title: Optional[Text]
    source: Optional[Text]
    status: PackStatus
    adopted: bool  # when it was built; a host may adopt more
    in_force_from: Optional[date]
    in_force_until: Optional[date]  # the first day on which it is no longer


@dataclass(frozen=True)
class Enumeration:
    """An enumeration, with its members in the order of their ids."""

    name: str
    id: int
    members: Mapping[str, Text]  # labels; the name itself where none was written


@dataclass(frozen=True)
class Fact:
    """A fact that a case can give."""

    name: str
    id: int
    type: FactType
    enumeration: Optional[str]  # of a member or a set
    least: Optional[int]  # of an int
    most: Optional[int]
    presumed: bool
    question: Optional[Text]


@dataclass(frozen=True)
class Event:
    """An event that happens, or not."""

    name: str
    id: int
    question: Optional[Text]


@dataclass(frozen=True)
class Norm:
    """What can be due, permitted or prohibited."""

    name: str
    id: int
    pack: str
    bearer: str
    action: str
    object: str
    family: str  # `disclose` of `disclose of subscriber`; the name itself for a norm alone
    member: Optional[str]
    title: Optional[Text]
    label: Optional[Text]  # the member's
    done_at: Optional[str]
    broken_at: Optional[str]
    by_default: Outcome
    protected: bool


@dataclass(frozen=True)
class Citation:
    """An article, and how it was checked."""

    article: Text
    checked: Checked


@dataclass(frozen=True)
class RuleVersion:
    """A rule as it reads from a day on."""

    rule: str
    id: int
    pack: str
    in_force_from: Optional[date]
    in_force_until: Optional[date]
    title: Optional[Text]
    reason: Optional[Text]
    citations: Tuple[Citation, ...]
    untranslated: Tuple[Text, ...]  # law that is not modelled: an answer in which it matters needs a person


@dataclass(frozen=True)
class Rule:
    """A rule, with its versions in order."""

    name: str
    id: int
    versions: Tuple[RuleVersion, ...]
