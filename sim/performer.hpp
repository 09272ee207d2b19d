/// Performers: the fakes, as the simulation sees them. Each carries out one or more types of
/// action.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <span>
#include <string>

#include "model/world.hpp"
#include "sim/fault.hpp"
#include "sim/stream.hpp"

namespace shinsa::sim {

/// Bytes that a run leaves behind and that do not belong in a trace: `certificates/01ab.pem`,
/// `mail/3.eml`.
using Artefacts = std::map<std::string, std::string>;

/// A set of event types.
class TypeSet {
 public:
  constexpr TypeSet() = default;
  constexpr TypeSet(std::initializer_list<TypeIndex> types) {
    for (TypeIndex type : types) add(type);
  }
  constexpr void add(TypeIndex type) { words_[type / 64] |= std::uint64_t{1} << type % 64; }
  constexpr void add(const TypeSet& others) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= others.words_[i];
  }
  [[nodiscard]] constexpr bool contains(TypeIndex type) const {
    return (words_[type / 64] >> type % 64 & 1) != 0;
  }
  [[nodiscard]] constexpr bool any() const {
    for (const std::uint64_t word : words_)
      if (word != 0) return true;
    return false;
  }

 private:
  std::array<std::uint64_t, kEventTypes.size() / 64 + 1> words_{};
};

/// The types that have a field of that name.
template <Literal Field>
inline constexpr TypeSet kTypesWith = [] {
  TypeSet types;
  for (TypeIndex type = 0; type < kEventTypes.size(); ++type)
    if (kPlaces<Field>[type] >= 0) types.add(type);
  return types;
}();

/// What performers may use while they act.
struct Stage {
  Facts& facts;
  Streams& streams;
  Faults& faults;
  Artefacts& artefacts;
  const model::World& system;  ///< for what is on record; never to decide what a rule says
  Instant now;
  /// Makes something happen outside at a later instant: the applicant answers the telephone.
  std::function<void(Instant, TypeIndex, TextId subject, RecordId data)> happen;
  /// What conduct decides about a free choice that is not a matter of when (`mypage`).
  std::function<std::string_view(std::string_view)> decide;
  bool accepted = true;  ///< of an event that is observed: a refused request changed nothing
};

/// An action carried out: what its event says.
struct Performed {
  TextId subject;
  RecordId data;
};

class Performer {
 public:
  virtual ~Performer() = default;
  /// Carries out what the duty demands. @param subject  of the object that owes it.
  /// @return an Error only if the fake cannot do it at all; the run then stops with it.
  virtual Result<Performed> perform(const model::Duty& duty, TextId subject, Stage& stage) = 0;
  /// What it wants to see of the trace; the same at any time.
  [[nodiscard]] virtual const TypeSet& watches() const {
    static constexpr TypeSet nothing;
    return nothing;
  }
  /// Sees every event of the trace that it watches, in order, after it was stepped.
  virtual void observe(const Event&, Stage&) {}

  // For a run without end.

  /// Forgets things that are over: nothing that comes speaks of them.
  virtual void forget(std::span<const TextId> /*things*/, Stage&) {}
  /// Tells what of the store of facts it remembers; whoever keeps ids or views of texts does.
  virtual void tell_needed(Needed&) const {}
};

}  // namespace shinsa::sim
