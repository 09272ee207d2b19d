/// Conduct: the free choices of the simulated portal and CA. What a clause leaves open is decided
/// here, and only here.
///
/// What a system's portal and CA may choose stands in `conduct/`, a file for each system. Default
/// is the earliest lawful moment; people wait for the desk to open (JPR-47), machines do not
/// (JPR-Q17). A story pins a choice by name; `any` draws from the named random stream of that
/// choice.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/world.hpp"
#include "sim/stream.hpp"

namespace shinsa::sim {

/// A choice and what it offers, the first being the default.
struct Choice {
  std::string_view name;
  std::string_view options;  ///< separated by `|`
  std::string_view says;
};

/// The choices of one system: `telephone`, `over-limit`, `revocation`, ...
[[nodiscard]] std::vector<Choice> choices_of(System system);

/// A choice by name, and what is chosen: one of its options, or `any`.
using Pin = std::pair<std::string_view, std::string_view>;

class Conduct {
 public:
  /// @return an Error for an unknown choice or option, with what there is instead.
  [[nodiscard]] static Result<Conduct> make(System system,
                                            const std::map<std::string, std::string>& pinned);
  [[nodiscard]] static Result<Conduct> make(System system, std::span<const Pin> pinned);

  /// When the duty is carried out: never (nothing), or an instant not before now.
  [[nodiscard]] std::optional<Instant> when(const model::Duty& duty, Instant now,
                                            const model::Profile& profile, Streams& streams) const;
  /// The option taken: the pinned one, a drawn one for `any`, else the first.
  [[nodiscard]] std::string_view decide(System system, std::string_view choice,
                                        Streams& streams) const;

 private:
  /// A choice and what was pinned of it: one of its options, or `any`.
  struct Pinned {
    std::string_view choice;
    std::string_view option;  ///< empty: drawn
  };
  std::vector<Pinned> pinned_;
};

}  // namespace shinsa::sim
