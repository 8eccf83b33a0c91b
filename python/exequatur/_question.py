"""A question to the engine: a pack, a case, an instant; asked once for the decision, and again for what was not copied.

Invariant: the engine is a pure function, so the same question has the same answer. It is still compared: an answer
whose receipt differs from the decision's is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Callable, FrozenSet, Optional, TypeVar

from . import _abi
from ._call import record, written
from ._engine import Document, Engine, Terms, decide, set_json
from ._library import library
from ._read import Reader, allows, brief
from .decision import Brief, Decision
from .errors import CaseError, EngineError

T = TypeVar("T")
LANGUAGES = {"en": _abi.LANG_EN, "fr": _abi.LANG_FR}


@dataclass(frozen=True)
class Question:
    """What was asked, and the digest of its first answer."""

    engine: Engine
    case: Document
    terms: Terms
    answered: Optional[str] = None

    def decide(self) -> Decision:
        """The decision."""

        def read(decision: Any) -> Decision:
            again = replace(self, answered=_digest(decision))
            return Reader(self.engine, decision).read(again)

        return self._ask(read)

    def _ask(self, read: Callable[[Any], T]) -> T:
        with self.engine.bench() as bench:
            set_json(bench.case, self.case)
            decide(bench.decision, bench.case, self.terms)
            decision = bench.decision.pointer
            if self.answered is not None and _digest(decision) != self.answered:
                raise EngineError("the same question had another answer; nothing can be built on either")
            return read(decision)

    def require_norm(self, norm: str) -> None:
        """Refuses a norm that the pack does not have."""
        self.engine.norm(norm)

    def allows(self, norm: str, place: str) -> bool:
        """True if the norm is permitted or due at a place."""
        norm_id, place_id = self.engine.norm(norm), self.engine.place(place)
        return self._ask(lambda decision: allows(decision, norm_id, place_id))

    def allowed_in(self, norm: str) -> FrozenSet[str]:
        """The places in which the norm is permitted or due."""
        norm_id, places = self.engine.norm(norm), self.engine.index.places

        def read(decision: Any) -> FrozenSet[str]:
            return frozenset(name for at, name in enumerate(places) if allows(decision, norm_id, at))

        return self._ask(read)

    def brief(self, norm: str) -> Brief:
        """The norm in short."""
        norm_id = self.engine.norm(norm)
        return self._ask(lambda found: brief(record(_abi.Brief, library.exq_decision_brief, found, norm_id)))

    def json(self, texts: bool, receipt: bool, pretty: bool) -> str:
        """The decision as JSON."""
        flags = (texts and _abi.WITH_TEXTS) | (receipt and _abi.WITH_RECEIPT) | (pretty and _abi.PRETTY)
        return self._ask(lambda decision: written(library.exq_decision_json, decision, flags))

    def text(self, language: str, receipt: bool) -> str:
        """The decision in sentences."""
        lang = LANGUAGES.get(language)
        if lang is None:
            raise CaseError(f"expected the language `en` or `fr`, found `{language}`", place="language")
        flags = _abi.WITH_RECEIPT if receipt else 0
        return self._ask(lambda decision: written(library.exq_decision_text, decision, lang, flags))

    def form(self, name: str, receipt: bool, pretty: bool) -> str:
        """An official form that the decision fills."""
        word = name.encode("utf-8")
        flags = (receipt and _abi.WITH_RECEIPT) | (pretty and _abi.PRETTY)
        return self._ask(lambda decision: written(library.exq_decision_form, decision, word, len(word), flags))


def _digest(decision: Any) -> str:
    return bytes(record(_abi.Receipt, library.exq_decision_receipt, decision).decision.bytes).hex()
