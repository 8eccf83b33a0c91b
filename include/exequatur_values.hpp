// The values of exequatur.hpp: text, numbers with names, errors and results, instants, sets, and what is said of a fact.
// Include exequatur.hpp, which begins with the contract; this file is a part of it.
//
// Invariant: a value owns what it holds, or says that it borrows, and a number that this header does not list is kept as
// it came. Why a file of its own: none of it needs a handle, and each file stays short enough to be read.
#ifndef EXEQUATUR_VALUES_HPP
#define EXEQUATUR_VALUES_HPP

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "exequatur.h"

#if EXQ_ABI_VERSION != 1
#error "exequatur.hpp is written for version 1 of the C interface: take both headers from one installation"
#endif
#if defined(__cpp_exceptions) || defined(__EXCEPTIONS) || defined(_CPPUNWIND)
#include <exception>
#define EXEQUATUR_CAN_THROW 1
#else
#define EXEQUATUR_CAN_THROW 0
#endif
#if __cplusplus >= 201703L || (defined(_MSVC_LANG) && _MSVC_LANG >= 201703L)
#include <string_view>
#define EXEQUATUR_STD_VIEW 1
#define EXEQUATUR_NODISCARD [[nodiscard]]
#define EXEQUATUR_NODISCARD_CLASS [[nodiscard]]
#else
#define EXEQUATUR_STD_VIEW 0
#define EXEQUATUR_NODISCARD_CLASS
#if defined(__GNUC__)
#define EXEQUATUR_NODISCARD __attribute__((warn_unused_result))
#else
#define EXEQUATUR_NODISCARD
#endif
#endif
#if defined(EXEQUATUR_EXCEPTIONS)
#if !EXEQUATUR_CAN_THROW
#error "EXEQUATUR_EXCEPTIONS needs exceptions, and this compilation has none"
#endif
#include <stdexcept>
#define EXEQUATUR_THROWS 1
#else
#define EXEQUATUR_THROWS 0
#endif
#define EXEQUATUR_JOIN(view, can, throws) v1_##view##can##throws
#define EXEQUATUR_VARIANT(view, can, throws) EXEQUATUR_JOIN(view, can, throws)
#define EXEQUATUR_NAMESPACE EXEQUATUR_VARIANT(EXEQUATUR_STD_VIEW, EXEQUATUR_CAN_THROW, EXEQUATUR_THROWS)

