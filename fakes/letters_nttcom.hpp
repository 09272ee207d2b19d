/// What NTT Com and JPRS write where NTT Com acquires a certificate: the text of each mail, by the
/// clause that asks for it.
///
/// The page gives no subject, sender or body of any mail: all of them are ours, and nothing asserts
/// them but the link's code, recipients and purposes.
#pragma once

#include <optional>

#include "fakes/letters.hpp"

namespace shinsa::fakes {

/// @return nothing for a clause of another page.
[[nodiscard]] std::optional<Letter> write_nttcom_letter(ClauseIndex clause,
                                                        const LetterFacts& facts,
                                                        sim::Stream& codes);

}  // namespace shinsa::fakes
