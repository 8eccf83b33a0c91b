// The runner of the conformance suite in C++: see tests/conformance/README.md for its call, its lines and its checks.
//
// It prints through exequatur.hpp alone, so that a line that differs names the wrapper's function that is wrong. Invariant:
// nothing is printed from a call that failed: each failure is thrown, told, and ends the runner with status 1. A case that
// is refused is an answer, and ends it with 0.
#define EXEQUATUR_EXCEPTIONS
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include <exequatur_batch.hpp>

namespace {

using namespace exequatur;
using std::cout;

void check(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(std::string("check failed: ") + what);
}

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  check(in.good(), path);
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

std::string day(std::int32_t at) {
  if (at == INT32_MIN || at == INT32_MAX) return "-";
  const std::string text = format_day(at).value();
  check(parse_day(text).value() == at, "a day that was written is read back");
  return text;
}

std::string shown(const instant& at) {
  const std::string text = format_instant(at).value();
  check(parse_instant(text).value() == at, "an instant that was written is read back");
  return text;
}

std::string shown(const moment& when) {
  if (when.is_at()) return shown(when.at) + (when.service_level ? "/service_level" : "");
  check(!name(when.kind).empty(), "the kind of a moment is known");
  return when.kind == moment_kind::nothing ? "-" : std::string(name(when.kind));
}

void text_line(const std::string& indent, const char* word, const char* in, string_view text) {
  if (!text.empty()) cout << indent << word << '.' << in << ' ' << text << '\n';
}

// Prints a pack, a case and a decision, each thing by its name.
class printer {
 public:
  explicit printer(const pack& rules) : rules_(rules), territory_(rules.territory().value()) {}

  void pack_section() const {
    for (std::uint32_t id = 0; id < count(kind::pack); ++id) {
      const instrument about = rules_.instrument(id).value();
      cout << "pack " << id_name(kind::pack, id) << " status=" << number(about.status) << " adopted=" << about.adopted
           << " from=" << day(about.from) << " until=" << day(about.until) << '\n';
      texts(kind::pack, id, text_kind::title, "title");
      texts(kind::pack, id, text_kind::source, "source");
    }
    for (std::uint32_t id = 0; id < count(kind::enumeration); ++id) enumeration(id);
    for (std::uint32_t id = 0; id < count(kind::set); ++id) cout << "set " << id_name(kind::set, id) << '\n';
    for (std::uint32_t id = 0; id < count(kind::fact); ++id) fact_lines(id);
    for (std::uint32_t id = 0; id < count(kind::event); ++id) {
      cout << "event " << id_name(kind::event, id) << '\n';
      texts(kind::event, id, text_kind::question, "question");
    }
    for (std::uint32_t id = 0; id < count(kind::norm); ++id) norm_lines(id);
    for (std::uint32_t id = 0; id < count(kind::rule); ++id) cout << "rule " << id_name(kind::rule, id) << '\n';
    for (std::uint32_t id = 0; id < count(kind::version); ++id) {
      const rule_version one = rules_.rule_version(id).value();
      cout << "version rule=" << id_name(kind::rule, one.rule) << " pack=" << id_name(kind::pack, one.pack)
           << " from=" << day(one.from) << " until=" << day(one.until) << " citations=" << one.citations
           << " untranslated=" << one.untranslated << '\n';
    }
    cout << "territory " << id_name(kind::enumeration, territory_) << "\nproved " << rules_.is_proved() << "\nschema_hash "
         << rules_.schema_hash().value().hex() << "\ncase_schema\n" << rules_.case_schema().value() << '\n';
  }

  void transcript(const case_file& facts, const decision& decided) const {
    head(decided);
    for (std::uint32_t id = 0; id < count(kind::fact); ++id) {
      said(named_as(kind::fact, id), facts.get(id).value(), rules_.fact(id).value().enumeration);
    }
    for (std::uint32_t id = 0; id < count(kind::event); ++id) {
      said(named_as(kind::event, id), facts.get_event(id).value(), no_id);
    }
    for (const answer& one : decided.answers().value()) answer_lines(decided, one);
    for (const duty& one : decided.duties().value()) duty_lines(one);
    for (const missing_name& one : decided.missing().value()) {
      cout << "missing " << named_as(one.kind, one.id) << " count=" << one.count << '\n';
      if (one.kind == kind::fact || one.kind == kind::event) texts(one.kind, one.id, text_kind::question, "question");
    }
    for (const named& one : decided.assumed().value()) cout << "assumed " << named_as(one.kind, one.id) << '\n';
    for (const rule_state& one : decided.rules().value()) rule_lines(one);
    for (std::uint32_t id = 0; id < count(kind::norm); ++id) brief_lines(decided, id);
  }

