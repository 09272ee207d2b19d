/// What the portal of the rental server writes: the notice that asks for a reissue, and the mail
/// that says it is done. The page gives the subject of the first alone; the rest is ours.
#pragma once

#include "fakes/letters.hpp"

namespace shinsa::fakes {

/// @param clause  SAK-01 (the notice) or SAK-32 (completion).
[[nodiscard]] Letter write_sakura_letter(ClauseIndex clause, const LetterFacts& facts);

}  // namespace shinsa::fakes
