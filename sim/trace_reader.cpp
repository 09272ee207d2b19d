#include "sim/trace_reader.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cmath>

#include "model/vocabulary/suggest.hpp"

namespace shinsa::sim {

namespace {

constexpr std::int64_t kIntegerMax = std::int64_t{1} << 53;

/// A value as it stands in a line, as far as an event can use it.
struct Scalar {
  enum class Kind { none, text, number, truth, list, other };
  std::string key;
  Kind kind = Kind::none;
  std::string text;
  std::int64_t number = 0;
  std::vector<std::string> items;
  bool whole = true;       // a number without a fraction
  bool texts_only = true;  // a list of strings
};

/// Collects the envelope and `data` of one line; refuses duplicate keys and numbers that cannot be
/// kept.
struct Collector {
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);
  using error = boost::json::error_code;

  std::vector<Scalar> envelope, data;
  std::vector<std::vector<std::string>> keys;  // of each open object
  std::vector<char> open;                      // 'o' or 'a', from the outside in
  std::string key, text;
  std::string wrong;      // what the line does that no event may
  std::string wrong_key;  // at which key

  void clear() {
    envelope.clear();
    data.clear();
    keys.clear();
    open.clear();
    key.clear();
    text.clear();
    wrong.clear();
    wrong_key.clear();
  }

  bool stop(error& ec, std::string what) {
    wrong = std::move(what);
    wrong_key = key;
    ec = boost::json::error::syntax;
    return false;
  }

  /// Where a value that comes now belongs: a field of the envelope or of `data`, else nowhere.
  Scalar* place() {
    if (open.size() == 1 && open[0] == 'o') return &envelope.back();
    if (open.size() == 2 && open[1] == 'o' && !envelope.empty() && envelope.back().key == "data")
      return &data.back();
    return nullptr;
  }
  /// The list that an item which comes now belongs to.
  Scalar* list() {
    if (open.size() == 2 && open[1] == 'a' && !envelope.empty()) return &envelope.back();
    if (open.size() == 3 && open[1] == 'o' && open[2] == 'a' && !envelope.empty() &&
        envelope.back().key == "data")
      return &data.back();
    return nullptr;
  }

