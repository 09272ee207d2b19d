#include "sim/trace_reader.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

#include "model/vocabulary/suggest.hpp"
#include "sim/careful_reader.hpp"
#include "sim/event_data.hpp"
#include "sim/known_ids.hpp"
#include "sim/quick_reader.hpp"
#include "sim/sequences.hpp"

namespace shinsa::sim {

namespace {

constexpr std::size_t kTextMax = 256;      // bytes of a text of the envelope
constexpr std::size_t kWordsMax = 10'000;  // for types; a log has as many as its writer

struct HashText {
  using is_transparent = void;
  using is_avalanching = void;
  std::size_t operator()(std::string_view text) const {
    return XXH3_64bits(text.data(), text.size());
  }
};
template <class T>
using ByText = boost::unordered_flat_map<std::string, T, HashText, std::equal_to<>>;

}  // namespace

class EventReader::Reader {
 public:
  Reader(ByteSource& source, const std::string& file, Facts& facts, const ReadOptions& options)
      : options_(options),
        mapping_(options.mapping.with_defaults()),
        mapped_(mapping_),
        told_(file, options.errors_max),
        facts_(&facts),
        pieces_(source,
                mapping_.format == Mapping::Format::csv ? Pieces::Form::rows : Pieces::Form::json),
        quick_lines_(options.mapping.only_renames()) {}

  bool next_but_data(Line& line) {
    if (over_) return false;
    while (quick_lines_ && read_known()) {
      if (read_event(line)) return true;
    }
    while (pieces_.next(piece_)) {
      if (options_.whole_lines && !piece_.ended) break;
      if (!begun_) begin();
      if (!stopped_ && read_piece(line)) return true;
      if (stopped_) break;
    }
    over_ = true;
    if (!begun_) begin();
    if (const auto& broken = pieces_.broken())
      told_.error({broken->what, place_of_break(*broken), broken->remedy});
    told_.finish();
    return false;
  }
  void finish() { data_.finish(*facts_); }

  Told& told() { return told_; }
  [[nodiscard]] std::string_view text() const { return piece_.text; }
  void move_to(Facts& facts) { facts_ = &facts; }

 private:
  void begin() {
    begun_ = true;
    if (pieces_.had_byte_order_mark())
      told_.warn("byte order mark", at_line(1) + "the file starts with a byte order mark");
    if (mapping_.format == Mapping::Format::csv && !mapping_.columns.empty())
      name_columns({mapping_.columns.begin(), mapping_.columns.end()});
  }

  /// What broke in the pieces says line and column; a source that cannot be read says its own.
  [[nodiscard]] std::string place_of_break(const Error& broken) const {
    const bool is_place = !broken.where.empty() && broken.where.front() >= '0' &&
                          broken.where.front() <= '9' && pieces_.is_array();
    return is_place || broken.where.empty()
               ? told_.file() + (broken.where.empty() ? "" : ":" + broken.where)
               : broken.where;
  }

  /// Reads a line that is as lines before it were; most are.
  bool read_known() {
    const std::string_view ahead = pieces_.lines_ahead();
    const std::size_t size = ahead.empty() ? 0 : quick_.read_first(ahead, seen_);
    if (size == 0 || size > kLineMax) return false;
    pieces_.take_line(size, piece_);
    return true;
  }

  /// @return whether it holds an event.
  bool read_piece(Line& line) {
    if (piece_.too_long) {
      error(0, "the line has more than 1 MiB", "split the event");
      return false;
    }
    if (mapping_.format == Mapping::Format::csv) return read_row(line);
    if (!quick_lines_) return read_foreign(line);
    if (quick_.read(piece_.text, seen_)) return read_event(line);
    const auto fault = careful_.read(piece_.text, seen_);
    if (fault) {
      tell(*fault);
      return false;
    }
    return read_event(line);
  }

  void tell(const CarefulReader::Fault& fault) {
    if (fault.key.empty()) return error(fault.byte, fault.what, fault.remedy);
    error_at(fault.key, true, fault.what, fault.remedy);
  }

  // -- foreign records

