#include "ledgers/ledgers_api.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <unordered_map>
#include <utility>

#include "activities/figures.h"
#include "activities/list_query.h"
#include "base/json.h"
#include "campaigns/campaign_query.h"
#include "deadlines/deadlines_actions.h"
#include "files/passing_file.h"
#include "ledgers/activity_ledger.h"
#include "ledgers/filing_ledger.h"
#include "ledgers/ledgers_actions.h"
#include "ledgers/photo_archive.h"
#include "ledgers/plan_ledger.h"
#include "ledgers/report_ledger.h"
#include "photos/media_type.h"
#include "plans/plan_answer.h"
#include "replays/replays.h"
#include "reports/report_list.h"

namespace wujin::ledgers {
namespace {

using http::Method;
using http::Request;
using http::Response;
using spreadsheets::Format;

// Read at a time: a page of rows is all that ever stands in memory.
constexpr int rows_at_once = 500;

struct ColumnAnswer {
  std::string id;
  std::string name;
  std::string name_en;
};
BOOST_DESCRIBE_STRUCT(ColumnAnswer, (), (id, name, name_en))

struct ColumnsAnswer {
  Ledger ledger = Ledger::activities;
  std::string etag;
  std::vector<ColumnAnswer> available;
  std::vector<std::string> chosen;
  std::vector<std::string> usual;
};
BOOST_DESCRIBE_STRUCT(ColumnsAnswer, (), (ledger, etag, available, chosen, usual))

struct ColumnsRequest {
  std::vector<std::string> chosen;
};
BOOST_DESCRIBE_STRUCT(ColumnsRequest, (), (chosen))

struct EntryFigure {
  std::string id;
  std::string name;
  std::int64_t activities = 0;
};
BOOST_DESCRIBE_STRUCT(EntryFigure, (), (id, name, activities))

struct FiguresAnswer {
  Date from;
  Date to;
  std::string scope;
  std::int64_t activities = 0;
  std::vector<EntryFigure> entries;
  std::int64_t people = 0;
  std::int64_t leaflets = 0;
  std::int64_t places = 0;
  std::int64_t points = 0;
  std::string sentence;
};
BOOST_DESCRIBE_STRUCT(FiguresAnswer, (), (from, to, scope, activities, entries, people, leaflets, places, points, sentence))

FiguresAnswer answer_of(const campaigns::Campaign& campaign, const campaigns::Figures& figures) {
  FiguresAnswer answer{figures.from,   figures.to,       figures.scope,  figures.activities, {},
                       figures.people, figures.leaflets, figures.places, figures.points,     figures_sentence(campaign, figures)};
  for (const campaigns::Choice& entry : campaign.entries) {
    const auto counted = figures.by_entry.find(entry.id);
    answer.entries.push_back({entry.id, entry.name, counted != figures.by_entry.end() ? counted->second : 0});
  }
  return answer;
}

Response answer_of(Ledger ledger, const Chosen& chosen) {
  ColumnsAnswer answer;
  answer.ledger = ledger;
  answer.etag = etag_of(chosen);
  for (const LedgerColumn& column : columns_of(ledger)) {
    answer.available.push_back({std::string(column.id), std::string(column.chinese), std::string(column.english)});
  }
  answer.chosen = ids_of(chosen.columns);
  answer.usual = ids_of(usual_columns(ledger));
  Response response = Response::of(answer);
  response.with("ETag", answer.etag);
  return response;
}

Result<Ledger> ledger_of(const Request& request) {
  Ledger ledger{};
  if (!boost::describe::enum_from_string(std::string(request.parameter("ledger")).c_str(), ledger)) {
    return Problem(ProblemCode::not_found);
  }
  return ledger;
}

Result<activities::FiguresRequest> figures_request_of(const Request& request) {
  const auto list = activities::list_request_of(request);
  if (!list) return list.error();
  if (!list->from) return Problem::at("from", ProblemCode::required);
  if (!list->to) return Problem::at("to", ProblemCode::required);
  return activities::FiguresRequest{list->campaign, list->place, *list->from, *list->to};
}

// The month asked for, else those of the campaign's reports that have begun. Errors: validation.
Result<std::vector<Month>> months_of(const Request& request, const campaigns::Campaign& campaign, Instant now) {
  if (const auto text = request.query_value("month")) {
    const auto month = parse_month(*text);
    if (!month) return Problem::at("month", ProblemCode::invalid, {{"expected", "2023-10"}});
    return std::vector{*month};
  }
  std::vector<Month> begun;
  const Month last = std::min(campaign.report_periods.last, month_of(china_date(now)));
  for (Month month = campaign.report_periods.first; month <= last; month += std::chrono::months(1)) begun.push_back(month);
  return begun;
}

// A table on its way into a file that goes when it was sent.
struct Export {
  std::shared_ptr<files::PassingFile> file;
  std::unique_ptr<spreadsheets::Table> table;
};

// The pictures of activities as far as they were received.
void add_photos_of(Snapshot& snapshot, std::span<const activities::Activity> page, const places::Tree& tree,
                   std::vector<ShownPhoto>& shown) {
  std::vector<Uuid> owners;
  owners.reserve(page.size());
  for (const auto& activity : page) owners.push_back(activity.id.uuid());
  std::unordered_map<Id<photos::Photo>, photos::Original> originals;
  for (auto& original : photos::originals_of(snapshot, owners)) originals.emplace(original.id, std::move(original));
  for (const auto& activity : page) {
    const places::Place* place = tree.find(activity.place);
    const std::string name = place != nullptr ? place->name : activity.place.text();
    const int order = place != nullptr ? place->order : 0;
    int position = 0;
    for (const auto& photo : activity.photos) {
      const auto original = originals.find(photo.id);
      ++position;
      if (original == originals.end()) continue;
      shown.push_back({activity.id, name, order, activity.title, activity.started_at, position, original->second});
    }
  }
}

class Api {
 public:
  explicit Api(const ApiParts& parts) : parts_(parts) {}

