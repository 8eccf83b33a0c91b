// One pack, many threads: `threads PACK [TURNS]`. Each has a case and a decision of its own, and all get the same answers.
//
// Invariant: a pack is read by eight threads at once, copied and dropped by them, and the last one to let it go frees it;
// a case is handed from thread to thread, one at a time. Why no lock is needed: exequatur.h says that a pack never changes.
#include "check.hpp"

#include <atomic>
#include <thread>
#include <utility>

namespace {

using namespace exequatur;

// Two cases in turn, this often; gives what was answered, or nothing at the first surprise.
std::string ask(const pack& rules, int turns) {
  result<case_file> facts = case_file::make(rules);
  result<decision> decided = decision::make(rules);
  if (!facts || !decided) return "";
  const instant now = parse_instant("2026-03-02T10:00:00+01:00").value();
  std::string open, closed;
  for (int turn = 0; turn < turns; ++turn) {
    const bool authentic = turn % 2 == 0;
    const pack copy = rules;
    if (!facts.value().set("order.authenticated", authentic) || !facts.value().set("order.issuer", "judge") ||
        !facts.value().set("order.data", {"subscriber"}) || !facts.value().set("offence.max_years", 3) ||
        !facts.value().set("law.forbids", false) || !facts.value().set("order.received", now) ||
        !decided.value().decide(facts.value(), now)) {
      return "";
    }
    if (decided.value().allows("disclose of subscriber") != authentic) return "";
    const std::string said = decided.value().json(with::receipt).value();
    std::string& before = authentic ? open : closed;
    if (turn > 1 && said != before) return "";
    before = said;
  }
  return open + closed;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const int turns = argc > 2 ? std::atoi(argv[2]) : 100;
  std::vector<std::string> answers(8);
  std::vector<std::thread> threads;
  {
    const pack rules = pack::load_file(argv[1]).value();
    for (std::string& answer : answers) {
      threads.emplace_back([rules, turns, &answer] { answer = ask(rules, turns); });
    }
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& answer : answers) CHECK(!answer.empty() && answer == answers[0]);

  // A case moves on with its owner.
  const pack rules = pack::load_file(argv[1]).value();
  case_file facts = case_file::make(rules).value();
  std::atomic<bool> set(false);
  for (int turn = 0; turn < 4; ++turn) {
    std::thread([&facts, &set, turn] { set = static_cast<bool>(facts.set("offence.max_years", turn)); }).join();
    CHECK(set.load() && facts.get("offence.max_years").value().number() == turn);
  }
  return check::end();
}
