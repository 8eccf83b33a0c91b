"""Packs: made, refused, described, closed."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

from exequatur import (
    Checked,
    ExequaturError,
    FactType,
    LimitError,
    Outcome,
    Pack,
    PackError,
    PackStatus,
    SchemaError,
    SourceError,
    Text,
    UsageError,
    can_compile,
    version,
)

from .support import NOW, RULES, Test, case, sample, shipped


class Made(Test):
    def test_source_bytes_and_file_are_one_pack(self) -> None:
        pack = sample()
        again = Pack.from_bytes(pack.to_bytes())
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "päck.exqp")
            path.write_bytes(pack.to_bytes())
            loaded = [Pack.load(path), Pack.load(str(path))]
        for other in [again, *loaded]:
            self.assertEqual((other.digest, other.schema_hash), (pack.digest, pack.schema_hash))
        self.assertEqual(len(pack.digest), 64)
        self.assertIn(pack.digest, repr(pack))

    def test_the_library_can_say_what_it_is(self) -> None:
        self.assertTrue(can_compile())
        self.assertRegex(version(), r"^\d+\.\d+\.\d+")
        self.assertEqual(sample().decide({}, NOW).receipt.engine, version())

    def test_zones_come_from_another_pack(self) -> None:
        source = RULES.replace('zone "UTC"', 'zone "Europe/Brussels"')
        with self.assertRaises(SourceError):
            Pack.compile({"sample.exq": source})
        self.assertTrue(Pack.compile({"sample.exq": source}, zones=shipped()).rules)


class Refused(Test):
    def test_a_file_that_is_not_there(self) -> None:
        with self.assertRaises(PackError) as caught:
            Pack.load("/nowhere/rules.exqp")
        self.assertEqual((caught.exception.status, caught.exception.place), ("EXQ_E_FILE", "/nowhere/rules.exqp"))

    def test_bytes_that_are_no_pack(self) -> None:
        whole = sample().to_bytes()
        for wrong in [b"", b"\0", whole[:-1], whole + b"x", whole[:200] + b"x" + whole[201:]]:
            with self.assertRaises(PackError) as caught:
                Pack.from_bytes(wrong)
            self.assertEqual(caught.exception.status, "EXQ_E_PACK")

    def test_what_is_too_long(self) -> None:
        with self.assertRaises(LimitError):
            Pack.from_bytes(bytes((64 << 20) + 1))

    def test_source_with_errors_says_all_of_them(self) -> None:
        with self.assertRaises(SourceError) as caught:
            Pack.compile({"a.exq": "pack a\nfact x : boool\nfact y : intt\n"})
        error = caught.exception
        self.assertEqual([(found.file, found.line) for found in error.findings], [("a.exq", 2), ("a.exq", 3)])
        self.assertTrue(all(found.code.startswith("E") for found in error.findings))
        self.assertTrue(str(error.findings[0]).startswith("a.exq:2:10: E"))
        self.assertIn("boool", str(error))
        self.assertIsInstance(error, ValueError)

    def test_another_vocabulary(self) -> None:
        pack = sample()
        pack.expect_schema(pack.schema_hash)
        self.assertEqual(Pack.from_bytes(pack.to_bytes(), schema=pack.schema_hash).digest, pack.digest)
        for wrong in ["00" * 32, "", "x" * 64, "00" * 33]:
            with self.assertRaises(SchemaError):
                Pack.from_bytes(pack.to_bytes(), schema=wrong)

    def test_a_pack_is_not_closed_under_what_came_of_it(self) -> None:
        pack = Pack.from_bytes(sample().to_bytes())
        with pack as same:
            self.assertIs(same, pack)
            said = pack.case(case())
            decision = pack.decide(said, NOW)
        for use in (lambda: pack.decide({}, NOW), lambda: pack.facts, pack.case, pack.to_bytes):
            with self.assertRaises(UsageError) as caught:
                use()
            self.assertIn("the pack is closed", str(caught.exception))
        said.set("order.issuer", "police")
        self.assertTrue(decision.text("fr"))
        self.assertEqual(repr(pack), "Pack(closed)")
        pack.close()

    def test_every_error_is_of_this_package(self) -> None:
        self.assertTrue(issubclass(UsageError, ExequaturError))


class Described(Test):
    def test_facts(self) -> None:
        facts = sample().facts
        issuer, pages = facts["order.issuer"], facts["order.pages"]
        self.assertEqual((issuer.type, issuer.enumeration, issuer.least), (FactType.MEMBER, "Issuer", None))
        self.assertEqual(issuer.question, Text("Who asks?", "Qui demande ?"))
        self.assertEqual((pages.type, pages.least, pages.most), (FactType.INT, 0, 100))
        self.assertEqual((pages.enumeration, pages.question, pages.presumed), (None, None, False))
        self.assertTrue(facts["order.error"].presumed)
        self.assertEqual([fact.id for fact in facts.values()], list(range(len(facts))))
        types = {name: str(fact.type) for name, fact in facts.items()}
        self.assertEqual(types["order.scope"], "set")
        self.assertEqual(types["order.deadline"], "instant")
        self.assertEqual(types["provider.turnover"], "money")
        self.assertEqual(types["order.authenticated"], "bool")

    def test_enumerations_and_events(self) -> None:
        pack = sample()
        self.assertEqual(list(pack.enumerations["Issuer"].members), ["judge", "police", "private_person"])
        self.assertEqual(pack.enumerations["Issuer"].members["judge"], Text("judge", "juge"))
        self.assertEqual(pack.enumerations["Country"].members["DE"], Text("DE", "DE"))
        self.assertEqual(pack.territory, "Country")
        self.assertEqual(list(pack.events), ["order.received", "content.removed", "identity.disclosed"])

    def test_norms(self) -> None:
        disclose, penalty = sample().norms["disclose"], sample().norms["penalty"]
        self.assertEqual((disclose.bearer, disclose.action, disclose.object), ("provider", "disclose", "user"))
        self.assertEqual((disclose.done_at, disclose.broken_at), ("identity.disclosed", None))
        self.assertEqual((disclose.by_default, disclose.protected), (Outcome.MUST_NOT, True))
        self.assertEqual((penalty.by_default, penalty.protected, penalty.title), (Outcome.NONE, False, None))
        assert disclose.title is not None
        self.assertEqual((disclose.title.in_("fr"), disclose.title.in_("en")), (disclose.title.fr, disclose.title.en))
        with self.assertRaises(ValueError):
            disclose.title.in_("de")
        family = shipped().norms["disclose of subscriber"]
        self.assertEqual((family.family, family.member), ("disclose", "subscriber"))
        assert family.label is not None
        self.assertEqual(family.label.en, "subscriber data")

    def test_rules_and_instruments(self) -> None:
        pack = sample()
        (removal,) = pack.rules["sample/removal"].versions
        self.assertEqual(removal.citations[0].article, Text("art. 2", "art. 2"))
        self.assertEqual(removal.citations[0].checked, Checked.SECONDARY)
        self.assertEqual((removal.title, removal.reason), (Text("Removal", "Retrait"), Text("because", "parce que")))
        (fine,) = pack.rules["sample/fine"].versions
        self.assertEqual(fine.untranslated, (Text("the rest of it", "le reste"),))
        instrument = pack.instruments["sample"]
        self.assertEqual((instrument.status, instrument.adopted), (PackStatus.POLICY, False))
        self.assertEqual((instrument.in_force_from, instrument.in_force_until), (date(2020, 1, 1), None))
        self.assertEqual(pack.instruments["plan"].status, PackStatus.ANNOUNCED)

    def test_the_shipped_rules_are_described_whole(self) -> None:
        pack = shipped()
        self.assertEqual(sum(len(rule.versions) for rule in pack.rules.values()) >= len(pack.rules), True)
        for rule in pack.rules.values():
            for found in rule.versions:
                self.assertEqual(found.rule, rule.name)
                self.assertTrue(found.citations, rule.name)
        for fact in pack.facts.values():
            self.assertIsNotNone(fact.question, fact.name)
            self.assertEqual(fact.type in (FactType.MEMBER, FactType.SET), fact.enumeration is not None)
        self.assertIn("FR", pack.enumerations["Country"].members)
        with self.assertRaises(TypeError):
            pack.facts["new"] = None  # type: ignore[index]

    def test_the_schema_of_cases_is_json(self) -> None:
        schema = json.loads(sample().case_schema())
        self.assertIn("order", schema["properties"])