  Task<Result<Response>> get_columns(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto ledger = ledger_of(request);
    if (!ledger) co_return ledger.error();
    const auto order = co_await order_of(request, *actor, *ledger);
    if (!order) co_return order.error();
    co_return answer_of(*ledger, order->chosen);
  }

  Task<Result<Response>> put_columns(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto ledger = ledger_of(request);
    if (!ledger) co_return ledger.error();
    const auto campaign = campaigns::campaign_in(request);
    if (!campaign) co_return campaign.error();
    const auto wanted = decode_json<ColumnsRequest>(request.body);
    if (!wanted) co_return wanted.error();
    const auto attempt = replays::attempt(request, actor->account.uuid());
    if (!attempt) co_return attempt.error();
    const std::string if_match(request.header("if-match"));
    const Instant now = parts_.clock.now();
    const auto write = [&](Transaction& transaction) -> Result<Response> {
      return replays::once(transaction, *attempt, now, [&]() -> Result<Response> {
        const auto order =
            choose_columns(transaction, parts_.catalogue, *actor, *campaign, *ledger, wanted->chosen, if_match, now);
        if (!order) return order.error();
        return answer_of(*ledger, order->chosen);
      });
    };
    co_return co_await parts_.database.write(std::cref(write));
  }

  Task<Result<Response>> figures(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto asked = figures_request_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto figures = activities::read_figures(snapshot, parts_.catalogue, *actor, *asked, now);
      if (!figures) return figures.error();
      return Response::of(answer_of(parts_.catalogue.latest(snapshot, asked->campaign)->campaign, *figures));
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> activities(Request& request, Format format) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    auto asked = activities::list_request_of(request);
    if (!asked) co_return asked.error();
    asked->limit = rows_at_once;
    const auto order = co_await order_of(request, *actor, Ledger::activities);
    if (!order) co_return order.error();
    const Export made = begin(*order, Ledger::activities, format, request.language);
    const Instant now = parts_.clock.now();
    const Reading reading{order->bundle->campaign, order->tree, request.language};
    // On one thread to the end: between loop and pool a long list would wait hundreds of times for its turn.
    const auto write = [&] { return write_activities(*made.table, *actor, *asked, reading, order->chosen.columns, now); };
    if (const auto written = co_await parts_.pool.run(std::cref(write)); !written) co_return written.error();
    co_return co_await finish(made, *order, Ledger::activities, format, request.language);
  }

