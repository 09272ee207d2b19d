/// A group that nobody has spoken of for long, put away: its control and all that it refers to, in
/// some hundred bytes that need no fact store. Nothing of it is lost, so that a late event finds
/// the group as it was left.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/control.hpp"

namespace shinsa::model {

/// Makes bytes small that are like others before them: what it is given first becomes the
/// dictionary of what follows. Not thread safe.
class Compressor {
 public:
  Compressor();
  ~Compressor();
  /// Stands before bytes that are as they were: those that nobody took the time to make small.
  static constexpr char kUnchanged = 0;

  /// @param as_they_are  `kUnchanged` and some bytes, or what this has made.
  [[nodiscard]] std::string small(std::string_view as_they_are);
  /// @param small  as `small` takes and gives it.  @param room  may hold what is returned.
  [[nodiscard]] std::string_view plain(std::string_view small, std::string& room) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A group with what its things are called.
struct Named {
  Group group;
  std::vector<bool> leads;  ///< for each object: whether its subject leads to it
};

class Tombstone {
 public:
  Tombstone() = default;
  Tombstone(const Named& named, const Facts& facts);
  /// Takes less memory from now on.
  void shrink(Compressor& compressor);
  Tombstone(const Tombstone& other);
  Tombstone& operator=(const Tombstone& other);
  Tombstone(Tombstone&&) = default;
  Tombstone& operator=(Tombstone&&) = default;
  ~Tombstone() = default;

  /// Whether there is a group in it.
  [[nodiscard]] explicit operator bool() const { return block_ != nullptr; }
  /// Whether the group owes anything that is not overdue.
  [[nodiscard]] bool owes() const { return block_ && block_[0] != 0; }
  /// The group as it was. @param facts  gets what it refers to.
  [[nodiscard]] Named raised(Facts& facts, const Compressor& compressor) const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  [[nodiscard]] std::string_view content() const;
  void keep(bool owes, std::string_view content);
  std::unique_ptr<char[]> block_;  // whether it owes, how many bytes follow, and those
};

/// A record alone, put away in the same way.
[[nodiscard]] std::string pack_record(RecordId record, const Facts& facts);
/// @param facts  gets the record and what it says.
[[nodiscard]] RecordId unpack_record(std::string_view bytes, Facts& facts);

}  // namespace shinsa::model
