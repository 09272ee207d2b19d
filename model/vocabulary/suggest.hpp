/// "Did you mean": the nearest of the words there are, for error messages.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace shinsa {

/// `, did you mean 'application.returned'?` for the nearest candidate, or the empty text when none
/// is near (more than a third of the letters would have to change). Ties go to the candidate that
/// comes first.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string_view> candidates);

}  // namespace shinsa
