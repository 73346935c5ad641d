#include "mailbox/letters_api.h"

#include <functional>
#include <type_traits>

#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "documents/word_reading.h"
#include "files/digests.h"
#include "http/if_match.h"
#include "http/page_limit.h"
#include "http/time_cursor.h"
#include "mailbox/letter_answer.h"
#include "mailbox/letters_actions.h"
#include "mailbox/pictures.h"
#include "people/refusals.h"
#include "places/place_store.h"
#include "replays/replays.h"

namespace wujin::mailbox {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

constexpr std::uint64_t largest_file = 64ull << 20;
constexpr std::uint64_t largest_correction = 1ull << 20;

Result<Id<Letter>> id_of(const Request& request) {
  const auto id = Id<Letter>::parse(request.parameter("letter"));
  if (!id) return Problem(ProblemCode::not_found);
  return *id;
}

Result<int> number_in(const Request& request, std::string_view parameter) {
  const auto number = parse_number<int>(request.parameter(parameter));
  if (!number) return Problem(ProblemCode::not_found);
  return *number;
}

// What came from strangers is saved or shown as it is, and never as a page of ours.
Response& guarded(Response& response) {
  return response.with("Content-Security-Policy", "sandbox; default-src 'none'")
      .with("Cache-Control", "private, max-age=604800, immutable");
}

// RFC 6266: both filename and filename*.
Response saved(const files::Vault& vault, const std::string& sha256, std::int64_t bytes, std::string media_type,
               const std::string& name) {
  Response response = Response::document("", std::move(media_type), name);
  response.body = http::FileBody{vault.path(files::stored_hash(sha256)), static_cast<std::uint64_t>(bytes)};
  guarded(response).tagged(sha256.substr(0, 32));
  return response;
}

class Api {
 public:
  explicit Api(const LetterApiParts& parts) : parts_(parts) {}

  Task<Result<Response>> list(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto place = request.query_value("place");
    if (!place) co_return Problem::at("place", ProblemCode::required);
    const PlaceId town{std::string(*place)};
    const auto state = state_in(request);
    if (!state) co_return state.error();
    const auto limit = http::page_limit(request);
    if (!limit) co_return limit.error();
    const auto cursor = http::time_cursor(request);
    if (!cursor) co_return cursor.error();
    std::optional<LetterPosition> below;
    if (*cursor) below = LetterPosition{(*cursor)->at, Id<Letter>((*cursor)->id)};
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto page = list_letters(snapshot, *actor, town, *state, below, *limit + 1, now);
      if (!page) return page.error();
      return Response::of(answer_of(*page, places::read_tree(snapshot, china_date(now)), static_cast<std::size_t>(*limit)));
    };
    auto response = co_await parts_.database.read(std::cref(read));
    co_return co_await noted(std::move(response), *actor, "list_letters", "", town.text());
  }

  Task<Result<Response>> get(Request& request) const {
    const Show show = [](Snapshot& snapshot, const Actor& actor, const Letter& letter, Instant now) -> Result<Response> {
      return shown(snapshot, actor, letter, http::Status::ok, now);
    };
    co_return co_await look(request, show);
  }

  Task<Result<Response>> original(Request& request) const {
    const Show show = [this](Snapshot&, const Actor&, const Letter& letter, Instant) -> Result<Response> {
      if (letter.raw_sha256.empty()) return Problem(ProblemCode::not_found);
      return saved(parts_.vault, letter.raw_sha256, letter.raw_bytes, "message/rfc822", letter.id.to_string() + ".eml");
    };
    co_return co_await look(request, show);
  }

  Task<Result<Response>> attachment(Request& request) const {
    const auto number = number_in(request, "number");
    if (!number) co_return number.error();
    const Show show = [&](Snapshot&, const Actor&, const Letter& letter, Instant) -> Result<Response> {
      const auto& all = letter.contents.parts;
      if (*number < 1 || static_cast<std::size_t>(*number) > all.size()) return Problem(ProblemCode::not_found);
      const Part& part = all[static_cast<std::size_t>(*number) - 1];
      const std::string name = part.name.empty() ? std::to_string(*number) : part.name;
      return saved(parts_.vault, part.sha256, part.bytes, "application/octet-stream", name);
    };
    co_return co_await look(request, show);
  }