  // Of a month (contract: export_photos). What is asked again after the list has changed has another ETag.
  Task<Result<Response>> photos(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    auto asked = activities::list_request_of(request);
    if (!asked) co_return asked.error();
    if (!asked->month) co_return Problem::at("month", ProblemCode::required);
    asked->limit = rows_at_once;
    const auto order = co_await order_of(request, *actor, Ledger::activities);
    if (!order) co_return order.error();
    std::vector<ShownPhoto> shown;
    const Instant now = parts_.clock.now();
    for (;;) {
      const auto read = [&](Snapshot& snapshot) { return add_shown(snapshot, *actor, *asked, order->tree, now, shown); };
      const auto last = co_await parts_.database.read(std::cref(read));
      if (!last) co_return last.error();
      if (!*last) break;
      asked->after = *last;
    }
    if (shown.empty()) co_return Problem(ProblemCode::no_pictures);
    const auto lay_out = [&] { return archive_of(shown); };
    const auto archive = co_await parts_.pool.run(std::cref(lay_out));
    if (!archive) co_return archive.error();
    Response response =
        Response::document("", "application/zip", photos_file_name(*order, *asked->month, asked->place, request.language));
    response.tagged((*archive)->etag()).with("Cache-Control", "private, no-cache");
    response.body = http::PiecedBody(*archive);
    co_return response;
  }

  // Every row of every plan the actor may read; a plan at a time.
  Task<Result<Response>> plans(Request& request, Format format) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto order = co_await order_of(request, *actor, Ledger::plans);
    if (!order) co_return order.error();
    const Instant now = parts_.clock.now();
    const campaigns::CampaignId& campaign = order->bundle->campaign.id;
    const auto find = [&](Snapshot& snapshot) {
      return plans::readable_plans(snapshot, parts_.catalogue, *actor, campaign, now);
    };
    const auto places = co_await parts_.database.read(std::cref(find));
    if (!places) co_return places.error();
    const Export made = begin(*order, Ledger::plans, format, request.language);
    for (const places::PlaceId& place : *places) {
      const auto read = [&](Snapshot& snapshot) -> Result<plans::PlanAnswer> {
        const auto plan = plans::open_plan(snapshot, parts_.catalogue, *actor, {campaign, place}, now);
        if (!plan) return plan.error();
        return plans::answer_of(snapshot, *plan, *actor, now);
      };
      const auto plan = co_await parts_.database.read(std::cref(read));
      if (!plan) co_return plan.error();
      const auto add = [&] {
        for (const auto& row : plan->rows) made.table->add(row_of(*plan, row, request.language, order->chosen.columns));
      };
      if (const auto added = co_await parts_.pool.run(std::cref(add)); !added) co_return added.error();
    }
    co_return co_await finish(made, *order, Ledger::plans, format, request.language);
  }

  // The reports of one month, or of every month that has begun.
  Task<Result<Response>> reports(Request& request, Format format) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto order = co_await order_of(request, *actor, Ledger::reports);
    if (!order) co_return order.error();
    const Instant now = parts_.clock.now();
    const auto months = months_of(request, order->bundle->campaign, now);
    if (!months) co_return months.error();
    const Export made = begin(*order, Ledger::reports, format, request.language);
    for (const Month month : *months) {
      reports::ListRequest asked{order->bundle->campaign.id, month, {}, rows_at_once};
      const auto read = [&](Snapshot& snapshot) { return reports::list_reports(snapshot, parts_.catalogue, *actor, asked, now); };
      for (bool is_last = false; !is_last;) {
        const auto page = co_await parts_.database.read(std::cref(read));
        if (!page) co_return page.error();
        for (const auto& report : page->items) made.table->add(row_of(report, request.language, order->chosen.columns));
        is_last = !page->next_cursor;
        if (!is_last) asked.after = *page->next_cursor;
      }
    }
    co_return co_await finish(made, *order, Ledger::reports, format, request.language);
  }

