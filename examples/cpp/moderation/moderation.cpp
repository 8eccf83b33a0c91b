// A moderation queue: orders as JSON Lines in, what is to be done about each of them out, in the order of the lines.
//
// Worker threads share one pack; each has a case and a decision of its own, made once and used for every order. A line
// that cannot be taken is refused with its reason, counted, and stops nothing. Invariant: the output depends on the input
// and the instant alone, not on the number of threads; what is not certain to be allowed is not called allowed.
//
//     usage: moderation PACK ORDERS INSTANT [--adopt PACK]... [--threads N]
//     exq build rules -o rules.exqp
//     make && ./moderation rules.exqp orders.jsonl 2026-11-20T12:00:00+01:00 --adopt seeds.s3_2017
//
// ORDERS is a file, or `-` for standard input; a line is `{"id": "A-17", "case": {…}}`, an empty one is passed over.
// Exit status: 0 all orders were decided, 1 some were refused, 2 the call was wrong or something failed.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include <exequatur.hpp>

#include "conveyor.hpp"
#include "order.hpp"

namespace {

namespace ex = exequatur;

// How many open questions of an order are shown: they come most useful first.
const std::size_t questions_shown = 5;

// The texts of a pack that a report needs, each by its id. A text that the pack does not give is left empty.
class words {
 public:
  explicit words(const ex::pack& rules) : rules_(rules), territory_(rules.territory().value_or(ex::no_id)) {}
  std::string name(ex::kind of, std::uint32_t id) const { return std::string(rules_.name(of, id).value_or("")); }
  std::string norm(std::uint32_t id) const {
    const std::string title(rules_.text(ex::kind::norm, id, ex::text_kind::title, ex::language::en).value_or(""));
    return name(ex::kind::norm, id) + (title.empty() ? "" : " (" + title + ")");
  }
  std::string question(ex::kind of, std::uint32_t id) const {
    const std::string asked(rules_.text(of, id, ex::text_kind::question, ex::language::en).value_or(""));
    return name(of, id) + (asked.empty() ? "" : ": " + asked);
  }
  std::string places(const ex::member_set& held) const {
    if (held.everywhere()) return "";
    std::string all = ", in";
    for (const std::uint32_t place : held) all += " " + std::string(rules_.member_name(territory_, place).value_or(""));
    return all;
  }
  // A status, and the due: the instant, or why there is none where the status does not say so already.
  static std::string status(ex::status of, const ex::moment& due) {
    const std::string word(ex::name(of)), why(ex::name(due.kind));
    if (due.is_at()) return word + ", due " + ex::format_instant(due.at).value_or("");
    return due.kind == ex::moment_kind::nothing || why == word ? word : word + ", due " + why;
  }

 private:
  ex::pack rules_;
  std::uint32_t territory_;
};

// What became of one line, as it is printed, and what the summary counts.
struct report {
  std::string text;
  bool decided = false, person = false;
  std::size_t duties = 0, breached = 0, uncertain = 0, withheld = 0, questions = 0;
  ex::moment earliest;  // due of a duty that still runs
};

// One thread's memory, and how it turns a line into a report.
class moderator {
 public:
  moderator(const ex::pack& rules, const ex::options& when)
      : rules_(rules), words_(rules), when_(when), facts_(ex::case_file::make(rules)), decided_(ex::decision::make(rules)) {}
  // No error, or why this moderator cannot work.
  ex::error ready() const { return facts_ ? decided_.error() : facts_.error(); }

  report judge(std::size_t line_number, const std::string& line) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) return report();
    order one;
    std::string why;
    if (!order_reader(line).read(one, why)) return refused("line " + std::to_string(line_number), why);
    report done;
    done.text = one.id + "\n";
    const ex::result<void> said = facts_.value().set_json(one.facts);
    if (!said) return refused(one.id, said.error().message());
    const ex::result<void> judged = decided_.value().decide(facts_.value(), when_);
    if (!judged) return refused(one.id, judged.error().message());
    const ex::result<void> told = tell(decided_.value(), done);
    if (!told) return refused(one.id, told.error().message());
    done.decided = true;
    return done;
  }

 private:
  static report refused(const std::string& what, const std::string& why) {
    report done;
    done.text = what + "\n  refused   " + why + "\n";
    return done;
  }
  ex::result<void> tell(const ex::decision& decided, report& into) const {
    const ex::result<std::vector<ex::duty>> duties = decided.duties();
    if (!duties) return duties.error();
    const ex::result<std::vector<ex::answer>> answers = decided.answers();
    if (!answers) return answers.error();
    for (const ex::duty& one : duties.value()) {
      const ex::result<std::vector<ex::effect>> effects = decided.effects(answers.value()[one.answer]);
      if (!effects) return effects.error();
      count(one, into);
      into.text += duty(one, effects.value()[one.effect]);
    }
    const ex::result<std::uint32_t> norms = rules_.count(ex::kind::norm);
    if (!norms) return norms.error();
    for (std::uint32_t id = 0; id < norms.value(); ++id) {
      const ex::result<ex::norm> norm = rules_.norm(id);
      if (norm && norm.value().is_protected && decided.allows(id)) into.text += "  allowed   " + words_.norm(id) + "\n";
    }
    const ex::result<std::vector<ex::missing_name>> missing = decided.missing();
    if (!missing) return missing.error();
    into.questions = missing.value().size();
    for (std::size_t at = 0; at < missing.value().size() && at < questions_shown; ++at) {
      into.text += "  ask       " + words_.question(missing.value()[at].kind, missing.value()[at].id) + "\n";
    }
    if (into.questions > questions_shown) {
      into.text += "  ask       and " + std::to_string(into.questions - questions_shown) + " more, less useful\n";
    }
    into.person = decided.needs_human();
    if (into.person) into.text += "  person    somebody must look at this\n";
    if (duties.value().empty() && missing.value().empty() && !into.person) into.text += "  nothing to do\n";
    return ex::result<void>();
  }
  static void count(const ex::duty& one, report& into) {
    if (one.state == ex::state::withheld) {
      ++into.withheld;
      return;
    }
    ++into.duties;
    if (one.state == ex::state::undetermined) ++into.uncertain;
    if (one.status == ex::status::breached) ++into.breached;
    const bool runs = one.status == ex::status::running || one.status == ex::status::waiting;
    if (runs && one.due.is_at() && (!into.earliest.is_at() || one.due.at < into.earliest.at)) into.earliest = one.due;
  }
  // One duty on one line; of one that is withheld, why nobody may perform it yet.
  std::string duty(const ex::duty& one, const ex::effect& in_full) const {
    std::string line = "  must      ";
    if (one.outcome == ex::outcome::conflict) line = "  conflict  ";
    if (one.state == ex::state::undetermined) line = "  perhaps   ";
    if (one.state == ex::state::withheld) line = "  withheld  ";
    line += words_.norm(one.norm);
    if (one.state == ex::state::withheld) line += ": " + std::string(ex::name(in_full.why));
    else line += ": " + words::status(one.status, one.due);
    return line + words_.places(one.places) + " [" + words_.name(ex::kind::rule, one.rule) + "]\n";
  }

  ex::pack rules_;
  words words_;
  ex::options when_;
  ex::result<ex::case_file> facts_;
  ex::result<ex::decision> decided_;
};

