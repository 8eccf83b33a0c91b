// What can be said of facts and events, and how a case takes it: `facts PACK`, with the golden rules.
//
// Invariant: what is set is what is read back, by id and by name, and what is refused leaves the case as it was. Why this
// matters beyond a wrapper: a value that arrives as another one would be judged as another case.
#include "check.hpp"

#include <utility>

namespace {

using namespace exequatur;

// By name and by id, and back: the same value of the same type.
void each_type(const pack& rules, case_file& facts) {
  const std::uint32_t authenticated = rules.find(kind::fact, "order.authenticated").value();
  CHECK(facts.get("order.authenticated").value().type() == value_type::absent);
  CHECK(facts.set("order.authenticated", true));
  CHECK(facts.get(authenticated).value().type() == value_type::boolean && facts.get(authenticated).value().number() == 1);
  CHECK(facts.set(authenticated, false));
  CHECK(facts.get(std::string("order.authenticated")).value().number() == 0);

  CHECK(facts.set("order.issuer", "prosecutor"));
  const fact issuer = rules.fact(rules.find(kind::fact, "order.issuer").value()).value();
  const std::uint32_t prosecutor = rules.find_member(issuer.enumeration, "prosecutor").value();
  CHECK(facts.get("order.issuer").value().type() == value_type::member);
  CHECK(facts.get("order.issuer").value().number() == prosecutor);
  CHECK(facts.set("order.issuer", std::string("judge")) && facts.set("order.issuer", string_view("police")));
  CHECK(facts.set("order.issuer", member(prosecutor)));
  CHECK(facts.get("order.issuer").value().number() == prosecutor);

  CHECK(facts.set("order.data", {"content", "subscriber"}));
  std::string walked;
  const fact data = rules.fact(rules.find(kind::fact, "order.data").value()).value();
  const member_set held = facts.get("order.data").value().members();
  for (const std::uint32_t one : held) walked += check::text(rules.member_name(data.enumeration, one).value()) + " ";
  CHECK(walked == "subscriber content " && held.size() == 2 && !held.empty() && !held.everywhere());
  CHECK(held.contains(*held.begin()) && !held.contains(rules.find_member(data.enumeration, "traffic").value()));
  CHECK(!held.contains(999));
  CHECK(facts.set("order.data", std::vector<std::string>()));  // the empty set is said, and is not silence
  CHECK(facts.get("order.data").value().type() == value_type::set && facts.get("order.data").value().members().empty());
  CHECK(facts.set("order.data", std::vector<std::string>(1, "traffic")));
  CHECK(facts.get("order.data").value().members().size() == 1);

  CHECK(facts.set("offence.max_years", 10) && facts.get("offence.max_years").value().number() == 10);
  CHECK(facts.set("offence.max_years", std::uint8_t(3)) && facts.get("offence.max_years").value().number() == 3);

  CHECK(facts.set("provider.turnover", money(9999999999, "EUR")));
  const value turnover = facts.get("provider.turnover").value();
  CHECK(turnover.type() == value_type::money && turnover.number() == 9999999999 && turnover.currency() == "EUR");

  const instant at = parse_instant("2026-03-05T00:00:00+01:00").value();
  CHECK(facts.set("order.deadline", at) && facts.get("order.deadline").value().at() == at);
  CHECK(facts.set("order.deadline", at.time()) && facts.get("order.deadline").value().at() == at);

  CHECK(facts.set("law.forbids", value::unknown()));
  CHECK(facts.get("law.forbids").value().type() == value_type::unknown);
  CHECK(facts.unset("law.forbids") && facts.get("law.forbids").value().type() == value_type::absent);
  CHECK(facts.set("order.issuer", value()) && facts.get("order.issuer").value().type() == value_type::absent);
}

void events(const pack& rules, case_file& facts) {
  const instant at(1700000000000000);
  const std::uint32_t received = rules.find(kind::event, "order.received").value();
  CHECK(facts.set_event(received, at) && facts.get_event("order.received").value().at() == at);
  CHECK(facts.set_event("order.received", value::not_happened()));
  CHECK(facts.get_event(received).value().type() == value_type::not_happened);
  CHECK(facts.set_event("order.received", value::unknown()));
  CHECK(facts.get_event(received).value().type() == value_type::unknown);
  CHECK(facts.unset_event(received) && facts.get_event(received).value().type() == value_type::absent);
  // By name, `set` and `get` know events too; by id they mean facts.
  CHECK(facts.set("order.received", std::chrono::system_clock::time_point(std::chrono::seconds(1700000000))));
  CHECK(facts.get("order.received").value().at() == at && facts.get_event(received).value().at() == at);
  CHECK(facts.unset("order.received") && facts.get("order.received").value().type() == value_type::absent);
}

// What is refused says where and why, and changes nothing.
void refusals(const pack& rules, case_file& facts) {
  CHECK(facts.clear() && facts.set("order.issuer", "judge") && facts.set("offence.max_years", 5));
  CHECK(check::holds(facts.set("order.isuer", "judge").error().message(), "`order.issuer`"));
  CHECK(facts.set("order.isuer", "judge").error().code() == code::name);
  CHECK(facts.set("order.issuer", "jugde").error().code() == code::name);
  CHECK(check::holds(facts.set("order.issuer", "jugde").error().message(), "`judge`"));
  CHECK(facts.set("order.issuer", true).error().code() == code::type);
  CHECK(facts.set("order.issuer", {"judge"}).error().code() == code::type);
  CHECK(facts.set("order.data", "subscriber").error().code() == code::type);
  CHECK(facts.set("offence.max_years", "five").error().code() == code::type);
  CHECK(facts.set("order.received", "yesterday").error().code() == code::type);
  CHECK(facts.set("offence.max_years", 101).error().code() == code::value);
  CHECK(facts.set("order.issuer", member(200)).error().code() == code::value);
  CHECK(facts.set("provider.turnover", money(1, "EURO")).error().code() == code::value);
  CHECK(facts.set("provider.turnover", money(1, "")).error().code() == code::value);
  CHECK(facts.set("order.deadline", instant(-1)).error().code() == code::value);
  CHECK(!facts.set("order.issuer", value::not_happened()));
  CHECK(facts.set(rules.count(kind::fact).value(), true).error().code() == code::id);
  CHECK(facts.set(-1, true).error().code() == code::id);
  CHECK(facts.set(std::int64_t(1) << 32, true).error().code() == code::id);  // not cut down to the id 0
  CHECK(facts.set(static_cast<const char*>(nullptr), true).error().code() == code::name);
  CHECK(facts.set("order.issuer", static_cast<const char*>(nullptr)).error().code() == code::name);
  CHECK(facts.get("order.isuer").error().code() == code::name && facts.get(no_id).error().code() == code::id);
  CHECK(facts.get("order.issuer").value().type() == value_type::member);
  CHECK(facts.get("offence.max_years").value().number() == 5);
}

void json(case_file& facts) {
  CHECK(facts.set_json("{\"order\": {\"authenticated\": true, \"issuer\": null}}"));
  CHECK(facts.get("order.authenticated").value().number() == 1);
  CHECK(facts.get("offence.max_years").value().type() == value_type::absent);  // the whole case is another one
  CHECK(facts.get("order.issuer").value().type() == value_type::unknown);
  const error refused = facts.set_json("{\"order\": {\"authenticated\": false, \"issuer\": \"jugde\"}}").error();
  CHECK(refused.code() == code::json && refused.place() == "/order/issuer" && check::holds(refused.message(), "`judge`"));
  CHECK(facts.get("order.authenticated").value().number() == 1);
  CHECK(facts.clear() && facts.get("order.authenticated").value().type() == value_type::absent);
}

void moves(const pack& rules) {
  case_file one = case_file::make(rules).value();
  CHECK(one.set("order.authenticated", true));
  case_file two = std::move(one);
  CHECK(two && two.get("order.authenticated").value().number() == 1);
  CHECK(!one && one.get() == nullptr);  // NOLINT: what was moved from is empty, and says so
  REFUSED(one.clear(), code::null, "case");
  REFUSED(one.set(0, true), code::null, "case");
  REFUSED(one.set("order.authenticated", true), code::null, "pack");
  REFUSED(one.set_event(0, instant(1)), code::null, "case");
  REFUSED(one.unset(0), code::null, "case");
  REFUSED(one.unset_event(0), code::null, "case");
  REFUSED(one.get(0), code::null, "case");
  REFUSED(one.get_event(0), code::null, "case");
  REFUSED(one.set_json("{}"), code::null, "case");
  one = std::move(two);
  CHECK(one && one.get("order.authenticated").value().number() == 1);
  REFUSED(case_file::make(pack()), code::null, "pack");
  std::vector<case_file> many;
  for (int turn = 0; turn < 8; ++turn) many.push_back(case_file::make(rules).value());
  CHECK(many.front().set("order.authenticated", false) && many.back().get("order.authenticated").value().number() == 0);
}

// A case outlives the variable that held its pack.
void lifetimes(const std::string& path) {
  case_file facts;
  {
    const pack rules = pack::load_file(path).value();
    facts = case_file::make(rules).value();
  }
  CHECK(facts.set("order.issuer", "judge") && facts.get("order.issuer").value().type() == value_type::member);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const pack rules = pack::load_file(argv[1]).value();
  case_file facts = case_file::make(rules).value();
  each_type(rules, facts);
  events(rules, facts);
  refusals(rules, facts);
  json(facts);
  moves(rules);
  lifetimes(argv[1]);
  return check::end();
}
