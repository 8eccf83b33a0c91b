"""The runner of the conformance suite in Python: see `tests/conformance/README.md` for its call, its lines and its checks.

Invariant: it stands on the public package alone, so that what the suite shows of the engine can be had by every host in
Python. The numbers of the header are those that the words carry.
"""

import argparse
import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Iterable, NoReturn, Optional, Sequence, get_args

import exequatur
from exequatur import (
    Answer,
    Case,
    Ceiling,
    Decision,
    Derivation,
    Duty,
    Effect,
    ExequaturError,
    FactType,
    FormName,
    Moment,
    MomentKind,
    Money,
    Norm,
    Pack,
    RuleState,
    RuleVersion,
    SchemaError,
    Text,
)

UNKNOWN, NOT_HAPPENED = 7, 8


def check(holds: bool, what: str) -> None:
    if not holds:
        raise SystemExit(f"check failed: {what}")


def line(depth: int, words: str) -> None:
    print("  " * depth + words)


def texts(depth: int, word: str, text: Optional[Text]) -> None:
    for lang in ("en", "fr"):
        said = text.in_(lang) if text else ""
        if said:
            line(depth, f"{word}.{lang} {said}")


def day(found: Optional[date]) -> str:
    return "-" if found is None else found.isoformat()


def instant(at: datetime) -> str:
    """As the decision JSON has it: as many fraction digits as are needed, none, three or six."""
    said = at.strftime("%Y-%m-%dT%H:%M:%S")
    if at.microsecond:
        said += "." + (f"{at.microsecond // 1000:03}" if at.microsecond % 1000 == 0 else f"{at.microsecond:06}")
    check(exequatur.parse_instant(said + "Z") == at, "an instant that was written is read back")
    return said + "Z"


def moment(found: Optional[Moment]) -> str:
    if found is None:
        return "-"
    said = instant(found.at) if found.at is not None else str(found.kind)
    return said + "/service_level" if found.service_level else said


def at_or_nothing(at: Optional[datetime]) -> Optional[Moment]:
    return None if at is None else Moment(MomentKind.AT, at)


def version(rule: str, first_day: Optional[date]) -> str:
    return f"rule={rule} from={day(first_day)}"


