// Every question to a decision: `decision PACK`, with the golden rules and two of the golden cases.
//
// Invariant: each public function of `decision` is called here at least once, before there is an answer, with one, and on
// an empty decision. Before all others stand `allows` and `needs_human`: no error of any kind opens a door.
#include "check.hpp"

#include <utility>

namespace {

using namespace exequatur;

const char* const judge =
    "{\"order\": {\"issuer\": \"judge\", \"authenticated\": true, \"data\": [\"subscriber\", \"content\"],"
    " \"confidential\": false, \"countries\": [\"FR\", \"DE\", \"US\"], \"received\": \"2026-03-02T09:30:00+01:00\","
    " \"deadline\": \"2026-03-05T00:00:00+01:00\"}, \"offence\": {\"max_years\": 3}, \"content\": {\"artistic\": true},"
    " \"law\": {\"forbids\": false}}";
const char* const missed =
    "{\"order\": {\"authenticated\": true, \"manifest_error\": false, \"confidential\": false,"
    " \"countries\": [\"FR\", \"BE\"], \"received\": \"2026-03-02T09:30:00+01:00\"},"
    " \"content\": {\"artistic\": false, \"removed\": \"2026-03-03T09:30:00+01:00\"},"
    " \"provider\": {\"turnover\": {\"amount\": \"99999999.99\", \"currency\": \"EUR\"}},"
    " \"user\": {\"informed\": \"2026-03-03T12:00:00+01:00\"}}";

instant at(const char* text) { return parse_instant(text).value(); }

// A decision without an answer: nothing is allowed, a person is needed, and every question is an error.
void no_answer(const decision& empty, code why, const std::string& place) {
  CHECK(!empty.allows("disclose of subscriber") && !empty.allows(0));
  CHECK(!empty.allows("takedown", "FR") && !empty.allows(0, 0));
  CHECK(empty.needs_human());
  REFUSED(empty.brief(0), why, place);
  REFUSED(empty.duties(), why, place);
  REFUSED(empty.answers(), why, place);
  answer one;
  one.index = 0;
  one.effects = 1;
  REFUSED(empty.effects(one), why, place);
  effect all;
  all.answer = all.index = 0;
  all.amounts = all.alternatives = 1;
  REFUSED(empty.amounts(all), why, place);
  REFUSED(empty.alternatives(all), why, place);
  REFUSED(empty.needs(all), why, place);
  REFUSED(empty.derivation(all), why, place);
  REFUSED(empty.steps(all), why, place);
  REFUSED(empty.missing(), why, place);
  REFUSED(empty.assumed(), why, place);
  REFUSED(empty.rules(), why, place);
  REFUSED(empty.next_change(), why, place);
  REFUSED(empty.law_date(0), why, place);
  REFUSED(empty.receipt(), why, place);
  REFUSED(empty.json(), why, place);
  REFUSED(empty.text(language::en), why, place);
  REFUSED(empty.form("dsa-statement"), why, place);
}

void forms(case_file& facts, decision& decided) {
  CHECK(facts.set_json(judge) && decided.decide(facts, at("2026-03-02T10:00:00+01:00")));
  const std::string form = decided.form("tco-annex-ii", with::receipt).value();
  CHECK(form.find("\"form\":\"tco-annex-ii\"") == 1 && form.find(decided.receipt().value().decision.hex()) != std::string::npos);
  CHECK(form.find("\"complete\":false") != std::string::npos && form.find("{\"field\":\"A.authority\"") != std::string::npos);
  CHECK(decided.form("epoc-annex-iii", with::pretty).value().find("\n  \"form\": \"epoc-annex-iii\"") != std::string::npos);
  REFUSED(decided.form("tco-annex-i"), code::name, "form");
  REFUSED(decided.form("tco-annex-ii", with::texts), code::argument, "flags");
}

void doors(const pack& rules, case_file& facts, decision& decided) {
  CHECK(facts.set_json(judge) && decided.decide(facts, at("2026-03-02T10:00:00+01:00")));
  const std::uint32_t subscriber = rules.find(kind::norm, "disclose of subscriber").value();
  CHECK(decided.allows(subscriber) && decided.allows("disclose of subscriber") && decided.allows(subscriber, "FR"));
  CHECK(decided.allows(std::string("disclose of content"), std::string("US")));
  CHECK(!decided.allows("disclose of traffic") && !decided.allows("disclose of traffic", "FR"));
  CHECK(decided.allows("takedown", "FR") && !decided.allows("takedown", "US") && !decided.allows("takedown"));
  const std::uint32_t country = rules.territory().value();
  CHECK(decided.allows("takedown", rules.find_member(country, "FR").value()));
  CHECK(!decided.allows("takedown", rules.find_member(country, "US").value()));
  // What is not there is not allowed: no such norm, no such place, numbers that are no ids.
  CHECK(!decided.allows("disclose of subscribers") && !decided.allows(no_id) && !decided.allows(-1) && !decided.allows(999));
  CHECK(!decided.allows("takedown", "XX") && !decided.allows("takedown", "") && !decided.allows("takedown", 255));
  CHECK(!decided.allows("") && !decided.allows(static_cast<const char*>(nullptr)));
  CHECK(!decided.allows("takedown", static_cast<const char*>(nullptr)));
  CHECK(!decided.allows(std::int64_t(subscriber) + (std::int64_t(1) << 32)));  // not cut down to an id
  // After an attempt that failed, the answer before it is gone.
  REFUSED(decided.decide(facts, instant(-1)), code::value, "now");
  no_answer(decided, code::not_decided, "decision");
}

void duties(const pack& rules, case_file& facts, decision& decided) {
  CHECK(facts.set_json(judge) && decided.decide(facts, at("2026-03-02T10:00:00+01:00")));
  std::string seen;
  const std::int64_t end = INT64_MAX;
  std::int64_t before = 0;
  for (const duty& one : decided.duties().value()) {
    seen += check::text(rules.name(kind::norm, one.norm).value()) + " " + check::text(name(one.status)) + ", ";
    CHECK(one.due.is_at() ? one.due.at.micros >= before : one.due.kind == moment_kind::nothing);
    before = one.due.is_at() ? one.due.at.micros : end;  // those without a due stand last
    CHECK(rules.rule_version(one.version).value().rule == one.rule && one.certain);
  }
  CHECK(seen == "disclose of subscriber running, disclose of content running, takedown waiting, answer running, "
                "inform running, preserve running, ");
  const duty takedown = decided.duties().value()[2];
  CHECK(takedown.state == state::standing && takedown.outcome == outcome::must && takedown.exclusive);
  CHECK(takedown.due.at == at("2026-03-03T09:30:00+01:00") && takedown.not_before.at == at("2026-03-02T10:30:00+01:00"));
  CHECK(takedown.provisional_due.kind == moment_kind::nothing);
  CHECK(!takedown.places.everywhere() && takedown.places.size() == 1);
  const std::uint32_t place = *takedown.places.begin();
  CHECK(rules.member_name(rules.territory().value(), place).value() == "FR" && takedown.places.contains(place));
  const duty disclose = decided.duties().value()[0];
  CHECK(disclose.places.everywhere() && disclose.places.contains(place) && disclose.places.begin() == disclose.places.end());
  CHECK(!disclose.places.empty());

  const brief inform = decided.brief("inform").value();
  CHECK(inform.outcome == outcome::must && inform.status == status::running && inform.allowed);
  CHECK(inform.needs_human == decided.needs_human() && inform.due.at == at("2026-03-05T09:30:00+01:00"));
  CHECK(decided.brief("takedown").value().outcome == outcome::varies && !decided.brief("takedown").value().allowed);
  REFUSED(decided.brief("takedwon"), code::name, "norm");
}

void effects(const pack& rules, case_file& facts, decision& decided) {
  CHECK(facts.set_json(missed) && decided.decide(facts, at("2026-03-04T10:00:00+01:00")));
  int alternatives = 0, amounts = 0, lifted = 0, withheld_ones = 0, derived = 0;
  std::uint32_t index = 0;
  for (const answer& part : decided.answers().value()) {
    CHECK(part.index == index++);
    const std::vector<effect> all = decided.effects(part).value();
    CHECK(all.size() == part.effects && (part.operational == no_id || part.operational < all.size()));
    for (const effect& one : all) {
      CHECK(one.answer == part.index && rules.rule_version(one.version).value().rule == one.rule);
      CHECK(one.by == no_id || one.state == state::defeated || one.overtaken);
      for (const alternative& other : decided.alternatives(one).value()) {
        ++alternatives;
        CHECK(other.due.is_at() && other.because_en == "the text says day" && other.because_fr == "le texte dit jour");
        CHECK(!other.exclusive);
        const std::vector<step> rival = decided.steps(other).value();
        CHECK(decided.derivation(other).value().steps == rival.size());
        CHECK(rival.front().kind == step_kind::event && rival.back().kind == step_kind::end);
        CHECK(rival.back().at.at == other.due.at);
      }
      const derivation counted = decided.derivation(one).value();
      const std::vector<step> steps = decided.steps(one).value();
      CHECK(counted.steps == steps.size() && steps.empty() == (counted.regime == regime::none));
      if (one.due.is_at() && !steps.empty()) {
        ++derived;
        CHECK(counted.regime == regime::elapsed && name(counted.regime) == "elapsed" && !counted.zone.empty());
        CHECK(counted.calendar == no_id && steps.back().at.at == one.due.at && steps.front().has_day);
      }
      for (const money& most : decided.amounts(one).value()) {
        ++amounts;
        CHECK(most.minor == 399999999 && most.currency == "EUR" && most.decimals == 2);
        CHECK(one.ceiling == ceiling::amounts && one.per_day && one.value == effect_value::may);
      }
      if (one.value == effect_value::lifted) ++lifted;
      if (one.state == state::withheld) {
        ++withheld_ones;
        CHECK(one.why == withheld::guard_unknown);
      }
      for (const named& need : decided.needs(one).value()) CHECK(rules.name(need.kind, need.id));
    }
  }
  CHECK(alternatives > 0 && amounts == 1 && withheld_ones > 0 && derived > 0);

  std::string asked;
  for (const missing_name& one : decided.missing().value()) {
    CHECK(one.count > 0);
    asked += check::text(rules.name(one.kind, one.id).value()) + " ";
  }
  CHECK(check::holds(asked, "order.issuer ") && check::holds(asked, "offence.max_years "));
  std::string assumed;
  for (const named& one : decided.assumed().value()) assumed += check::text(rules.name(one.kind, one.id).value()) + " ";
  CHECK(!assumed.empty());
  int true_ones = 0, unknown_ones = 0;
  for (const rule_state& one : decided.rules().value()) {
    if (one.truth == truth::yes) ++true_ones;
    if (one.truth == truth::unknown) ++unknown_ones;
  }
  CHECK(true_ones > 0 && unknown_ones > 0 && lifted == 0);
}

void options_of_deciding(const pack& rules, case_file& facts, decision& decided) {
  const instant now = at("2026-03-02T10:00:00+01:00");
  CHECK(facts.set_json(judge) && decided.decide(facts, now));
  const std::string plain = decided.json().value();
  const law_date law = decided.law_date("golden.law").value();
  CHECK(law.decides && law.day == parse_day("2026-03-02").value());
  CHECK(!decided.law_date("golden.plan").value().decides);
  REFUSED(decided.law_date("golden.lore"), code::name, "pack");

  options chosen(now);
  CHECK(decided.decide(facts, chosen) && decided.json().value() == plain);
  chosen.has_law_date = true;
  chosen.law_date = parse_day("2012-05-01").value();
  chosen.adopt.push_back(rules.find(kind::pack, "golden.plan").value());
  CHECK(decided.decide(facts, chosen) && decided.json().value() != plain);
  CHECK(decided.law_date("golden.law").value().day == chosen.law_date && decided.law_date("golden.plan").value().decides);
  chosen.adopt.push_back(99);
  CHECK(decided.decide(facts, chosen).error().code() == code::id && !decided.allows("disclose of subscriber"));
}

// A service level of the host is marked wherever the due is told, and is refused if it is less than nothing.
void service_levels(const pack& rules, case_file& facts, decision& decided) {
  options chosen(at("2026-03-04T10:00:00+01:00"));
  chosen.adopt.push_back(rules.find(kind::pack, "golden.plan").value());
  CHECK(facts.set_json(missed) && decided.decide(facts, chosen));
  const auto own = [&decided] {
    int count = 0;
    for (const duty& one : decided.duties().value()) {
      if (!one.due.service_level) continue;
      ++count;
      const std::vector<step> steps = decided.steps(one).value();
      CHECK(decided.derivation(one).value().regime == regime::elapsed && steps.size() == 2);
      CHECK(steps[0].at.at == at("2026-03-03T09:30:00+01:00") && steps[1].at.at == one.due.at);
      CHECK(one.due.is_at() && one.due.at == at("2026-03-03T11:30:00+01:00"));
    }
    return count;
  };
  CHECK(own() == 0);
  chosen.expeditiously = std::chrono::hours(1);
  CHECK(decided.decide(facts, chosen) && own() == 0);
  chosen.undue_delay = std::chrono::hours(2);
  CHECK(decided.decide(facts, chosen) && own() == 1);
  chosen.expeditiously = std::chrono::seconds(-1);
  REFUSED(decided.decide(facts, chosen), code::value, "expeditiously");
  CHECK(decided.duties().error().code() == code::not_decided);
}

void papers(const pack& rules, case_file& facts, decision& decided) {
  const instant now = at("2026-03-02T10:00:00+01:00");
  CHECK(facts.set_json(judge) && decided.decide(facts, now));
  const receipt kept = decided.receipt().value();
  CHECK(kept.pack == rules.digest().value() && kept.now == now && kept.facts != kept.decision);
  const moment next = decided.next_change().value();
  CHECK(next.is_at() && now < next.at);
  CHECK(check::holds(decided.json(with::receipt).value(), kept.decision.hex()));
  CHECK(!check::holds(decided.json().value(), "\"title\"") && check::holds(decided.json(with::texts).value(), "\"title\""));
  CHECK(check::holds(decided.json(with::pretty).value(), "\n") && !check::holds(decided.json().value(), "\n"));
  CHECK(check::holds(decided.text(language::en).value(), "Remove the content"));
  CHECK(check::holds(decided.text(language::fr, with::receipt).value(), "Supprimer le contenu"));
  CHECK(REFUSED(decided.text(static_cast<language>(9)), code::argument, "lang").message().size() > 0);
}

void many(const pack& rules, case_file& facts, decision& decided) {
  CHECK(facts.set_json(judge));
  const std::uint32_t authenticated = rules.find(kind::fact, "order.authenticated").value();
  const exq_column column = {EXQ_KIND_FACT, authenticated};
  const exq_value cells[] = {value(true).raw(), value(false).raw(), value::unknown().raw()};
  const exq_rows rows = {&column, 1, cells, 3, nullptr};
  const options chosen(at("2026-03-02T10:00:00+01:00"));
  std::vector<bool> open;
  CHECK(decided.decide_rows(facts, rows, chosen, [&](std::size_t row, const decision& seen) {
    CHECK(row == open.size());
    open.push_back(seen.allows("disclose of subscriber"));
    CHECK(seen.duties());
    return true;
  }).value() == 3);
  CHECK(open.size() == 3 && open[0] && !open[1] && !open[2]);
  CHECK(decided.decide_rows(facts, rows, chosen, [](std::size_t row, const decision&) { return row < 1; }).value() == 2);

  const std::vector<std::uint32_t> norms = {rules.find(kind::norm, "disclose of subscriber").value(),
                                            rules.find(kind::norm, "inform").value()};
  const std::vector<brief> briefs = decided.brief_rows(facts, rows, chosen, norms).value();
  CHECK(briefs.size() == 6 && briefs[0].allowed && !briefs[2].allowed && !briefs[4].allowed);
  CHECK(briefs[1].outcome == outcome::must && briefs[3].outcome == outcome::none);
  CHECK(briefs[5].outcome == outcome::undetermined);

  const exq_value wrong[] = {value(true).raw(), value(5).raw(), value(true).raw()};
  const exq_rows bad = {&column, 1, wrong, 3, nullptr};
  int calls = 0;
  const auto count = [&](std::size_t, const decision&) { return ++calls > 0; };
  const error refused = decided.decide_rows(facts, bad, chosen, count).error();
  CHECK(refused.code() == code::type && check::holds(refused.place(), "row 1") && calls == 1);
  CHECK(decided.brief_rows(facts, bad, chosen, norms).error().code() == code::type);
}

void moves(const pack& rules, case_file& facts) {
  CHECK(facts.set_json(judge));
  decision one = decision::make(rules).value();
  no_answer(one, code::not_decided, "decision");
  CHECK(one.decide(facts, at("2026-03-02T10:00:00+01:00")) && one.allows("disclose of subscriber"));
  decision two = std::move(one);
  CHECK(two.allows("disclose of subscriber") && !one && one.get() == nullptr);  // NOLINT: empty, and says so
  CHECK(one.brief(0).error().code() == code::null && !one.allows("disclose of subscriber") && one.needs_human());
  REFUSED(one.decide(facts, instant(1)), code::null, "decision");
  REFUSED(two.decide(case_file(), instant(1)), code::null, "case");
  REFUSED(decision::make(pack()), code::null, "pack");
  no_answer(decision(), code::null, "decision");
  const pack other = pack::load_file("").value_or(pack());
  CHECK(!other);
}

// A case of another pack is refused, even where that pack has the same words.
void other_packs(const pack& rules, const std::string& path, decision& decided) {
  const exq_bytes bytes = rules.bytes().value();
  std::vector<source> sources;
  for (const char* part : {"law", "vocabulary"}) {
    const std::string file = path + "/" + part + ".exq";
    sources.push_back(source{file, check::guarded(check::file(file))});
  }
  CHECK(bytes.len > 0);
  const pack smaller = pack::compile(sources, rules).value();
  case_file foreign = case_file::make(smaller).value();
  REFUSED(decided.decide(foreign, instant(1)), code::other_pack, "case");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const pack rules = pack::load_file(argv[1]).value();
  case_file facts = case_file::make(rules).value();
  decision decided = decision::make(rules).value();
  doors(rules, facts, decided);
  duties(rules, facts, decided);
  effects(rules, facts, decided);
  forms(facts, decided);
  options_of_deciding(rules, facts, decided);
  service_levels(rules, facts, decided);
  papers(rules, facts, decided);
  many(rules, facts, decided);
  moves(rules, facts);
  other_packs(rules, argv[2], decided);
  return check::end();
}
