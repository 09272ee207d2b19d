/// Remembers which ids a log has used, in little memory however long the log is.
///
/// Ids that count (`17`, `node-3-000018`) are kept as ranges of numbers, exactly. Of all others,
/// and of counting ones with too many holes, the last quarter of a million at least are known; an
/// id that comes again after more than that is taken as new.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shinsa::sim {

class KnownIds {
 public:
  /// @return whether the id is new, as far as is known.
  bool add(std::string_view id);

 private:
  struct Range {
    std::uint64_t first, last;
  };
  /// The numbers after one prefix.
  struct Counted {
    std::vector<Range> ranges;  // ascending, never touching
    std::size_t at = 0;         // the one that grew last
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  enum class Added { is_new, known, no_room };
  Added count(Counted& counted, std::uint64_t number);
  static bool counts_on(const Counted& counted, std::uint64_t number);
  void expect_next();
  bool add_hash(std::uint64_t hash);

  boost::unordered_flat_map<std::string, Counted, Hash, std::equal_to<>> counted_;
  Counted* last_ = nullptr;  // of the prefix that came last
  std::string last_prefix_;
  std::string next_;  // the id that comes next if they count on; empty: none is expected
  std::size_t ranges_ = 0;
  boost::unordered_flat_set<std::uint64_t> recent_, before_;
};

}  // namespace shinsa::sim
