// The C interface of exequatur.h as C++11 values: owners that free themselves, results instead of out-parameters.
//
// Invariant: nothing here decides. Each function passes its question to the C library and its answer back, or the
// library's error; none gives half a list. `decision::allows` is false and `decision::needs_human` true whenever the
// question could not be put, so that a host which forgets to look at an error still discloses nothing.
//
// Owning    `pack` is shared: a copy means the same pack, and any number of threads may use it at once. `case_file` and
//           `decision` are moved, never copied, and belong to one thread at a time. An object that was moved from, or
//           made by default, is empty: it is false, and every call on it is an error (code::null).
// Text      is UTF-8. A `string_view` from a pack lives as long as any copy of that pack, one from a decision until it
//           decides again. `string_view` is std::string_view from C++17 on, before that a small one of our own.
// Errors    are values: what can fail gives a `result`, which is true when it went well. `value()` of a failed one
//           writes the error to stderr and aborts; with `#define EXEQUATUR_EXCEPTIONS` before the include it throws
//           `exequatur::failure`. Nothing else throws, save for want of memory. Neither exceptions nor RTTI are needed.
//           What is only yes or no is a `bool`, so that "it could be asked" is never taken for "yes".
// Names     Facts, norms and places are named by id or by name (`key`). A name is looked up at each call: where that
//           matters, find the id once. An enumeration may hold a number that it does not list, from a newer library:
//           it compares unequal to all that are listed, and its `name` is empty.
// Versions  A pack is loaded only by a library that speaks the C interface for which this header was written. Sources
//           compiled by another standard or without exceptions see types of their own (by an inline namespace): what
//           does not fit together does not link.
//
//     exequatur::pack rules = exequatur::pack::load_file("rules.exqp").value();
//     exequatur::case_file order = exequatur::case_file::make(rules).value();
//     exequatur::decision answer = exequatur::decision::make(rules).value();
//     order.set("order.authenticated", true).value();
//     answer.decide(order, std::chrono::system_clock::now()).value();
//     for (const exequatur::duty& duty : answer.duties().value()) remind(duty.norm, duty.due);
//     if (answer.allows("disclose of subscriber")) disclose();
#ifndef EXEQUATUR_HPP
#define EXEQUATUR_HPP

#include "exequatur_values.hpp"