  bool read_foreign(Line& line) {
    seen_.clear();
    if (const auto fault = careful_.read_any(piece_.text, values_, seen_.items)) {
      tell(*fault);
      return false;
    }
    constexpr std::string_view kData = "/data/";
    for (const Scalar& value : values_)
      if (value.key.starts_with(kData) &&
          value.key.find('/', kData.size()) == std::string_view::npos) {
        seen_.data.push_back(value);
        seen_.data.back().key.remove_prefix(kData.size());
      }
    return read_mapped(line, [this](std::string_view place) -> const Scalar* {
      const auto at = std::ranges::find(values_, place, &Scalar::key);
      return at == values_.end() ? nullptr : &*at;
    });
  }

  bool read_row(Line& line) {
    kept_.clear();
    seen_.clear();
    if (const auto split = split_row(piece_.text, mapping_.separator, cells_, kept_); !split) {
      error(0, split.error().what, split.error().remedy);
      return false;
    }
    if (columns_.empty()) {
      name_columns({cells_.begin(), cells_.end()});
      return false;
    }
    if (cells_.size() != columns_.size()) {
      error(0,
            "the row has " + std::to_string(cells_.size()) + " fields, and there are " +
                std::to_string(columns_.size()) + " columns",
            "put a field that holds the separator into quotes");
      return false;
    }
    return read_mapped(line, [this](std::string_view place) -> const Scalar* {
      const auto at = columns_.find(place);
      if (at == columns_.end()) return nullptr;
      cell_ = Scalar{};
      cell_.kind = Scalar::Kind::text;
      cell_.text = cells_[at->second];
      return &cell_;
    });
  }

  /// What the columns are called; each that the mapping speaks of must be there.
  void name_columns(const std::vector<std::string_view>& names) {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (!columns_.try_emplace(std::string(names[i]), i).second) {
        error(0, "the column '" + std::string(names[i]) + "' stands twice", "name each once");
        stopped_ = true;
        return;
      }
    for (const std::string& place : options_.mapping.places())
      if (!columns_.contains(place)) {
        error(0, "there is no column '" + place + "'" + did_you_mean(place, names),
              "name it in the first line, or mend the mapping");
        stopped_ = true;
      }
  }

  bool read_mapped(Line& line, const RecordLookup& record) {
    const auto read = mapped_.read(record, piece_.line, seen_);
    if (!read) {
      error(0, read.error().what, read.error().remedy);
      return false;
    }
    return *read && read_event(line);
  }

  // -- events

  const std::string_view* text_of(Envelope name) {
    const Scalar& scalar = seen_[name];
    const std::string word(kEnvelope[static_cast<std::size_t>(name)]);
    if (scalar.kind == Scalar::Kind::none) {
      error(0, "the event has no '" + word + "'", "every event has id, time, type and subject");
      return nullptr;
    }
    if (scalar.kind != Scalar::Kind::text || scalar.text.empty() || scalar.text.size() > kTextMax) {
      error_at(word, false, "'" + word + "' is not a text of 1 to 256 bytes",
               "write it as a JSON string");
      return nullptr;
    }
    return &scalar.text;
  }

  bool read_event(Line& line) {
    for (const Envelope name : {Envelope::id, Envelope::time, Envelope::type, Envelope::subject})
      if (seen_[name].kind != Scalar::Kind::text || seen_[name].text.empty() ||
          seen_[name].text.size() > kTextMax) {
        (void)text_of(name);
        return false;
      }
    const std::string_view id = seen_[Envelope::id].text, word = seen_[Envelope::type].text;
    if (!mapping_.ignore.empty() && mapping_.ignore.contains(word)) return false;
    if (!read_time(line.event.time)) return false;
    if (!ids_.add(id)) warn("repeated ids", "the id '" + std::string(id) + "' came already");
    if (seen_[Envelope::sequence].kind != Scalar::Kind::none) warn_of_sequence();
    line.number = piece_.line;
    line.unknown_type.reset();
    line.event.id = options_.ids ? facts_->intern(id) : TextId{};
    subjects_.clear();
    const Facts::Expected about = facts_->expect(subjects_(seen_[Envelope::subject].text));
    const auto type = type_of_line(word);
    if (!type) {
      line.event.subject = facts_->intern(about);
      line.unknown_type = word;
      return true;
    }
    line.event.type = *type;
    if (!subject_fits(*type, about.text)) return false;
    if (!read_data(*type, about)) return false;
    data_.put(*facts_, line.event);
    const Instant time = line.event.time;
    if (options_.order && last_time_ && time < *last_time_)
      warn("times that go back",
           "the time is before that of the line above; it is judged at that time");
    last_time_ = std::max(last_time_.value_or(time), time);
    return true;
  }

