#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "campaigns/campaign_answer.h"
#include "campaigns/issue_actions.h"

// Models and tightenings as the wire tells them (contract: Model, Tightness).
namespace wujin::campaigns {

struct ModelAnswer {
  CampaignId id;
  int version = 0;
  std::string document_number;
  std::string title;
  std::optional<std::string> title_en;
  int year = 0;
  PlaceId district;
  std::string district_name;
  Date starts_on;
  Date ends_on;
  std::vector<DeadlineAnswer> deadlines;
  std::vector<QuotaAnswer> quotas;
  std::vector<TownStanding> towns;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(ModelAnswer, (),
                      (id, version, document_number, title, title_en, year, district, district_name, starts_on, ends_on,
                       deadlines, quotas, towns, may))
ModelAnswer answer_of(const ModelStanding& standing, const places::Tree& tree, const people::Actor& actor);

// A deadline as the town has it, beside the model's.
struct TightDeadline {
  std::string id;
  std::string name;
  std::optional<std::string> name_en;
  std::string rule;
  std::string model_rule;
  std::optional<Date> on;
  std::optional<Date> model_on;
  std::optional<int> day;
  std::optional<int> model_day;
  int grace_days = 0;
  int model_grace_days = 0;
};
BOOST_DESCRIBE_STRUCT(TightDeadline, (),
                      (id, name, name_en, rule, model_rule, on, model_on, day, model_day, grace_days, model_grace_days))

struct TightQuota {
  std::string id;
  std::string name;
  std::optional<std::string> name_en;
  std::string model_name;
  std::optional<std::string> model_name_en;
  int minimum = 1;
  int model_minimum = 1;
};
BOOST_DESCRIBE_STRUCT(TightQuota, (), (id, name, name_en, model_name, model_name_en, minimum, model_minimum))

struct TightnessAnswer {
  CampaignId campaign;
  std::string etag;
  CampaignId model;
  int model_version = 0;
  std::string document_number;
  std::vector<TightDeadline> deadlines;
  std::vector<TightQuota> quotas;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(TightnessAnswer, (), (campaign, etag, model, model_version, document_number, deadlines, quotas, may))
TightnessAnswer answer_of(const IssuedCampaign& issued);

}  // namespace wujin::campaigns
