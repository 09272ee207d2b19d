/// How a log that is not of our form is read: where in its records the parts of an event stand, and
/// how they read there. A value; the YAML form of it is `shinsa-mapping/1` (cli/collect).
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/vocabulary/events.hpp"
#include "sim/pieces.hpp"
#include "sim/seen.hpp"

namespace shinsa::sim {

/// What an implementation calls things, and what they are called here; what is not in it keeps its
/// name.
struct Names {
  std::map<std::string, std::string, std::less<>> types;  ///< `order.done` -> `certificate.issued`
  std::map<std::string, std::string, std::less<>> subjects;  ///< `job` -> `application`, in
                                                             ///< `job/17` wherever it stands
};

/// Where one part of an event comes from.
struct Origin {
  /// Words and places by turns: `application/`, then what stands at `/order/id`. A place is a
  /// column's name or a JSON pointer.
  struct Part {
    std::string word;
    std::string place;  ///< empty: the word alone
  };
  std::vector<Part> parts;
  std::map<std::string, std::string, std::less<>> words;  ///< theirs -> ours
  std::string time;   ///< the form of a time, as in Mapping; empty: that of the mapping
  std::string split;  ///< between the items of a list; empty: it is one item
};

struct Mapping {
  enum class Format : std::uint8_t { jsonl, csv };
  Format format = Format::jsonl;
  char separator = ',';
  std::vector<std::string> columns;  ///< of CSV without a first line that names them
  std::optional<Duration> zone;      ///< offset of times that state none
  /// `%Y/%m/%d %H:%M:%S` and the like, `unix` or `unix-ms`; empty: RFC 3339
  std::string time;
  std::array<std::optional<Origin>, kEnvelope.size()> envelope;  ///< absent: as it is called here
  Names names;
  std::set<std::string, std::less<>> ignore;        ///< their types that are not read
  std::map<std::string, Origin, std::less<>> data;  ///< by our field, for every type that has it
  std::map<TypeIndex, std::map<std::string, Origin, std::less<>>> data_of;  ///< goes before `data`

  /// Whether records are of our own form but for names of types and subjects.
  [[nodiscard]] bool only_renames() const;
  /// Every column or pointer that it speaks of, each once.
  [[nodiscard]] std::set<std::string> places() const;
  /// The same mapping with an origin for every part of the envelope that a record may have.
  [[nodiscard]] Mapping with_defaults() const;
};

/// A foreign record: what stands at a place in it; null if nothing does.
using RecordLookup = std::function<const Scalar*(std::string_view place)>;

/// Reads a time in a form of Mapping. @param zone  for times that state none.
[[nodiscard]] Result<Instant> read_time(std::string_view text, std::string_view form,
                                        std::optional<Duration> zone);

/// Takes a row of CSV apart (RFC 4180). @param kept  memory of fields that were quoted.
/// @return an Error for a quote that is not where it may be.
[[nodiscard]] Result<void> split_row(std::string_view row, char separator,
                                     std::vector<std::string_view>& fields,
                                     std::deque<std::string>& kept);

/// A record as an event of our form would say it.
class Mapped {
 public:
  explicit Mapped(const Mapping& mapping) : mapping_(mapping) {}

  /// @param number  of the line: the id of a record that has none.
  /// @return false for a record that is ignored; an Error for a part that cannot be made.
  [[nodiscard]] Result<bool> read(const RecordLookup& record, std::size_t number, Seen& seen);

 private:
  using Made = std::optional<Scalar>;  // nothing: the record does not say it
  [[nodiscard]] Result<Made> make(const Origin& origin, FieldKind kind, const RecordLookup& record,
                                  Seen& seen);
  [[nodiscard]] Made compose(const Origin& origin, const RecordLookup& record);
  Result<void> read_data(TypeIndex type, const RecordLookup& record, Seen& seen);
  std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }

  const Mapping& mapping_;
  std::deque<std::string> kept_;  // of the last record
};

}  // namespace shinsa::sim
