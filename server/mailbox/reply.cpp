#include "mailbox/reply.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "base/text.h"

namespace wujin::mailbox {
namespace {

std::string moment(Instant at) {
  const std::string text = to_string(at);  // 2023-10-26T09:00:00.000+08:00
  return text.substr(0, 10) + " " + text.substr(11, 5);
}

std::string left_out(const Filed& filed) {
  return filed.left_out > 0 ? fmt::format("（另有{}张图片没有收录）", filed.left_out) : "";
}

std::string what_was_filed(const FiledNote& note, int weeks) {
  const Filed& filed = note.filed;
  if (filed.deliverable == Deliverable::plan) return fmt::format("年度活动安排（{}行）", filed.activities);
  if (filed.deliverable == Deliverable::summary) return filed.period + "年工作总结" + left_out(filed);
  const std::string month = filed.period.substr(0, 4) + "年" + std::to_string(std::stoi(filed.period.substr(5))) + "月";
  if (filed.activities == 0) return month + "活动情况（本月未开展活动的情况说明）";
  std::string text = fmt::format("{}活动情况：{}周、{}场活动、{}张图片", month, weeks, filed.activities, filed.pictures);
  return text + left_out(filed);
}

}  // namespace

std::string reply_subject(const std::string& subject) {
  constexpr std::array<std::string_view, 7> marks = {"回复：", "回复:", "答复：", "答复:", "Re:", "RE:", "re:"};
  std::string_view rest = trimmed(subject);
  bool was_found = true;
  while (was_found) {
    was_found = false;
    for (const std::string_view mark : marks) {
      if (!rest.starts_with(mark)) continue;
      rest = trimmed(rest.substr(mark.size()));
      was_found = true;
    }
  }
  constexpr std::size_t longest_subject = 400;
  return "回复：" + kept_text(rest.empty() ? std::string_view("来信") : rest, longest_subject);
}

std::string receipt_text(const FiledNote& filed, const std::string& place_name, const std::string& title, Instant arrived_at,
                         int weeks) {
  std::string text = fmt::format("{}：\n\n来信已收到并登记。\n", place_name);
  text += fmt::format("所属工作：{}\n", title);
  text += fmt::format("登记内容：{}\n", what_was_filed(filed, weeks));
  text += fmt::format("收到时间：{}（以工作站邮箱收到的时间为准）\n", moment(arrived_at));
  text += filed.filed.on_time ? "报送时限：按时\n" : fmt::format("报送时限：逾期{}天\n", filed.filed.late_days);
  text += fmt::format("登记版本：第{}版\n\n", filed.filed.version);
  text += "以上内容如有出入，请直接回复本邮件，或重新发送完整的材料；重新发送的会登记为新的一版。\n";
  text += "本邮件由系统自动发出。\n";
  return text;
}

}  // namespace wujin::mailbox