 private:
  std::uint32_t count(kind of) const { return rules_.count(of).value(); }
  string_view id_name(kind of, std::uint32_t id) const {
    return id == no_id ? string_view("-") : rules_.name(of, id).value();
  }
  std::string named_as(kind of, std::uint32_t id) const {
    return std::string(name(of)) + " " + std::string(id_name(of, id));
  }
  std::string version(std::uint32_t id) const {
    const rule_version one = rules_.rule_version(id).value();
    return "rule=" + std::string(id_name(kind::rule, one.rule)) + " from=" + day(one.from);
  }
  void texts(kind of, std::uint32_t id, text_kind which, const char* word) const {
    text_line("  ", word, "en", rules_.text(of, id, which, language::en).value());
    text_line("  ", word, "fr", rules_.text(of, id, which, language::fr).value());
  }
  // The names of members, a blank before each.
  std::string members(std::uint32_t enumeration, const member_set& held) const {
    std::string all;
    for (const std::uint32_t one : held) all += " " + std::string(rules_.member_name(enumeration, one).value());
    return all;
  }
  void places(const member_set& held) const {
    cout << "  places" << (held.everywhere() ? " everywhere" : members(territory_, held)) << '\n';
  }

  void enumeration(std::uint32_t id) const {
    cout << "enum " << id_name(kind::enumeration, id) << '\n';
    for (std::uint32_t one = 0; one < rules_.member_count(id).value(); ++one) {
      cout << "  member " << rules_.member_name(id, one).value() << '\n';
      text_line("    ", "label", "en", rules_.member_label(id, one, language::en).value());
      text_line("    ", "label", "fr", rules_.member_label(id, one, language::fr).value());
    }
  }
  void fact_lines(std::uint32_t id) const {
    const fact one = rules_.fact(id).value();
    cout << "fact " << id_name(kind::fact, id) << " type=" << number(one.type)
         << " enum=" << id_name(kind::enumeration, one.enumeration) << " presumed=" << one.presumed;
    if (one.type == value_type::integer) cout << " least=" << one.least << " most=" << one.most;
    cout << '\n';
    texts(kind::fact, id, text_kind::question, "question");
  }
  void norm_lines(std::uint32_t id) const {
    const norm one = rules_.norm(id).value();
    cout << "norm pack=" << id_name(kind::pack, one.pack) << " done_at=" << id_name(kind::event, one.done_at)
         << " broken_at=" << id_name(kind::event, one.broken_at) << " by_default=" << number(one.by_default)
         << " protected=" << one.is_protected << "\n  name " << id_name(kind::norm, id) << '\n';
    const std::pair<const char*, string_view> words[] = {{"bearer", one.bearer},
                                                         {"action", one.action},
                                                         {"object", one.object},
                                                         {"family", one.family},
                                                         {"member", one.member}};
    for (const auto& word : words) {
      if (!word.second.empty()) cout << "  " << word.first << ' ' << word.second << '\n';
    }
    texts(kind::norm, id, text_kind::title, "title");
    texts(kind::norm, id, text_kind::label, "label");
  }

