#pragma once

#include <string>

namespace wujin::campaigns {

// What reminders say: patterns (pattern.h) a campaign may word itself. {name} is what is asked for ("10月…工作情况"), {once} the
// same when it is asked for once a campaign, {month} and {year} its period, {date} and {weekday} the last day, {date0} today,
// {places} who has yet to hand in, {place} one of them, {recorded} how many activities it has recorded, {link} where to hand in.
struct ReminderWords {
  std::string before = "各村（社区）：{name}请于{date}（{weekday}）前报送。[{holiday}][还未报送的有：{places}。]{link}";
  std::string before_none = "各村（社区）：{name}已全部报送，谢谢大家。";
  std::string plan;     // for a plan alone; empty: as before
  std::string summary;  // for a summary with what else is due that day; empty: as before
  std::string after = "{place}：{name}原定{date}前报送，目前还未收到。[已记录{recorded}场，核对后报送即可。]{link}";
  std::string holiday = "{date}是{holiday}，请提前安排报送。";
  std::string place = "{place}[（已记录{recorded}场）]";  // as {places} lists it
  std::string more = "等{n}个村（社区）";                 // when there are more than a message can name
  std::string subject = "提醒报送：{name}（{date}前）";   // of a mail
};

}  // namespace wujin::campaigns