struct call {
  std::string pack, orders, at;
  std::vector<std::string> adopt;
  unsigned long threads = 4;
};

bool read_call(int argc, char** argv, call& into) {
  std::vector<std::string> plain;
  for (int at = 1; at < argc; ++at) {
    const std::string word = argv[at];
    if (word == "--adopt" && at + 1 < argc) into.adopt.push_back(argv[++at]);
    else if (word == "--threads" && at + 1 < argc) into.threads = std::strtoul(argv[++at], nullptr, 10);
    else if (word.size() > 1 && word[0] == '-') return false;
    else plain.push_back(word);
  }
  if (plain.size() != 3 || into.threads < 1 || into.threads > 256) return false;
  into.pack = plain[0];
  into.orders = plain[1];
  into.at = plain[2];
  return true;
}

int fail(const std::string& what) {
  std::cerr << "moderation: " << what << "\n";
  return 2;
}

// Everything that a report adds up to.
struct totals {
  std::size_t decided = 0, refused = 0, persons = 0;
  report all;
  void add(const report& one) {
    ++(one.decided ? decided : refused);
    if (!one.decided) return;
    if (one.person) ++persons;
    all.duties += one.duties;
    all.breached += one.breached;
    all.uncertain += one.uncertain;
    all.withheld += one.withheld;
    all.questions += one.questions;
    if (one.earliest.is_at() && (!all.earliest.is_at() || one.earliest.at < all.earliest.at)) all.earliest = one.earliest;
  }
};

}  // namespace

int main(int argc, char** argv) {
  call asked;
  if (!read_call(argc, argv, asked)) {
    return fail("usage: moderation PACK ORDERS INSTANT [--adopt PACK]... [--threads N], with 1 to 256 threads");
  }
  const ex::result<ex::pack> rules = ex::pack::load_file(asked.pack);
  if (!rules) return fail(rules.error().message());
  const ex::result<ex::instant> now = ex::parse_instant(asked.at);
  if (!now) return fail(now.error().message());
  ex::options when(now.value());
  for (const std::string& name : asked.adopt) {
    const ex::result<std::uint32_t> id = rules.value().find(ex::kind::pack, name);
    if (!id) return fail(id.error().message());
    when.adopt.push_back(id.value());
  }
  std::ifstream file;
  if (asked.orders != "-") file.open(asked.orders.c_str(), std::ios::binary);
  if (!file) return fail("`" + asked.orders + "` cannot be read");
  std::istream& orders = asked.orders == "-" ? std::cin : file;

  std::vector<moderator> moderators;
  for (unsigned long at = 0; at < asked.threads; ++at) {
    moderators.emplace_back(rules.value(), when);
    if (moderators.back().ready().code() != ex::code::ok) return fail(moderators.back().ready().message());
  }
  conveyor<report> belt(asked.threads * 8);
  std::vector<std::thread> workers;
  for (moderator& one : moderators) {
    workers.emplace_back([&belt, &one] {
      conveyor<report>::job next;
      while (belt.take(next)) belt.finish(next.number, one.judge(next.number + 1, next.line));
    });
  }
  std::thread reader([&belt, &orders] {
    std::string line;
    while (std::getline(orders, line)) belt.enter(line);
    belt.close();
  });

  totals sum;
  report next;
  while (belt.leave(next)) {
    if (next.text.empty()) continue;  // of an empty line
    std::cout << next.text;
    sum.add(next);
  }
  reader.join();
  for (std::thread& one : workers) one.join();
  std::cout << "\n" << sum.decided + sum.refused << " orders: " << sum.decided << " decided, " << sum.refused << " refused, "
            << sum.persons << " for a person\n"
            << sum.all.duties << " duties: " << sum.all.breached << " breached, " << sum.all.uncertain << " uncertain; "
            << sum.all.withheld << " withheld\n"
            << sum.all.questions << " questions\n";
  if (sum.all.earliest.is_at()) std::cout << "next due " << ex::format_instant(sum.all.earliest.at).value_or("") << "\n";
  std::cout.flush();
  if (orders.bad()) return fail("`" + asked.orders + "` could not be read to its end");
  if (!std::cout) return fail("the output could not be written");
  return sum.refused == 0 ? 0 : 1;
}