  bool read_time(Instant& into) {
    const auto instant = parse_instant(seen_[Envelope::time].text);
    if (!instant) {
      error_at("time", false, instant.error().what, instant.error().remedy);
      return false;
    }
    into = *instant;
    return true;
  }

  /// The same as `type_of`, which is asked once for all lines of a form.
  std::optional<TypeIndex> type_of_line(std::string_view word) {
    const std::size_t form = seen_.form;
    if (form < types_of_forms_.size() && types_of_forms_[form]) return types_of_forms_[form];
    const auto type = type_of(word);
    if (form != 0 && type) {
      if (form >= types_of_forms_.size()) types_of_forms_.resize(form + 1);
      types_of_forms_[form] = type;
    }
    return type;
  }

  /// Our type for their word; what is unknown is told once.
  std::optional<TypeIndex> type_of(std::string_view word) {
    if (const auto known = types_.find(word); known != types_.end()) {
      if (!known->second) warn_of_type(word);
      return known->second;
    }
    const auto renamed = mapping_.names.types.find(word);
    const auto type = find_type(renamed == mapping_.names.types.end() ? word : renamed->second);
    if (!type) warn_of_type(word);
    if (types_.size() < kWordsMax) types_.try_emplace(std::string(word), type);
    return type;
  }

  bool subject_fits(TypeIndex index, std::string_view subject) {
    const EventType& type = kEventTypes[index];
    // Mostly it is of the kind that such a subject was of last.
    const std::string_view kind = kinds_[index];
    const bool as_before = !kind.empty() && subject.size() > kind.size() + 1 &&
                           subject[kind.size()] == '/' && subject.starts_with(kind);
    if (as_before) return true;
    if (is_about_such(type, subject)) {
      if (!type.subject.empty())
        kinds_[index] = choice_word(
            type.subject, *choice_index(type.subject, subject.substr(0, subject.find('/'))));
      return true;
    }
    error_at("subject", false,
             "the subject of " + std::string(type.name) + " is '" + std::string(subject) + "'",
             "it has the form " + subject_forms(type));
    return false;
  }

  /// @return whether the fields are all as the type wants them.
  bool read_data(TypeIndex type, const Facts::Expected& about) {
    const Scalar& data = seen_[Envelope::data];
    if (data.kind != Scalar::Kind::none && data.kind != Scalar::Kind::other) {
      error_at("data", false, "'data' is not an object",
               "put the fields of the event into an object");
      return false;
    }
    const auto wrong = data_.look(seen_, type, about, *facts_, unknown_);
    if (!wrong) return true;
    if (wrong->key.empty())
      error(0, wrong->error.what, wrong->error.remedy);
    else
      error_at(wrong->key, false, wrong->error.what, wrong->error.remedy);
    return false;
  }

  // -- telling

  [[nodiscard]] std::string at_line(std::size_t number) const {
    return told_.file() + ":" + std::to_string(number) + ": ";
  }
  void warn(const std::string& kind, const std::string& what) {
    told_.warn(kind, at_line(piece_.line) + what);
  }

  void warn_once(const std::string& kind, const std::string& what) {
    told_.warn_once(kind, at_line(piece_.line) + what);
  }

  void warn_of_type(std::string_view word) {
    std::vector<std::string_view> names;
    for (const EventType& one : kEventTypes) names.push_back(one.name);
    warn_once("unknown event type '" + std::string(word) + "'",
              "unknown event type '" + std::string(word) + "', it is not judged" +
                  did_you_mean(word, names));
  }

