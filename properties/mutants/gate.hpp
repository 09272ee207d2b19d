/// The gate: whether the oracles notice enough.
///
/// No mutant survives unexplained; one of a guard or a number is noticed by a law or a scenario,
/// not by the judge alone, which shares the machines with the system; of all that can be noticed in
/// the systems at least `kByLaws` are noticed by laws alone.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/vocabulary/words.hpp"
#include "properties/mutants/mutants.hpp"

namespace shinsa::properties {

inline constexpr double kByLaws = 0.7;

/// Why a mutant need not be noticed, as `equivalent.yaml` has it.
struct Excuse {
  std::string mutant;
  bool judge_alone = false;  ///< the judge notices it, nobody else can
  Words because;
  std::string where;  ///< `file:line:column`
};

/// @param file  the name that errors carry. @return an Error for what is not of the file's form.
[[nodiscard]] Result<std::vector<Excuse>> read_excuses(const std::string& file,
                                                       const std::string& text);
/// Those of the project's own file, which is compiled in.
[[nodiscard]] std::vector<Excuse> own_excuses();

enum class Standing {
  noticed,      ///< by a law or a scenario, or an effect's by the judge
  explained,    ///< by its nature or by an excuse
  judge_alone,  ///< a guard's or a number's that only the judge notices
  survived,     ///< nobody notices it
};

struct Ruling {
  Standing standing = Standing::survived;
  Words because;  ///< of what is explained
};

struct Gate {
  std::vector<Ruling> rulings;         ///< one for each trial
  std::vector<Excuse> stale;           ///< of a mutant that is noticed all the same, or is none
  std::vector<std::string> idle_laws;  ///< that no mutant breaks, if all were tried
  std::size_t by_laws = 0;             ///< noticed by laws
  std::size_t to_be_noticed = 0;       ///< all but the explained
  bool whole = false;                  ///< all mutants were tried
  [[nodiscard]] std::size_t failures() const;  ///< mutants and excuses that fail
};

/// @param excuses  of other systems' mutants are passed over.
[[nodiscard]] Gate hold(std::string_view system, std::span<const Trial> trials,
                        std::span<const Excuse> excuses);

}  // namespace shinsa::properties
