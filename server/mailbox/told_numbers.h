#pragma once

#include <optional>
#include <string_view>

// Numbers a report tells plainly: 参加群众约200人, 发放宣传资料300余份. Told twice and differently, neither is taken. Of text
// made plain. Pure.
namespace wujin::mailbox {

std::optional<int> people_told(std::u32string_view text);
std::optional<int> leaflets_told(std::u32string_view text);

}  // namespace wujin::mailbox