namespace exequatur {
inline namespace EXEQUATUR_NAMESPACE {

// --- text -----------------------------------------------------------------------------------------------------------

#if EXEQUATUR_STD_VIEW
using string_view = std::string_view;
#else
// Borrowed text, not NUL-terminated: as much of std::string_view as is needed here.
class string_view {
 public:
  string_view() noexcept : data_(nullptr), size_(0) {}
  string_view(const char* text) noexcept : data_(text), size_(text == nullptr ? 0 : std::strlen(text)) {}
  string_view(const char* text, std::size_t size) noexcept : data_(text), size_(size) {}
  string_view(const std::string& text) noexcept : data_(text.data()), size_(text.size()) {}
  const char* data() const noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  const char* begin() const noexcept { return data_; }
  const char* end() const noexcept { return data_ + size_; }
  explicit operator std::string() const { return size_ == 0 ? std::string() : std::string(data_, size_); }

 private:
  const char* data_;
  std::size_t size_;
};
inline bool operator==(string_view a, string_view b) noexcept {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}
inline bool operator!=(string_view a, string_view b) noexcept { return !(a == b); }
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, string_view text) {
  return out.write(text.data(), static_cast<std::streamsize>(text.size()));
}
#endif

// --- the numbers of the C interface, as types -----------------------------------------------------------------------

constexpr std::uint32_t no_id = EXQ_NONE;

enum class code : std::int32_t {
  ok = EXQ_OK, null = EXQ_E_NULL, handle = EXQ_E_HANDLE, busy = EXQ_E_BUSY, argument = EXQ_E_ARGUMENT, id = EXQ_E_ID,
  name = EXQ_E_NAME, utf8 = EXQ_E_UTF8, type = EXQ_E_TYPE, value = EXQ_E_VALUE, json = EXQ_E_JSON, pack = EXQ_E_PACK,
  source = EXQ_E_SOURCE, file = EXQ_E_FILE, other_pack = EXQ_E_OTHER_PACK, not_decided = EXQ_E_NOT_DECIDED,
  buffer = EXQ_E_BUFFER, length = EXQ_E_LENGTH, schema = EXQ_E_SCHEMA, unsupported = EXQ_E_UNSUPPORTED,
  memory = EXQ_E_MEMORY, panic = EXQ_E_PANIC, signature = EXQ_E_SIGNATURE, key = EXQ_E_KEY, forged = EXQ_E_FORGED,
  swapped = EXQ_E_SWAPPED, rolled_back = EXQ_E_ROLLED_BACK, expired = EXQ_E_EXPIRED
};
enum class language : std::int32_t { en = EXQ_LANG_EN, fr = EXQ_LANG_FR };
enum class kind : std::int32_t {
  pack = EXQ_KIND_PACK, enumeration = EXQ_KIND_ENUM, set = EXQ_KIND_SET, fact = EXQ_KIND_FACT, event = EXQ_KIND_EVENT,
  norm = EXQ_KIND_NORM, rule = EXQ_KIND_RULE, version = EXQ_KIND_VERSION,
  calendar = EXQ_KIND_CALENDAR
};
enum class text_kind : std::int32_t {
  title = EXQ_TEXT_TITLE, source = EXQ_TEXT_SOURCE, question = EXQ_TEXT_QUESTION, reason = EXQ_TEXT_REASON,
  label = EXQ_TEXT_LABEL
};
enum class value_type : std::int32_t {
  absent = EXQ_TYPE_ABSENT, boolean = EXQ_TYPE_BOOL, member = EXQ_TYPE_MEMBER, set = EXQ_TYPE_SET,
  integer = EXQ_TYPE_INT,
  money = EXQ_TYPE_MONEY, instant = EXQ_TYPE_INSTANT, unknown = EXQ_TYPE_UNKNOWN, not_happened = EXQ_TYPE_NOT_HAPPENED
};
enum class outcome : std::int32_t {
  none = EXQ_OUTCOME_NONE, may = EXQ_OUTCOME_MAY, must = EXQ_OUTCOME_MUST, must_not = EXQ_OUTCOME_MUST_NOT,
  undetermined = EXQ_OUTCOME_UNDETERMINED, conflict = EXQ_OUTCOME_CONFLICT, varies = EXQ_OUTCOME_VARIES,
  absent = EXQ_OUTCOME_ABSENT
};
enum class effect_value : std::int32_t {
  must = EXQ_EFFECT_MUST, may = EXQ_EFFECT_MAY, must_not = EXQ_EFFECT_MUST_NOT, lifted = EXQ_EFFECT_LIFTED
};
enum class state : std::int32_t {
  standing = EXQ_STATE_STANDING, undetermined = EXQ_STATE_UNDETERMINED, defeated = EXQ_STATE_DEFEATED,
  not_begun = EXQ_STATE_NOT_BEGUN, ended = EXQ_STATE_ENDED, withheld = EXQ_STATE_WITHHELD
};
enum class withheld : std::int32_t {
  none = EXQ_WHY_NONE, guard_false = EXQ_WHY_GUARD_FALSE, guard_unknown = EXQ_WHY_GUARD_UNKNOWN,
  conflict = EXQ_WHY_CONFLICT, undetermined = EXQ_WHY_UNDETERMINED, waiting = EXQ_WHY_WAITING, ended = EXQ_WHY_ENDED
};
enum class status : std::int32_t {
  waiting = EXQ_STATUS_WAITING, early = EXQ_STATUS_EARLY, running = EXQ_STATUS_RUNNING, met = EXQ_STATUS_MET,
  met_late = EXQ_STATUS_MET_LATE, breached = EXQ_STATUS_BREACHED, lapsed = EXQ_STATUS_LAPSED, open = EXQ_STATUS_OPEN,
  unknown = EXQ_STATUS_UNKNOWN, nothing = EXQ_STATUS_NOTHING
};
enum class pack_status : std::int32_t {
  law = EXQ_PACK_LAW, case_law = EXQ_PACK_CASE_LAW, policy = EXQ_PACK_POLICY, announced = EXQ_PACK_ANNOUNCED,
  voluntary = EXQ_PACK_VOLUNTARY, repealed = EXQ_PACK_REPEALED, lapsed = EXQ_PACK_LAPSED,
  annulled = EXQ_PACK_ANNULLED, vocabulary = EXQ_PACK_VOCABULARY
};
enum class checked : std::int32_t {
  verified = EXQ_CHECKED_VERIFIED, secondary = EXQ_CHECKED_SECONDARY, recalled = EXQ_CHECKED_RECALLED
};
enum class truth : std::int32_t {
  none = EXQ_TRUTH_NONE, no = EXQ_TRUTH_FALSE, yes = EXQ_TRUTH_TRUE, unknown = EXQ_TRUTH_UNKNOWN
};
enum class moment_kind : std::int32_t {
  nothing = EXQ_MOMENT_NOTHING, at = EXQ_MOMENT_AT, waiting = EXQ_MOMENT_WAITING, open = EXQ_MOMENT_OPEN,
  unknown = EXQ_MOMENT_UNKNOWN
};
enum class regime : std::int32_t {
  none = EXQ_REGIME_NONE, elapsed = EXQ_REGIME_ELAPSED, eu_1182_71 = EXQ_REGIME_EU_1182_71, fr_cpc = EXQ_REGIME_FR_CPC,
  us_frcp_6 = EXQ_REGIME_US_FRCP_6
};
enum class step_kind : std::int32_t {
  event = EXQ_STEP_EVENT, hour_not_counted = EXQ_STEP_HOUR_NOT_COUNTED, hours_from = EXQ_STEP_HOURS_FROM,
  day_not_counted = EXQ_STEP_DAY_NOT_COUNTED, first_day = EXQ_STEP_FIRST_DAY, skipped = EXQ_STEP_SKIPPED,
  same_number = EXQ_STEP_SAME_NUMBER, last_of_month = EXQ_STEP_LAST_OF_MONTH, last_day = EXQ_STEP_LAST_DAY,
  not_rolled_over = EXQ_STEP_NOT_ROLLED_OVER, rolled_over = EXQ_STEP_ROLLED_OVER,
  two_working_days = EXQ_STEP_TWO_WORKING_DAYS, same_time = EXQ_STEP_SAME_TIME, end = EXQ_STEP_END
};
enum class skipped : std::int32_t {
  none = EXQ_SKIPPED_NONE, weekend = EXQ_SKIPPED_WEEKEND, holiday = EXQ_SKIPPED_HOLIDAY
};
enum class ceiling : std::int32_t {
  none = EXQ_CEILING_NONE, unknown = EXQ_CEILING_UNKNOWN, amounts = EXQ_CEILING_AMOUNTS
};
// What JSON and sentences carry besides: `with::texts | with::receipt`.
enum class with : std::uint32_t { nothing = 0, texts = EXQ_WITH_TEXTS, receipt = EXQ_WITH_RECEIPT, pretty = EXQ_PRETTY };
constexpr with operator|(with a, with b) noexcept {
  return static_cast<with>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}
// The number of a constant, listed or not.
template <class Enumeration>
constexpr std::int32_t number(Enumeration value) noexcept { return static_cast<std::int32_t>(value); }

namespace detail {
// The word of a number in a list of words, each closed by NUL; empty for a number beyond the list.
inline string_view word(std::int32_t number, const char* words) noexcept {
  for (; number > 0 && *words != '\0'; --number) words += std::strlen(words) + 1;
  return number < 0 ? string_view() : string_view(words);
}
}  // namespace detail

// Words for these, as decision JSON has them where it does; empty for a number that this header does not list.
#define EXEQUATUR_NAME(Enumeration, words) \
  inline string_view name(Enumeration value) noexcept { return detail::word(number(value), words); }
EXEQUATUR_NAME(outcome, "none\0may\0must\0must_not\0undetermined\0conflict\0varies\0")
EXEQUATUR_NAME(effect_value, "must\0may\0must_not\0lifted\0")
EXEQUATUR_NAME(state, "standing\0undetermined\0defeated\0not_begun\0ended\0withheld\0")
EXEQUATUR_NAME(withheld, "guard_false\0guard_unknown\0conflict\0undetermined\0waiting\0ended\0")
EXEQUATUR_NAME(status, "waiting\0early\0running\0met\0met_late\0breached\0lapsed\0open\0unknown\0nothing\0")
EXEQUATUR_NAME(pack_status, "law\0case_law\0policy\0announced\0voluntary\0repealed\0lapsed\0annulled\0vocabulary\0")
EXEQUATUR_NAME(checked, "verified\0secondary\0recalled\0")
EXEQUATUR_NAME(truth, "false\0true\0unknown\0")
EXEQUATUR_NAME(moment_kind, "nothing\0at\0waiting\0open\0unknown\0")
EXEQUATUR_NAME(regime, "elapsed\0eu_1182_71\0fr_cpc\0us_frcp_6\0")
EXEQUATUR_NAME(step_kind, "event\0hour_not_counted\0hours_from\0day_not_counted\0first_day\0skipped\0same_number\0"
               "last_of_month\0last_day\0not_rolled_over\0rolled_over\0two_working_days\0same_time\0end\0")
EXEQUATUR_NAME(skipped, "weekend\0holiday\0")
EXEQUATUR_NAME(kind, "pack\0enum\0set\0fact\0event\0norm\0rule\0version\0calendar\0")
#undef EXEQUATUR_NAME
inline string_view name(code value) noexcept {  // such as EXQ_E_NAME
  const char* word = exq_status_name(number(value));
  return word == nullptr ? string_view() : string_view(word);
}

// --- errors and results ---------------------------------------------------------------------------------------------

struct finding {  // of the compiler, in rule source
  std::string code, message, file;
  std::uint32_t line, column;
};

// What went wrong: a code, a sentence, where (an argument, a place in JSON, a file), and the compiler's findings.
class error {
 public:
  error() noexcept : code_(exequatur::code::ok) {}
  error(exequatur::code code, std::string message, std::string place)
      : code_(code), said_(std::make_shared<const words>(words{std::move(message), std::move(place), {}})) {}
  error(exq_status status, exq_error* from) : code_(static_cast<exequatur::code>(status)) {  // takes `from` over
    const std::unique_ptr<exq_error, void (*)(exq_error*)> owned(from, exq_error_free);
    if (from == nullptr) return;  // as where there was no memory for one
    words said{text(exq_error_message(from)), text(exq_error_place(from)), {}};
    exq_finding one;
    for (std::size_t at = 0; exq_error_finding(from, at, &one) == EXQ_OK; ++at) {
      said.findings.push_back({text(one.code), text(one.message), text(one.file), one.line, one.column});
    }
    said_ = std::make_shared<const words>(std::move(said));
  }
  exequatur::code code() const noexcept { return code_; }
  std::string message() const { return said_ ? said_->message : std::string(name(code_)); }
  std::string place() const { return said_ ? said_->place : std::string(); }
  std::vector<finding> findings() const { return said_ ? said_->findings : std::vector<finding>(); }
  std::string what() const {  // the message, and the place where the message does not name it
    return place().empty() || message().find(place()) != std::string::npos ? message() : message() + " (at " + place() + ")";
  }

