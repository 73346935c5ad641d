#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "mailbox/letter.h"
#include "mailbox/reply.h"
#include "mailbox/understanding_json.h"
#include "places/place.h"

// Letters as they travel (contract/openapi.yaml).
namespace wujin::mailbox {

struct FaultAnswer {
  std::string field;
  std::string code;
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(FaultAnswer, (), (field, code, detail))

struct HinderedAnswer {
  Hindrance hindrance = Hindrance::not_settled;
  std::vector<FaultAnswer> faults;
};
BOOST_DESCRIBE_STRUCT(HinderedAnswer, (), (hindrance, faults))

struct FiledAnswer {
  CampaignId campaign;
  PlaceId place;
  std::string place_name;
  Deliverable deliverable = Deliverable::report;
  std::string period;
  int version = 0, activities = 0, pictures = 0, left_out = 0;
  bool on_time = true;
  int late_days = 0;
  std::optional<std::string> by;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(FiledAnswer, (),
                      (campaign, place, place_name, deliverable, period, version, activities, pictures, left_out, on_time,
                       late_days, by, at))

struct TakenBackAnswer {
  FiledAnswer filed;
  int removed = 0, kept = 0;
  bool hand_in_kept = false, was_replaced = false, had_replaced_another = false;
  std::string by;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(TakenBackAnswer, (), (filed, removed, kept, hand_in_kept, was_replaced, had_replaced_another, by, at))

// What lists and single letters have in common.
struct CoreAnswer {
  Id<Letter> id;
  std::string etag;
  PlaceId town;
  Channel channel = Channel::mail;
  LetterState state = LetterState::reading;
  std::string from_name, from_address, subject;
  Instant arrived_at;
  std::optional<FiledAnswer> filed;
};
BOOST_DESCRIBE_STRUCT(CoreAnswer, (), (id, etag, town, channel, state, from_name, from_address, subject, arrived_at, filed))

struct EntryAnswer : CoreAnswer {
  std::optional<PlaceId> place;
  std::optional<std::string> place_name;
  std::optional<Deliverable> form;
  std::optional<Month> month;
  std::vector<std::string> doubts;
  int documents = 0, pictures = 0;
  std::optional<Hindrance> hindrance;
};
BOOST_DESCRIBE_STRUCT(EntryAnswer, (CoreAnswer), (place, place_name, form, month, doubts, documents, pictures, hindrance))

struct LetterListAnswer {
  std::vector<EntryAnswer> items;
  int waiting = 0;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(LetterListAnswer, (), (items, waiting, next_cursor))

struct AttachmentAnswer {
  int number = 1;
  std::string name, media_type;
  std::int64_t bytes = 0;
  std::optional<std::string> archive;
  bool is_document = false, is_picture = false;
  std::optional<DocumentFault> fault;
};
BOOST_DESCRIBE_STRUCT(AttachmentAnswer, (), (number, name, media_type, bytes, archive, is_document, is_picture, fault))

struct SourceAnswer {
  int source = 0;
  std::string name, text;
  int pictures = 0;
  std::vector<DocumentFault> faults;
};
BOOST_DESCRIBE_STRUCT(SourceAnswer, (), (source, name, text, pictures, faults))

struct UnderstandingAnswer {
  Finding<PlaceId> place;
  Finding<Deliverable> form;
  Finding<Month> month;
  std::vector<FoundActivity> activities;
  std::vector<FoundRow> rows;
  std::string no_activity_reason;
  std::vector<PictureRef> unplaced;
  std::vector<std::string> doubts;
};
BOOST_DESCRIBE_STRUCT(UnderstandingAnswer, (), (place, form, month, activities, rows, no_activity_reason, unplaced, doubts))

struct SenderAnswer {
  bool is_confirmed = false;
  std::optional<PlaceId> place;
};
BOOST_DESCRIBE_STRUCT(SenderAnswer, (), (is_confirmed, place))

struct ReplyAnswer {
  ReplyKind kind = ReplyKind::receipt;
  std::string text;
  ReplyState state = ReplyState::waiting;
  Instant at;
  std::optional<Instant> settled_at;
  std::optional<std::string> by, cause;
};
BOOST_DESCRIBE_STRUCT(ReplyAnswer, (), (kind, text, state, at, settled_at, by, cause))

struct LetterShown : CoreAnswer {
  Instant fetched_at;
  std::optional<Instant> dated;
  std::string authentication;
  bool is_automatic = false, has_original = false;
  std::string text, html;
  std::vector<AttachmentAnswer> attachments;
  std::vector<SourceAnswer> sources;
  int loose_pictures = 0;
  std::vector<std::string> cloud_links;
  std::vector<mail::Fault> faults;
  std::optional<CampaignId> campaign;
  UnderstandingAnswer understanding;
  SenderAnswer sender;
  std::optional<HinderedAnswer> hindered;
  std::optional<SetAside> set_aside;
  std::optional<TakenBackAnswer> taken_back;
  std::vector<ReplyAnswer> replies;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(LetterShown, (CoreAnswer),
                      (fetched_at, dated, authentication, is_automatic, has_original, text, html, attachments, sources,
                       loose_pictures, cloud_links, faults, campaign, understanding, sender, hindered, set_aside, taken_back,
                       replies, may))

EntryAnswer entry_of(const LetterCore& letter, const places::Tree& tree);

// What stands beside a letter: what is known of its sender, what was written back.
struct LetterSurroundings {
  std::vector<KnownSender> sender;
  std::vector<Reply> replies;
};
LetterShown answer_of(const Letter& letter, const LetterSurroundings& around, const places::Tree& tree, Language language);

}  // namespace wujin::mailbox
