// The wrapper where exceptions are wanted: `throwing PACK`. A failed result throws what it says, and nothing is lost on the
// way through the library.
//
// Invariant: compiled with EXEQUATUR_EXCEPTIONS, `value()` gives the value or throws `exequatur::failure`; a callback that
// throws is heard by the caller, and the decision it used can be used again.
#define EXEQUATUR_EXCEPTIONS
#include "check.hpp"

#include <stdexcept>

namespace {

using namespace exequatur;

void failures(const std::string& path) {
  int thrown = 0;
  try {
    const pack rules = pack::load_file(path + ".nowhere").value();
  } catch (const failure& failed) {
    ++thrown;
    CHECK(failed.error().code() == code::file && failed.error().place() == path + ".nowhere");
    CHECK(std::string(failed.what()) == failed.error().what());
  }
  try {
    case_file().set("order.authenticated", true).value();
  } catch (const std::runtime_error& failed) {
    ++thrown;
    CHECK(check::holds(failed.what(), "NULL"));
  }
  CHECK(thrown == 2);
  const pack rules = pack::load_file(path).value();
  decision decided = decision::make(rules).value();
  const decision& seen = decided;
  CHECK(!seen.allows("disclose of subscriber") && seen.needs_human());  // these never throw
}

void through_the_library(const std::string& path) {
  const pack rules = pack::load_file(path).value();
  case_file facts = case_file::make(rules).value();
  decision decided = decision::make(rules).value();
  const exq_rows rows = {nullptr, 0, nullptr, 3, nullptr};
  const options chosen(parse_instant("2026-03-02T10:00:00Z").value());
  std::size_t calls = 0;
  std::string said;
  try {
    const result<std::size_t> done = decided.decide_rows(facts, rows, chosen, [&](std::size_t row, const decision&) -> bool {
      ++calls;
      if (row == 1) throw std::out_of_range("the host has had enough");
      return true;
    });
    static_cast<void>(done);
  } catch (const std::out_of_range& thrown) {
    said = thrown.what();
  }
  CHECK(said == "the host has had enough" && calls == 2);
  decided.decide(facts, chosen).value();
  CHECK(decided.answers().value().size() > 0);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  failures(argv[1]);
  through_the_library(argv[1]);
  return check::end();
}
