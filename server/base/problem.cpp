#include "base/problem.h"

#include <stdexcept>

namespace wujin {
namespace {

struct Entry {
  std::string_view slug;
  std::string_view chinese;
  std::string_view english;
};

constexpr Entry catalogue[] = {
#define WUJIN_PROBLEM(code, slug, chinese, english) {slug, chinese, english},
#include "base/problem_catalogue.inc"
#undef WUJIN_PROBLEM
};

const Entry& entry(ProblemCode code) { return catalogue[static_cast<std::size_t>(code)]; }

}  // namespace

std::string_view slug(ProblemCode code) { return entry(code).slug; }

Problem::Problem() : code_(ProblemCode::internal) {}

Problem::Problem(ProblemCode code, std::vector<ProblemParameter> parameters) : code_(code), parameters_(std::move(parameters)) {}

Problem Problem::at(std::string field, ProblemCode code, std::vector<ProblemParameter> parameters) {
  return of({Fault{std::move(field), code, std::move(parameters)}});
}

Problem Problem::of(std::vector<Fault> faults) {
  Problem problem(ProblemCode::validation);
  problem.faults_ = std::move(faults);
  return problem;
}

Problem& Problem::because(std::string cause) {
  cause_ = std::move(cause);
  return *this;
}

Problem& Problem::carrying(std::string json) {
  current_ = std::move(json);
  return *this;
}

std::string sentence(ProblemCode code, const std::vector<ProblemParameter>& parameters, Language language) {
  const Entry& text = entry(code);
  std::string_view rest = language == Language::chinese ? text.chinese : text.english;
  std::string filled;
  while (!rest.empty()) {
    const auto open = rest.find('{');
    const auto close = open == std::string_view::npos ? open : rest.find('}', open);
    if (close == std::string_view::npos) break;
    filled += rest.substr(0, open);
    const auto name = rest.substr(open + 1, close - open - 1);
    for (const auto& [key, value] : parameters) {
      if (key == name) filled += value;
    }
    rest.remove_prefix(close + 1);
  }
  filled += rest;
  return filled;
}

void throw_exception_from_error(const Problem& problem, const boost::source_location& where) {
  std::string what(slug(problem.code()));
  for (const Fault& fault : problem.faults()) what += " " + fault.field + ":" + std::string(slug(fault.code));
  throw std::logic_error("unexpected problem at " + std::string(where.file_name()) + ": " + what + " " + problem.cause());
}

}  // namespace wujin