class Transcript:
    """Prints one decision."""

    def __init__(self, pack: Pack, case: Case, decision: Decision) -> None:
        self.pack = pack
        self.case = case
        self.decision = decision
        self.territory = list(pack.enumerations[pack.territory].members) if pack.territory else []
        self.versions = {
            (each.rule, each.in_force_from): each for rule in pack.rules.values() for each in rule.versions
        }

    def places(self, found: Optional[Iterable[str]]) -> str:
        if found is None:
            return "everywhere"
        among = set(found)
        return " ".join(place for place in self.territory if place in among)

    def head(self) -> None:
        receipt = self.decision.receipt
        line(0, f"now {instant(receipt.now)}")
        line(0, f"case {receipt.case}")
        line(0, f"next_change {moment(at_or_nothing(self.decision.next_change_at))}")
        line(0, f"needs_human {self.decision.needs_human:d}")
        for judged in receipt.packs:
            line(0, f"law_date {judged.pack} day={day(judged.law_date)} decides={judged.decides:d}")

    def said(self) -> None:
        for name, value in self.case.said().items():
            kind = "fact" if name in self.pack.facts else "event"
            line(0, f"{kind} {name} type={self.value(name, value)}")

    def value(self, name: str, value: Any) -> str:
        fact = self.pack.facts.get(name)
        if value is None:
            return f"{UNKNOWN}"
        if fact is None and value is False:
            return f"{NOT_HAPPENED}"
        if isinstance(value, datetime):
            return f"{FactType.INSTANT.number} {instant(value)}"
        if isinstance(value, Money):
            digits = str(value.amount).replace(".", "")
            return f"{FactType.MONEY.number} {int(digits)} {value.currency}"
        assert fact is not None
        if isinstance(value, frozenset):
            among = self.pack.enumerations[fact.enumeration or ""].members
            return " ".join([f"{fact.type.number}", *(member for member in among if member in value)])
        return f"{fact.type.number} {value:d}" if isinstance(value, int) else f"{fact.type.number} {value}"

    def answer(self, index: int, answer: Answer) -> None:
        provisional = -1 if answer.provisional is None else answer.provisional.number
        guard = -1 if answer.guard is None else answer.guard.number
        operational = "-" if answer.operational is None else answer.operational
        line(
            0,
            f"answer {index} outcome={answer.outcome.number} unprotected={answer.unprotected.number} "
            f"provisional={provisional} conflict={answer.conflict.number} guard={guard} "
            f"operational={operational} effects={len(answer.effects)}",
        )
        line(1, f"norm {answer.norm}")
        if answer.beside is not None:
            line(1, f"beside {answer.beside}")
        line(1, f"places {self.places(answer.places)}")
        for at, effect in enumerate(answer.effects):
            self.effect(at, effect)

    def effect(self, index: int, effect: Effect) -> None:
        why = -1 if effect.why is None else effect.why.number
        line(
            1,
            f"effect {index} {version(effect.rule, effect.version)} value={effect.value.number} "
            f"state={effect.state.number} status={effect.status.number} certain={effect.certain:d} "
            f"overtaken={effect.overtaken:d} why={why} exclusive={effect.exclusive:d}",
        )
        if effect.by is not None:
            line(2, f"by {version(effect.by, effect.by_version)}")
        for word, found in (
            ("not_before", effect.not_before),
            ("due", effect.due),
            ("provisional_due", at_or_nothing(effect.provisional_due)),
            ("start", effect.start),
            ("end", effect.end),
        ):
            if found is not None:
                line(2, f"{word} {moment(found)}")
        self.derivation(2, effect.derivation)
        if effect.ceiling is not None:
            self.ceiling(effect.ceiling)
        for alternative in effect.alternatives:
            line(2, f"alternative due={moment(alternative.due)} exclusive={alternative.exclusive:d}")
            texts(3, "because", alternative.because)
            self.derivation(3, alternative.derivation)
        for named in effect.needs:
            line(2, f"needs {named.kind} {named.name}")

    def derivation(self, depth: int, found: Optional[Derivation]) -> None:
        if found is None:
            return
        counted = f"steps={len(found.steps)} calendar={found.calendar or '-'} zone={found.zone}"
        line(depth, f"derivation regime={found.regime.number} {counted}")
        for step in found.steps:
            skipped = -1 if step.skipped is None else step.skipped.number
            where = f"day={day(step.day)} at={moment(at_or_nothing(step.at))}"
            line(depth + 1, f"step {step.kind.number} {where} skipped={skipped} recalled={step.recalled:d}")
            if step.paragraph:
                line(depth + 2, f"paragraph {step.paragraph}")
            texts(depth + 2, "holiday", step.holiday)

    def ceiling(self, ceiling: Ceiling) -> None:
        line(2, f"ceiling {1 if ceiling.unknown else 2} per_day={ceiling.per_day:d}")
        for amount in ceiling.amounts:
            exponent = amount.amount.as_tuple().exponent
            assert isinstance(exponent, int)
            minor = int(amount.amount.scaleb(-exponent))
            line(2, f"amount minor={minor} currency={amount.currency} decimals={-exponent}")

    def duty(self, duty: Duty) -> None:
        line(
            0,
            f"duty answer={duty.answer} effect={duty.effect} outcome={duty.outcome.number} state={duty.state.number} "
            f"status={duty.status.number} certain={duty.certain:d} exclusive={duty.exclusive:d} due={moment(duty.due)} "
            f"not_before={moment(duty.not_before)}",
        )
        if duty.provisional_due is not None:
            line(1, f"provisional_due {instant(duty.provisional_due)}")
        line(1, f"rule {version(duty.rule, duty.version)}")
        line(1, f"norm {duty.norm}")
        line(1, f"places {self.places(duty.places)}")

    def rule(self, state: RuleState) -> None:
        line(
            0,
            f"rule {state.rule} from={day(state.version)} truth={state.applies.number} needs_human={state.needs_human:d}",
        )
        found = self.versions[state.rule, state.version]
        texts(1, "title", found.title)
        texts(1, "reason", found.reason)
        for citation in found.citations:
            line(1, f"cite checked={citation.checked.number}")
            texts(2, "article", citation.article)
        for untranslated in found.untranslated:
            line(1, "untranslated")
            texts(2, "text", untranslated)

    def briefs(self, found: Sequence[exequatur.Brief]) -> None:
        for norm, brief in zip(self.pack.norms, found):
            line(
                0,
                f"brief outcome={brief.outcome.number} status={brief.status.number} allowed={brief.allowed:d} "
                f"needs_human={brief.needs_human:d} due={moment(brief.due)}",
            )
            line(1, f"norm {norm}")
            check(brief.allowed == self.decision.allows(norm), "the brief and the decision allow the same")
            places = self.decision.allowed_in(norm)
            if self.decision.allows(norm):
                line(1, "allowed_in everywhere")
            elif places:
                line(1, f"allowed_in {self.places(places)}")

    def print(self, briefs: Sequence[exequatur.Brief]) -> None:
        self.head()
        self.said()
        for index, answer in enumerate(self.decision.answers + self.decision.beside):
            self.answer(index, answer)
        for duty in self.decision.duties:
            self.duty(duty)
        for missing in self.decision.missing:
            line(0, f"missing {missing.kind} {missing.name} count={missing.count}")
            texts(1, "question", missing.question)
        for named in self.decision.assumed:
            line(0, f"assumed {named.kind} {named.name}")
        for state in self.decision.rules:
            self.rule(state)
        self.briefs(briefs)


