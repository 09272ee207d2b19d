/// What the hosting company writes to customers whose certificate expires. The page names neither
/// subjects nor bodies: all of it is ours, and nothing asserts it.
#pragma once

#include <optional>
#include <span>

#include "fakes/letters.hpp"

namespace shinsa::fakes {

/// @param purposes  what the mail is for, as the event says (REN-05, REN-06, REN-09).
/// @return          nothing for a mail of another kind.
[[nodiscard]] std::optional<Letter> write_renewal_letter(std::span<const std::string_view> purposes,
                                                         std::string_view common_name);

}  // namespace shinsa::fakes