  bool on_document_begin(error&) { return true; }
  bool on_document_end(error&) { return true; }
  bool on_object_begin(error& ec) {
    if (open.size() >= kDepthMax) return stop(ec, "it is nested too deeply");
    if (Scalar* value = place()) value->kind = Scalar::Kind::other;
    if (Scalar* value = list()) value->texts_only = false;
    open.push_back('o');
    keys.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, error&) {
    open.pop_back();
    keys.pop_back();
    return true;
  }
  bool on_array_begin(error& ec) {
    if (open.size() >= kDepthMax) return stop(ec, "it is nested too deeply");
    if (Scalar* value = place()) value->kind = Scalar::Kind::list;
    if (Scalar* value = list()) value->texts_only = false;
    open.push_back('a');
    return true;
  }
  bool on_array_end(std::size_t, error&) {
    open.pop_back();
    return true;
  }
  bool on_key_part(boost::json::string_view part, std::size_t, error&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_key(boost::json::string_view part, std::size_t, error& ec) {
    text.append(part.data(), part.size());
    key = std::exchange(text, {});
    if (std::ranges::count(keys.back(), key) > 0)
      return stop(ec, "the key '" + key + "' stands twice");
    keys.back().push_back(key);
    if (open.size() == 1)
      envelope.push_back({key, Scalar::Kind::none, {}, 0, {}, true, true});
    else if (open.size() == 2 && envelope.back().key == "data")
      data.push_back({key, Scalar::Kind::none, {}, 0, {}, true, true});
    return true;
  }
  bool on_string_part(boost::json::string_view part, std::size_t, error&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_string(boost::json::string_view part, std::size_t, error&) {
    text.append(part.data(), part.size());
    std::string whole = std::exchange(text, {});
    if (Scalar* value = place()) {
      value->kind = Scalar::Kind::text;
      value->text = std::move(whole);
    } else if (Scalar* items = list()) {
      items->items.push_back(std::move(whole));
    }
    return true;
  }
  bool on_number_part(boost::json::string_view, error&) { return true; }
  bool put_number(std::int64_t number, bool whole, error& ec) {
    if (number > kIntegerMax || number < -kIntegerMax) return stop(ec, "a number is beyond 2^53");
    if (Scalar* value = place()) {
      value->kind = Scalar::Kind::number;
      value->number = number;
      value->whole = whole;
    } else if (Scalar* items = list()) {
      items->texts_only = false;
    }
    return true;
  }
  bool on_int64(std::int64_t number, boost::json::string_view, error& ec) {
    return put_number(number, true, ec);
  }
  bool on_uint64(std::uint64_t number, boost::json::string_view, error& ec) {
    return put_number(number > static_cast<std::uint64_t>(kIntegerMax)
                          ? INT64_MAX
                          : static_cast<std::int64_t>(number),
                      true, ec);
  }
  bool on_double(double number, boost::json::string_view, error& ec) {
    if (!std::isfinite(number) || std::abs(number) > static_cast<double>(kIntegerMax))
      return stop(ec, "a number is not finite or beyond 2^53");
    return put_number(static_cast<std::int64_t>(number), number == std::floor(number), ec);
  }
  bool on_bool(bool truth, error&) {
    if (Scalar* value = place()) {
      value->kind = Scalar::Kind::truth;
      value->number = truth ? 1 : 0;
    } else if (Scalar* items = list()) {
      items->texts_only = false;
    }
    return true;
  }
  bool on_null(error&) {
    if (Scalar* value = place())
      value->kind = Scalar::Kind::other;
    else if (Scalar* items = list())
      items->texts_only = false;
    return true;
  }
  bool on_comment_part(boost::json::string_view, error&) { return true; }
  bool on_comment(boost::json::string_view, error&) { return true; }
};

std::string_view name_of(Scalar::Kind kind) {
  switch (kind) {
    case Scalar::Kind::none:
    case Scalar::Kind::other:
      return "an object or null";
    case Scalar::Kind::text:
      return "a text";
    case Scalar::Kind::number:
      return "a number";
    case Scalar::Kind::truth:
      return "true or false";
    case Scalar::Kind::list:
      return "a list";
  }
  return "something else";
}

std::string_view wanted(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
      return "a text";
    case FieldKind::list:
      return "a list of texts";
    case FieldKind::choice:
      return "one of its words";
    case FieldKind::number:
      return "a whole number";
    case FieldKind::instant:
      return "a time such as \"2026-11-21T10:00:00+09:00\"";
    case FieldKind::truth:
      return "true or false";
  }
  return "a text";
}

/// Names that the form knows besides the fields of a type; kept by others, not used here.
constexpr std::string_view kCommonData[] = {"actor", "objects", "result", "code"};

class Reader {
 public:
  Reader(const std::string& file, Facts& facts, const ReadOptions& options, ReadResult& result)
      : file_(file),
        facts_(facts),
        options_(options),
        result_(result),
        parser_(boost::json::parse_options{}) {}

  void read(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) {
      warn(1, "the file starts with a byte order mark");
      text.remove_prefix(3);
    }
    std::size_t number = 0;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      ++number;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
      read_line(line, number);
    }
    if (untold_ > 0)
      result_.errors.push_back({"and " + std::to_string(untold_) + " more bad lines", file_,
                                "mend the first ones and check again"});
  }

 private:
  void read_line(std::string_view line, std::size_t number) {
    line_ = line;
    number_ = number;
    if (line.size() > kLineMax) return error(0, "the line has more than 1 MiB", "split the event");
    auto& seen = parser_.handler();
    seen.clear();
    parser_.reset();
    boost::json::error_code ec;
    const std::size_t read = parser_.write_some(false, line.data(), line.size(), ec);
    if (!seen.wrong.empty())
      return error_at(seen.wrong_key, true, seen.wrong,
                      "each key once, numbers up to 2^53, at most 32 levels");
    if (ec) return error(read, "this is no JSON: " + ec.message(), "one JSON object a line");
    if (line.find_first_not_of(" \t", read) != std::string_view::npos)
      return error(line.find_first_not_of(" \t", read), "something follows the object",
                   "one JSON object a line");
    if (line[line.find_first_not_of(" \t")] != '{')
      return error(0, "the line is no JSON object",
                   "an event is an object with id, time, type and subject");
    read_event(seen);
  }

