"""The vocabulary of a native pack, read into records.

Invariant: a thing stands in its table at its id, and its name is the one by which cases and decisions speak of it.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple, TypeVar

from . import _abi
from ._call import borrowed, number, record, text
from ._library import library
from .values import day
from .vocabulary import Citation, Enumeration, Event, Fact, Instrument, Norm, Rule, RuleVersion, Text
from .words import Checked, FactType, Outcome, PackStatus

T = TypeVar("T")
# A day that leaves an interval open.
OPEN_DAYS = (-(2**31), 2**31 - 1)


def names(pack: Any, kind: int) -> Tuple[str, ...]:
    """The names of a kind of things, by id."""
    count = number(library.exq_pack_count, pack, kind)
    return tuple(borrowed(library.exq_pack_name, pack, kind, index) for index in range(count))


def members(pack: Any, enumeration: int) -> Tuple[str, ...]:
    """The names of an enumeration's members, by id."""
    count = number(library.exq_pack_member_count, pack, enumeration)
    return tuple(borrowed(library.exq_pack_member_name, pack, enumeration, index) for index in range(count))


def table(all_names: Tuple[str, ...], make: Callable[[int, str], T]) -> Mapping[str, T]:
    """Things by name, in the order of their ids."""
    return MappingProxyType({name: make(index, name) for index, name in enumerate(all_names)})


def _both(read: Callable[[int], str]) -> Optional[Text]:
    found = Text(read(_abi.LANG_EN), read(_abi.LANG_FR))
    return found if found.en or found.fr else None


def text_of(pack: Any, kind: int, index: int, which: int) -> Optional[Text]:
    return _both(lambda lang: borrowed(library.exq_pack_text, pack, kind, index, which, lang))


def _day(number_of_days: int) -> Optional[date]:
    return None if number_of_days in OPEN_DAYS else day(number_of_days)


def named(all_names: Tuple[str, ...], index: int) -> Optional[str]:
    """The name at an id, or `None` for no id."""
    return None if index == _abi.NONE else all_names[index]


def instruments(pack: Any) -> Mapping[str, Instrument]:
    """The packs that were linked."""

    def make(index: int, name: str) -> Instrument:
        row = record(_abi.Instrument, library.exq_pack_instrument, pack, index)
        return Instrument(
            name=name,
            id=index,
            title=text_of(pack, _abi.KIND_PACK, index, _abi.TEXT_TITLE),
            source=text_of(pack, _abi.KIND_PACK, index, _abi.TEXT_SOURCE),
            status=PackStatus.of(row.status),
            adopted=bool(row.adopted),
            in_force_from=_day(getattr(row, "from")),
            in_force_until=_day(row.until),
        )

    return table(names(pack, _abi.KIND_PACK), make)


def enumerations(pack: Any) -> Mapping[str, Enumeration]:
    """The enumerations, with the labels of their members."""

    def label(index: int, member: int, name: str) -> Text:
        found = _both(lambda lang: borrowed(library.exq_pack_member_label, pack, index, member, lang))
        return found or Text(name, name)

    def make(index: int, name: str) -> Enumeration:
        labels = {member: label(index, at, member) for at, member in enumerate(members(pack, index))}
        return Enumeration(name=name, id=index, members=MappingProxyType(labels))

    return table(names(pack, _abi.KIND_ENUM), make)


def facts(pack: Any) -> Mapping[str, Fact]:
    """The facts."""
    enums = names(pack, _abi.KIND_ENUM)

    def make(index: int, name: str) -> Fact:
        row = record(_abi.Fact, library.exq_pack_fact, pack, index)
        kind = FactType.of(row.type)
        bounded = kind == FactType.INT
        return Fact(
            name=name,
            id=index,
            type=kind,
            enumeration=named(enums, row.enumeration),
            least=int(row.least) if bounded else None,
            most=int(row.most) if bounded else None,
            presumed=bool(row.presumed),
            question=text_of(pack, _abi.KIND_FACT, index, _abi.TEXT_QUESTION),
        )

    return table(names(pack, _abi.KIND_FACT), make)


def events(pack: Any) -> Mapping[str, Event]:
    """The events."""

    def make(index: int, name: str) -> Event:
        return Event(name=name, id=index, question=text_of(pack, _abi.KIND_EVENT, index, _abi.TEXT_QUESTION))

    return table(names(pack, _abi.KIND_EVENT), make)


def norms(pack: Any) -> Mapping[str, Norm]:
    """The norms; each member of a family is one."""
    packs, all_events = names(pack, _abi.KIND_PACK), names(pack, _abi.KIND_EVENT)

    def make(index: int, name: str) -> Norm:
        row = record(_abi.Norm, library.exq_pack_norm, pack, index)
        return Norm(
            name=name,
            id=index,
            pack=packs[row.pack],
            bearer=text(row.bearer),
            action=text(row.action),
            object=text(row.object),
            family=text(row.family),
            member=text(row.member) or None,
            title=text_of(pack, _abi.KIND_NORM, index, _abi.TEXT_TITLE),
            label=text_of(pack, _abi.KIND_NORM, index, _abi.TEXT_LABEL),
            done_at=named(all_events, row.done_at),
            broken_at=named(all_events, row.broken_at),
            by_default=Outcome.of(row.by_default),
            protected=bool(row.is_protected),
        )

    return table(names(pack, _abi.KIND_NORM), make)


def _version(pack: Any, packs: Tuple[str, ...], index: int, rule: str, row: Any) -> RuleVersion:
    def citation(at: int) -> Citation:
        found = record(_abi.Citation, library.exq_pack_citation, pack, index, at)
        return Citation(Text(text(found.article_en), text(found.article_fr)), Checked.of(found.checked))

    def untranslated(at: int) -> Text:
        found = _both(lambda lang: borrowed(library.exq_pack_untranslated, pack, index, at, lang))
        return found or Text("", "")

    return RuleVersion(
        rule=rule,
        id=index,
        pack=packs[row.pack],
        in_force_from=_day(getattr(row, "from")),
        in_force_until=_day(row.until),
        title=text_of(pack, _abi.KIND_VERSION, index, _abi.TEXT_TITLE),
        reason=text_of(pack, _abi.KIND_VERSION, index, _abi.TEXT_REASON),
        citations=tuple(citation(at) for at in range(row.citations)),
        untranslated=tuple(untranslated(at) for at in range(row.untranslated)),
    )


def rules(pack: Any) -> Mapping[str, Rule]:
    """The rules, each with its versions."""
    packs, rule_names = names(pack, _abi.KIND_PACK), names(pack, _abi.KIND_RULE)
    versions: Dict[int, List[RuleVersion]] = {}
    for index in range(number(library.exq_pack_count, pack, _abi.KIND_VERSION)):
        row = record(_abi.RuleVersion, library.exq_pack_rule_version, pack, index)
        version = _version(pack, packs, index, rule_names[row.rule], row)
        versions.setdefault(int(row.rule), []).append(version)

    def make(index: int, name: str) -> Rule:
        return Rule(name=name, id=index, versions=tuple(versions.get(index, ())))

    return table(rule_names, make)
