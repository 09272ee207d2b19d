#include "sim/careful_reader.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <cmath>
#include <deque>

namespace shinsa::sim {

namespace {

/// A key as a part of a JSON pointer.
std::string pointer_part(std::string_view key) {
  std::string part = "/";
  for (const char c : key) part += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return part;
}

/// Follows a line from its first byte to its last; notes each value with its place.
struct Collector {
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);
  using error = boost::json::error_code;
  using View = boost::json::string_view;

  /// An object or array that is open.
  struct Level {
    bool is_object = true;
    std::vector<std::string> keys;     // of an object
    std::size_t items = 0;             // of an array
    std::size_t path = 0;              // how long the pointer to it is
    std::optional<std::size_t> value;  // of an array: its Scalar
  };

  std::vector<Scalar> values;
  std::vector<std::string_view> items;
  std::vector<Level> open;  // from the outside in
  std::string path;         // a JSON pointer to the value that comes
  std::string key, text;
  std::deque<std::string> kept;  // what the views are of
  std::string wrong, wrong_key;
  bool is_object = false;

  void clear() {
    values.clear();
    items.clear();
    open.clear();
    kept.clear();
    for (std::string* one : {&path, &key, &text, &wrong, &wrong_key}) one->clear();
    is_object = false;
  }

  bool stop(error& ec, std::string what) {
    wrong = std::move(what);
    wrong_key = key;
    ec = boost::json::error::syntax;
    return false;
  }

  std::string_view keep(std::string one) { return kept.emplace_back(std::move(one)); }

  /// Notes the value that comes now, under its pointer.
  Scalar& note(Scalar::Kind kind) {
    if (!open.empty() && !open.back().is_object) {
      path.resize(open.back().path);
      path += "/" + std::to_string(open.back().items++);
    }
    Scalar& value = values.emplace_back();
    value.key = keep(path);
    value.kind = kind;
    return value;
  }
  /// The value that comes now is an item of no list of texts.
  void spoil_list() {
    if (!open.empty() && open.back().value) values[*open.back().value].texts_only = false;
  }

  bool begin(error& ec, bool object) {
    if (open.size() >= kDepthMax) return stop(ec, "it is nested too deeply");
    spoil_list();
    Level level;
    level.is_object = object;
    if (open.empty()) {
      is_object = object;
    } else {
      Scalar& value = note(object ? Scalar::Kind::other : Scalar::Kind::list);
      value.first_item = items.size();
    }
    if (!object && !values.empty()) level.value = values.size() - 1;
    level.path = path.size();
    open.push_back(std::move(level));
    return true;
  }