  void read_event(Collector& seen) {
    const auto text_of = [&](std::string_view name) -> const std::string* {
      const auto at = std::ranges::find(seen.envelope, name, &Scalar::key);
      if (at == seen.envelope.end()) {
        error(0, "the event has no '" + std::string(name) + "'",
              "every event has id, time, type and subject");
        return nullptr;
      }
      if (at->kind != Scalar::Kind::text || at->text.empty() || at->text.size() > 256) {
        error_at(at->key, false, "'" + std::string(name) + "' is not a text of 1 to 256 bytes",
                 "write it as a JSON string");
        return nullptr;
      }
      return &at->text;
    };
    const std::string* const id = text_of("id");
    const std::string* const time = id ? text_of("time") : nullptr;
    const std::string* const type_name = time ? text_of("type") : nullptr;
    const std::string* const subject = type_name ? text_of("subject") : nullptr;
    if (!subject) return;
    const auto instant = parse_instant(*time);
    if (!instant) return error_at("time", false, instant.error().what, instant.error().remedy);
    warn_of_repeated_id(*id);
    warn_of_sequence(seen);
    Line line;
    line.number = number_;
    line.event.time = *instant;
    line.event.id = facts_.intern(*id);
    const std::string about = subject_here(*subject);
    line.event.subject = facts_.intern(about);
    const auto renamed = options_.names.types.find(*type_name);
    const auto type =
        find_type(renamed == options_.names.types.end() ? *type_name : renamed->second);
    if (!type) {
      std::vector<std::string_view> names;
      for (const EventType& one : kEventTypes) names.push_back(one.name);
      warn(number_, "unknown event type '" + *type_name + "', it is not judged" +
                        did_you_mean(*type_name, names));
      line.unknown_type = *type_name;
      result_.lines.push_back(std::move(line));
      return;
    }
    line.event.type = *type;
    if (!subject_fits(kEventTypes[*type], about)) return;
    if (!read_data(seen, *type, line.event)) return;
    if (last_time_ && *instant < *last_time_)
      warn(number_, "the time is before that of the line above; it is judged at that time");
    last_time_ = std::max(last_time_.value_or(*instant), *instant);
    result_.lines.push_back(std::move(line));
  }

  /// `job/17` as it is called here: `application/17`.
  [[nodiscard]] std::string subject_here(const std::string& subject) const {
    const std::size_t slash = subject.find('/');
    if (slash == std::string::npos) return subject;
    const auto kind = options_.names.subjects.find(std::string_view(subject).substr(0, slash));
    return kind == options_.names.subjects.end() ? subject : kind->second + subject.substr(slash);
  }

  bool subject_fits(const EventType& type, const std::string& subject) {
    const bool fits = is_about_such(type, subject);
    if (!fits)
      error_at("subject", false,
               "the subject of " + std::string(type.name) + " is '" + subject + "'",
               "it has the form " + subject_forms(type));
    return fits;
  }

  bool read_data(Collector& seen, TypeIndex index, Event& event) {
    const EventType& type = kEventTypes[index];
    std::array<Value, kFieldsMax> values{};
    const auto at = std::ranges::find(seen.envelope, "data", &Scalar::key);
    if (at != seen.envelope.end() && at->kind != Scalar::Kind::other) {
      error_at("data", false, "'data' is not an object",
               "put the fields of the event into an object");
      return false;
    }
    for (Scalar& scalar : seen.data) {
      const auto field = type.field(scalar.key);
      if (!field) {
        if (std::ranges::count(kCommonData, std::string_view(scalar.key)) == 0)
          warn_of_field(type, scalar.key);
        continue;
      }
      const auto value = convert(type.fields[*field], scalar);
      if (!value) {
        error_at(scalar.key, false, value.error().what, value.error().remedy);
        return false;
      }
      values[*field] = *value;
    }
    for (std::size_t i = 0; i < type.field_count(); ++i)
      if (type.fields[i].required && !values[i].present()) {
        error(0,
              std::string(type.name) + " lacks '" + std::string(type.fields[i].name) + "' (" +
                  std::string(type.fields[i].says) + ")",
              "add it to data");
        return false;
      }
    event.data = facts_.intern_record(index, {values.data(), type.field_count()});
    return true;
  }