 private:
  struct words {
    std::string message, place;
    std::vector<finding> findings;
  };
  static std::string text(const char* words) { return words == nullptr ? "" : words; }
  static std::string text(const exq_str& words) { return words.len == 0 ? "" : std::string(words.ptr, words.len); }
  exequatur::code code_;
  std::shared_ptr<const words> said_;
};

#if EXEQUATUR_THROWS
// What `value()` of a failed result throws.
class failure : public std::runtime_error {
 public:
  explicit failure(exequatur::error error) : std::runtime_error(error.what()), error_(std::move(error)) {}
  const exequatur::error& error() const noexcept { return error_; }

 private:
  exequatur::error error_;
};
#endif

namespace detail {
class outcome_of_call {
 public:
  explicit operator bool() const noexcept { return error_.code() == code::ok; }
  // The error; its code is code::ok where there is none.
  const exequatur::error& error() const noexcept { return error_; }

 protected:
  outcome_of_call() noexcept {}
  explicit outcome_of_call(exequatur::error error) noexcept : error_(std::move(error)) {}
  void check() const {
    if (*this) return;
#if EXEQUATUR_THROWS
    throw failure(error_);
#else
    std::fprintf(stderr, "exequatur: a failed result has no value: %s\n", error_.what().c_str());
    std::abort();
#endif
  }