  bool on_document_begin(error&) { return true; }
  bool on_document_end(error&) { return true; }
  bool on_object_begin(error& ec) { return begin(ec, true); }
  bool on_array_begin(error& ec) { return begin(ec, false); }
  bool on_object_end(std::size_t, error&) {
    open.pop_back();
    return true;
  }
  bool on_array_end(std::size_t, error&) {
    open.pop_back();
    return true;
  }
  bool on_key_part(View part, std::size_t, error&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_key(View part, std::size_t, error& ec) {
    text.append(part.data(), part.size());
    key = std::exchange(text, {});
    Level& level = open.back();
    if (std::ranges::count(level.keys, key) > 0)
      return stop(ec, "the key '" + key + "' stands twice");
    level.keys.push_back(key);
    path.resize(level.path);
    path += pointer_part(key);
    return true;
  }
  bool on_string_part(View part, std::size_t, error&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_string(View part, std::size_t, error&) {
    text.append(part.data(), part.size());
    const std::string_view whole = keep(std::exchange(text, {}));
    if (!open.empty() && open.back().value) {
      Scalar& list = values[*open.back().value];
      if (list.texts_only && list.first_item + list.items == items.size()) {
        items.push_back(whole);
        ++list.items;
      }
    }
    note(Scalar::Kind::text).text = whole;
    return true;
  }
  bool on_number_part(View, error&) { return true; }
  bool put_number(std::int64_t number, bool whole, error& ec) {
    if (number > kIntegerMax || number < -kIntegerMax) return stop(ec, "a number is beyond 2^53");
    spoil_list();
    Scalar& value = note(Scalar::Kind::number);
    value.number = number;
    value.whole = whole;
    return true;
  }
  bool on_int64(std::int64_t number, View, error& ec) { return put_number(number, true, ec); }
  bool on_uint64(std::uint64_t number, View, error& ec) {
    return put_number(number > static_cast<std::uint64_t>(kIntegerMax)
                          ? INT64_MAX
                          : static_cast<std::int64_t>(number),
                      true, ec);
  }
  bool on_double(double number, View, error& ec) {
    if (!std::isfinite(number) || std::abs(number) > static_cast<double>(kIntegerMax))
      return stop(ec, "a number is not finite or beyond 2^53");
    return put_number(static_cast<std::int64_t>(number), number == std::floor(number), ec);
  }
  bool on_bool(bool truth, error&) {
    spoil_list();
    note(Scalar::Kind::truth).number = truth ? 1 : 0;
    return true;
  }
  bool on_null(error&) {
    spoil_list();
    note(Scalar::Kind::other);
    return true;
  }
  bool on_comment_part(View, error&) { return true; }
  bool on_comment(View, error&) { return true; }
};

}  // namespace

struct CarefulReader::Parser {
  /// Deeper than our own limit, which says what is wrong.
  static boost::json::parse_options deep() {
    boost::json::parse_options options;
    options.max_depth = 2 * kDepthMax;
    return options;
  }
  boost::json::basic_parser<Collector> json{deep()};
};

CarefulReader::CarefulReader() : parser_(std::make_unique<Parser>()) {}
CarefulReader::~CarefulReader() = default;

std::optional<CarefulReader::Fault> CarefulReader::parse(std::string_view line) {
  Collector& seen = parser_->json.handler();
  seen.clear();
  parser_->json.reset();
  boost::json::error_code ec;
  const std::size_t read = parser_->json.write_some(false, line.data(), line.size(), ec);
  if (!seen.wrong.empty())
    return Fault{seen.wrong, "each key once, numbers up to 2^53, at most 32 levels", 0,
                 seen.wrong_key};
  if (ec) return Fault{"this is no JSON: " + ec.message(), "one JSON object a line", read, {}};
  if (const std::size_t more = line.find_first_not_of(" \t\r\n", read);
      more != std::string_view::npos)
    return Fault{"something follows the object", "one JSON object a line", more, {}};
  if (!seen.is_object)
    return Fault{"the line is no JSON object",
                 "an event is an object with id, time, type and subject",
                 0,
                 {}};
  return std::nullopt;
}

std::optional<CarefulReader::Fault> CarefulReader::read(std::string_view line, Seen& seen) {
  seen.clear();
  if (auto fault = parse(line)) return fault;
  const Collector& found = parser_->json.handler();
  seen.items = found.items;
  for (Scalar value : found.values) {
    value.key.remove_prefix(1);
    constexpr std::string_view kData = "data/";
    if (value.key.find('/') == std::string_view::npos) {
      const auto at = std::ranges::find(kEnvelope, value.key);
      if (at != kEnvelope.end())
        seen.envelope[static_cast<std::size_t>(at - kEnvelope.begin())] = value;
    } else if (value.key.starts_with(kData) && seen[Envelope::data].kind == Scalar::Kind::other) {
      value.key.remove_prefix(kData.size());
      if (value.key.find('/') == std::string_view::npos) seen.data.push_back(value);
    }
  }
  return std::nullopt;
}

std::optional<CarefulReader::Fault> CarefulReader::read_any(std::string_view line,
                                                            std::vector<Scalar>& values,
                                                            std::vector<std::string_view>& items) {
  if (auto fault = parse(line)) return fault;
  values = parser_->json.handler().values;
  items = parser_->json.handler().items;
  return std::nullopt;
}

}  // namespace shinsa::sim
