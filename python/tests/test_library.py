"""Where the library is looked for, what is refused at import, and that a program ends well whatever it left open."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Dict, Optional

from exequatur import _abi
from exequatur._library import library

from .support import PACKAGE, STRICT, Test, environment

SHOWN = "import exequatur._library as found; print(found.library._name)"


def python(program: str, env: Optional[Dict[str, str]] = None, **more: Any) -> "subprocess.CompletedProcess[str]":
    """Runs a program in an interpreter of its own, in which every warning is an error."""
    return subprocess.run(
        [*STRICT, "-c", program],
        env=environment() if env is None else env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        check=False,
        **more,
    )


class Folders(Test):
    """Copies of the package in places like those where users have it."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()

    def package(self, inside: str) -> Path:
        """A copy of the package in a folder; gives the folder."""
        place = self.root / inside
        shutil.copytree(PACKAGE / "exequatur", place / "exequatur")
        (place / "exequatur" / "libexequatur.so").unlink(missing_ok=True)
        return place

    def library(self, at: str) -> Path:
        """The library under another name."""
        path = self.root / at
        path.parent.mkdir(parents=True, exist_ok=True)
        real = subprocess.run(
            [*STRICT, "-c", SHOWN], env=environment(), check=True, stdout=subprocess.PIPE, universal_newlines=True
        ).stdout.strip()
        path.symlink_to(Path(real).resolve())
        return path

    def built(self, source: str) -> Path:
        """A library of our own making."""
        path = self.root / "other.so"
        (self.root / "other.c").write_text(source, encoding="utf-8")
        compiler = os.environ.get("CC", "").split() or ["cc"]
        subprocess.run([*compiler, "-shared", "-fPIC", "-o", str(path), str(self.root / "other.c")], check=True)
        return path

    def found(self, place: Path, **more: str) -> str:
        """Which library a package loads; without the variable, unless a test sets it."""
        env = environment(PYTHONPATH=str(place), **more)
        if "EXEQUATUR_LIBRARY" not in more:
            env.pop("EXEQUATUR_LIBRARY", None)
        done = python(SHOWN, env, cwd=str(self.root))
        return done.stdout.strip() or done.stderr


class Lookup(Folders):
    def test_a_wheel_has_it_inside(self) -> None:
        place = self.package("site-packages")
        inside = self.library("site-packages/exequatur/libexequatur.so")
        self.library("libexequatur.so.1")
        self.assertEqual(self.found(place), str(inside))

    def test_a_checkout_has_built_it(self) -> None:
        place = self.package("checkout/python")
        (self.root / "checkout/src/capi").mkdir(parents=True)
        (self.root / "checkout/Cargo.toml").touch()
        debug = self.library("checkout/target/debug/libexequatur.so")
        self.assertEqual(self.found(place), str(debug))
        release = self.library("checkout/target/release/libexequatur.so")
        self.assertEqual(self.found(place), str(release))

    def test_a_folder_that_is_no_checkout_is_not_searched(self) -> None:
        place = self.package("folder/python")
        self.library("folder/target/debug/libexequatur.so")
        self.assertIn("was not found", self.found(place))

    def test_a_prefix_has_it_beside(self) -> None:
        place = self.package("lib/python3/site-packages")
        beside = self.library("lib/libexequatur.so.1")
        self.assertEqual(self.found(place), str(beside))

    def test_the_loader_comes_last(self) -> None:
        place = self.package("lib/python3/elsewhere")
        self.library("loader/libexequatur.so.1")
        self.assertEqual(self.found(place, LD_LIBRARY_PATH=str(self.root / "loader")), "libexequatur.so.1")

    def test_the_variable_ends_the_search(self) -> None:
        place = self.package("site-packages")
        self.library("site-packages/exequatur/libexequatur.so")
        chosen = self.library("elsewhere.so")
        self.assertEqual(self.found(place, EXEQUATUR_LIBRARY=str(chosen)), str(chosen))
        wrong = self.found(place, EXEQUATUR_LIBRARY=str(self.root / "none.so"))
        self.assertIn("LibraryError: `EXEQUATUR_LIBRARY` names no library that can be loaded", wrong)

    def test_nowhere_says_where_it_looked(self) -> None:
        said = self.found(self.package("site-packages"))
        self.assertIn("LibraryError: `libexequatur.so.1` was not found", said)
        self.assertIn(str(self.root / "site-packages" / "exequatur" / "libexequatur.so"), said)


class Refused(Folders):
    def test_another_abi(self) -> None:
        other = self.built("unsigned exq_abi_version(void) { return 2; }\n")
        said = self.found(PACKAGE, EXEQUATUR_LIBRARY=str(other))
        self.assertIn(f"`{other}` has ABI version 2, this package needs {_abi.ABI_VERSION}", said)

    def test_another_library(self) -> None:
        said = self.found(PACKAGE, EXEQUATUR_LIBRARY=str(self.built("int something;\n")))
        self.assertIn("is not libexequatur", said)

    def test_an_older_library(self) -> None:
        other = self.built("unsigned exq_abi_version(void) { return 1; }\n")
        self.assertIn("is older than this package", self.found(PACKAGE, EXEQUATUR_LIBRARY=str(other)))

    def test_it_is_an_import_error(self) -> None:
        program = "try:\n    import exequatur\nexcept ImportError as error:\n    print('caught')"
        done = python(program, environment(EXEQUATUR_LIBRARY="/"))
        self.assertEqual((done.stdout, done.stderr), ("caught\n", ""))


class Programs(Test):
    def test_the_library_of_this_run_has_every_function(self) -> None:
        for name in _abi.PROTOTYPES:
            self.assertTrue(hasattr(library, name), name)

    def test_a_program_may_end_with_everything_open(self) -> None:
        program = """
import threading, time
from datetime import datetime, timezone
from exequatur import Pack
from tests.support import RULES
pack = Pack.compile({"sample.exq": RULES})
case = pack.case({"order": {"issuer": "judge"}})
now = datetime(2026, 9, 4, tzinfo=timezone.utc)
decision = pack.decide(case, now)
pack.cycle = [pack, case, decision]
def forever():
    while True:
        pack.decide(case, now)
for _ in range(3):
    threading.Thread(target=forever, daemon=True).start()
time.sleep(0.2)
print("ended")
"""
        done = python(program)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "ended\n", ""))

    def test_a_forked_child_goes_on(self) -> None:
        program = """
import os
from datetime import datetime, timezone
from exequatur import Pack
from tests.support import RULES
pack = Pack.compile({"sample.exq": RULES})
now = datetime(2026, 9, 4, tzinfo=timezone.utc)
before = pack.decide({}, now)
child = os.fork()
same = pack.decide({}, now) == before
if child == 0:
    os._exit(0 if same else 1)
print(same, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
        done = python(program)
        self.assertEqual((done.stdout, done.stderr), ("True 0\n", ""))

    def test_all_names_can_be_imported(self) -> None:
        done = python("from exequatur import *\nfrom exequatur import __all__ as names\nprint(len(names), Pack, Money)")
        self.assertEqual(done.stderr, "")
