// What the C++ tests share: a check that says where it failed and goes on, files as text, and the end of a run.
//
// Invariant: a program whose checks did not all hold, or that made none, ends with status 1. Why not a test library: the
// header under test promises to need nothing but a C++11 compiler, and so do its tests.
#ifndef EXEQUATUR_TESTS_CHECK_HPP
#define EXEQUATUR_TESTS_CHECK_HPP

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "exequatur.hpp"

namespace check {

inline int& made() { static int count = 0; return count; }
inline int& failed() { static int count = 0; return count; }

inline bool that(bool holds, const char* what, const char* file, int line) {
  ++made();
  if (!holds) {
    ++failed();
    std::fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
  }
  return holds;
}

// The result must be an error of this code at this place; gives the error, to look at its message.
template <class Result>
exequatur::error refused(const Result& result, exequatur::code code, const std::string& place, const char* file, int line) {
  const exequatur::error& error = result.error();
  const bool as_said = !result && error.code() == code && error.place() == place && !error.message().empty();
  that(as_said, "the call is refused as said", file, line);
  if (!as_said) {
    std::fprintf(stderr, "  got %s at `%s`: %s\n", std::string(exequatur::name(error.code())).c_str(), error.place().c_str(),
                 error.message().c_str());
  }
  return error;
}

inline bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
inline std::string text(exequatur::string_view view) { return std::string(view); }

inline std::string file(const std::string& path) {
  std::ifstream in(path.c_str(), std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

// The golden rules with the guard in the condition of the one that grants without it.
inline std::string guarded(std::string text) {
  const std::string open = "when offence.max_years >= 3\n";
  const std::size_t at = text.find(open);
  if (at != std::string::npos) {
    text.replace(at, open.size(), "when offence.max_years >= 3 and order.authenticated and order.issuer is judge\n");
  }
  return text;
}

inline int end() {
  std::printf("%d checks, %d failed\n", made(), failed());
  return made() > 0 && failed() == 0 ? 0 : 1;
}

}  // namespace check

#define CHECK(...) check::that(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, __FILE__, __LINE__)
#define REFUSED(result, code, place) check::refused((result), (code), (place), __FILE__, __LINE__)

#endif  // EXEQUATUR_TESTS_CHECK_HPP
