/// Findings of the judge in sentences, Japanese and English, and records in one line.
#pragma once

#include <string>
#include <vector>

#include "model/vocabulary/words.hpp"
#include "sim/examination/examine.hpp"
#include "sim/judge.hpp"

namespace shinsa::sim {

/// `certificate.issued (certificate/03) violates JPR-23: at most two valid certificates ...`
[[nodiscard]] Words explain(const Finding& finding, const Facts& facts);

/// One phrase for each thing that was owed or allowed: `must: mail.sent application/1 {to:
/// admin@example.jp} [JPR-35]`.
[[nodiscard]] std::vector<Words> allowed_phrases(const Finding& finding, const Facts& facts);

/// The same of an answer: one that is not certain says that it depends on what is not recorded.
[[nodiscard]] Words explain(const Answer& answer, const Facts& facts);

/// What stopped the event, one phrase each: `Issuance.TwoAtMost of application/1 in Held [JPR-23]`.
[[nodiscard]] std::vector<Words> stop_phrases(const Answer& answer, const Facts& facts);

/// `insert certificate.revoked (certificate/01) before line 8`.
[[nodiscard]] Words repair_phrase(const Repair& repair, const Facts& facts);

/// What may have happened unrecorded, one phrase each: `certificate.revoked (certificate/01) before
/// line 8`.
[[nodiscard]] std::vector<Words> supposed_phrases(const Answer& answer, const Facts& facts);

/// What follows from it, one phrase each: `line 9: mail.sent (application/1) JPR-43`.
[[nodiscard]] std::vector<Words> follow_phrases(const Answer& answer, const Facts& facts);

/// The fields that a record states: `{to: admin@example.jp, subject: ...}`; empty for nothing.
[[nodiscard]] std::string describe(RecordId record, const Facts& facts);

}  // namespace shinsa::sim
