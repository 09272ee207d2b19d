#include "sim/quick_reader.hpp"

#include <simdjson.h>

#include "sim/filling.hpp"
#include "sim/line_forms.hpp"
#include "sim/pieces.hpp"

namespace shinsa::sim {

static_assert(Piece::kPadding >= simdjson::SIMDJSON_PADDING);

struct QuickReader::Parser {
  simdjson::ondemand::parser on_demand;
  LineForms forms;
  bool of_lines = true;  // no form holds the end of a line
};

QuickReader::QuickReader() : parser_(std::make_unique<Parser>()) {}
QuickReader::~QuickReader() = default;

namespace {

namespace ondemand = simdjson::ondemand;

bool fits(std::int64_t number) { return number <= kIntegerMax && number >= -kIntegerMax; }

/// Takes what simdjson gives, if it gives anything.
template <class Result, class T>
bool take(Result&& result, T& into) {
  return std::forward<Result>(result).get(into) == simdjson::SUCCESS;
}

/// Reads a line that simdjson has looked through: that all texts end, and are UTF-8.
class LineReader {
 public:
  explicit LineReader(Seen& seen) : seen_(seen), filling_(seen) {}

  bool read_line(ondemand::object& line) {
    return read_object(line, [this](std::string_view key, ondemand::value& value) {
      Scalar* const place = filling_.envelope(key);
      if (!place) return false;
      if (!Filling::is_data(seen_, place)) return read_value(value, *place);
      place->kind = Scalar::Kind::other;
      return read_data(value);
    });
  }

 private:
  bool read_data(ondemand::value& value) {
    ondemand::object data;
    return take(value.get_object(), data) &&
           read_object(data, [this](std::string_view key, ondemand::value& said) {
             Scalar* const place = filling_.data(key);
             return place && read_value(said, *place);
           });
  }

  /// Calls `read` with each key and value, until it says no. @return whether it never did.
  template <class Read>
  bool read_object(ondemand::object& object, const Read& read) {
    for (auto result : object) {
      ondemand::field field;
      std::string_view key;
      if (!take(std::move(result), field) || !take(field.unescaped_key(), key) ||
          !read(key, field.value()))
        return false;
    }
    return true;
  }

  bool read_list(ondemand::value& value, Scalar& into) {
    ondemand::array list;
    if (!take(value.get_array(), list)) return false;
    into.kind = Scalar::Kind::list;
    into.first_item = seen_.items.size();
    for (auto item : list)
      if (!take(item.get_string(), seen_.items.emplace_back())) return false;
    into.items = static_cast<std::uint32_t>(seen_.items.size() - into.first_item);
    return true;
  }

  /// @return whether the value is of those that an event can use.
  bool read_value(ondemand::value& value, Scalar& into) {
    ondemand::json_type type{};
    if (!take(value.type(), type)) return false;
    switch (type) {
      case ondemand::json_type::string:
        into.kind = Scalar::Kind::text;
        return take(value.get_string(), into.text);
      case ondemand::json_type::number:
        into.kind = Scalar::Kind::number;
        return take(value.get_int64(), into.number) && fits(into.number);
      case ondemand::json_type::boolean: {
        bool truth = false;
        into.kind = Scalar::Kind::truth;
        if (!take(value.get_bool(), truth)) return false;
        into.number = truth ? 1 : 0;
        return true;
      }
      case ondemand::json_type::array:
        return read_list(value, into);
      default:
        return false;
    }
  }

  Seen& seen_;
  Filling filling_;
};

}  // namespace

std::size_t QuickReader::read_first(std::string_view text, Seen& seen) {
  seen.clear();
  return parser_->of_lines ? parser_->forms.read<LineForms::Given::text>(text, seen) : 0;
}

bool QuickReader::read(std::string_view line, Seen& seen) {
  seen.clear();
  if (line.empty() || line.front() != '{') return false;
  if (parser_->forms.read<LineForms::Given::line>(line, seen) != 0) return true;
  seen.clear();
  ondemand::document document;
  ondemand::object object;
  const bool taken = take(parser_->on_demand.iterate(line.data(), line.size(),
                                                     line.size() + simdjson::SIMDJSON_PADDING),
                          document) &&
                     take(document.get_object(), object) && LineReader(seen).read_line(object) &&
                     document.current_location().error() == simdjson::OUT_OF_BOUNDS;  // its end
  if (!taken) return false;
  if (line.find('\n') != std::string_view::npos) parser_->of_lines = false;
  parser_->forms.learn(line);
  return true;
}

}  // namespace shinsa::sim
