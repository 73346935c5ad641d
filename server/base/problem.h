#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/assert/source_location.hpp>

namespace wujin {

enum class Language : std::uint8_t { chinese, english };

// Every expected failure of the product, once. The slug, the texts in both languages and nothing else hang on it
// (problem.cpp); only server/http/problem_response.cpp knows which HTTP status each becomes.
enum class ProblemCode : std::uint16_t {
#define WUJIN_PROBLEM(code, slug, chinese, english) code,
#include "base/problem_catalogue.inc"
#undef WUJIN_PROBLEM
};

// The stable name a program may compare, such as "validation" or "stale".
std::string_view slug(ProblemCode code);

// A value a text names, such as {"limit", "5000"} for "{limit}".
using ProblemParameter = std::pair<std::string, std::string>;

// One field that is wrong, and why. `field` is the path in the request, such as "photos[2].bytes".
struct Fault {
  std::string field;
  ProblemCode code;
  std::vector<ProblemParameter> parameters;
};

// Why something asked for was not done. Carries what the caller may read (code, faults, parameters) apart from what only the log
// may read (cause).
class Problem {
 public:
  Problem();
  Problem(ProblemCode code, std::vector<ProblemParameter> parameters = {});  // NOLINT(google-explicit-constructor)

  // A validation problem with a single fault.
  static Problem at(std::string field, ProblemCode code, std::vector<ProblemParameter> parameters = {});
  // A validation problem of several faults; `faults` must not be empty.
  static Problem of(std::vector<Fault> faults);

  Problem& because(std::string cause);  // for the log; returns *this
  Problem& carrying(std::string json);  // the present record, for a stale edit (If-Match); returns *this

  ProblemCode code() const { return code_; }
  const std::vector<ProblemParameter>& parameters() const { return parameters_; }
  const std::vector<Fault>& faults() const { return faults_; }
  const std::string& cause() const { return cause_; }
  const std::string& current() const { return current_; }

 private:
  ProblemCode code_;
  std::vector<ProblemParameter> parameters_;
  std::vector<Fault> faults_;
  std::string cause_;
  std::string current_;
};

// The sentence for a person, parameters filled in.
std::string sentence(ProblemCode code, const std::vector<ProblemParameter>& parameters, Language language);

// Thrown by Result<T>::value() on an error nobody looked at: a bug, not an expected failure.
[[noreturn]] void throw_exception_from_error(const Problem& problem, const boost::source_location& where);

}  // namespace wujin
