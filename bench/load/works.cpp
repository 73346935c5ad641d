#include "load/works.h"

#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>

#include "base/json.h"
#include "load/recording.h"

namespace wujin::bench {
namespace {

std::string get_head(const Endpoint& endpoint, std::string_view target, std::string_view token) {
  std::string head = "GET " + std::string(target) + " HTTP/1.1\r\nHost: " + endpoint.host + "\r\n";
  if (!token.empty()) head += "Authorization: Bearer " + std::string(token) + "\r\n";
  return head + "\r\n";
}

// GETs that are ready to send, one after the other.
class Gets : public Work {
 public:
  explicit Gets(std::vector<std::string> heads) : heads_(std::move(heads)) {
    if (heads_.empty()) throw std::runtime_error("this folder holds nothing to ask for: see bench_seed --help");
  }
  Exchange exchange(unsigned, int) override { return {heads_[next_++ % heads_.size()], {}, {}, false}; }

 private:
  std::vector<std::string> heads_;
  std::size_t next_ = 0;
};

std::unique_ptr<Work> gets_of(const Asker& asker, const Account& account, const std::vector<std::string>& targets) {
  const auto token = sign_in(asker.endpoint, account, "desk");
  std::vector<std::string> heads;
  for (const auto& target : targets) heads.push_back(get_head(asker.endpoint, target, token));
  return std::make_unique<Gets>(std::move(heads));
}

std::unique_ptr<Work> gets_of(const Asker& asker, const std::vector<std::string>& targets) {
  return gets_of(asker, asker.town.station, targets);
}

std::vector<std::string> photo_targets(const std::vector<std::string>& photos, std::string_view what) {
  std::vector<std::string> targets;
  for (const auto& photo : photos) targets.push_back("/api/v1/photos/" + photo + "/" + std::string(what));
  return targets;
}

// Reads pages as the desk does: the newest of one shape, then on by cursor, then the next shape.
class List : public Work {
 public:
  List(const Asker& asker, const std::string& shape, unsigned clients)
      : endpoint_(asker.endpoint), token_(sign_in(asker.endpoint, asker.town.station, "desk")), readers_(clients) {
    const std::string all = "/api/v1/activities?campaign=" + asker.town.campaign + "&limit=50";
    const bool any = shape == "list";
    if (any || shape == "list-all") first_.push_back(all);
    for (std::size_t i = 0; i < asker.town.villages.size(); ++i) {
      const std::string place = all + "&place=" + asker.town.villages[i].place;
      const std::string& month = asker.town.months[i % asker.town.months.size()];
      if (any || shape == "list-place") first_.push_back(place);
      if (any || shape == "list-month") first_.push_back(place + "&month=" + month);
    }
    for (unsigned i = 0; i < clients; ++i) readers_[i].shape = i * 7;
  }

  Exchange exchange(unsigned client, int) override {
    Reader& reader = readers_[client];
    const std::string& first = first_[reader.shape % first_.size()];
    return {get_head(endpoint_, reader.cursor.empty() ? first : first + "&cursor=" + reader.cursor, token_), {}, {}, true};
  }

  void answered(unsigned client, int, const std::string& body) override {
    Reader& reader = readers_[client];
    constexpr std::string_view name = "\"next_cursor\":\"";
    const auto found = body.rfind(name);
    if (found == std::string::npos || ++reader.page == pages) {
      reader.cursor.clear();
      reader.page = 0;
      ++reader.shape;
      return;
    }
    const auto begin = found + name.size();
    reader.cursor = body.substr(begin, body.find('"', begin) - begin);
  }

 private:
  static constexpr int pages = 4;
  struct Reader {
    std::size_t shape = 0;
    int page = 0;
    std::string cursor;
  };
  Endpoint endpoint_;
  std::string token_;
  std::vector<std::string> first_;
  std::vector<Reader> readers_;
};

std::unique_ptr<Work> make_changes(const Asker& asker) {
  const auto found = std::ranges::find(asker.town.villages, asker.town.changes_place, &Account::place);
  if (found == asker.town.villages.end()) throw std::runtime_error("no account at the place that asks for changes");
  const auto token = sign_in(asker.endpoint, *found, "phone");
  return std::make_unique<Gets>(
      std::vector{get_head(asker.endpoint, "/api/v1/changes?since=" + asker.town.changes_since, token)});
}

}  // namespace

std::string sign_in(const Endpoint& endpoint, const Account& account, std::string_view device) {
  boost::json::object asked{{"login", account.login}, {"password", account.password}, {"device", device}};
  const std::string body = boost::json::serialize(asked);
  Exchange exchange;
  exchange.head = "POST /api/v1/sessions HTTP/1.1\r\nHost: " + endpoint.host +
                  "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  exchange.body = body;
  const auto answer = fetch(endpoint, std::move(exchange));
  if (answer.status >= 300) throw std::runtime_error(account.login + " may not sign in: " + answer.body);
  return std::string(boost::json::parse(answer.body).at("token").as_string());
}

std::unique_ptr<Work> make_work(const std::string& name, const Asker& asker, unsigned clients) {
  const Town& town = asker.town;
  if (name == "activities") return make_recording(asker, clients, 0);
  if (name == "with-pictures") return make_recording(asker, clients, 3);
  if (name.starts_with("list")) return std::make_unique<List>(asker, name, clients);
  if (name == "picture") return gets_of(asker, photo_targets(town.drawn, "original"));
  if (name == "rendition") return gets_of(asker, photo_targets(town.drawn, "1280"));
  if (name == "likeness") return gets_of(asker, photo_targets(town.alike, "near-duplicates"));
  if (name == "report") {
    return gets_of(asker,
                   {"/api/v1/reports/" + town.campaign + "/" + town.report_place + "/" + town.report_month + "/document.docx"});
  }
  if (name == "changes") return make_changes(asker);
  return nullptr;
}

std::unique_ptr<Work> make_ask(const Asker& asker, const std::vector<std::string>& paths, std::string_view who) {
  if (who == "station") return gets_of(asker, paths);
  if (who != "district" || !asker.town.district) throw std::runtime_error("nobody in this folder is " + std::string(who));
  return gets_of(asker, *asker.town.district, paths);
}

std::unique_ptr<Work> make_get(const Endpoint& endpoint, const std::string& path, const std::string& token) {
  return std::make_unique<Gets>(std::vector{get_head(endpoint, path, token)});
}

}  // namespace wujin::bench
