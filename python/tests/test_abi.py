"""The hand-written binding against the C header, by way of a C compiler.

A small program prints every constant, and the size and offsets of every struct; the prototypes are read from the
header's text. What the header has and the package has not is a failure too.
"""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import tempfile
from enum import Enum
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple, Type

from exequatur import _abi, words

from .support import TREE, Test

HEADER = Path(os.environ.get("EXEQUATUR_TEST_HEADER") or TREE / "include" / "exequatur.h")
# The C name of each word's group.
GROUPS: Dict[str, Type[words.Word]] = {
    "OUTCOME": words.Outcome,
    "EFFECT": words.EffectValue,
    "STATE": words.State,
    "WHY": words.Withheld,
    "STATUS": words.Status,
    "PACK": words.PackStatus,
    "CHECKED": words.Checked,
    "TRUTH": words.Truth,
    "MOMENT": words.MomentKind,
    "REGIME": words.Regime,
    "STEP": words.StepKind,
    "SKIPPED": words.Skipped,
}
# -1 says that there is nothing to say; the package reads it as `None`.
NOTHING = {"OUTCOME_ABSENT", "WHY_NONE", "TRUTH_NONE", "REGIME_NONE", "SKIPPED_NONE"}


def text() -> str:
    """The header without its comments."""
    whole = HEADER.read_text(encoding="utf-8")
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", whole, flags=re.DOTALL)


def structs() -> Dict[str, Type[ctypes.Structure]]:
    """The structs of the package, by their C names; the opaque ones too."""
    found = {}
    for name, kind in vars(_abi).items():
        if isinstance(kind, type) and issubclass(kind, ctypes.Structure) and kind is not ctypes.Structure:
            snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
            found["exq_bytes" if kind is _abi.ByteSlice else f"exq_{snake}"] = kind
    return found


def c_type(kind: Any) -> str:
    """The C type that a ctypes type stands for; sizes of integers, because ctypes has one type for each."""
    names = {kind: name for name, kind in structs().items()}
    if kind is None:
        return "void"
    if kind in names:
        return names[kind]
    if kind is _abi.Each:
        return "exq_each"
    if kind is ctypes.c_char_p:
        return "char *"
    if kind is _abi.Bytes:
        return "uint8_t *"
    if kind is ctypes.c_void_p:
        return "void *"
    if kind is ctypes.c_char:
        return "char"
    if hasattr(kind, "_type_") and not isinstance(kind._type_, str):
        inner = c_type(kind._type_)
        return inner + "*" if inner.endswith("*") else inner + " *"
    sign = "int" if kind(-1).value < 0 else "uint"
    return f"{sign}{8 * ctypes.sizeof(kind)}_t"


def normal(c: str) -> str:
    """A parameter of the header without its name, `const` and `struct`."""
    c = re.sub(r"\b(const|struct)\b", " ", c).replace("*", " * ")
    tokens = c.split()
    if len(tokens) > 1 and tokens[-1] != "*":
        tokens.pop()  # the name
    stars = tokens.count("*")
    base = " ".join(token for token in tokens if token != "*")
    base = {"exq_status": "int32_t", "size_t": f"uint{8 * ctypes.sizeof(ctypes.c_size_t)}_t"}.get(base, base)
    return base + (" " + "*" * stars if stars else "")


def prototypes() -> Iterator[Tuple[str, str, List[str]]]:
    """Each function of the header: its name, what it returns, its parameters."""
    for result, name, inside in re.findall(r"^([a-z][\w \t*]*?)\b(exq_\w+)\s*\(([^()]*)\)\s*;", text(), flags=re.M):
        parameters = [] if inside.strip() in ("", "void") else [normal(part) for part in inside.split(",")]
        yield name, normal(result + " r"), parameters