  Task<Result<Response>> picture(Request& request) const {
    const auto number = number_in(request, "number");
    if (!number) co_return number.error();
    PictureRef wanted{-1, *number, ""};
    if (request.parameter("source") != "loose") {
      const auto source = number_in(request, "source");
      if (!source) co_return source.error();
      wanted.source = *source;
    }
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = id_of(request);
    if (!id) co_return id.error();
    const Instant now = parts_.clock.now();
    const auto find = [&](Snapshot& snapshot) { return see_letter(snapshot, *actor, *id, now); };
    const auto letter = co_await parts_.database.read(std::cref(find));
    if (!letter) co_return letter.error();
    const auto open = [&] { return picture_of(parts_.vault, letter->contents, wanted); };
    auto bytes = co_await parts_.pool.run(std::cref(open));
    if (!bytes) co_return picture_problem(bytes.error());
    const auto media_type = shown_picture_type(*bytes);
    if (media_type.empty()) co_return Problem(ProblemCode::not_found);
    Response response;
    response.body = std::move(*bytes);
    response.with("Content-Type", std::string(media_type));
    guarded(response);
    co_return response;
  }

  // Bytes go to the vault as they come; the row is written once they are durable.
  Task<Result<Response>> put_file(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto begun = import_in(request, *actor);
    if (!begun) co_return begun.error();
    ImportedFile file = *begun;
    const Instant now = file.received_at;
    const auto judge = [&](Snapshot& snapshot) { return may_keep_file(snapshot, *actor, file, now); };
    const auto judged = co_await parts_.database.read(std::cref(judge));
    if (!judged) co_return co_await noted(judged.error(), *actor, "import_letter", file.letter.to_string(), file.town.text());
    const auto facts = co_await receive(*request.stream);
    if (!facts) co_return facts.error();
    file.sha256 = to_hex(facts->sha256);
    file.bytes = static_cast<std::int64_t>(facts->size);
    const auto write = [&](Transaction& transaction) -> Result<Response> {
      const auto kept = keep_file(transaction, *actor, file, now);
      if (!kept) return kept.error();
      return Response::empty();
    };
    co_return co_await parts_.database.write(std::cref(write));
  }

