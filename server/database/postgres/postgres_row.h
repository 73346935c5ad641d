#pragma once

#include <string_view>

#include "database/database.h"

struct pg_result;

namespace wujin::postgres {

// Type numbers of PostgreSQL's catalogue (pg_type.dat), fixed for ever.
namespace type {
inline constexpr unsigned boolean = 16, bytea = 17, name = 19, int8 = 20, int2 = 21, int4 = 23, text = 25, float4 = 700,
                          float8 = 701, varchar = 1043, bpchar = 1042, numeric = 1700;
}

// One row of an answer in the binary format.
class AnswerRow final : public Row {
 public:
  AnswerRow(const pg_result* result, std::string_view sql) : result_(result), sql_(sql) {}
  void move_to(int row) { row_ = row; }

  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;  // sums of BIGINT come as numeric and are read too
  double real(int column) const override;
  std::string_view text(int column) const override;
  std::span<const std::byte> bytes(int column) const override;

 private:
  unsigned type(int column) const;
  std::string_view raw(int column) const;
  [[noreturn]] void refuse(int column, const char* wanted) const;

  const pg_result* result_;
  std::string_view sql_;
  int row_ = 0;
};

}  // namespace wujin::postgres