  void warn_of_field(const EventType& type, std::string_view key) {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < type.field_count(); ++i) names.push_back(type.fields[i].name);
    warn_once(std::string(type.name) + " has no field '" + std::string(key) + "'",
              std::string(type.name) + " has no field '" + std::string(key) + "', it is ignored" +
                  did_you_mean(key, names));
  }

  void warn_of_sequence() {
    const auto number = Sequences::number_of(seen_[Envelope::sequence]);
    if (!number) return warn("sequences that are no number", "'sequence' is no number");
    if (const auto hole = sequences_.follow(seen_[Envelope::source].text, *number))
      warn("holes in sequences", "the sequence goes from " + std::to_string(hole->from) + " to " +
                                     std::to_string(hole->to) + ": lines were lost or moved");
  }

  /// Tells an error at a byte of the line; columns count characters from 1.
  void error(std::size_t byte, std::string what, std::string remedy) {
    const std::string_view before = piece_.text.substr(0, byte);
    const auto new_lines = static_cast<std::size_t>(std::ranges::count(before, '\n'));
    std::size_t column = new_lines == 0 ? piece_.column : 1;
    for (const char c : before.substr(new_lines == 0 ? 0 : before.rfind('\n') + 1))
      if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++column;
    told_.error({std::move(what),
                 told_.file() + ":" + std::to_string(piece_.line + new_lines) + ":" +
                     std::to_string(column),
                 std::move(remedy)});
  }

  /// Tells an error where a key stands: its first or last place in the line.
  void error_at(const std::string& key, bool last, std::string what, std::string remedy) {
    const std::string quoted = "\"" + key + "\"";
    const std::size_t at = last ? piece_.text.rfind(quoted) : piece_.text.find(quoted);
    error(at == std::string_view::npos ? 0 : at, std::move(what), std::move(remedy));
  }

  ReadOptions options_;
  Mapping mapping_;
  Mapped mapped_;
  Told told_;
  Facts* facts_;
  Pieces pieces_;
  Piece piece_;
  bool quick_lines_;  // of our own form
  bool begun_ = false, over_ = false;
  bool stopped_ = false;  // what follows cannot be understood either
  QuickReader quick_;
  CarefulReader careful_;
  Seen seen_;
  std::vector<Scalar> values_;           // of a foreign record
  ByText<std::size_t> columns_;          // of CSV
  std::vector<std::string_view> cells_;  // of a row
  std::deque<std::string> kept_;         // those that were quoted
  Scalar cell_;                          // the one looked up last
  SubjectsHere subjects_{mapping_.names};
  EventData data_{subjects_};
  const EventData::Unknown unknown_ = [this](const EventType& type, std::string_view key) {
    warn_of_field(type, key);
  };
  std::optional<Instant> last_time_;
  std::array<std::string_view, kEventTypes.size()> kinds_;  // of subjects, per type, the last
  KnownIds ids_;
  ByText<std::optional<TypeIndex>> types_;
  std::vector<std::optional<TypeIndex>> types_of_forms_;  // those that are known
  Sequences sequences_;
};

EventReader::EventReader(ByteSource& source, const std::string& file, Facts& facts,
                         const ReadOptions& options)
    : reader_(std::make_unique<Reader>(source, file, facts, options)) {}
EventReader::~EventReader() = default;
bool EventReader::next(Line& line) {
  const bool read = next_but_data(line);
  finish();
  return read;
}
bool EventReader::next_but_data(Line& line) { return reader_->next_but_data(line); }
void EventReader::finish() { reader_->finish(); }
Told& EventReader::told() { return reader_->told(); }
std::string_view EventReader::text() const { return reader_->text(); }
void EventReader::move_to(Facts& facts) { reader_->move_to(facts); }

ReadResult read_all(std::string_view text, const std::string& file, Facts& facts,
                    const ReadOptions& options) {
  TextSource source(text);
  EventReader reader(source, file, facts, options);
  ReadResult result;
  for (Line line; reader.next(line);) result.lines.push_back(line);
  result.errors = std::move(reader.told().errors);
  result.warnings = std::move(reader.told().warnings);
  return result;
}

}  // namespace shinsa::sim