  Result<Value> convert(const FieldType& field, Scalar& scalar) {
    const auto mismatch = [&] {
      return fail("'" + scalar.key + "' is " + std::string(name_of(scalar.kind)), {},
                  "it wants " + std::string(wanted(field.kind)));
    };
    switch (field.kind) {
      case FieldKind::text:
        if (scalar.kind != Scalar::Kind::text) return mismatch();
        return Value::of(facts_.intern(subject_here(scalar.text)));
      case FieldKind::choice: {
        if (scalar.kind != Scalar::Kind::text) return mismatch();
        if (const auto word = choice_index(field.choices, scalar.text)) return Value::of(*word);
        std::vector<std::string_view> words;
        for (std::int64_t i = 0; !choice_word(field.choices, i).empty(); ++i)
          words.push_back(choice_word(field.choices, i));
        return fail("'" + scalar.key + "' cannot be '" + scalar.text + "'" +
                        did_you_mean(scalar.text, words),
                    {}, "it is one of " + std::string(field.choices));
      }
      case FieldKind::number:
        if (scalar.kind != Scalar::Kind::number || !scalar.whole) return mismatch();
        return Value::of(scalar.number);
      case FieldKind::truth:
        if (scalar.kind != Scalar::Kind::truth) return mismatch();
        return Value::of(scalar.number != 0);
      case FieldKind::instant: {
        if (scalar.kind != Scalar::Kind::text) return mismatch();
        const auto instant = parse_instant(scalar.text);
        if (!instant) return Failure(instant.error());
        return Value::of(*instant);
      }
      case FieldKind::list: {
        if (scalar.kind != Scalar::Kind::list || !scalar.texts_only) return mismatch();
        std::vector<TextId> items;
        for (const std::string& item : scalar.items)
          items.push_back(facts_.intern(subject_here(item)));
        return Value::of(facts_.intern_list(items));
      }
    }
    return mismatch();
  }

  // -- telling
  // ------------------------------------------------------------------------------------------------------------

  void warn(std::size_t number, const std::string& what) {
    result_.warnings.push_back(file_ + ":" + std::to_string(number) + ": " + what);
  }

  void warn_of_field(const EventType& type, const std::string& key) {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < type.field_count(); ++i) names.push_back(type.fields[i].name);
    warn(number_, std::string(type.name) + " has no field '" + key + "', it is ignored" +
                      did_you_mean(key, names));
  }

  void warn_of_repeated_id(const std::string& id) {
    const auto [known, is_new] = ids_.try_emplace(id, number_);
    if (!is_new)
      warn(number_,
           "the id '" + id + "' stands in line " + std::to_string(known->second) + " already");
  }

  /// A hole in `sequence` means that a line was lost on the way.
  void warn_of_sequence(const Collector& seen) {
    const auto at = std::ranges::find(seen.envelope, "sequence", &Scalar::key);
    if (at == seen.envelope.end()) return;
    std::int64_t number = at->number;
    if (at->kind == Scalar::Kind::text) {
      number = 0;
      for (char c : at->text.substr(0, 18)) {
        if (c < '0' || c > '9') return warn(number_, "'sequence' is no number");
        number = number * 10 + (c - '0');
      }
    } else if (at->kind != Scalar::Kind::number) {
      return warn(number_, "'sequence' is no number");
    }
    const auto source = std::ranges::find(seen.envelope, "source", &Scalar::key);
    const auto [last, is_first] =
        sequences_.try_emplace(source == seen.envelope.end() ? "" : source->text, number);
    if (!is_first && number != last->second + 1)
      warn(number_, "the sequence goes from " + std::to_string(last->second) + " to " +
                        std::to_string(number) + ": lines were lost or moved");
    last->second = number;
  }

  /// Tells an error at a byte of the line; columns count characters from 1.
  void error(std::size_t byte, std::string what, std::string remedy) {
    if (result_.errors.size() >= options_.errors_max) {
      ++untold_;
      return;
    }
    std::size_t column = 1;
    for (std::size_t i = 0; i < std::min(byte, line_.size()); ++i)
      if ((static_cast<unsigned char>(line_[i]) & 0xc0) != 0x80) ++column;
    result_.errors.push_back({std::move(what),
                              file_ + ":" + std::to_string(number_) + ":" + std::to_string(column),
                              std::move(remedy)});
  }

  /// Tells an error where a key stands: its first or last place in the line.
  void error_at(const std::string& key, bool last, std::string what, std::string remedy) {
    const std::string quoted = json_key(key);
    const std::size_t at = last ? line_.rfind(quoted) : line_.find(quoted);
    error(at == std::string_view::npos ? 0 : at, std::move(what), std::move(remedy));
  }
  static std::string json_key(const std::string& key) { return "\"" + key + "\""; }

  const std::string& file_;
  Facts& facts_;
  const ReadOptions& options_;
  ReadResult& result_;
  boost::json::basic_parser<Collector> parser_;
  std::string_view line_;
  std::size_t number_ = 0;
  std::size_t untold_ = 0;
  std::optional<Instant> last_time_;
  boost::unordered_flat_map<std::string, std::size_t> ids_;
  boost::unordered_flat_map<std::string, std::int64_t> sequences_;
};

}  // namespace

ReadResult read_all(std::string_view text, const std::string& file, Facts& facts,
                    const ReadOptions& options) {
  ReadResult result;
  Reader(file, facts, options, result).read(text);
  return result;
}

}  // namespace shinsa::sim