  void head(const decision& decided) const {
    const receipt kept = decided.receipt().value();
    check(kept.pack == rules_.digest().value(), "the receipt has the digest of the pack");
    cout << "now " << shown(kept.now) << "\ncase " << kept.facts.hex() << "\nnext_change "
         << shown(decided.next_change().value()) << "\nneeds_human " << decided.needs_human() << '\n';
    for (std::uint32_t id = 0; id < count(kind::pack); ++id) {
      const law_date one = decided.law_date(id).value();
      cout << "law_date " << id_name(kind::pack, id) << " day=" << day(one.day) << " decides=" << one.decides << '\n';
    }
  }
  void said(const std::string& what, const value& held, std::uint32_t enumeration) const {
    if (held.type() == value_type::absent) return;
    cout << what << " type=" << number(held.type());
    switch (held.type()) {
      case value_type::boolean:
      case value_type::integer: cout << ' ' << held.number(); break;
      case value_type::member:
        cout << ' ' << rules_.member_name(enumeration, static_cast<std::uint32_t>(held.number())).value();
        break;
      case value_type::set: cout << members(enumeration, held.members()); break;
      case value_type::money: cout << ' ' << held.number() << ' ' << held.currency(); break;
      case value_type::instant: cout << ' ' << shown(held.at()); break;
      case value_type::unknown:
      case value_type::not_happened:
      case value_type::absent: break;
    }
    cout << '\n';
  }
  void answer_lines(const decision& decided, const answer& one) const {
    cout << "answer " << one.index << " outcome=" << number(one.outcome) << " unprotected=" << number(one.unprotected)
         << " provisional=" << number(one.provisional) << " conflict=" << number(one.conflict)
         << " guard=" << number(one.guard) << " operational=";
    if (one.operational == no_id) cout << '-';
    else cout << one.operational;
    cout << " effects=" << one.effects << "\n  norm " << id_name(kind::norm, one.norm) << '\n';
    if (one.beside != no_id) cout << "  beside " << id_name(kind::pack, one.beside) << '\n';
    places(one.places);
    for (const effect& all : decided.effects(one).value()) effect_lines(decided, all);
  }
  void effect_lines(const decision& decided, const effect& one) const {
    cout << "  effect " << one.index << ' ' << version(one.version) << " value=" << number(one.value)
         << " state=" << number(one.state) << " status=" << number(one.status) << " certain=" << one.certain
         << " overtaken=" << one.overtaken << " why=" << number(one.why) << " exclusive=" << one.exclusive << '\n';
    if (one.by != no_id) cout << "    by " << version(one.by) << '\n';
    const std::pair<const char*, moment> moments[] = {{"not_before", one.not_before},
                                                      {"due", one.due},
                                                      {"provisional_due", one.provisional_due},
                                                      {"start", one.start},
                                                      {"end", one.end}};
    for (const auto& all : moments) {
      if (all.second.kind != moment_kind::nothing) cout << "    " << all.first << ' ' << shown(all.second) << '\n';
    }
    derivation_lines("    ", decided.derivation(one).value(), decided.steps(one).value());
    if (one.ceiling != ceiling::none) cout << "    ceiling " << number(one.ceiling) << " per_day=" << one.per_day << '\n';
    for (const money& most : decided.amounts(one).value()) {
      cout << "    amount minor=" << most.minor << " currency=" << most.currency << " decimals=" << most.decimals << '\n';
    }
    for (const alternative& other : decided.alternatives(one).value()) {
      cout << "    alternative due=" << shown(other.due) << " exclusive=" << other.exclusive << '\n';
      text_line("      ", "because", "en", other.because_en);
      text_line("      ", "because", "fr", other.because_fr);
      derivation_lines("      ", decided.derivation(other).value(), decided.steps(other).value());
    }
    for (const named& need : decided.needs(one).value()) cout << "    needs " << named_as(need.kind, need.id) << '\n';
  }
  void derivation_lines(const std::string& indent, const derivation& counted, const std::vector<step>& steps) const {
    check(steps.size() == counted.steps, "a derivation has as many steps as it said");
    if (counted.regime == regime::none) return;
    cout << indent << "derivation regime=" << number(counted.regime) << " steps=" << counted.steps
         << " calendar=" << (counted.calendar == no_id ? "-" : id_name(kind::calendar, counted.calendar))
         << " zone=" << counted.zone << '\n';
    for (const step& one : steps) {
      check(!name(one.kind).empty(), "each kind of step has a word");
      cout << indent << "  step " << number(one.kind) << " day=" << (one.has_day ? day(one.day) : "-")
           << " at=" << shown(one.at) << " skipped=" << number(one.skipped) << " recalled=" << one.recalled << '\n';
      if (!one.paragraph.empty()) cout << indent << "    paragraph " << one.paragraph << '\n';
      text_line(indent + "    ", "holiday", "en", one.holiday_en);
      text_line(indent + "    ", "holiday", "fr", one.holiday_fr);
    }
  }
  void duty_lines(const duty& one) const {
    cout << "duty answer=" << one.answer << " effect=" << one.effect << " outcome=" << number(one.outcome)
         << " state=" << number(one.state) << " status=" << number(one.status) << " certain=" << one.certain
         << " exclusive=" << one.exclusive << " due=" << shown(one.due) << " not_before=" << shown(one.not_before) << '\n';
    if (one.provisional_due.kind != moment_kind::nothing) {
      cout << "  provisional_due " << shown(one.provisional_due) << '\n';
    }
    cout << "  rule " << version(one.version) << "\n  norm " << id_name(kind::norm, one.norm) << '\n';
    places(one.places);
  }
  void rule_lines(const rule_state& one) const {
    const rule_version about = rules_.rule_version(one.version).value();
    cout << "rule " << id_name(kind::rule, one.rule) << " from=" << day(about.from) << " truth=" << number(one.truth)
         << " needs_human=" << one.needs_human << '\n';
    texts(kind::version, one.version, text_kind::title, "title");
    texts(kind::version, one.version, text_kind::reason, "reason");
    for (const citation& cited : rules_.citations(one.version).value()) {
      cout << "  cite checked=" << number(cited.checked) << '\n';
      text_line("    ", "article", "en", cited.article_en);
      text_line("    ", "article", "fr", cited.article_fr);
    }
    for (std::uint32_t index = 0; index < about.untranslated; ++index) {
      cout << "  untranslated\n";
      text_line("    ", "text", "en", rules_.untranslated(one.version, index, language::en).value());
      text_line("    ", "text", "fr", rules_.untranslated(one.version, index, language::fr).value());
    }
  }
  void brief_lines(const decision& decided, std::uint32_t id) const {
    const brief one = decided.brief(id).value();
    cout << "brief outcome=" << number(one.outcome) << " status=" << number(one.status) << " allowed=" << one.allowed
         << " needs_human=" << one.needs_human << " due=" << shown(one.due) << "\n  norm " << id_name(kind::norm, id)
         << '\n';
    const std::uint32_t all = territory_ == no_id ? 0 : rules_.member_count(territory_).value();
    std::string granted;
    std::uint32_t places_granted = 0;
    for (std::uint32_t place = 0; place < all; ++place) {
      if (!decided.allows(id, place)) continue;
      ++places_granted;
      granted += " " + std::string(rules_.member_name(territory_, place).value());
    }
    const bool everywhere = decided.allows(id_name(kind::norm, id));
    check(everywhere == decided.allows(id), "a norm is allowed by its name if it is by its id");
    check(territory_ == no_id || everywhere == (places_granted == all), "allowed everywhere is allowed in each place");
    if (everywhere) cout << "  allowed_in everywhere\n";
    else if (places_granted > 0) cout << "  allowed_in" << granted << '\n';
  }

