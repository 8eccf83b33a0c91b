"""A pack, its cases and its decisions in many threads at once; and what is left behind when nobody refers to it."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, List
from unittest import mock

from exequatur import Decision, EngineError, Pack, _abi
from exequatur._library import library

from .support import NOW, RECEIVED, Test, case, sample

THREADS = 8


class Threads(Test):
    def test_a_pack_is_shared(self) -> None:
        pack = Pack.from_bytes(sample().to_bytes())
        issuers = ["judge", "police", "private_person", None]
        expected = [sample().decide(case(issuer=issuer), NOW) for issuer in issuers]
        texts = [decision.text("fr") for decision in expected]
        start = threading.Barrier(THREADS)

        def work(number: int) -> int:
            start.wait()
            good = 0
            for turn in range(40):
                at = (number + turn) % len(issuers)
                decision = pack.decide(case(issuer=issuers[at]), NOW)
                good += decision == expected[at] and decision.text("fr") == texts[at] and bool(pack.norms)
            return good

        with ThreadPoolExecutor(THREADS) as pool:
            self.assertEqual(list(pool.map(work, range(THREADS))), [40] * THREADS)

    def test_a_decision_and_a_case_are_shared(self) -> None:
        pack = sample()
        decision, shared = pack.decide(case(), NOW), pack.case(case())
        english = decision.text("en")
        start = threading.Barrier(THREADS)

        def work(number: int) -> bool:
            start.wait()
            for turn in range(30):
                shared.set("order.received", RECEIVED + timedelta(minutes=number * 30 + turn))
                pack.decide(shared, NOW)
                if decision.text("en") != english or decision.allows("takedown", "IT"):
                    return False
            return True

        with ThreadPoolExecutor(THREADS) as pool:
            self.assertTrue(all(pool.map(work, range(THREADS))))

    def test_a_pack_that_is_closed_meanwhile(self) -> None:
        data = sample().to_bytes()
        pack = Pack.from_bytes(data)
        closed = threading.Event()
        found: List[Any] = []

        def work() -> None:
            try:
                while True:
                    found.append(pack.decide(case(), NOW))
            except Exception as error:
                found.append(error)

        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        while not found:
            closed.wait(0.001)
        pack.close()
        for worker in workers:
            worker.join()
        errors = {str(each) for each in found if not isinstance(each, Decision)}
        self.assertEqual(errors, {"the pack is closed"})


class Memory(Test):
    def counted(self) -> Any:
        """Counts what is freed of each kind, through the functions that free."""
        freed: List[str] = []

        def counting(name: str) -> Any:
            real = getattr(library, name)

            def free(pointer: Any) -> None:
                freed.append(name)
                real(pointer)

            return free

        names = ("exq_pack_free", "exq_case_free", "exq_decision_free")
        patches = [mock.patch.object(library, name, counting(name)) for name in names]
        for patch in patches:
            patch.start()
            self.addCleanup(patch.stop)
        return freed

    def test_everything_is_freed_once(self) -> None:
        data = sample().to_bytes()
        freed = self.counted()
        pack = Pack.from_bytes(data)
        kept = pack.decide(pack.case(case()), NOW)
        for _ in range(5):
            pack.decide(case(), NOW)
        pack.close()
        del pack
        gc.collect()
        self.assertEqual(freed, [], "the decision can still be asked")
        self.assertTrue(kept.text())
        del kept
        gc.collect()
        self.assertEqual(sorted(freed), ["exq_case_free", "exq_decision_free", "exq_pack_free"])

    def test_refused_cases_leave_nothing(self) -> None:
        freed = self.counted()
        pack = Pack.from_bytes(sample().to_bytes())
        for _ in range(20):
            with self.assertRaises(ValueError):
                pack.decide({"order": {"pages": 1000}}, NOW)
        gc.collect()
        self.assertEqual(freed, [])

    def test_memory_in_which_the_engine_failed_is_not_used_again(self) -> None:
        freed = self.counted()
        pack = Pack.from_bytes(sample().to_bytes())
        pack.decide(case(), NOW)

        def panics(*arguments: Any) -> int:
            return _abi.E_PANIC

        with mock.patch.object(library, "exq_decide_with", panics):
            with self.assertRaises(EngineError) as caught:
                pack.decide(case(), NOW)
        self.assertEqual(caught.exception.status, "EXQ_E_PANIC")
        self.assertIn("said no more", str(caught.exception))
        self.assertTrue(pack.decide(case(), NOW).duties)
        del caught
        gc.collect()
        self.assertEqual(sorted(freed), ["exq_case_free", "exq_decision_free"])

    def test_errors_are_freed(self) -> None:
        freed = []
        real = library.exq_error_free

        def free(error: Any) -> None:
            freed.append(error)
            real(error)

        with mock.patch.object(library, "exq_error_free", free):
            with self.assertRaises(ValueError):
                sample().decide({"order": {"pages": 1000}}, NOW)
        self.assertEqual(len(freed), 1)