 private:
  exequatur::error error_;
};
}  // namespace detail

// A value, or the error for which there is none: true when there is a value.
template <class Value>
class EXEQUATUR_NODISCARD_CLASS result : public detail::outcome_of_call {
  static_assert(!std::is_same<Value, bool>::value, "its truth would be taken for its value");

 public:
  result(Value value) : value_(std::move(value)) {}
  result(exequatur::error error) : outcome_of_call(std::move(error)), value_() {}
  // The value. Without one, the program ends, or `failure` is thrown: see "Errors" above.
  Value& value() & { return check(), value_; }
  const Value& value() const& { return check(), value_; }
  Value value() && { return check(), std::move(value_); }
  Value value_or(Value other) && { return *this ? std::move(value_) : std::move(other); }

 private:
  Value value_;
};
template <>
class EXEQUATUR_NODISCARD_CLASS result<void> : public detail::outcome_of_call {
 public:
  result() noexcept {}
  result(exequatur::error error) noexcept : outcome_of_call(std::move(error)) {}
  void value() const { check(); }
};

namespace detail {
inline string_view view(const exq_str& text) noexcept {
  return text.len == 0 ? string_view() : string_view(text.ptr, text.len);
}
template <class Function, class... Arguments>
result<void> run(Function call, Arguments... arguments) {
  exq_error* fault = nullptr;
  const exq_status status = call(arguments..., &fault);
  if (status != EXQ_OK) return error(status, fault);
  return result<void>();
}
// Calls a function that puts its answer where its last argument before the error points.
template <class Value, class Raw = Value, class Function, class... Arguments>
result<Value> ask(Function call, Arguments... arguments) {
  Raw raw = Raw();
  const result<void> done = run(call, arguments..., &raw);
  if (!done) return done.error();
  return Value(raw);
}
template <class Function, class... Arguments>
result<string_view> ask_text(Function call, Arguments... arguments) {
  const result<exq_str> text = ask<exq_str>(call, arguments...);
  if (!text) return text.error();
  return view(text.value());
}
// Calls a function that fills a buffer with text, or an array: first for the size, then for what goes in.
template <class Function, class... Arguments>
result<std::string> fill(Function call, Arguments... arguments) {
  std::size_t needed = 0;
  result<void> done = run(call, arguments..., static_cast<char*>(nullptr), std::size_t(0), &needed);
  std::string text(needed, '\0');
  if (done && needed > 0) done = run(call, arguments..., &text[0], text.size(), &needed);
  if (!done) return done.error();
  text.resize(needed > 0 ? needed - 1 : 0);  // without the closing NUL
  return text;
}
template <class Value, class Raw, class Function, class... Arguments>
result<std::vector<Value>> list(Function call, Arguments... arguments) {
  std::size_t count = 0;
  result<void> done = run(call, arguments..., static_cast<Raw*>(nullptr), std::size_t(0), &count);
  std::vector<Raw> raw(count);
  if (done && count > 0) done = run(call, arguments..., raw.data(), raw.size(), &count);
  if (!done) return done.error();
  return std::vector<Value>(raw.begin(), raw.end());
}
// Asks for each of `count` elements: all of them, or the error.
template <class Value, class Raw, class Function, class... Arguments>
result<std::vector<Value>> each(std::uint32_t count, Function call, Arguments... arguments) {
  std::vector<Value> all;
  for (std::uint32_t index = 0; index < count; ++index) {
    const result<Raw> raw = ask<Raw>(call, arguments..., index);
    if (!raw) return raw.error();
    all.push_back(Value(raw.value()));
  }
  return all;
}
// A number of the C interface, which becomes the enumeration or the truth that it is put into.
struct as {
  std::int32_t raw;
  template <class Typed>
  operator Typed() const noexcept { return static_cast<Typed>(raw); }
};
// Whole numbers whose every value fits an int64: neither bool nor characters.
template <class T>
struct is_integer
    : std::integral_constant<bool, std::is_integral<T>::value && !std::is_same<T, bool>::value &&
                                       !std::is_same<T, char>::value && !std::is_same<T, wchar_t>::value &&
                                       !std::is_same<T, char16_t>::value && !std::is_same<T, char32_t>::value &&
                                       (std::is_signed<T>::value || sizeof(T) < sizeof(std::int64_t))> {};
template <class T>
struct is_other_number : std::integral_constant<bool, std::is_arithmetic<T>::value && !std::is_same<T, bool>::value &&
                                                          !is_integer<T>::value> {};
}  // namespace detail

// --- what goes in and comes out -------------------------------------------------------------------------------------

// A point in time, in microseconds since 1970-01-01T00:00Z. A finer clock is taken at the microsecond that has begun.
struct instant {
  std::int64_t micros;
  instant(std::int64_t microseconds = 0) noexcept : micros(microseconds) {}
  template <class Duration>
  instant(const std::chrono::time_point<std::chrono::system_clock, Duration>& at) noexcept {
    auto whole = std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch());
    if (whole > at.time_since_epoch()) whole -= std::chrono::microseconds(1);
    micros = static_cast<std::int64_t>(whole.count());
  }
  std::chrono::system_clock::time_point time() const noexcept {
    const std::chrono::microseconds since(micros);
    return std::chrono::system_clock::time_point(std::chrono::duration_cast<std::chrono::system_clock::duration>(since));
  }
};
inline bool operator==(const instant& a, const instant& b) noexcept { return a.micros == b.micros; }
inline bool operator!=(const instant& a, const instant& b) noexcept { return a.micros != b.micros; }
inline bool operator<(const instant& a, const instant& b) noexcept { return a.micros < b.micros; }

