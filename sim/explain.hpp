/// Findings of the judge in sentences, Japanese and English, and records in one line.
#pragma once

#include <string>
#include <vector>

#include "model/vocabulary/words.hpp"
#include "sim/judge.hpp"

namespace shinsa::sim {

/// `certificate.issued (certificate/03) violates JPR-23: at most two valid certificates ...`
[[nodiscard]] Words explain(const Finding& finding, const Facts& facts);

/// One phrase for each thing that was owed or allowed: `must: mail.sent application/1 {to:
/// admin@example.jp} [JPR-35]`.
[[nodiscard]] std::vector<Words> allowed_phrases(const Finding& finding, const Facts& facts);

/// The fields that a record states: `{to: admin@example.jp, subject: ...}`; empty for nothing.
[[nodiscard]] std::string describe(RecordId record, const Facts& facts);

}  // namespace shinsa::sim