  Task<Result<Response>> import(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = id_of(request);
    if (!id) co_return id.error();
    const auto entered = decode_json<LetterImport>(request.body);
    if (!entered) co_return entered.error();
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) -> Result<Response> {
      const auto imported = import_letter(transaction, tools(), *actor, *id, *entered, now);
      if (!imported) return imported.error();
      const auto status = imported->is_new ? http::Status::created : http::Status::ok;
      return shown(transaction, *actor, imported->letter, status, now);
    };
    auto response = co_await once(request, *actor, *id, now, act);
    co_return co_await noted(std::move(response), *actor, "import_letter", id->to_string(), entered->place.text());
  }

  Task<Result<Response>> correct(Request& request) const {
    const Verb<LetterCorrection> verb = [this](Transaction& transaction, const Actor& actor, const Id<Letter>& id,
                                               const LetterCorrection& entered, const Etag& etag, Instant now) {
      return correct_letter(transaction, tools(), actor, id, entered, etag, now);
    };
    co_return co_await change(request, verb);
  }

  Task<Result<Response>> file(Request& request) const {
    const Verb<LetterFiling> verb = [this](Transaction& transaction, const Actor& actor, const Id<Letter>& id,
                                           const LetterFiling& entered, const Etag& etag, Instant now) {
      return ask_to_file(transaction, tools(), actor, id, entered, etag, now);
    };
    co_return co_await change(request, verb);
  }

  Task<Result<Response>> set_aside(Request& request) const {
    const Verb<LetterSettingAside> verb = [](Transaction& transaction, const Actor& actor, const Id<Letter>& id,
                                             const LetterSettingAside& entered, const Etag& etag, Instant now) {
      return mailbox::set_aside(transaction, actor, id, entered, etag, now);
    };
    co_return co_await change(request, verb);
  }

  Task<Result<Response>> take_back(Request& request) const {
    const Verb<Nothing> verb = [this](Transaction& transaction, const Actor& actor, const Id<Letter>& id, const Nothing&,
                                      const Etag& etag,
                                      Instant now) { return mailbox::take_back(transaction, tools(), actor, id, etag, now); };
    co_return co_await change(request, verb);
  }

  Task<Result<Response>> answer(Request& request) const {
    const Verb<LetterAnswerRequest> verb = [this](Transaction& transaction, const Actor& actor, const Id<Letter>& id,
                                                  const LetterAnswerRequest& entered, const Etag&, Instant now) {
      return mailbox::answer(transaction, tools(), actor, id, entered, now);
    };
    co_return co_await change(request, verb);
  }

 private:
  using Etag = std::optional<std::string>;
  using Act = std::function<Result<Response>(Transaction&)>;
  struct Nothing {};  // a verb without a body
  using Show = std::function<Result<Response>(Snapshot&, const Actor&, const Letter&, Instant)>;
  template <class Entered>
  using Verb = std::function<Result<Letter>(Transaction&, const Actor&, const Id<Letter>&, const Entered&, const Etag&, Instant)>;

  LetterTools tools() const { return {parts_.catalogue, parts_.queue, parts_.randomness, parts_.filing}; }

  static Result<std::optional<LetterState>> state_in(const Request& request) {
    const auto word = request.query_value("state");
    if (!word) return std::optional<LetterState>();
    LetterState state{};
    if (!boost::describe::enum_from_string(std::string(*word).c_str(), state)) {
      return Problem::at("state", ProblemCode::unknown_choice, {{"value", std::string(*word)}});
    }
    return std::optional(state);
  }

  static LetterListAnswer answer_of(const LetterPage& page, const places::Tree& tree, std::size_t limit) {
    LetterListAnswer list;
    list.waiting = page.waiting;
    const std::size_t count = std::min(limit, page.letters.size());
    list.items.reserve(count);
    for (std::size_t i = 0; i < count; ++i) list.items.push_back(entry_of(page.letters[i], tree));
    if (page.letters.size() > limit) {
      const LetterCore& last = page.letters[count - 1];
      list.next_cursor = http::written({last.arrived_at, last.id.uuid()});
    }
    return list;
  }

  static std::string json_of(Snapshot& snapshot, const Actor& actor, const Letter& letter, Instant now) {
    const LetterSurroundings around{places_of_sender(snapshot, letter.town, letter.contents.from_address),
                                    replies_to(snapshot, letter.id)};
    return encode_json(mailbox::answer_of(letter, around, places::read_tree(snapshot, china_date(now)), actor.language));
  }

  static Response shown(Snapshot& snapshot, const Actor& actor, const Letter& letter, http::Status status, Instant now) {
    Response response = Response::json(json_of(snapshot, actor, letter, now), status);
    response.with("ETag", etag_of(letter));
    return response;
  }

  // A stale edit is told what is there now.
  static Problem with_current(Snapshot& snapshot, const Actor& actor, const Id<Letter>& id, Problem problem, Instant now) {
    if (problem.code() != ProblemCode::stale && problem.code() != ProblemCode::if_match_required) return problem;
    const auto current = see_letter(snapshot, actor, id, now);
    if (current) problem.carrying(json_of(snapshot, actor, *current, now));
    return problem;
  }

  static Problem picture_problem(const Problem& problem) {
    return problem.code() == ProblemCode::busy ? problem : Problem(ProblemCode::not_found);
  }

  Result<ImportedFile> import_in(const Request& request, const Actor& actor) const {
    if (request.header("content-type") != "application/octet-stream") return Problem(ProblemCode::unsupported_media_type);
    const auto id = id_of(request);
    if (!id) return id.error();
    const auto number = number_in(request, "number");
    if (!number) return number.error();
    const auto place = request.query_value("place");
    if (!place) return Problem::at("place", ProblemCode::required);
    const auto name = request.query_value("name");
    if (!name) return Problem::at("name", ProblemCode::required);
    ImportedFile file;
    file.letter = *id;
    file.number = *number;
    file.town = PlaceId{std::string(*place)};
    file.account = actor.account.uuid();
    file.name = kept_text(*name, std::string::npos);
    file.received_at = parts_.clock.now();
    return file;
  }

  Task<Result<files::FileFacts>> receive(http::BodyStream& body) const {
    const auto writer = parts_.vault.write();
    while (true) {
      const auto piece = co_await body.next();
      if (!piece) co_return piece.error();
      if (piece->empty()) break;
      const auto append = [&] { writer->append(*piece); };
      const auto appended = co_await parts_.pool.run(std::cref(append));
      if (!appended) co_return appended.error();
    }
    const auto finish = [&] { return writer->finish(); };
    co_return co_await parts_.pool.run(std::cref(finish));
  }

  Task<Result<Response>> look(Request& request, const Show& show) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = id_of(request);
    if (!id) co_return id.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto letter = see_letter(snapshot, *actor, *id, now);
      if (!letter) return letter.error();
      return show(snapshot, *actor, *letter, now);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  template <class Entered>
  static Result<Entered> entered_in(const Request& request) {
    if constexpr (std::is_empty_v<Entered>) {
      return Entered();
    } else {
      return decode_json<Entered>(request.body);
    }
  }

  template <class Entered>
  Task<Result<Response>> change(Request& request, const Verb<Entered>& verb) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = id_of(request);
    if (!id) co_return id.error();
    const auto entered = entered_in<Entered>(request);
    if (!entered) co_return entered.error();
    const auto etag = http::if_match_of(request);
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) -> Result<Response> {
      const auto letter = verb(transaction, *actor, *id, *entered, etag, now);
      if (!letter) return with_current(transaction, *actor, *id, letter.error(), now);
      return shown(transaction, *actor, *letter, http::Status::ok, now);
    };
    co_return co_await once(request, *actor, *id, now, act);
  }

  Task<Result<Response>> once(const Request& request, const Actor& actor, const Id<Letter>& id, Instant now,
                              const Act& act) const {
    const auto attempt = replays::attempt(request, actor.account.uuid(), "letter/" + id.to_string());
    if (!attempt) co_return attempt.error();
    const auto body = [&](Transaction& transaction) -> Result<Response> {
      return replays::once(transaction, *attempt, now, [&] { return act(transaction); });
    };
    co_return co_await parts_.database.write(std::cref(body));
  }

  Task<Result<Response>> noted(Result<Response> response, const Actor& actor, std::string_view verb, std::string record,
                               std::string place) const {
    if (response) co_return response;
    const people::Refusals::Subject subject{verb, "letter", record, place};
    people::Refusals refusals(parts_.database, parts_.clock);
    co_await refusals.note(actor, subject, response.error());
    co_return response;
  }

  LetterApiParts parts_;
};

}  // namespace