// An instant, or why there is none; of a due, whether it is the service level of the host, and so none of the law.
struct moment {
  moment_kind kind;
  instant at;
  bool service_level;
  explicit moment(const exq_moment& raw = exq_moment()) noexcept
      : kind(detail::as{raw.kind}), at(raw.at), service_level(raw.service_level != 0) {}
  bool is_at() const noexcept { return kind == moment_kind::at; }
};

struct digest : exq_digest {  // 32 bytes of SHA-256
  explicit digest(const exq_digest& raw = exq_digest()) noexcept : exq_digest(raw) {}
  std::string hex() const {
    std::string text;
    for (const std::uint8_t byte : bytes) (text += "0123456789abcdef"[byte >> 4]) += "0123456789abcdef"[byte & 15];
    return text;
  }
};
inline bool operator==(const digest& a, const digest& b) noexcept { return std::memcmp(a.bytes, b.bytes, 32) == 0; }
inline bool operator!=(const digest& a, const digest& b) noexcept { return !(a == b); }

// Members of an enumeration, by id and in that order. A territory is one, and may be everywhere: then it contains every
// place, and there is nothing to walk over.
class member_set {
 public:
  explicit member_set(const std::uint64_t (&words)[4], bool everywhere = false) : everywhere_(everywhere) {
    for (std::uint32_t id = 0; !everywhere && id < 256; ++id) {
      if (((words[id / 64] >> (id % 64)) & 1u) != 0) ids_.push_back(id);
    }
  }
  bool everywhere() const noexcept { return everywhere_; }
  bool contains(std::uint32_t id) const noexcept {
    return everywhere_ || std::binary_search(ids_.begin(), ids_.end(), id);
  }
  bool empty() const noexcept { return !everywhere_ && ids_.empty(); }
  std::size_t size() const noexcept { return ids_.size(); }
  std::vector<std::uint32_t>::const_iterator begin() const noexcept { return ids_.begin(); }
  std::vector<std::uint32_t>::const_iterator end() const noexcept { return ids_.end(); }

