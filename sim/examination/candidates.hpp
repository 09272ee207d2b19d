/// What may have happened without the log saying so: derived from the model, for a World and an
/// instant.
///
/// Actions come from what is owed or allowed. Requests come from the tables: each type that has a
/// row in the state of a thing that is there, or of one that the log names later. What they say is
/// taken from the matter itself: what was owed, what other events say in fields of the same name or
/// the same kind, what can be chosen. Nothing here is a list of events written by hand.
#pragma once

#include <compare>
#include <map>
#include <vector>

#include "sim/examination/matter.hpp"
#include "sim/performer.hpp"

namespace shinsa::sim {

struct Candidate {
  Event event;
  bool owed = false;  ///< an action that must be done
};

/// Variants of what a request says that are tried, at most.
inline constexpr std::size_t kVariantsMax = 12;

class Candidates {
 public:
  /// @param matter  outlives this.
  explicit Candidates(const Matter& matter);

  /// What of the types may happen at `now`, whether or not its guards say yes.
  /// @param next  index of the matter's event that follows; the number of events: none does.
  [[nodiscard]] std::vector<Candidate> of(const model::World& world, Instant now,
                                          const TypeSet& types, std::size_t next) const;
  /// The actions among them alone.
  [[nodiscard]] std::vector<Candidate> actions_of(const model::World& world, Instant now,
                                                  const TypeSet& types, std::size_t next) const;

 private:
  /// A value that an event of the matter says, and what the table says of its field.
  struct Said {
    std::size_t at = 0;  // index of the event
    const FieldType* field = nullptr;
    Value value;
  };
  using Values = std::vector<Value>;

  void add_requests(const model::World& world, TypeIndex type, Instant now, std::size_t next,
                    std::vector<Candidate>& into) const;
  /// What a request of the type may say to whom it addresses.
  struct Asked {
    TypeIndex type = 0;
    std::size_t next = 0;
    Instant now;
    int via = -1;
    TextId addressed;  // by the field `via`
    friend auto operator<=>(const Asked&, const Asked&) = default;
  };
  [[nodiscard]] const std::vector<RecordId>& variants(const Asked& asked) const;
  [[nodiscard]] std::vector<RecordId> variants_anew(const Asked& asked) const;
  [[nodiscard]] Values values_of(const FieldType& field, std::size_t next, Instant now) const;
  [[nodiscard]] std::vector<TextId> new_subjects(TypeIndex type, const model::World& world) const;
  [[nodiscard]] bool is_said(const FieldType& field) const;
  void fill_in(Event& event, std::size_t next) const;

  const Matter* matter_;
  std::vector<Said> said_;        // in the order of the events
  std::vector<TextId> subjects_;  // whatever the matter names as a thing, in that order
  std::vector<std::vector<TextId>> subjects_of_;             // per type: those that it may be about
  mutable std::map<Asked, std::vector<RecordId>> variants_;  // worked out so far
};

}  // namespace shinsa::sim
