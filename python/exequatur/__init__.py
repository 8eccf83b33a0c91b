"""Exequatur for Python: who must, may or must not do what, where, by when, on what legal basis, and what is unknown.

    from exequatur import Pack

    pack = Pack.load("rules.exqp")
    decision = pack.decide({"order": {"issuer": "judge"}}, now)
    if decision.allows("disclose of subscriber"):
        ...

Anonymity is never lifted by accident: `Decision.allows` is true on a clear yes only, and every error is an exception.
Pure ctypes over `libexequatur`, without dependencies. Packs may be shared by threads; decisions are plain data.
"""

from ._call import can_compile, can_verify, version
from .batch import Batch, Column
from .case import Case
from .decision import (
    Alternative,
    Answer,
    Brief,
    Ceiling,
    Decision,
    Derivation,
    Duty,
    Effect,
    FormName,
    JudgedPack,
    Missing,
    Moment,
    Named,
    Receipt,
    RuleState,
    Step,
)
from .errors import (
    CaseError,
    EngineError,
    ExequaturError,
    Finding,
    LibraryError,
    LimitError,
    PackError,
    SchemaError,
    SignatureError,
    SourceError,
    UnknownName,
    UnsupportedError,
    UsageError,
)
from .pack import Pack
from .signed import PublicKey, Signed
from .values import Money, parse_instant
from .vocabulary import Citation, Enumeration, Event, Fact, Instrument, Norm, Rule, RuleVersion, Text
from .words import (
    Checked,
    EffectValue,
    FactType,
    MomentKind,
    NameKind,
    Outcome,
    PackStatus,
    Regime,
    Skipped,
    State,
    Status,
    StepKind,
    Truth,
    Withheld,
)

__all__ = [
    "Alternative",
    "Answer",
    "Batch",
    "Brief",
    "Case",
    "CaseError",
    "Ceiling",
    "Checked",
    "Citation",
    "Column",
    "Decision",
    "Derivation",
    "Duty",
    "Effect",
    "EffectValue",
    "EngineError",
    "Enumeration",
    "Event",
    "ExequaturError",
    "Fact",
    "FactType",
    "Finding",
    "FormName",
    "Instrument",
    "JudgedPack",
    "LibraryError",
    "LimitError",
    "Missing",
    "Moment",
    "MomentKind",
    "Money",
    "NameKind",
    "Named",
    "Norm",
    "Outcome",
    "Pack",
    "PackError",
    "PackStatus",
    "PublicKey",
    "Receipt",
    "Regime",
    "Rule",
    "RuleState",
    "RuleVersion",
    "SchemaError",
    "SignatureError",
    "Signed",
    "Skipped",
    "SourceError",
    "State",
    "Status",
    "Step",
    "StepKind",
    "Text",
    "Truth",
    "UnknownName",
    "UnsupportedError",
    "UsageError",
    "Withheld",
    "can_compile",
    "can_verify",
    "parse_instant",
    "version",
]
