/// Makes a record of what a line says in `data`: each field as its type wants it.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/events.hpp"
#include "model/vocabulary/result.hpp"
#include "sim/mapping.hpp"
#include "sim/seen.hpp"

namespace shinsa::sim {

/// Subjects as they are called here: `application/17` for `job/17`.
class SubjectsHere {
 public:
  /// @param names  outlive it.
  explicit SubjectsHere(const Names& names) : names_(&names.subjects) {}
  /// Valid until `clear`, as long as `subject` is.
  [[nodiscard]] std::string_view operator()(std::string_view subject) {
    return names_->empty() ? subject : renamed(subject);
  }
  void clear() {
    if (!kept_.empty()) kept_.clear();
  }

 private:
  std::string_view renamed(std::string_view subject);

  const std::map<std::string, std::string, std::less<>>* names_;
  std::deque<std::string> kept_;
};

class EventData {
 public:
  /// @param subjects  outlive it.
  explicit EventData(SubjectsHere& subjects) : subjects_(&subjects) {}

  /// What is wrong with a line.
  struct Wrong {
    std::string key;  ///< that it is about; empty: the line lacks something
    Error error;      ///< without a place
  };
  /// Told of each key that the type does not have.
  using Unknown = std::function<void(const EventType&, std::string_view key)>;

  /// Looks through the fields. What the line says is not in the store yet, but is expected there.
  /// @param about  the subject.
  [[nodiscard]] std::optional<Wrong> look(const Seen& seen, TypeIndex type,
                                          const Facts::Expected& about, const Facts& facts,
                                          const Unknown& unknown);
  /// Puts into the store what was looked through last: the event's subject and data. The record of
  /// its data is laid by until `finish`, to which the event has to stay where it is.
  void put(Facts& facts, Event& event);
  /// Puts the records into the store that were laid by, for which their places are fetched by then.
  void finish(Facts& facts);

 private:
  /// A field of the type, and which of the fields of the line says it.
  struct Place {
    std::uint8_t field = 0;
    FieldKind kind = FieldKind::text;
    std::uint16_t said = 0;
    std::int64_t choice = 0;  // the last that it said, and how it is written
    std::string_view word;
    TextId text;             // the last that it said
    bool as_before = false;  // whether the line says that again
  };
  /// Where the fields of a type stand in lines of one form.
  struct Plan {
    static constexpr TypeIndex kNone = kEventTypes.size();
    TypeIndex type = kNone;
    std::vector<Place> places;  // in the order of the type
  };

  [[nodiscard]] bool take(Plan& plan, const Seen& seen, const Facts::Expected& about,
                          const Facts& facts);
  [[nodiscard]] bool take(Place& place, TypeIndex type, const Scalar& said);
  [[nodiscard]] std::optional<Wrong> find_places(const Seen& seen, TypeIndex type,
                                                 const Unknown& unknown);
  Plan& keep_plan(std::uint32_t form);
  void put_texts(Facts& facts, Event& event);
  void put_lists(Facts& facts);

  SubjectsHere* subjects_;
  std::vector<Plan> plans_;  // by form
  Plan found_;               // of a line of no form
  bool all_known_ = true;    // whether it has no field besides
  Plan* taken_ = nullptr;
  std::array<Value, kFieldsMax> values_;  // of a list: how many items
  std::vector<Facts::Expected> expected_;
  /// A list of the line.
  struct List {
    std::uint8_t field = 0;
    std::size_t first = 0, size = 0;  // in items_
    std::uint64_t hash = 0;
  };
  std::vector<List> lists_;
  std::vector<TextId> items_;
  /// A record that is laid by, of the event whose it is.
  struct LaidBy {
    Event* event = nullptr;
    TypeIndex type = 0;
    std::size_t first = 0;  // in laid_by_values_
    std::uint64_t hash = 0;
  };
  std::vector<LaidBy> laid_by_;
  std::vector<Value> laid_by_values_;
};

}  // namespace shinsa::sim