def print_pack(pack: Pack) -> None:
    for instrument in pack.instruments.values():
        term = f"from={day(instrument.in_force_from)} until={day(instrument.in_force_until)}"
        line(0, f"pack {instrument.name} status={instrument.status.number} adopted={instrument.adopted:d} {term}")
        texts(1, "title", instrument.title)
        texts(1, "source", instrument.source)
    for enumeration in pack.enumerations.values():
        line(0, f"enum {enumeration.name}")
        for member, label in enumeration.members.items():
            line(1, f"member {member}")
            texts(2, "label", label)
    for name in pack.sets:
        line(0, f"set {name}")
    for fact in pack.facts.values():
        bounds = "" if fact.least is None else f" least={fact.least} most={fact.most}"
        line(
            0,
            f"fact {fact.name} type={fact.type.number} enum={fact.enumeration or '-'} presumed={fact.presumed:d}{bounds}",
        )
        texts(1, "question", fact.question)
    for event in pack.events.values():
        line(0, f"event {event.name}")
        texts(1, "question", event.question)
    for norm in pack.norms.values():
        print_norm(norm)
    for rule in pack.rules:
        line(0, f"rule {rule}")
    versions = [each for rule in pack.rules.values() for each in rule.versions]
    for found in sorted(versions, key=lambda each: each.id):
        print_version(found)
    line(0, f"territory {pack.territory or '-'}")
    line(0, f"proved {pack.is_proved:d}")
    line(0, f"schema_hash {pack.schema_hash}")
    line(0, "case_schema")
    print(pack.case_schema(), end="" if pack.case_schema().endswith("\n") else "\n")


def print_norm(norm: Norm) -> None:
    line(
        0,
        f"norm pack={norm.pack} done_at={norm.done_at or '-'} broken_at={norm.broken_at or '-'} "
        f"by_default={norm.by_default.number} protected={norm.protected:d}",
    )
    line(1, f"name {norm.name}")
    for word in ("bearer", "action", "object", "family", "member"):
        said = getattr(norm, word)
        if said:
            line(1, f"{word} {said}")
    texts(1, "title", norm.title)
    texts(1, "label", norm.label)


def print_version(found: RuleVersion) -> None:
    term = f"from={day(found.in_force_from)} until={day(found.in_force_until)}"
    counts = f"citations={len(found.citations)} untranslated={len(found.untranslated)}"
    line(0, f"version rule={found.rule} pack={found.pack} {term} {counts}")


