#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "documents/template_steps.h"
#include "documents/value.h"

namespace wujin::documents {

// The pictures one document embeds, each once, its charts, and the numbers of its drawings.
class EmbeddedPictures {
 public:
  explicit EmbeddedPictures(int first_number) : first_number_(first_number) {}

  // The chart's place among those of the document; `chart` must outlive this.
  std::size_t place(const Chart& chart);
  const std::vector<const Chart*>& charts() const { return charts_; }
  static std::string chart_relationship(std::size_t place);  // rIdChart1
  static std::string chart_file(std::size_t place);          // charts/drawn1.xml, beside the part

  // The picture's place among those embedded; `picture` must outlive this.
  std::size_t place(const Picture& picture);
  int next_drawing() { return ++drawings_; }

  std::size_t size() const { return pictures_.size(); }
  const Picture& picture(std::size_t place) const { return *pictures_[place]; }
  std::string relationship(std::size_t place) const;  // rIdPicture7
  std::string file(std::size_t place) const;          // media/picture7.jpg, beside the part

 private:
  int first_number_;
  int drawings_ = 0;
  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<const Picture*> pictures_;
  std::vector<const Chart*> charts_;
};

struct FilledPart {
  std::string xml;
  std::set<std::size_t> pictures;  // places of those it shows
  std::set<std::size_t> charts;
};

// Goes through the steps once. Errors: template_runaway when loops within loops write more than any form could want.
Result<FilledPart> fill_part(const std::vector<Step>& steps, const Value& values, EmbeddedPictures& pictures);

}  // namespace wujin::documents
