#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace wujin::documents {

// The room a picture may take on paper, in millimetres, for a picture that is wider than high; one that is higher than wide gets
// the box turned on its side.
struct PictureBox {
  double width = 75;
  double height = 56;
};

enum class PictureFormat { jpeg, png };

// A picture to be put in a document: where its bytes are, read only while the document is written, and how it is to be shown.
struct Picture {
  std::string identity;  // pictures of one identity are embedded once: the SHA-256
  PictureFormat format = PictureFormat::jpeg;
  int width = 0;  // pixels, upright
  int height = 0;
  std::variant<std::shared_ptr<const std::string>, std::filesystem::path> bytes;
  std::string description;        // what a screen reader says
  std::optional<PictureBox> box;  // a box named in the tag goes before it
};

struct ChartSeries {
  std::string name;
  std::vector<double> values;  // one for each category
};

// A chart of stacked columns; a tag shows it as it shows a picture.
struct Chart {
  std::string title;
  std::vector<std::string> categories;
  std::vector<ChartSeries> series;
};

// What a template is filled with: a text, a yes or no, a list, an object of named values, a picture, a chart. A value that is
// absent is no.
class Value {
 public:
  using List = std::vector<Value>;
  using Object = std::map<std::string, Value, std::less<>>;

  Value() = default;
  Value(bool yes) : held_(yes) {}                             // NOLINT(google-explicit-constructor)
  Value(std::string text) : held_(std::move(text)) {}         // NOLINT(google-explicit-constructor)
  Value(std::string_view text) : held_(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  Value(const char* text) : held_(std::string(text)) {}       // NOLINT(google-explicit-constructor)
  Value(List list) : held_(std::move(list)) {}                // NOLINT(google-explicit-constructor)
  Value(Object object) : held_(std::move(object)) {}          // NOLINT(google-explicit-constructor)
  Value(Picture picture) : held_(std::move(picture)) {}       // NOLINT(google-explicit-constructor)
  Value(Chart chart) : held_(std::move(chart)) {}             // NOLINT(google-explicit-constructor)

  const std::string* text() const { return std::get_if<std::string>(&held_); }
  const List* list() const { return std::get_if<List>(&held_); }
  const Object* object() const { return std::get_if<Object>(&held_); }
  const Picture* picture() const { return std::get_if<Picture>(&held_); }
  const Chart* chart() const { return std::get_if<Chart>(&held_); }
  // What {#value} asks: not absent, not false, not an empty text, not an empty list.
  bool is_something() const;

 private:
  std::variant<bool, std::string, List, Object, Picture, Chart> held_ = false;
};

inline bool Value::is_something() const {
  if (const auto* yes = std::get_if<bool>(&held_)) return *yes;
  if (const auto* words = text()) return !words->empty();
  if (const auto* items = list()) return !items->empty();
  return true;
}

}  // namespace wujin::documents
