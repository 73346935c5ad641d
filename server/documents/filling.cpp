#include "documents/filling.h"

#include <stdexcept>

#include "documents/chart_xml.h"
#include "documents/picture_xml.h"
#include "documents/xml.h"

namespace wujin::documents {
namespace {

constexpr std::size_t most_bytes = 32u << 20;
constexpr std::size_t most_steps = 2'000'000;
constexpr std::string_view paragraph_end = "</w:p>";

class Filling {
 public:
  Filling(const Value& values, EmbeddedPictures& pictures) : scopes_{&values}, pictures_(pictures) {}

  Result<FilledPart> run(const std::vector<Step>& steps) {
    go(steps);
    if (is_over_limit()) return Problem(ProblemCode::template_runaway, {{"limit", std::to_string(most_bytes)}});
    return std::move(part_);
  }

 private:
  bool is_over_limit() const { return part_.xml.size() > most_bytes || steps_ > most_steps; }

  const Value* find(const std::string& name) const {
    if (name == ".") return scopes_.back();
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      const auto* object = (*scope)->object();
      if (object == nullptr) continue;
      const auto found = object->find(name);
      if (found != object->end()) return &found->second;
    }
    return nullptr;
  }

  void go(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      ++steps_;
      if (is_over_limit()) return;
      take(step);
    }
  }

  void take(const Step& step) {
    std::string& out = part_.xml;
    switch (step.kind) {
      case Step::Kind::xml:
        out += step.xml;
        break;
      case Step::Kind::text:
        put_text(step);
        break;
      case Step::Kind::loop:
        repeat(step);
        break;
      case Step::Kind::picture:
        put_picture(step);
        break;
      case Step::Kind::drawing_id:
        out += std::to_string(pictures_.next_drawing());
        break;
      case Step::Kind::table_start:
        tables_.push_back(out.size());
        break;
      case Step::Kind::table_end:
        if (out.find("<w:tr", tables_.back()) == std::string::npos) out.resize(tables_.back());
        tables_.pop_back();
        break;
      case Step::Kind::cell_end:
        if (!out.ends_with(paragraph_end)) out += "<w:p></w:p>";
        break;
    }
  }

  void repeat(const Step& step) {
    const Value* value = find(step.name);
    const bool is_something = value != nullptr && value->is_something();
    if (step.if_empty) {
      if (!is_something) go(step.inside);
      return;
    }
    if (!is_something) return;
    if (const auto* list = value->list()) {
      for (const Value& element : *list) {
        within(element, step.inside);
        if (is_over_limit()) return;
      }
      return;
    }
    const bool is_scope = value->object() != nullptr || value->text() != nullptr;
    if (is_scope) {
      within(*value, step.inside);
    } else {
      go(step.inside);
    }
  }

  void within(const Value& scope, const std::vector<Step>& steps) {
    scopes_.push_back(&scope);
    go(steps);
    scopes_.pop_back();
  }

  void put_text(const Step& step) {
    const Value* value = find(step.name);
    const std::string* text = value == nullptr ? nullptr : value->text();
    if (text == nullptr || text->empty()) return;
    std::string& out = part_.xml;
    out += "<w:r>";
    out += step.xml;
    std::string_view rest = *text;
    while (!rest.empty()) {
      const auto length = std::min(rest.find_first_of("\r\n\t"), rest.size());
      if (length > 0) {
        out += "<w:t xml:space=\"preserve\">";
        append_escaped(out, rest.substr(0, length));
        out += "</w:t>";
      }
      rest.remove_prefix(length);
      if (rest.empty()) break;
      out += rest.front() == '\t' ? "<w:tab/>" : "<w:br/>";
      rest.remove_prefix(rest.starts_with("\r\n") ? 2 : 1);
    }
    out += "</w:r>";
  }

  void put_picture(const Step& step) {
    const Value* value = find(step.name);
    if (value == nullptr) return;
    if (value->chart() != nullptr) return put_chart(*value->chart(), step.box.value_or(PictureBox{}));
    const Picture* picture = value->picture();
    if (picture == nullptr) return;
    if (picture->width <= 0 || picture->height <= 0)
      throw std::invalid_argument("a picture without a size: " + picture->identity);
    const std::size_t place = pictures_.place(*picture);
    part_.pictures.insert(place);
    const PictureBox box = step.box ? *step.box : picture->box.value_or(PictureBox{});
    append_picture_run(part_.xml, *picture, fitted(picture->width, picture->height, box), pictures_.relationship(place),
                       pictures_.next_drawing());
  }

  void put_chart(const Chart& chart, const PictureBox& box) {
    const std::size_t place = pictures_.place(chart);
    part_.charts.insert(place);
    append_chart_run(part_.xml, chart, size_of(box), EmbeddedPictures::chart_relationship(place), pictures_.next_drawing());
  }

  std::vector<const Value*> scopes_;
  EmbeddedPictures& pictures_;
  FilledPart part_;
  std::vector<std::size_t> tables_;
  std::size_t steps_ = 0;
};

}  // namespace

std::size_t EmbeddedPictures::place(const Picture& picture) {
  const auto [found, is_new] = places_.try_emplace(picture.identity, pictures_.size());
  if (is_new) pictures_.push_back(&picture);
  return found->second;
}

std::size_t EmbeddedPictures::place(const Chart& chart) {
  charts_.push_back(&chart);
  return charts_.size() - 1;
}

std::string EmbeddedPictures::chart_relationship(std::size_t place) { return "rIdChart" + std::to_string(place + 1); }

std::string EmbeddedPictures::chart_file(std::size_t place) { return "charts/drawn" + std::to_string(place + 1) + ".xml"; }

std::string EmbeddedPictures::relationship(std::size_t place) const {
  return "rIdPicture" + std::to_string(static_cast<std::size_t>(first_number_) + place);
}

std::string EmbeddedPictures::file(std::size_t place) const {
  return "media/picture" + std::to_string(static_cast<std::size_t>(first_number_) + place) +
         (picture(place).format == PictureFormat::png ? ".png" : ".jpg");
}

Result<FilledPart> fill_part(const std::vector<Step>& steps, const Value& values, EmbeddedPictures& pictures) {
  return Filling(values, pictures).run(steps);
}

}  // namespace wujin::documents