  const pack rules_;
  const std::uint32_t territory_;
};

void check_pack(const pack& rules, const std::string& bytes) {
  const exq_bytes kept = rules.bytes().value();
  check(bytes == std::string(reinterpret_cast<const char*>(kept.ptr), kept.len), "a pack gives the bytes it came from");
  digest hash = rules.schema_hash().value();
  rules.expect_schema(hash).value();
  hash.bytes[31] = static_cast<std::uint8_t>(hash.bytes[31] ^ 1);
  check(rules.expect_schema(hash).error().code() == code::schema, "another vocabulary is refused");
  for (std::int32_t raw = EXQ_KIND_PACK; raw < EXQ_KIND_VERSION; ++raw) {
    const kind of = static_cast<kind>(raw);
    for (std::uint32_t id = 0; id < rules.count(of).value(); ++id) {
      check(rules.find(of, rules.name(of, id).value()).value() == id, "a name finds the id that has it");
    }
  }
  for (std::uint32_t id = 0; id < rules.count(kind::enumeration).value(); ++id) {
    for (std::uint32_t one = 0; one < rules.member_count(id).value(); ++one) {
      check(rules.find_member(id, rules.member_name(id, one).value()).value() == one, "a name finds the member that has it");
    }
  }
}

// A value made anew from what it says, by the type that a host would use: members by name, yes and no as bool.
value typed(const pack& rules, const value& held, std::uint32_t enumeration) {
  std::vector<std::string> names;
  switch (held.type()) {
    case value_type::boolean: return held.number() != 0;
    case value_type::member: return rules.member_name(enumeration, static_cast<std::uint32_t>(held.number())).value();
    case value_type::set:
      for (const std::uint32_t one : held.members()) names.emplace_back(rules.member_name(enumeration, one).value());
      return names;
    case value_type::integer: return held.number();
    case value_type::money: return money(held.number(), held.currency());
    case value_type::instant: return held.at();
    case value_type::unknown: return value::unknown();
    case value_type::not_happened: return value::not_happened();
    case value_type::absent: break;
  }
  return value();
}

// A case like another, set value by value; and a third one, set by what was read, to compare.
case_file copy_typed(const pack& rules, const case_file& from) {
  case_file copy = case_file::make(rules).value();
  case_file again = case_file::make(rules).value();
  for (const kind of : {kind::fact, kind::event}) {
    for (std::uint32_t id = 0; id < rules.count(of).value(); ++id) {
      const bool is_fact = of == kind::fact;
      const value held = is_fact ? from.get(id).value() : from.get_event(id).value();
      const value one = typed(rules, held, is_fact ? rules.fact(id).value().enumeration : no_id);
      if (one.type() == value_type::absent) (is_fact ? copy.unset(id) : copy.unset_event(id)).value();
      else (is_fact ? copy.set(id, one) : copy.set_event(id, one)).value();
      (is_fact ? again.set(id, held) : again.set_event(id, held)).value();
      const value back = is_fact ? again.get(id).value() : again.get_event(id).value();
      check(std::memcmp(&held.raw(), &back.raw(), sizeof(exq_value)) == 0, "a value that was set is the one that is got");
    }
  }
  again.clear().value();
  for (std::uint32_t id = 0; id < rules.count(kind::fact).value(); ++id) {
    check(again.get(id).value().type() == value_type::absent, "nothing is left in a case that was cleared");
  }
  for (std::uint32_t id = 0; id < rules.count(kind::event).value(); ++id) {
    check(again.get_event(id).value().type() == value_type::absent, "nothing is left in a case that was cleared");
  }
  return copy;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

void check_papers(const decision& decided, const std::string& plain) {
  const receipt kept = decided.receipt().value();
  const std::string with_receipt = decided.json(with::texts | with::receipt).value();
  const std::string head = plain.substr(0, plain.size() - 1) + ",\"receipt\":{";
  check(with_receipt.compare(0, head.size(), head) == 0, "the receipt stands behind the decision");
  const std::string tail = with_receipt.substr(head.size());
  check(holds(tail, kept.pack.hex()) && holds(tail, kept.facts.hex()) && holds(tail, kept.decision.hex()),
        "the receipt in JSON holds the three digests");
  check(holds(decided.text(language::en, with::receipt).value(), kept.decision.hex()),
        "the sentences with receipt hold the digest of the decision");
  for (const char* const name : {"dsa-statement", "tco-annex-ii", "tco-annex-iii", "epoc-annex-iii"}) {
    const std::string form = decided.form(name, with::receipt).value();
    check(holds(form, "{\"form\":\"" + std::string(name) + "\",") && holds(form, kept.decision.hex()),
          "a form with receipt holds its name and the digest of the decision");
  }
  std::string squeezed;
  bool in_text = false, escaped = false;
  for (const char c : decided.json(with::texts | with::pretty).value()) {
    if (c == '"' && !escaped) in_text = !in_text;
    escaped = in_text && c == '\\' && !escaped;
    if (in_text || (c != ' ' && c != '\n')) squeezed += c;
  }
  check(squeezed == plain, "pretty JSON is the same without its blanks");
}

void check_rows(const pack& rules, const case_file& facts, const decision& decided, const options& when) {
  decision row = decision::make(rules).value();
  const exq_rows rows = {nullptr, 0, nullptr, 1, &when.now.micros};
  const std::string plain = decided.json(with::texts).value();
  const std::size_t done = row.decide_rows(facts, rows, when, [&plain](std::size_t at, const decision& seen) {
    check(at == 0 && seen.json(with::texts).value() == plain, "a row gives the decision of its case");
    return true;
  }).value();
  check(done == 1, "one row was decided");
  std::vector<std::uint32_t> norms;
  for (std::uint32_t id = 0; id < rules.count(kind::norm).value(); ++id) norms.push_back(id);
  const std::vector<brief> briefs = row.brief_rows(facts, rows, when, norms).value();
  for (const std::uint32_t id : norms) {
    const brief one = decided.brief(id).value();
    check(one.outcome == briefs[id].outcome && one.status == briefs[id].status && one.allowed == briefs[id].allowed &&
              one.needs_human == briefs[id].needs_human && one.due.kind == briefs[id].due.kind &&
              one.due.at == briefs[id].due.at,
          "the briefs of rows are those of the decision");
  }
}

void check_batch(const pack& rules, const case_file& facts, const decision& decided, const options& when) {
  batch many = batch::make(rules, 2).value();
  decision one = decision::make(rules).value();
  many.add(facts).value();
  many.add_json("{").value();
  many.decide(when).value();
  const std::vector<exq_batch_case> cases = many.cases().value();
  check(cases[0].status == EXQ_OK && cases[1].status == EXQ_E_JSON, "what is refused stops no other");
  many.decision_of(0, one).value();
  check(one.json(with::texts).value() == decided.json(with::texts).value(), "a batch gives the decision of its case");
}

// Whether a call was refused: then that is the answer.
template <class Result>
bool refused(const Result& done) {
  if (done) return false;
  const error& why = done.error();
  check(why.findings().empty(), "only rules have findings");
  cout << "--- transcript\nrefused " << name(why.code()) << '\n';
  if (!why.place().empty()) cout << "place " << why.place() << '\n';
  cout << "message " << why.message() << '\n';
  return true;
}

void run(const std::vector<const char*>& words) {
  check(words.size() >= 3, "usage: conformance PACK_FILE CASE_JSON_FILE NOW [--law-date DAY] [--adopt PACK]... [--undue-delay MICROSECONDS] "
                             "[--expeditiously MICROSECONDS] [--typed]");
  const std::uint32_t known = EXQ_FEATURE_COMPILER | EXQ_FEATURE_SIGN;
  check(!version().empty() && (exq_features() & ~known) == 0, "the library says what it is");
  const std::string bytes = read(words[0]);
  const pack rules = pack::load(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()).value();
  check_pack(rules, bytes);
  case_file facts = case_file::make(rules).value();
  if (refused(facts.set_json(read(words[1])))) return;
  const result<instant> now = parse_instant(words[2]);
  if (refused(now)) return;
  options when(now.value());
  bool is_typed = false;
  for (std::size_t at = 3; at < words.size(); ++at) {
    const std::string word = words[at];
    check(word == "--typed" || at + 1 < words.size(), words[at]);
    if (word == "--typed") {
      is_typed = true;
    } else if (word == "--law-date") {
      when.law_date = parse_day(words[++at]).value();
      when.has_law_date = true;
    } else if (word == "--undue-delay" || word == "--expeditiously") {
      const std::chrono::microseconds level(std::stoll(words[++at]));
      (word == "--undue-delay" ? when.undue_delay : when.expeditiously) = level;
    } else {
      check(word == "--adopt", words[at]);
      const result<std::uint32_t> id = rules.find(kind::pack, words[++at]);
      if (refused(id)) return;
      when.adopt.push_back(id.value());
    }
  }
  if (is_typed) facts = copy_typed(rules, facts);
  decision decided = decision::make(rules).value();
  const bool plainly = !when.has_law_date && when.adopt.empty() && when.undue_delay.count() == 0 &&
                       when.expeditiously.count() == 0;
  if (refused(plainly ? decided.decide(facts, when.now) : decided.decide(facts, when))) return;
  const std::string plain = decided.json(with::texts).value();
  check_papers(decided, plain);
  check_rows(rules, facts, decided, when);
  check_batch(rules, facts, decided, when);
  const printer print(rules);
  cout << "--- transcript\n";
  print.transcript(facts, decided);
  cout << "--- json\n" << plain << "\n--- en\n" << decided.text(language::en).value() << "--- fr\n"
       << decided.text(language::fr).value() << "--- pack\n";
  print.pack_section();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(std::vector<const char*>(argv + 1, argv + argc));
  } catch (const std::exception& failed) {
    std::cerr << failed.what() << '\n';
    return 1;
  }
  return cout.flush() ? 0 : 1;
}