 private:
  std::vector<std::uint32_t> ids_;
  bool everywhere_;
};

// An amount in minor units: `money(25000000, "EUR")` is 250 000 euros.
struct money {
  std::int64_t minor = 0;
  std::string currency;
  std::uint32_t decimals = 0;  // how many the currency has; the library says it, and does not ask for it
  money() {}
  money(std::int64_t minor_units, std::string code) : minor(minor_units), currency(std::move(code)) {}
  explicit money(const exq_money& raw)
      : minor(raw.minor), currency(reinterpret_cast<const char*>(raw.currency), 3), decimals(raw.decimals) {}
};

// A member of an enumeration by its id, where a plain number would be an integer.
struct member {
  std::uint32_t id;
  explicit member(std::uint32_t number) noexcept : id(number) {}
};

// What is said of a fact or an event: yes or no, a whole number, a member by name or id, a list of members by name,
// money, an instant, that it is unknown, that it has not happened.
class value {
 public:
  explicit value() noexcept : raw_() {}  // nothing is said; explicit, so that {} is refused rather than guessed
  explicit value(const exq_value& raw) noexcept : raw_(raw) {}
  template <class T, typename std::enable_if<std::is_same<T, bool>::value, int>::type = 0>
  value(T yes) noexcept : value(EXQ_TYPE_BOOL, yes ? 1 : 0) {}
  template <class T, typename std::enable_if<detail::is_integer<T>::value, long>::type = 0>
  value(T number) noexcept : value(EXQ_TYPE_INT, static_cast<std::int64_t>(number)) {}
  template <class T, typename std::enable_if<detail::is_other_number<T>::value, char>::type = 0>
  value(T) = delete;  // a character, a float, or a number that an int64 may not hold
  value(exequatur::member one) noexcept : value(EXQ_TYPE_MEMBER, one.id) {}
  value(const char* name) : value(string_view(name == nullptr ? "" : name)) {}
  value(const std::string& name) : value(string_view(name)) {}
  value(string_view name) : value(EXQ_TYPE_MEMBER, 0) { names_.emplace_back(name); }
  value(std::initializer_list<const char*> names) : value(EXQ_TYPE_SET, 0) { names_.assign(names.begin(), names.end()); }
  value(std::vector<std::string> names) : value(EXQ_TYPE_SET, 0) { names_ = std::move(names); }
  value(const exequatur::instant& at) noexcept : value(EXQ_TYPE_INSTANT, at.micros) {}
  template <class Duration>
  value(const std::chrono::time_point<std::chrono::system_clock, Duration>& at) : value(exequatur::instant(at)) {}
  value(const exequatur::money& amount) : value(EXQ_TYPE_MONEY, amount.minor) {
    std::memcpy(raw_.currency, amount.currency.data(), std::min(amount.currency.size(), sizeof raw_.currency));
  }
  static value unknown() noexcept { return value(EXQ_TYPE_UNKNOWN, 0); }
  static value not_happened() noexcept { return value(EXQ_TYPE_NOT_HAPPENED, 0); }

