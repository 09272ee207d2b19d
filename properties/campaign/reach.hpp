/// What was reached of the tables of a system, and what was not; why what no campaign can reach is
/// not stands in `unreached.yaml`.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/coverage.hpp"
#include "model/profile.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/words.hpp"

namespace shinsa::properties::campaign {

/// Why something of the tables is reached by no campaign, as `unreached.yaml` has it.
struct Unreached {
  std::string system;
  std::string what;  ///< as `Missed` names it
  Words because;
  std::string where;  ///< `file:line:column`
};

/// @param file  the name that errors carry. @return an Error for what is not of the file's form.
[[nodiscard]] Result<std::vector<Unreached>> read_unreached(const std::string& file,
                                                            const std::string& text);
/// Those of the project's own file, which is compiled in.
[[nodiscard]] const std::vector<Unreached>& own_unreached();

/// Something of the tables that was not reached.
struct Missed {
  enum class Kind { state, row, guard };
  Kind kind = Kind::row;
  std::string
      what;  ///< `Signup: Idle`, `Signup: Idle + Clicked (row 1)`, `Signup.LoggedIn never said no`
  Words because;  ///< empty: nobody has explained it
  [[nodiscard]] bool is_explained() const { return !because.empty(); }
};

struct Reach {
  std::size_t states = 0;  ///< that can be entered: all but those that a machine begins in
  std::size_t states_entered = 0;
  std::size_t rows = 0;
  std::size_t rows_fired = 0;
  std::size_t guards = 0;  ///< that requests are held against
  std::size_t guards_both = 0;
  std::vector<Missed> missed;        ///< in the order of the tables
  std::vector<std::string> reached;  ///< although an entry explains why it is not

  /// What was missed and is not explained. A state does not count: the rows into it do.
  [[nodiscard]] std::vector<std::string> unexplained() const;
};

/// @param why  of other systems' tables is passed over.
[[nodiscard]] Reach reach_of(const model::Profile& profile, const model::Coverage& coverage,
                             std::span<const Unreached> why);

/// Entries that name nothing of their system's tables.
[[nodiscard]] std::vector<std::string> names_of_nothing(std::span<const Unreached> why);

}  // namespace shinsa::properties::campaign