def check_pack(pack: Pack, data: bytes) -> None:
    check(pack.to_bytes() == data, "the pack has the bytes of its file")
    pack.expect_schema(pack.schema_hash)
    flipped = f"{int(pack.schema_hash[0], 16) ^ 1:x}{pack.schema_hash[1:]}"
    try:
        pack.expect_schema(flipped)
    except SchemaError as error:
        check(error.status == "EXQ_E_SCHEMA", "another vocabulary is refused as such")
    else:
        check(False, "another vocabulary is refused")
    for names in (pack.instruments, pack.enumerations, pack.facts, pack.events, pack.norms, pack.rules):
        ids = [each.id for each in names.values()]
        check(ids == list(range(len(ids))), "things stand at their ids")


def check_decision(pack: Pack, decision: Decision, plain: str) -> None:
    receipt = decision.receipt
    check(receipt.pack == pack.digest, "the receipt has the digest of the pack")
    with_receipt = decision.json(texts=True, receipt=True)
    check(with_receipt.startswith(plain[:-1] + ',"receipt":{'), "the receipt stands behind the decision")
    for digest in (receipt.pack, receipt.case, receipt.decision):
        check(digest in with_receipt[len(plain) - 1 :], "the receipt in JSON holds the digest")
    for name in get_args(FormName):
        form = decision.form(name, receipt=True)
        said = form.startswith(f'{{"form":"{name}",') and receipt.decision in form
        check(said, "a form with receipt holds its name and the digest of the decision")
    pretty = decision.json(texts=True, pretty=True)
    compact = json.dumps(json.loads(pretty), ensure_ascii=False, separators=(",", ":"))
    check("\n" in pretty and compact == plain, "pretty JSON is the same without its blanks")
    check(receipt.decision in decision.text("en"), "the sentences with receipt hold the digest of the decision")


def refused(error: ExequaturError) -> NoReturn:
    print(f"--- transcript\nrefused {error.status}")
    if error.place:
        print(f"place {error.place}")
    print(f"message {error}")
    raise SystemExit(0)


def micros(text: str) -> timedelta:
    return timedelta(microseconds=int(text))


def copied(pack: Pack, said: Case) -> Case:
    """A case like another, said value by value; then once more, unsaid value by value."""
    typed = pack.case()
    for name, value in said.said().items():
        typed.set(name, value)
    check(typed.said() == said.said(), "what was said is what is read")
    emptied = pack.case(typed.to_dict())
    for name in typed.said():
        emptied.unset(name)
    check(emptied.said() == {}, "nothing is left of what was unset")
    emptied = pack.case(typed.to_dict())
    emptied.clear()
    check(emptied.said() == {}, "nothing is left in a case that was cleared")
    return typed


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    parser = argparse.ArgumentParser()
    parser.add_argument("pack", type=Path)
    parser.add_argument("case", type=Path)
    parser.add_argument("now")
    parser.add_argument("--law-date", type=date.fromisoformat)
    parser.add_argument("--adopt", action="append", default=[])
    parser.add_argument("--undue-delay", type=micros)
    parser.add_argument("--expeditiously", type=micros)
    parser.add_argument("--typed", action="store_true")
    call = parser.parse_args()
    check(exequatur.version() != "", "the library says its version")
    data = call.pack.read_bytes()
    pack = Pack.from_bytes(data)
    check_pack(pack, data)
    try:
        case = pack.case(call.case.read_bytes())
        now = exequatur.parse_instant(call.now)
        if call.typed:
            case = copied(pack, case)
        levels = {"undue_delay": call.undue_delay, "expeditiously": call.expeditiously}
        decision = pack.decide(case, now, law_date=call.law_date, adopt=call.adopt, **levels)
    except ExequaturError as error:
        refused(error)
    plain = decision.json(texts=True)
    check_decision(pack, decision, plain)
    norms = list(pack.norms)
    briefs = [decision.brief(norm) for norm in norms]
    rows = pack.decide_many([], [[]], now, norms, base=case, law_date=call.law_date, adopt=call.adopt, **levels)
    check([list(row) for row in rows] == [briefs], "the briefs of rows are those of the decision")
    print("--- transcript")
    Transcript(pack, case, decision).print(briefs)
    print(f"--- json\n{plain}\n--- en\n{decision.text('en', receipt=False)}", end="")
    print(f"--- fr\n{decision.text('fr', receipt=False)}--- pack")
    print_pack(pack)


if __name__ == "__main__":
    main()
