// Texts, numbers, errors, results, and every question to a pack: `pack PACK RULES_FOLDER`, with the golden rules.
//
// Invariant: each public function of exequatur.hpp up to the class `pack` is called here at least once, and again on an
// empty pack. Why the golden rules: their bytes stay as they are, so that what is expected here can be read there.
#include "check.hpp"

#include <sstream>

namespace {

using namespace exequatur;

void texts() {
  const string_view none;
  const string_view word("takedown");
  CHECK(none.empty() && none.size() == 0);
  CHECK(word.size() == 8 && word.data()[0] == 't' && *word.begin() == 't' && word.end() - word.begin() == 8);
  CHECK(word == string_view(std::string("takedown")) && word != string_view("takedow") && none == string_view(""));
  CHECK(std::string(word) == "takedown" && std::string(none).empty());
  CHECK(word == string_view("takedown content", 8));
  std::ostringstream out;
  out << word << '|' << none;
  CHECK(out.str() == "takedown|");
}

void numbers() {
  CHECK(name(outcome::must_not) == "must_not" && name(outcome::varies) == "varies");
  CHECK(name(effect_value::lifted) == "lifted" && name(state::withheld) == "withheld");
  CHECK(name(withheld::guard_unknown) == "guard_unknown" && name(withheld::ended) == "ended");
  CHECK(name(status::waiting) == "waiting" && name(status::nothing) == "nothing");
  CHECK(name(pack_status::vocabulary) == "vocabulary" && name(checked::recalled) == "recalled");
  CHECK(name(truth::unknown) == "unknown" && name(moment_kind::unknown) == "unknown");
  CHECK(name(kind::enumeration) == "enum" && name(kind::version) == "version");
  CHECK(name(code::not_decided) == "EXQ_E_NOT_DECIDED" && name(code::ok) == "EXQ_OK");
  // Numbers that this header does not list are kept, are like none that it lists, and have no name.
  const outcome later = static_cast<outcome>(77);
  CHECK(number(later) == 77 && later != outcome::may && name(later).empty());
  CHECK(name(outcome::absent).empty() && number(outcome::absent) == -1);
  CHECK(name(withheld::none).empty() && name(truth::none).empty() && name(static_cast<status>(10)).empty());
  CHECK(number(with::texts | with::pretty) == 5);
}

void the_library() {
  CHECK(!version().empty() && has_compiler() && exq_abi_version() == EXQ_ABI_VERSION);
  CHECK(parse_instant("1970-01-01T00:00:01Z").value() == instant(1000000));
  CHECK(format_instant(parse_instant("2026-09-04T15:20:00+02:00").value()).value() == "2026-09-04T13:20:00Z");
  CHECK(!parse_instant("2026-09-04T15:20:00"));  // without an offset
  CHECK(!format_instant(-1) && format_instant(-1).error().code() == code::value);
  CHECK(parse_day("1970-01-11").value() == 10 && format_day(10).value() == "1970-01-11");
  CHECK(!parse_day("2026-02-30"));
}

void clocks() {
  using std::chrono::system_clock;
  const instant at(1234567);
  CHECK(instant(at.time()) == at && at != instant(1) && instant(1) < at && instant() == instant(0));
  using nanoseconds = std::chrono::time_point<system_clock, std::chrono::nanoseconds>;
  CHECK(instant(nanoseconds(std::chrono::nanoseconds(1999))).micros == 1);
  CHECK(instant(nanoseconds(std::chrono::nanoseconds(-1))).micros == -1);  // the one that has begun, also before 1970
  using hours = std::chrono::time_point<system_clock, std::chrono::hours>;
  CHECK(instant(hours(std::chrono::hours(1))).micros == 3600LL * 1000000);
}

void results() {
  result<int> good(7);
  CHECK(good && good.value() == 7 && good.error().code() == code::ok && good.error().what() == "EXQ_OK");
  good.value() = 8;
  CHECK(std::move(good).value() == 8);
  result<int> bad(error(code::file, "not there", "a.exqp"));
  CHECK(!bad && bad.error().what() == "not there (at a.exqp)" && std::move(bad).value_or(3) == 3);
  CHECK(result<int>(4).value_or(3) == 4);
  result<std::string> moved(std::string("text"));
  const std::string taken = std::move(moved).value();
  CHECK(taken == "text");
  CHECK(result<void>() && !result<void>(error(code::busy, "busy", "")));
  const error copied = result<void>(error(code::busy, "busy", "")).error();
  CHECK(copied.code() == code::busy && copied.message() == "busy" && copied.place().empty() && copied.findings().empty());
  CHECK(copied.what() == "busy");
  const error without(EXQ_E_MEMORY, nullptr);  // there was no memory for an error object
  CHECK(without.code() == code::memory && without.message() == "EXQ_E_MEMORY" && without.place().empty());
}

void loading(const std::string& path, const std::string& rules) {
  const std::string bytes = check::file(path);
  const pack read = pack::load(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()).value();
  const exq_bytes kept = read.bytes().value();
  CHECK(std::string(reinterpret_cast<const char*>(kept.ptr), kept.len) == bytes);
  CHECK(read.digest().value() == pack::load_file(path).value().digest().value());
  CHECK(read.digest().value() != read.schema_hash().value() && read.digest().value().hex().size() == 64);

  REFUSED(pack::load(nullptr, 0), code::null, "bytes");
  REFUSED(pack::load_file(path + ".nowhere"), code::file, path + ".nowhere");
  CHECK(!pack::load(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size() - 1));

  std::vector<source> sources;
  for (const char* name : {"law", "plan", "vocabulary"}) {
    const std::string file = rules + "/" + name + ".exq";
    sources.push_back(source{file, check::file(file)});
  }
  // One golden rule grants without its guard: there is no pack, and the message carries the case that shows it.
  const result<pack> unguarded = pack::compile(sources, read);
  CHECK(!unguarded && unguarded.error().code() == code::source);
  sources[0].text = check::guarded(sources[0].text);
  const result<pack> compiled = pack::compile(sources, read);
  CHECK(compiled && compiled.value().count(kind::rule).value() == read.count(kind::rule).value());
  CHECK(!pack::compile(sources));  // nobody knows the zone
  sources[0].text += "rule broken\n  when nobody\nend\n";
  const result<pack> wrong = pack::compile(sources, read);
  CHECK(!wrong && wrong.error().code() == code::source && !wrong.error().findings().empty());
  const finding first = wrong.error().findings().front();
  CHECK(first.file == sources[0].name && first.line > 60 && first.column > 0);
  CHECK(!first.code.empty() && !first.message.empty());
}

void sharing(const std::string& path) {
  pack one = pack::load_file(path).value();
  const pack two = one;
  const string_view lent = two.name(kind::norm, 0).value();
  const pack three = std::move(one);
  CHECK(two && three && two.get() == three.get());
  CHECK(!one && one.get() == nullptr);  // NOLINT: what was moved from is empty, and says so
  REFUSED(one.name(kind::norm, 0), code::null, "pack");
  CHECK(lent == "takedown");
}

void names(const pack& rules) {
  CHECK(rules.count(kind::pack).value() == 3 && rules.count(kind::norm).value() > 5);
  for (std::int32_t raw = EXQ_KIND_PACK; raw <= EXQ_KIND_RULE; ++raw) {
    const kind of = static_cast<kind>(raw);
    const std::uint32_t count = rules.count(of).value();
    CHECK(count > 0);
    for (std::uint32_t id = 0; id < count; ++id) CHECK(rules.find(of, rules.name(of, id).value()).value() == id);
    REFUSED(rules.name(of, count), code::id, of == kind::enumeration ? "enumeration" : check::text(name(of)));
  }
  CHECK(check::holds(REFUSED(rules.find(kind::fact, "order.isuer"), code::name, "fact").message(), "`order.issuer`"));
  REFUSED(rules.count(static_cast<kind>(99)), code::argument, "kind");
}

void vocabulary(const pack& rules) {
  const std::uint32_t law = rules.find(kind::pack, "golden.law").value();
  CHECK(rules.text(kind::pack, law, text_kind::title, language::en).value() == "The law");
  CHECK(rules.text(kind::pack, law, text_kind::source, language::fr).value() == "Loi d'or");
  const instrument about = rules.instrument(law).value();
  CHECK(about.status == pack_status::law && about.from == parse_day("2010-01-01").value() && about.until == INT32_MAX);

  const std::uint32_t issuer = rules.find(kind::fact, "order.issuer").value();
  CHECK(rules.text(kind::fact, issuer, text_kind::question, language::fr).value() == "Qui a émis la demande ?");
  const fact kept = rules.fact(issuer).value();
  CHECK(kept.type == value_type::member && !kept.presumed);
  CHECK(rules.member_count(kept.enumeration).value() == 4);
  const std::uint32_t judge = rules.find_member(kept.enumeration, "judge").value();
  CHECK(rules.member_name(kept.enumeration, judge).value() == "judge");
  CHECK(rules.member_label(kept.enumeration, judge, language::fr).value() == "juge");
  REFUSED(rules.find_member(kept.enumeration, "juge"), code::name, "member");
  const fact years = rules.fact(rules.find(kind::fact, "offence.max_years").value()).value();
  CHECK(years.type == value_type::integer && years.least == 0 && years.most == 100 && years.enumeration == no_id);
  CHECK(rules.fact(rules.find(kind::fact, "order.manifest_error").value()).value().presumed);
  CHECK(rules.name(kind::enumeration, rules.territory().value()).value() == "Country");

  const norm disclose = rules.norm(rules.find(kind::norm, "disclose of subscriber").value()).value();
  CHECK(disclose.bearer == "provider" && disclose.action == "disclose" && disclose.object == "user");
  CHECK(disclose.family == "disclose" && disclose.member == "subscriber");
  CHECK(disclose.by_default == outcome::must_not && disclose.is_protected && disclose.broken_at == no_id);
  CHECK(disclose.done_at == rules.find(kind::event, "identity.disclosed").value());
  CHECK(rules.name(kind::pack, disclose.pack).value() == "golden.vocabulary");
}

void versions(const pack& rules) {
  const std::uint32_t removal = rules.find(kind::rule, "golden.law/removal").value();
  const std::uint32_t manner = rules.find(kind::rule, "golden.law/manner").value();
  std::vector<std::int32_t> from;
  for (std::uint32_t id = 0; id < rules.count(kind::version).value(); ++id) {
    const rule_version one = rules.rule_version(id).value();
    const std::vector<citation> cited = rules.citations(id).value();
    CHECK(cited.size() == one.citations && !cited.empty());
    if (one.rule == removal) from.push_back(one.from);
    if (one.rule == manner) {
      CHECK(cited[0].article_en == "art. 8" && cited[0].checked == checked::verified && one.untranslated == 1);
      CHECK(rules.untranslated(id, 0, language::en).value() == "what is art");
      CHECK(rules.untranslated(id, 0, language::fr).value() == "ce qui est de l'art");
      CHECK(rules.untranslated(id, 1, language::en).error().code() == code::id);
    }
  }
  CHECK(from.size() == 2 && from[0] == parse_day("2010-01-01").value() && from[1] == parse_day("2013-07-01").value());
  CHECK(rules.citations(rules.count(kind::version).value()).error().code() == code::id);
}

void the_host_and_the_schema(const pack& rules) {
  CHECK(rules.expect_schema(rules.schema_hash().value()));
  digest other = rules.schema_hash().value();
  other.bytes[0] = static_cast<std::uint8_t>(other.bytes[0] ^ 1);
  CHECK(rules.expect_schema(other).error().code() == code::schema);
  CHECK(check::holds(rules.case_schema().value(), "\"order\""));
  CHECK(!rules.is_proved());
}

void an_empty_pack() {
  const pack nothing;
  CHECK(!nothing && !nothing.is_proved());
  REFUSED(nothing.bytes(), code::null, "pack");
  REFUSED(nothing.digest(), code::null, "pack");
  REFUSED(nothing.schema_hash(), code::null, "pack");
  REFUSED(nothing.expect_schema(digest()), code::null, "pack");
  REFUSED(nothing.territory(), code::null, "pack");
  REFUSED(nothing.count(kind::fact), code::null, "pack");
  REFUSED(nothing.find(kind::fact, "a"), code::null, "pack");
  REFUSED(nothing.text(kind::norm, 0, text_kind::title, language::en), code::null, "pack");
  REFUSED(nothing.member_count(0), code::null, "pack");
  REFUSED(nothing.find_member(0, "a"), code::null, "pack");
  REFUSED(nothing.member_name(0, 0), code::null, "pack");
  REFUSED(nothing.member_label(0, 0, language::en), code::null, "pack");
  REFUSED(nothing.instrument(0), code::null, "pack");
  REFUSED(nothing.fact(0), code::null, "pack");
  REFUSED(nothing.norm(0), code::null, "pack");
  REFUSED(nothing.rule_version(0), code::null, "pack");
  REFUSED(nothing.citations(0), code::null, "pack");
  REFUSED(nothing.untranslated(0, 0, language::en), code::null, "pack");
  REFUSED(nothing.case_schema(), code::null, "pack");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  texts();
  numbers();
  the_library();
  clocks();
  results();
  loading(argv[1], argv[2]);
  sharing(argv[1]);
  const pack rules = pack::load_file(argv[1]).value();
  names(rules);
  vocabulary(rules);
  versions(rules);
  the_host_and_the_schema(rules);
  an_empty_pack();
  return check::end();
}