def printed(lines: List[str]) -> List[int]:
    """What a C program prints that includes the header."""
    with tempfile.TemporaryDirectory() as folder:
        source, program = Path(folder, "abi.c"), Path(folder, "abi")
        body = "\n".join(f'  printf("%lld\\n", (long long)({line}));' for line in lines)
        source.write_text(
            f'#include <stdio.h>\n#include <stddef.h>\n#include "{HEADER}"\n'
            f"int main(void) {{\n{body}\n  return 0;\n}}\n",
            encoding="utf-8",
        )
        compiler = os.environ.get("CC", "").split() or ["cc"]
        subprocess.run([*compiler, "-std=c99", "-o", str(program), str(source)], check=True)
        done = subprocess.run([str(program)], check=True, stdout=subprocess.PIPE)
    return [int(number) for number in done.stdout.split()]


class Abi(Test):
    def test_every_function_has_its_prototype(self) -> None:
        header = {name: (result, parameters) for name, result, parameters in prototypes()}
        ours = {
            name: (c_type(result), [c_type(argument) for argument in arguments])
            for name, (result, arguments) in _abi.PROTOTYPES.items()
        }
        self.assertGreater(len(header), 70, "the header was not read")
        self.assertEqual(sorted(header), sorted(ours))
        for name, prototype in header.items():
            self.assertEqual(prototype, ours[name], name)
        # A declaration that the pattern does not see would be missed above.
        called = set(re.findall(r"\b(exq_\w+)\s*\(", text()))
        self.assertEqual(called, set(header))

    def test_the_callback_has_its_type(self) -> None:
        inside = re.search(r"typedef (\w+) \(\*exq_each\)\(([^()]*)\);", text())
        assert inside is not None
        self.assertEqual(normal(inside.group(1) + " r"), c_type(_abi.Each._restype_))
        given = [normal(part) for part in inside.group(2).split(",")]
        self.assertEqual(given, [c_type(kind) for kind in _abi.Each._argtypes_])

    def test_every_struct_has_its_layout(self) -> None:
        ours = structs()
        declared = set(re.findall(r"\btypedef struct (exq_\w+)", text()))
        self.assertEqual(declared, set(ours))
        lines, expected, names = [], [], []
        for name, kind in ours.items():
            fields = getattr(kind, "_fields_", [])
            written = re.search(r"typedef struct %s \{([^}]*)\}" % name, text())
            in_header = re.findall(r"(\w+)(?:\[\d+\])?;", written.group(1)) if written else []
            self.assertEqual(in_header, [field[0] for field in fields], name)
            if not fields:
                continue
            lines.append(f"sizeof({name})")
            expected.append(ctypes.sizeof(kind))
            names.append(name)
            for field, *_ in fields:
                lines += [f"offsetof({name}, {field})", f"sizeof((({name} *)0)->{field})"]
                expected += [getattr(kind, field).offset, getattr(kind, field).size]
                names += [f"offset of {name}.{field}", f"size of {name}.{field}"]
        self.assertEqual(dict(zip(names, printed(lines))), dict(zip(names, expected)))

    def test_every_constant_has_its_number(self) -> None:
        names = [name for name in re.findall(r"^#define EXQ_(\w+) ", text(), flags=re.M)]
        self.assertGreater(len(names), 80, "the header was not read")
        known = set()
        for name, number in zip(names, printed([f"EXQ_{name}" for name in names])):
            group, _, word = name.partition("_")
            if name in NOTHING:
                self.assertEqual(number, -1, name)
                self.assertIsNone(GROUPS[group].of_or_none(number), name)
            elif hasattr(_abi, name):
                self.assertEqual(number, getattr(_abi, name), name)
                known.add(name)
            else:
                found = GROUPS[group][word]
                self.assertEqual((number, word.lower()), (found.number, found.value), name)
                known.add(name)
        for group, kind in GROUPS.items():
            self.assertEqual({f"{group}_{word.name}" for word in kind} - known, set())
        ours = {name for name, value in vars(_abi).items() if name.isupper() and isinstance(value, int)}
        self.assertEqual(ours - known, set())

    def test_words_of_facts_and_names_are_those_of_the_constants(self) -> None:
        pairs: List[Tuple[Type[Enum], str]] = [(words.FactType, "TYPE_"), (words.NameKind, "KIND_")]
        for kind, prefix in pairs:
            for word in kind:
                self.assertEqual(getattr(_abi, prefix + word.name), getattr(word, "number"))
                self.assertEqual(word.value, word.name.lower())
