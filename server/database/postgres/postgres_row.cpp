#include "database/postgres/postgres_row.h"

#include <bit>
#include <cstring>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace wujin::postgres {
namespace {

template <class Unsigned>
Unsigned big_endian(std::string_view bytes) {
  Unsigned value = 0;
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i)
    value = static_cast<Unsigned>((value << 8) | static_cast<unsigned char>(bytes[i]));
  return value;
}

// numeric_send: digits to the base 10,000; the first stands for 10,000 to the power `weight`.
double numeric(std::string_view bytes, bool& is_integral) {
  const int digits = big_endian<std::uint16_t>(bytes);
  const int weight = static_cast<std::int16_t>(big_endian<std::uint16_t>(bytes.substr(2)));
  const bool negative = big_endian<std::uint16_t>(bytes.substr(4)) == 0x4000;
  is_integral = digits <= weight + 1;
  double value = 0;
  for (int i = 0; i < digits; ++i)
    value = value * 10000 + big_endian<std::uint16_t>(bytes.substr(8 + 2 * static_cast<std::size_t>(i)));
  for (int i = digits; i <= weight; ++i) value *= 10000;
  for (int i = weight + 1; i < digits; ++i) value /= 10000;
  return negative ? -value : value;
}

}  // namespace

bool AnswerRow::is_null(int column) const {
  type(column);
  return PQgetisnull(result_, row_, column) != 0;
}

std::int64_t AnswerRow::integer(int column) const {
  const std::string_view value = raw(column);
  switch (type(column)) {
    case type::int8:
      return static_cast<std::int64_t>(big_endian<std::uint64_t>(value));
    case type::int4:
      return static_cast<std::int32_t>(big_endian<std::uint32_t>(value));
    case type::int2:
      return static_cast<std::int16_t>(big_endian<std::uint16_t>(value));
    case type::boolean:
      return value[0] != 0 ? 1 : 0;
    case type::numeric: {
      bool is_integral = false;
      const double number = numeric(value, is_integral);
      if (is_integral && number > -9e15 && number < 9e15) return static_cast<std::int64_t>(number);
      refuse(column, "an integer");
    }
    default:
      refuse(column, "an integer");
  }
}

double AnswerRow::real(int column) const {
  const std::string_view value = raw(column);
  switch (type(column)) {
    case type::float8:
      return std::bit_cast<double>(big_endian<std::uint64_t>(value));
    case type::float4:
      return std::bit_cast<float>(big_endian<std::uint32_t>(value));
    case type::numeric: {
      bool is_integral = false;
      return numeric(value, is_integral);
    }
    case type::int8:
    case type::int4:
    case type::int2:
      return static_cast<double>(integer(column));
    default:
      refuse(column, "a number");
  }
}

std::string_view AnswerRow::text(int column) const {
  const std::string_view value = raw(column);
  switch (type(column)) {
    case type::text:
    case type::varchar:
    case type::bpchar:
    case type::name:
      return value;
    default:
      refuse(column, "text");
  }
}

std::span<const std::byte> AnswerRow::bytes(int column) const {
  const std::string_view value = raw(column);
  if (type(column) != type::bytea) refuse(column, "bytes");
  return {reinterpret_cast<const std::byte*>(value.data()), value.size()};
}

unsigned AnswerRow::type(int column) const {
  if (column < 0 || column >= PQnfields(result_)) throw std::logic_error(fmt::format("no column {} in: {}", column, sql_));
  return PQftype(result_, column);
}

std::string_view AnswerRow::raw(int column) const {
  if (is_null(column)) refuse(column, "a value");
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

void AnswerRow::refuse(int column, const char* wanted) const {
  throw std::logic_error(fmt::format("column {} is not {} in: {}", column, wanted, sql_));
}

}  // namespace wujin::postgres
