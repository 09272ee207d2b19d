/// What a run exercised of the model: rows fired, guards seen both ways, effects done, refusals and
/// obligations by clause.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace shinsa::model {

struct MachineApi;
struct Profile;

/// Counters, indexed as the profile's machines index their rows, guards and effects. A run
/// exercises few of them, so those are noted apart: to add a run up, or to begin the next, touches
/// no others.
class Coverage {
 public:
  using Counts = std::span<const std::uint64_t>;
  struct Machine {
    Counts states;   ///< entered
    Counts rows;     ///< fired
    Counts yes;      ///< guard said yes
    Counts no;       ///< guard said no
    Counts effects;  ///< run
  };

  Coverage() = default;
  explicit Coverage(const Profile& profile) { restart(profile); }
  Coverage(const Coverage& other) { *this = other; }
  Coverage& operator=(const Coverage& other);
  Coverage(Coverage&&) = default;
  Coverage& operator=(Coverage&&) = default;
  ~Coverage() = default;

  [[nodiscard]] const std::vector<Machine>& machines() const { return machines_; }
  /// Per clause: requests refused or actions rejected in its name.
  [[nodiscard]] Counts refused() const { return refused_; }
  /// Per clause: obligations met.
  [[nodiscard]] Counts met() const { return met_; }
  /// How often a mutant made a difference to a guard or an effect.
  [[nodiscard]] std::uint64_t spoilt() const { return spoilt_; }

  /// How many counters there are, whatever they count.
  [[nodiscard]] std::size_t size() const { return counts_.size(); }
  /// Where one of them stands among all.
  [[nodiscard]] std::size_t index_of(const std::uint64_t& count) const {
    return static_cast<std::size_t>(&count - counts_.data());
  }
  [[nodiscard]] std::uint64_t operator[](std::size_t at) const { return counts_[at]; }
  /// Those that are not zero, in the order in which they were first counted.
  [[nodiscard]] const std::vector<std::uint32_t>& exercised() const { return exercised_; }

  /// Counts one more. @param count  one of the counters of this.
  void note(const std::uint64_t& count) { note(index_of(count), 1); }
  void note(std::size_t at, std::uint64_t times) {
    if (counts_[at] == 0) exercised_.push_back(static_cast<std::uint32_t>(at));
    counts_[at] += times;
  }
  void note_spoilt() { ++spoilt_; }

  void restart(const Profile& profile);  ///< as if new, in the memory that it has
  void add(const Coverage& other);       ///< same profile shape; an empty one takes the other's

 private:
  void shape(const std::vector<const MachineApi*>& machines);

  std::vector<const MachineApi*> of_;
  std::vector<std::uint64_t> counts_;
  std::vector<Machine> machines_;  // views of them, as all below
  Counts refused_, met_;
  std::vector<std::uint32_t> exercised_;
  std::uint64_t spoilt_ = 0;
};

}  // namespace shinsa::model