void add_letter_routes(http::Router& router, const LetterApiParts& parts) {
  const auto api = std::make_shared<Api>(parts);
  using Verb = Task<Result<Response>> (Api::*)(Request&) const;
  const auto route = [&](Method method, std::string_view pattern, Verb verb, http::RouteOptions options = {}) {
    router.add(
        method, pattern, [api, verb](Request& request) { return ((*api).*verb)(request); }, options);
  };
  route(Method::get, "/api/v1/letters", &Api::list);
  route(Method::get, "/api/v1/letters/{letter}", &Api::get);
  route(Method::put, "/api/v1/letters/{letter}", &Api::import);
  route(Method::put, "/api/v1/letters/{letter}/files/{number}", &Api::put_file, {.body_limit = largest_file, .streams = true});
  route(Method::get, "/api/v1/letters/{letter}/original", &Api::original);
  route(Method::get, "/api/v1/letters/{letter}/attachments/{number}", &Api::attachment);
  route(Method::get, "/api/v1/letters/{letter}/pictures/{source}/{number}", &Api::picture);
  route(Method::put, "/api/v1/letters/{letter}/understanding", &Api::correct, {.body_limit = largest_correction});
  route(Method::post, "/api/v1/letters/{letter}/filing", &Api::file);
  route(Method::post, "/api/v1/letters/{letter}/taking-back", &Api::take_back);
  route(Method::post, "/api/v1/letters/{letter}/setting-aside", &Api::set_aside);
  route(Method::post, "/api/v1/letters/{letter}/answer", &Api::answer);
}

}  // namespace wujin::mailbox