namespace exequatur {
inline namespace EXEQUATUR_NAMESPACE {

// --- what a pack and a decision tell -----------------------------------------------------------------------------------

// The structures of the C interface, typed; exequatur.h says of each field what it means. `no_id` stands where there is
// nothing. Days are counted from 1970-01-01.
struct named {  // a fact, an event, a set or a calendar
  exequatur::kind kind;
  std::uint32_t id;
  explicit named(const exq_named& raw = exq_named()) noexcept : kind(detail::as{raw.kind}), id(raw.id) {}
};
struct missing_name {  // what to ask for, and how often it is needed
  exequatur::kind kind;
  std::uint32_t id, count;
  explicit missing_name(const exq_missing& raw = exq_missing()) noexcept
      : kind(detail::as{raw.kind}), id(raw.id), count(raw.count) {}
};
struct rule_state {  // a rule that is present, and whether its condition is true
  std::uint32_t rule, version;
  exequatur::truth truth;
  bool needs_human;
  explicit rule_state(const exq_rule_state& raw = exq_rule_state()) noexcept
      : rule(raw.rule), version(raw.version), truth(detail::as{raw.truth}), needs_human(detail::as{raw.needs_human}) {}
};
struct instrument {  // of a source pack; from INT32_MIN, until INT32_MAX where it is open
  pack_status status;
  std::int32_t adopted, from, until;
  explicit instrument(const exq_instrument& raw = exq_instrument()) noexcept
      : status(detail::as{raw.status}), adopted(raw.adopted), from(raw.from), until(raw.until) {}
};
struct fact {
  value_type type;
  std::uint32_t enumeration;
  std::int64_t least, most;
  bool presumed;
  explicit fact(const exq_fact& raw = exq_fact()) noexcept
      : type(detail::as{raw.type}), enumeration(raw.enumeration), least(raw.least), most(raw.most),
        presumed(detail::as{raw.presumed}) {}
};
struct norm {
  string_view bearer, action, object, family, member;
  std::uint32_t pack, done_at, broken_at;
  outcome by_default;
  bool is_protected;
  explicit norm(const exq_norm& raw = exq_norm()) noexcept
      : bearer(detail::view(raw.bearer)), action(detail::view(raw.action)), object(detail::view(raw.object)),
        family(detail::view(raw.family)), member(detail::view(raw.member)), pack(raw.pack), done_at(raw.done_at),
        broken_at(raw.broken_at), by_default(detail::as{raw.by_default}), is_protected(detail::as{raw.is_protected}) {}
};
using rule_version = exq_rule_version;  // rule, pack, from, until, citations, untranslated
struct citation {
  string_view article_en, article_fr;
  exequatur::checked checked;
  explicit citation(const exq_citation& raw = exq_citation()) noexcept
      : article_en(detail::view(raw.article_en)), article_fr(detail::view(raw.article_fr)),
        checked(detail::as{raw.checked}) {}
};
struct brief {  // a norm in short
  exequatur::outcome outcome;
  exequatur::status status;
  bool allowed, needs_human;
  moment due;
  explicit brief(const exq_brief& raw = exq_brief()) noexcept
      : outcome(detail::as{raw.outcome}), status(detail::as{raw.status}), allowed(detail::as{raw.allowed}),
        needs_human(detail::as{raw.needs_human}), due(raw.due) {}
};
struct answer {  // a norm in one part of the territory; `beside` is a pack that does not decide, but says this
  std::uint32_t index = no_id, norm, beside, operational, effects;
  exequatur::outcome outcome, unprotected, provisional;
  truth conflict, guard;
  member_set places;
  explicit answer(const exq_answer& raw = exq_answer())
      : norm(raw.norm), beside(raw.beside), operational(raw.operational), effects(raw.effects),
        outcome(detail::as{raw.outcome}), unprotected(detail::as{raw.unprotected}),
        provisional(detail::as{raw.provisional}), conflict(detail::as{raw.conflict}), guard(detail::as{raw.guard}),
        places(raw.places, raw.everywhere != 0) {}
};
struct effect {  // what one rule says of the norm of an answer
  std::uint32_t answer = no_id, index = no_id, rule, version, by, amounts, alternatives;
  effect_value value;
  exequatur::state state;
  exequatur::status status;
  withheld why;
  exequatur::ceiling ceiling;
  bool certain, overtaken, exclusive, per_day;
  moment not_before, due, provisional_due, start, end;
  explicit effect(const exq_effect& raw = exq_effect()) noexcept
      : rule(raw.rule), version(raw.version), by(raw.by), amounts(raw.amounts), alternatives(raw.alternatives),
        value(detail::as{raw.value}), state(detail::as{raw.state}), status(detail::as{raw.status}),
        why(detail::as{raw.why}), ceiling(detail::as{raw.ceiling}), certain(detail::as{raw.certain}),
        overtaken(detail::as{raw.overtaken}), exclusive(detail::as{raw.exclusive}), per_day(detail::as{raw.per_day}),
        not_before(raw.not_before), due(raw.due), provisional_due(raw.provisional_due), start(raw.start), end(raw.end) {}
};
struct duty {  // a must of a pack that decides: standing, undetermined, or withheld and then not to be performed
  std::uint32_t answer, effect, norm, rule, version;
  exequatur::outcome outcome;
  exequatur::state state;
  exequatur::status status;
  bool certain, exclusive;
  moment due, provisional_due, not_before;
  member_set places;
  explicit duty(const exq_duty& raw = exq_duty())
      : answer(raw.answer), effect(raw.effect), norm(raw.norm), rule(raw.rule), version(raw.version),
        outcome(detail::as{raw.outcome}), state(detail::as{raw.state}), status(detail::as{raw.status}),
        certain(detail::as{raw.certain}), exclusive(detail::as{raw.exclusive}), due(raw.due),
        provisional_due(raw.provisional_due), not_before(raw.not_before), places(raw.places, raw.everywhere != 0) {}
};
struct alternative {  // another reading of a due
  std::uint32_t answer = no_id, effect = no_id, index = no_id;
  moment due;
  bool exclusive;
  string_view because_en, because_fr;
  explicit alternative(const exq_alternative& raw = exq_alternative()) noexcept
      : due(raw.due), exclusive(detail::as{raw.exclusive}), because_en(detail::view(raw.because_en)),
        because_fr(detail::view(raw.because_fr)) {}
};
struct derivation {  // how a due was counted; regime::none where nothing was
  exequatur::regime regime;
  std::uint32_t steps, calendar;
  string_view zone;
  explicit derivation(const exq_derivation& raw = exq_derivation()) noexcept
      : regime(detail::as{raw.regime}), steps(raw.steps), calendar(raw.calendar), zone(detail::view(raw.zone)) {}
};
struct step {  // of a count: what was found there, on which day or at which instant, and the paragraph that says so
  step_kind kind;
  bool has_day, recalled;
  std::int32_t day;
  exequatur::skipped skipped;
  moment at;
  string_view paragraph, holiday_en, holiday_fr;
  explicit step(const exq_step& raw = exq_step()) noexcept
      : kind(detail::as{raw.kind}), has_day(detail::as{raw.has_day}), recalled(detail::as{raw.recalled}), day(raw.day),
        skipped(detail::as{raw.skipped}), at(raw.at), paragraph(detail::view(raw.paragraph)),
        holiday_en(detail::view(raw.holiday_en)), holiday_fr(detail::view(raw.holiday_fr)) {}
};
struct receipt {
  digest pack, facts, decision;
  instant now;
  explicit receipt(const exq_receipt& raw = exq_receipt()) noexcept
      : pack(raw.pack), facts(raw.facts), decision(raw.decision), now(raw.now) {}
};
struct law_date {  // the day whose law a pack is read by, and whether the pack decides
  std::int32_t day = 0;
  bool decides = false;
};
// When to decide, a law date for all packs, the packs that the host adopts; and how soon the host wants done what the law
// leaves open (0: it says nothing), which makes no due of the law.
struct options {
  instant now;
  bool has_law_date = false;
  std::int32_t law_date = 0;
  std::vector<std::uint32_t> adopt;
  std::chrono::microseconds undue_delay{0}, expeditiously{0};
  explicit options(const instant& at) : now(at) {}
  exq_options raw() const noexcept {
    return {now.micros,   law_date, has_law_date ? 1 : 0, adopt.data(), adopt.size(), std::int64_t(undue_delay.count()),
            std::int64_t(expeditiously.count())};
  }
};
struct source {  // a rule file
  std::string name, text;
};

// --- packs ----------------------------------------------------------------------------------------------------------

struct signed_pack;  // exequatur_signed.hpp

// Compiled rules: immutable, shared by copies and by threads.
class pack {
  friend struct signed_pack;

 public:
  pack() noexcept {}
  // Loads a pack from memory, which may be freed afterwards, or from a file.
  static result<pack> load(const std::uint8_t* bytes, std::size_t size) { return make(exq_pack_load, bytes, size); }
  static result<pack> load_file(string_view path) { return make(exq_pack_load_file, path.data(), path.size()); }
  // Compiles rule files; `zones` is a pack whose time zones may be used. Only where `has_compiler()`.
  static result<pack> compile(const std::vector<source>& sources, const pack& zones = pack()) {
    std::vector<exq_source> raw;
    for (const source& one : sources) {
      raw.push_back({{one.name.data(), one.name.size()}, {one.text.data(), one.text.size()}});
    }
    return make(exq_pack_compile, raw.data(), raw.size(), zones.get());
  }
  explicit operator bool() const noexcept { return handle_ != nullptr; }
  const exq_pack* get() const noexcept { return handle_.get(); }

  // The bytes of the pack, borrowed; what they are, and what names and types they have, in short.
  result<exq_bytes> bytes() const { return ask<exq_bytes>(exq_pack_bytes); }
  result<exequatur::digest> digest() const { return ask<exequatur::digest, exq_digest>(exq_pack_digest); }
  result<exequatur::digest> schema_hash() const { return ask<exequatur::digest, exq_digest>(exq_pack_schema_hash); }
  // An error (code::schema) unless names and types are those for which a host was written: see `exq bind`.
  EXEQUATUR_NODISCARD result<void> expect_schema(const exq_digest& expected) const {
    return detail::run(exq_pack_expect_schema, get(), &expected);
  }
  // Whether its guards and properties are proved; false on every error.
  bool is_proved() const noexcept {
    std::int32_t yes = 0;
    return exq_pack_is_proved(get(), &yes, nullptr) == EXQ_OK && yes != 0;
  }
  // The enumeration of places, or `no_id`.
  result<std::uint32_t> territory() const { return ask<std::uint32_t>(exq_pack_territory); }
  // How many things of a kind there are; the id of a name, the name of an id, and what is written about it.
  result<std::uint32_t> count(kind of) const { return ask<std::uint32_t>(exq_pack_count, number(of)); }
  result<std::uint32_t> find(kind of, string_view name) const {
    return ask<std::uint32_t>(exq_pack_find, number(of), name.data(), name.size());
  }
  result<string_view> name(kind of, std::uint32_t id) const { return ask_text(exq_pack_name, number(of), id); }
  result<string_view> text(kind of, std::uint32_t id, text_kind which, language in) const {
    return ask_text(exq_pack_text, number(of), id, number(which), number(in));
  }
  // The same for the members of an enumeration.
  result<std::uint32_t> member_count(std::uint32_t enumeration) const {
    return ask<std::uint32_t>(exq_pack_member_count, enumeration);
  }
  result<std::uint32_t> find_member(std::uint32_t enumeration, string_view name) const {
    return ask<std::uint32_t>(exq_pack_member_find, enumeration, name.data(), name.size());
  }
  result<string_view> member_name(std::uint32_t enumeration, std::uint32_t id) const {
    return ask_text(exq_pack_member_name, enumeration, id);
  }
  result<string_view> member_label(std::uint32_t enumeration, std::uint32_t id, language in) const {
    return ask_text(exq_pack_member_label, enumeration, id, number(in));
  }
  // What is known of a source pack, a fact, a norm, a version of a rule.
  result<exequatur::instrument> instrument(std::uint32_t id) const {
    return ask<exequatur::instrument, exq_instrument>(exq_pack_instrument, id);
  }
  result<exequatur::fact> fact(std::uint32_t id) const { return ask<exequatur::fact, exq_fact>(exq_pack_fact, id); }
  result<exequatur::norm> norm(std::uint32_t id) const { return ask<exequatur::norm, exq_norm>(exq_pack_norm, id); }
  result<exequatur::rule_version> rule_version(std::uint32_t id) const {
    return ask<exequatur::rule_version>(exq_pack_rule_version, id);
  }
  // The articles on which a version rests; words of the law that it does not put into rules (`index` as counted there).
  result<std::vector<citation>> citations(std::uint32_t version) const {
    const result<exequatur::rule_version> of = rule_version(version);
    if (!of) return of.error();
    return detail::each<citation, exq_citation>(of.value().citations, exq_pack_citation, get(), version);
  }
  result<string_view> untranslated(std::uint32_t version, std::uint32_t index, language in) const {
    return ask_text(exq_pack_untranslated, version, index, number(in));
  }
  // The JSON Schema of cases.
  result<std::string> case_schema() const { return detail::fill(exq_pack_case_schema, get()); }

 private:
  template <class Value, class Raw = Value, class Function, class... Arguments>
  result<Value> ask(Function call, Arguments... arguments) const {
    return detail::ask<Value, Raw>(call, get(), arguments...);
  }
  template <class Function, class... Arguments>
  result<string_view> ask_text(Function call, Arguments... arguments) const {
    return detail::ask_text(call, get(), arguments...);
  }
  template <class Function, class... Arguments>
  static result<pack> make(Function call, Arguments... arguments) {
    if (exq_abi_version() != EXQ_ABI_VERSION) {
      return error(code::unsupported, "the library speaks version " + std::to_string(exq_abi_version()) +
                   " of the C interface, expected " + std::to_string(EXQ_ABI_VERSION), "exq_abi_version");
    }
    const result<exq_pack*> handle = detail::ask<exq_pack*>(call, arguments...);
    if (!handle) return handle.error();
    pack made;
    made.handle_.reset(handle.value(), exq_pack_free);
    return made;
  }
  std::shared_ptr<exq_pack> handle_;
};

namespace detail {
// What a case and a decision share: a handle of their own, and the pack in which names are looked up.
template <class Handle, void (*Free)(Handle*)>
class owner {
 public:
  explicit operator bool() const noexcept { return handle_ != nullptr; }
  Handle* get() const noexcept { return handle_.get(); }

 protected:
  struct freer {
    void operator()(Handle* handle) const noexcept { Free(handle); }
  };
  template <class Owner, class Function>
  static result<Owner> make(Function call, const pack& rules) {
    const result<Handle*> handle = ask<Handle*>(call, rules.get());
    if (!handle) return handle.error();
    Owner made;
    made.pack_ = rules;
    made.handle_.reset(handle.value());
    return made;
  }
  result<std::uint32_t> find(kind of, const key& what) const {
    return what.named() ? pack_.find(of, what.name()) : result<std::uint32_t>(what.id());
  }
  pack pack_;
  std::unique_ptr<Handle, freer> handle_;
};
}  // namespace detail

// --- cases ----------------------------------------------------------------------------------------------------------

// What is known of one request. Of a fact that was never set, nothing is said.
class case_file : public detail::owner<exq_case, exq_case_free> {
  friend class detail::owner<exq_case, exq_case_free>;

 public:
  static result<case_file> make(const pack& rules) { return owner::make<case_file>(exq_case_new, rules); }
  // Forgets all that was said.
  EXEQUATUR_NODISCARD result<void> clear() { return detail::run(exq_case_clear, get()); }
  // Says what a fact is. A name may also be an event's; an id is a fact's. What is refused changes nothing.
  EXEQUATUR_NODISCARD result<void> set(const key& fact, const value& said) { return put(kind::fact, fact, said); }
  // Says when an event happened (an instant), that it did not happen, or that this is unknown.
  EXEQUATUR_NODISCARD result<void> set_event(const key& event, const value& said) { return put(kind::event, event, said); }
  // Forgets what was said of one thing.
  EXEQUATUR_NODISCARD result<void> unset(const key& fact) { return put(kind::fact, fact, value()); }
  EXEQUATUR_NODISCARD result<void> unset_event(const key& event) { return put(kind::event, event, value()); }
  // What was said of it.
  result<value> get(const key& fact) const { return look(kind::fact, fact); }
  result<value> get_event(const key& event) const { return look(kind::event, event); }
  using owner::get;
  // Takes a case as JSON, whole and in place of all that was said, or nothing of it.
  EXEQUATUR_NODISCARD result<void> set_json(string_view json) {
    return detail::run(exq_case_set_json, get(), json.data(), json.size());
  }

 private:
  result<exq_named> input(kind of, const key& what) const {
    const result<std::uint32_t> id = find(of, what);
    if (!id && id.error().code() == code::name && of == kind::fact) {
      const result<std::uint32_t> event = find(kind::event, what);
      if (event) return exq_named{EXQ_KIND_EVENT, event.value()};
    }
    if (!id) return id.error();
    return exq_named{number(of), id.value()};
  }
  result<value> look(kind of, const key& what) const {
    const result<exq_named> to = input(of, what);
    if (!to) return to.error();
    return detail::ask<value, exq_value>(exq_case_get, get(), to.value().kind, to.value().id);
  }
  result<void> put(kind of, const key& what, const value& said) {
    const result<exq_named> to = input(of, what);
    if (!to) return to.error();
    exq_value raw = said.raw();
    if (!said.names().empty() && to.value().kind == EXQ_KIND_FACT) {
      const result<exequatur::fact> fact = pack_.fact(to.value().id);
      if (!fact) return fact.error();
      for (const std::string& name : said.names()) {
        if (fact.value().enumeration == no_id) break;  // then the library says which type it expects
        const result<std::uint32_t> one = pack_.find_member(fact.value().enumeration, name);
        if (!one) return one.error();
        if (raw.type == EXQ_TYPE_MEMBER) raw.number = one.value();
        else raw.members[one.value() / 64 % 4] |= std::uint64_t(1) << (one.value() % 64);
      }
    }
    return detail::run(exq_case_set, get(), to.value().kind, to.value().id, &raw);
  }
};

// --- decisions ------------------------------------------------------------------------------------------------------

// The memory for an answer, and the answer: there is none before the first `decide`, nor after one that failed.
class decision : public detail::owner<exq_decision, exq_decision_free> {
  friend class detail::owner<exq_decision, exq_decision_free>;

 public:
  static result<decision> make(const pack& rules) { return owner::make<decision>(exq_decision_new, rules); }
  // Decides a case as of an instant. The library reads no clock.
  EXEQUATUR_NODISCARD result<void> decide(const case_file& facts, const instant& now) {
    return detail::run(exq_decide, get(), facts.get(), now.micros);
  }
  EXEQUATUR_NODISCARD result<void> decide(const case_file& facts, const options& options) {
    const exq_options raw = options.raw();
    return detail::run(exq_decide_with, get(), facts.get(), &raw, sizeof raw);
  }
  // Decides many cases that differ from `base` in the columns of `rows` (exequatur.h says how), and calls
  // `each(row, decision)` after each, until it gives false. Gives how many were decided.
  template <class Each>
  result<std::size_t> decide_rows(const case_file& base, const exq_rows& rows, const options& options, Each each) {
    struct walk {
      Each& each;
      decision seen;
#if EXEQUATUR_CAN_THROW
      std::exception_ptr thrown;  // nothing may be thrown through the library: it waits here
#endif
      static std::int32_t next(void* user, std::size_t row, const exq_decision* raw) {
        walk& self = *static_cast<walk*>(user);
        bool more = false;
        self.seen.handle_.reset(const_cast<exq_decision*>(raw));  // lent, and given back below
#if EXEQUATUR_CAN_THROW
        try {
          more = self.each(row, static_cast<const decision&>(self.seen));
        } catch (...) {
          self.thrown = std::current_exception();
        }
#else
        more = self.each(row, static_cast<const decision&>(self.seen));
#endif
        static_cast<void>(self.seen.handle_.release());
        return more ? 0 : 1;
      }
    };
#if EXEQUATUR_CAN_THROW
    walk state{each, decision(), nullptr};
#else
    walk state{each, decision()};
#endif
    state.seen.pack_ = pack_;
    const exq_options raw = options.raw();
    std::size_t done = 0;
    const result<void> decided = detail::run(exq_decide_rows, get(), base.get(), &rows, &raw, sizeof raw, &walk::next,
                                             static_cast<void*>(&state), &done);
#if EXEQUATUR_CAN_THROW
    if (state.thrown) std::rethrow_exception(state.thrown);
#endif
    if (!decided) return decided.error();
    return done;
  }
  // Decides them all, and gives these norms in short: all norms of the first row, then of the next.
  result<std::vector<exequatur::brief>> brief_rows(const case_file& base, const exq_rows& rows, const options& options,
                                                   const std::vector<std::uint32_t>& norms) {
    std::vector<exq_brief> briefs(rows.row_count * norms.size());
    const exq_options raw = options.raw();
    const result<std::size_t> done = detail::ask<std::size_t>(
        [&](std::size_t* count, exq_error** fault) {
          return exq_decide_rows_into(get(), base.get(), &rows, &raw, sizeof raw, norms.data(), norms.size(),
                                      briefs.data(), briefs.size(), count, fault);
        });
    if (!done) return done.error();
    return std::vector<exequatur::brief>(briefs.begin(), briefs.end());
  }

  // Whether a norm is allowed at a place, or everywhere. False where that is not certain, and on every error: before a
  // decision was made, for a name that is not there.
  bool allows(const key& norm, const key& place) const noexcept {
    std::uint32_t at = place.id(), places = no_id;
    if (place.named() && (exq_pack_territory(pack_.get(), &places, nullptr) != EXQ_OK ||
                          exq_pack_member_find(pack_.get(), places, place.name().data(), place.name().size(), &at,
                                               nullptr) != EXQ_OK)) {
      return false;
    }
    return allowed(norm, at);
  }
  bool allows(const key& norm) const noexcept { return allowed(norm, no_id); }
  // Whether a person must look at it; true on every error.
  bool needs_human() const noexcept {
    std::int32_t yes = 1;
    return exq_decision_needs_human(get(), &yes, nullptr) != EXQ_OK || yes != 0;
  }
  // A norm in short.
  result<exequatur::brief> brief(const key& norm) const {
    const result<std::uint32_t> id = find(kind::norm, norm);
    if (!id) return id.error();
    return detail::ask<exequatur::brief, exq_brief>(exq_decision_brief, get(), id.value());
  }
  // The duties, earliest due first.
  result<std::vector<duty>> duties() const { return detail::list<duty, exq_duty>(exq_decision_duties, get()); }
  // All answers, those of packs that decide first; the effects of one, the operational one at its index.
  result<std::vector<answer>> answers() const {
    const result<std::uint32_t> count = detail::ask<std::uint32_t>(exq_decision_answer_count, get());
    if (!count) return count.error();
    auto all = detail::each<answer, exq_answer>(count.value(), exq_decision_answer, get());
    for (std::uint32_t at = 0; all && at < count.value(); ++at) all.value()[at].index = at;
    return all;
  }
  result<std::vector<effect>> effects(const answer& of) const {
    auto all = detail::each<effect, exq_effect>(of.effects, exq_decision_effect, get(), of.index);
    for (std::uint32_t at = 0; all && at < of.effects; ++at) {
      all.value()[at].answer = of.index;
      all.value()[at].index = at;
    }
    return all;
  }
  // The ceilings of an effect, other readings of its due, what it needs to know.
  result<std::vector<money>> amounts(const effect& of) const {
    return detail::each<money, exq_money>(of.amounts, exq_decision_amount, get(), of.answer, of.index);
  }
  result<std::vector<alternative>> alternatives(const effect& of) const {
    auto all = detail::each<alternative, exq_alternative>(of.alternatives, exq_decision_alternative, get(), of.answer,
                                                          of.index);
    for (std::uint32_t at = 0; all && at < of.alternatives; ++at) {
      all.value()[at].answer = of.answer;
      all.value()[at].effect = of.index;
      all.value()[at].index = at;
    }
    return all;
  }
  // How a due was counted, and the steps of the count: of an effect, of a duty, of another reading.
  result<exequatur::derivation> derivation(const effect& of) const { return counted(of.answer, of.index, no_id); }
  result<exequatur::derivation> derivation(const duty& of) const { return counted(of.answer, of.effect, no_id); }
  result<exequatur::derivation> derivation(const alternative& of) const {
    return counted(of.answer, of.effect, of.index);
  }
  result<std::vector<step>> steps(const effect& of) const { return walked(of.answer, of.index, no_id); }
  result<std::vector<step>> steps(const duty& of) const { return walked(of.answer, of.effect, no_id); }
  result<std::vector<step>> steps(const alternative& of) const { return walked(of.answer, of.effect, of.index); }
  result<std::vector<named>> needs(const effect& of) const {
    return detail::list<named, exq_named>(exq_decision_needs, get(), of.answer, of.index);
  }
  // What to ask for, most useful first; what was assumed because nothing was said; which rules are present.
  result<std::vector<missing_name>> missing() const {
    const result<std::uint32_t> count = detail::ask<std::uint32_t>(exq_decision_missing_count, get());
    if (!count) return count.error();
    return detail::each<missing_name, exq_missing>(count.value(), exq_decision_missing, get());
  }
  result<std::vector<named>> assumed() const { return detail::list<named, exq_named>(exq_decision_assumed, get()); }
  result<std::vector<rule_state>> rules() const {
    return detail::list<rule_state, exq_rule_state>(exq_decision_rules, get());
  }
  // When the same facts next give another decision: at an instant, or nothing.
  result<moment> next_change() const { return detail::ask<moment, exq_moment>(exq_decision_next_change, get()); }
  // The day whose law a source pack was read by.
  result<exequatur::law_date> law_date(const key& source) const {
    const result<std::uint32_t> id = find(kind::pack, source);
    if (!id) return id.error();
    exequatur::law_date read;
    std::int32_t decides = 0;
    const result<void> done = detail::run(exq_decision_law_date, get(), id.value(), &read.day, &decides);
    if (!done) return done.error();
    read.decides = decides != 0;
    return read;
  }
  // Which pack, which facts and which instant it rests on.
  result<exequatur::receipt> receipt() const {
    return detail::ask<exequatur::receipt, exq_receipt>(exq_decision_receipt, get());
  }
  // The decision as JSON, and in sentences.
  result<std::string> json(with flags = with::nothing) const {
    return detail::fill(exq_decision_json, get(), static_cast<std::uint32_t>(flags));
  }
  result<std::string> text(language in, with flags = with::nothing) const {
    return detail::fill(exq_decision_text, get(), number(in), static_cast<std::uint32_t>(flags));
  }
  // An official form that it fills, by name (`docs/FORMS.md`), as JSON: what the facts do not support is missing.
  result<std::string> form(string_view name, with flags = with::nothing) const {
    return detail::fill(exq_decision_form, get(), name.data(), name.size(), static_cast<std::uint32_t>(flags));
  }

 private:
  result<exequatur::derivation> counted(std::uint32_t answer, std::uint32_t effect, std::uint32_t alternative) const {
    return detail::ask<exequatur::derivation, exq_derivation>(exq_decision_derivation, get(), answer, effect, alternative);
  }
  result<std::vector<step>> walked(std::uint32_t answer, std::uint32_t effect, std::uint32_t alternative) const {
    return detail::list<step, exq_step>(exq_decision_steps, get(), answer, effect, alternative);
  }
  bool allowed(const key& norm, std::uint32_t place) const noexcept {
    std::uint32_t id = norm.id();
    std::int32_t yes = 0;
    return (!norm.named() || exq_pack_find(pack_.get(), EXQ_KIND_NORM, norm.name().data(), norm.name().size(), &id,
                                           nullptr) == EXQ_OK) &&
           exq_decision_allows(get(), id, place, &yes, nullptr) == EXQ_OK && yes != 0;
  }
};

// --- the library, instants and days ---------------------------------------------------------------------------------

inline string_view version() noexcept { return exq_version(); }
inline bool has_compiler() noexcept { return (exq_features() & EXQ_FEATURE_COMPILER) != 0; }
// Instants as RFC 3339, with an offset; days as 2026-09-04.
inline result<instant> parse_instant(string_view text) {
  return detail::ask<instant, std::int64_t>(exq_instant_parse, text.data(), text.size());
}
inline result<std::string> format_instant(const instant& at) { return detail::fill(exq_instant_format, at.micros); }
inline result<std::int32_t> parse_day(string_view text) {
  return detail::ask<std::int32_t>(exq_day_parse, text.data(), text.size());
}
inline result<std::string> format_day(std::int32_t day) { return detail::fill(exq_day_format, day); }

}  // inline namespace
}  // namespace exequatur

#endif  // EXEQUATUR_HPP