  Task<Result<Response>> filing(Request& request, Format format) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto order = co_await order_of(request, *actor, Ledger::filing);
    if (!order) co_return order.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) {
      return deadlines::read_board(snapshot, parts_.catalogue, *actor, order->bundle->campaign.id, now);
    };
    const auto board = co_await parts_.database.read(std::cref(read));
    if (!board) co_return board.error();
    const Export made = begin(*order, Ledger::filing, format, request.language);
    for (const deadlines::PlaceRow& place : board->rows) {
      for (const deadlines::Cell& cell : place.cells) {
        if (cell.state == handins::Standing::na) continue;
        made.table->add(row_of(place, cell, request.language, order->chosen.columns));
      }
    }
    co_return co_await finish(made, *order, Ledger::filing, format, request.language);
  }

 private:
  Task<Result<Order>> order_of(const Request& request, const people::Actor& actor, Ledger ledger) const {
    const auto campaign = campaigns::campaign_in(request);
    if (!campaign) co_return campaign.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) { return open_order(snapshot, parts_.catalogue, actor, *campaign, ledger, now); };
    co_return co_await parts_.database.read(std::cref(read));
  }

  // Every row asked for, a page at a time, each in a read of its own.
  Result<> write_activities(spreadsheets::Table& table, const people::Actor& actor, activities::ListRequest asked,
                            const Reading& reading, std::span<const LedgerColumn* const> columns, Instant now) const {
    for (;;) {
      std::optional<activities::Position> last;
      int rows = 0;
      const auto read = [&](Snapshot& snapshot) -> Result<> {
        const auto query = activities::readable_query(snapshot, parts_.catalogue, actor, asked, now);
        if (!query) return query.error();
        activities::each_counted(snapshot, *query, [&](const activities::CountedActivity& activity) {
          table.add(row_of(activity, reading, columns));
          last = activities::Position{activity.started_at, activity.id, activity.place};
          ++rows;
        });
        return {};
      };
      if (const auto done = parts_.database.read_now(read); !done) return done.error();
      if (rows < asked.limit) return {};
      asked.after = last;
    }
  }

  // Adds the pictures of a page of activities; answers where the next one begins, nothing after the last.
  Result<std::optional<activities::Position>> add_shown(Snapshot& snapshot, const people::Actor& actor,
                                                        const activities::ListRequest& asked, const places::Tree& tree,
                                                        Instant now, std::vector<ShownPhoto>& shown) const {
    auto query = activities::readable_query(snapshot, parts_.catalogue, actor, asked, now);
    if (!query) return query.error();
    query->with_photos = true;
    const auto page = activities::list(snapshot, *query);
    add_photos_of(snapshot, page, tree, shown);
    if (page.size() < static_cast<std::size_t>(rows_at_once)) return std::optional<activities::Position>();
    return std::optional(activities::Position{page.back().started_at, page.back().id, page.back().place});
  }

  std::shared_ptr<const PhotoArchive> archive_of(std::vector<ShownPhoto>& shown) const {
    for (ShownPhoto& photo : shown) {
      std::string& type = photo.original.media_type;
      if (type.empty()) type = photos::sniffed_type(parts_.vault, photo.original.sha256);
    }
    put_in_order(shown);
    return std::make_shared<PhotoArchive>(shown, parts_.vault);
  }

  Export begin(const Order& order, Ledger ledger, Format format, Language language) const {
    Export made;
    made.file = parts_.vault.pass();
    made.table = spreadsheets::begin_table(format, made.file->path(), std::string(name_of(ledger, language)),
                                           heads_of(order.chosen.columns, language), parts_.clock.now());
    return made;
  }

  Task<Result<Response>> finish(const Export& made, const Order& order, Ledger ledger, Format format, Language language) const {
    const auto complete = [&] { made.table->finish(); };
    if (const auto finished = co_await parts_.pool.run(std::cref(complete)); !finished) co_return finished.error();
    Response response =
        Response::document("", std::string(spreadsheets::content_type_of(format)), file_name(order, ledger, format, language));
    response.body = http::FileBody{made.file->path(), std::filesystem::file_size(made.file->path()), made.file};
    co_return response;
  }

  const ApiParts parts_;
};

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<const Api>(parts);
  router.add(Method::get, "/api/v1/ledgers/{ledger}/columns", [api](Request& request) { return api->get_columns(request); });
  router.add(Method::put, "/api/v1/ledgers/{ledger}/columns", [api](Request& request) { return api->put_columns(request); });
  router.add(Method::get, "/api/v1/ledgers/photos.zip", [api](Request& request) { return api->photos(request); });
  router.add(Method::get, "/api/v1/ledgers/figures", [api](Request& request) { return api->figures(request); });
  using Table = Task<Result<Response>> (Api::*)(Request&, Format) const;
  constexpr std::pair<Ledger, Table> tables[] = {{Ledger::activities, &Api::activities},
                                                 {Ledger::plans, &Api::plans},
                                                 {Ledger::reports, &Api::reports},
                                                 {Ledger::filing, &Api::filing}};
  for (const auto format : {Format::excel, Format::csv}) {
    for (const auto& [ledger, table] : tables) {
      const std::string name = boost::describe::enum_to_string(ledger, "");
      router.add(Method::get, "/api/v1/ledgers/" + name + "/table" + std::string(spreadsheets::extension_of(format)),
                 [api, format, table = table](Request& request) { return ((*api).*table)(request, format); });
    }
  }
}

}  // namespace wujin::ledgers
