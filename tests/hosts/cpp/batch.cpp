// Batches: `batch PACK`, with the golden rules, against the same cases one by one.
//
// Invariant: each public function of `batch` is called here, with what is good and with what is refused.
#include <exequatur_batch.hpp>

#include "check.hpp"

namespace {

using namespace exequatur;

const char* const judge =
    "{\"order\": {\"issuer\": \"judge\", \"authenticated\": true, \"received\": \"2026-03-02T09:30:00+01:00\"}}";
const char* const police =
    "{\"order\": {\"issuer\": \"police\", \"authenticated\": true, \"received\": \"2026-03-02T09:30:00+01:00\"}}";

void same(const pack& rules, const batch& many, std::size_t index, const char* json, const options& chosen) {
  case_file facts = case_file::make(rules).value();
  decision alone = decision::make(rules).value(), one = decision::make(rules).value();
  CHECK(facts.set_json(json) && alone.decide(facts, chosen) && many.decision_of(index, one));
  CHECK(alone.json(with::texts | with::receipt).value() == one.json(with::texts | with::receipt).value());
}

void lines(const pack& rules) {
  batch many = batch::make(rules, 4).value();
  const options chosen(parse_instant("2026-03-02T10:00:00+01:00").value());
  const std::vector<std::uint32_t> norms = {rules.find(kind::norm, "disclose of subscriber").value()};
  REFUSED(many.cases(), code::not_decided, "batch");
  CHECK(many.add_json(std::string(judge) + "\n\n{\"order\": 5}\n" + police + "\n"));
  CHECK(many.count().value() == 3);
  CHECK(many.decide(chosen, norms));
  const std::vector<exq_batch_case> cases = many.cases().value();
  CHECK(cases.size() == 3 && cases[0].status == EXQ_OK && cases[1].status == EXQ_E_JSON && cases[2].status == EXQ_OK);
  CHECK(cases[1].rows == 0 && cases[1].needs_human == 1 && cases[1].line == 3 && cases[2].line == 4);
  for (const exq_batch_row& row : many.rows().value()) CHECK(row.a_case != 1 && row.norm != EXQ_NONE);
  CHECK(many.rows().value().size() == cases[2].first_row + cases[2].rows);
  const std::vector<brief> briefs = many.briefs().value();
  CHECK(briefs.size() == 3 && !briefs[1].allowed && briefs[1].needs_human);
  same(rules, many, 0, judge, chosen);
  same(rules, many, 2, police, chosen);
  CHECK(many.refusal(0));
  REFUSED(many.refusal(1), code::json, "/order");
  decision none = decision::make(rules).value();
  REFUSED(many.decision_of(1, none), code::json, "/order");
  CHECK(!none.allows("disclose of subscriber"));
  REFUSED(many.refusal(3), code::id, "case");
  REFUSED(many.add_json("{}\n{}"), code::length, "json");
  CHECK(many.cases().value().size() == 3);  // a refused call changes nothing
  CHECK(many.clear() && many.count().value() == 0);
  REFUSED(many.rows(), code::not_decided, "batch");
}

void columns(const pack& rules) {
  batch many = batch::make(rules, 3).value();
  case_file facts = case_file::make(rules).value();
  CHECK(facts.set_json(judge) && many.add(facts));
  const std::int64_t yes[] = {1, 2}, received[] = {1772440200000000, 1772440200000000};
  exq_batch_column authenticated = {EXQ_KIND_FACT, rules.find(kind::fact, "order.authenticated").value(), yes,
                                    nullptr, nullptr, {0, 0, 0, 0}, 0};
  exq_batch_column arrived = authenticated;
  arrived.kind = EXQ_KIND_EVENT;
  arrived.id = rules.find(kind::event, "order.received").value();
  arrived.numbers = received;
  CHECK(many.add_columns({authenticated, arrived}, 2));
  const instant now = parse_instant("2026-03-02T10:00:00+01:00").value();
  REFUSED(many.decide_each(options(now), {now.micros}), code::argument, "instant_count");
  REFUSED(many.cases(), code::not_decided, "batch");
  CHECK(many.decide_each(options(now), {now.micros, now.micros, now.micros}));
  const std::vector<exq_batch_case> cases = many.cases().value();
  CHECK(cases[0].status == EXQ_OK && cases[1].status == EXQ_OK && cases[2].status == EXQ_E_ARGUMENT);
  same(rules, many, 0, judge, options(now));
  same(rules, many, 1, "{\"order\": {\"authenticated\": true, \"received\": \"2026-03-02T09:30:00+01:00\"}}", options(now));
  arrived.numbers = nullptr;
  CHECK(many.add_columns({arrived}, 0));  // of no case nothing is read
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const pack rules = pack::load_file(argv[1]).value();
  lines(rules);
  columns(rules);
  REFUSED(batch::make(rules, std::size_t(1) << 40), code::length, "most");
  REFUSED(batch::make(pack(), 1), code::null, "pack");
  return check::end();
}