  value_type type() const noexcept { return detail::as{raw_.type}; }
  // What is said, by its type: 0 or 1, the integer, the id of the member, minor units, microseconds.
  std::int64_t number() const noexcept { return raw_.number; }
  exequatur::instant at() const noexcept { return raw_.number; }
  std::string currency() const { return std::string(reinterpret_cast<const char*>(raw_.currency), 3); }
  member_set members() const { return member_set(raw_.members); }
  // What the C interface is given, once the names of members have become ids.
  const exq_value& raw() const noexcept { return raw_; }
  const std::vector<std::string>& names() const noexcept { return names_; }

 private:
  value(std::int32_t type, std::int64_t number) noexcept : raw_() {
    raw_.type = type;
    raw_.number = number;
  }
  exq_value raw_;
  std::vector<std::string> names_;
};

// The id of something, or its name for as long as one call lasts. A number that is no id becomes `no_id`.
class key {
 public:
  key(std::uint32_t id) noexcept : id_(id), named_(false) {}
  template <class T, typename std::enable_if<detail::is_integer<T>::value, int>::type = 0>
  key(T id) noexcept : key(id < T() || std::uint64_t(id) > EXQ_NONE ? EXQ_NONE : static_cast<std::uint32_t>(id)) {}
  key(const char* name) noexcept : key(string_view(name == nullptr ? "" : name)) {}
  key(const std::string& name) noexcept : key(string_view(name)) {}
  key(string_view name) noexcept : id_(EXQ_NONE), named_(true), name_(name) {}
  bool named() const noexcept { return named_; }
  std::uint32_t id() const noexcept { return id_; }
  string_view name() const noexcept { return name_; }

 private:
  std::uint32_t id_;
  bool named_;
  string_view name_;
};

}  // inline namespace
}  // namespace exequatur

#endif  // EXEQUATUR_VALUES_HPP
