// Many cases in one call, for C++11 and later: include it beside exequatur.hpp, with whose rules it lives.
//
// Cases go in as JSON, one on each line, as columns of numbers, or one by one; the answers come out as vectors of the plain
// records of exequatur.h. A case that is refused keeps its number and its error, has no answer, and stops no other.
//
//     auto many = exequatur::batch::make(rules, 10000).value();
//     many.add_json(lines);
//     many.decide(exequatur::options(now));
//     for (const exq_batch_row& row : many.rows().value()) look_at(row);
#ifndef EXEQUATUR_BATCH_HPP
#define EXEQUATUR_BATCH_HPP

#include "exequatur.hpp"

namespace exequatur {
inline namespace EXEQUATUR_NAMESPACE {

// Many cases of one pack, and the answers to all of them.
class batch : public detail::owner<exq_batch, exq_batch_free> {
  friend class detail::owner<exq_batch, exq_batch_free>;

 public:
  // Room for so many cases.
  static result<batch> make(const pack& rules, std::size_t most) {
    return owner::make<batch>(
        [most](const exq_pack* of, exq_batch** out, exq_error** fault) { return exq_batch_new(of, most, out, fault); },
        rules);
  }
  // Forgets all cases and answers, and keeps their memory.
  EXEQUATUR_NODISCARD result<void> clear() { return detail::run(exq_batch_clear, get()); }
  // How many cases there are, those that were refused among them.
  result<std::size_t> count() const { return detail::ask<std::size_t>(exq_batch_count, get()); }
  // Adds a copy of a case; a case from each line; cases in columns (exequatur.h says how).
  EXEQUATUR_NODISCARD result<void> add(const case_file& facts) { return detail::run(exq_batch_add, get(), facts.get()); }
  EXEQUATUR_NODISCARD result<void> add_json(string_view lines) {
    return detail::run(exq_batch_add_json, get(), lines.data(), lines.size());
  }
  EXEQUATUR_NODISCARD result<void> add_columns(const std::vector<exq_batch_column>& columns, std::size_t cases) {
    return detail::run(exq_batch_add_columns, get(), columns.data(), columns.size(), cases);
  }
  // Decides all cases at one instant, and keeps briefs of `norms`.
  EXEQUATUR_NODISCARD result<void> decide(const options& options, const std::vector<std::uint32_t>& norms = {}) {
    const exq_options raw = options.raw();
    return detail::run(exq_batch_decide, get(), &raw, sizeof raw, static_cast<const std::int64_t*>(nullptr),
                       std::size_t(0), norms.data(), norms.size());
  }
  // As `decide`, each case at its own instant, in microseconds of UTC.
  EXEQUATUR_NODISCARD result<void> decide_each(const options& options, const std::vector<std::int64_t>& instants,
                                               const std::vector<std::uint32_t>& norms = {}) {
    const exq_options raw = options.raw();
    return detail::run(exq_batch_decide, get(), &raw, sizeof raw, instants.data(), instants.size(), norms.data(),
                       norms.size());
  }
  // What came of each case; every effect of every answer; the norms that were asked for in short, case after case.
  result<std::vector<exq_batch_case>> cases() const {
    return detail::list<exq_batch_case, exq_batch_case>(exq_batch_cases, get());
  }
  result<std::vector<exq_batch_row>> rows() const {
    return detail::list<exq_batch_row, exq_batch_row>(exq_batch_rows, get());
  }
  result<std::vector<brief>> briefs() const { return detail::list<brief, exq_brief>(exq_batch_briefs, get()); }
  // Why a case has no decision; no error if it has one.
  result<void> refusal(std::size_t index) const { return detail::run(exq_batch_refusal, get(), index); }
  // Makes `into` the whole decision of one case.
  EXEQUATUR_NODISCARD result<void> decision_of(std::size_t index, decision& into) const {
    return detail::run(exq_batch_decision, get(), index, into.get());
  }
};

}  // inline namespace
}  // namespace exequatur

#endif  // EXEQUATUR_BATCH_HPP
