/// Findings of the judge in sentences, Japanese and English, and records in one line.
#pragma once

#include <string>
#include <vector>

#include "sim/judge.hpp"

namespace shinsa::sim {

struct Sentence {
  std::string en;
  std::string ja;
};

/// `certificate.issued (certificate/03) violates JPR-23: at most two valid certificates ...`
[[nodiscard]] Sentence explain(const Finding& finding, const Facts& facts);

/// One phrase for each thing that was owed or allowed: `must: mail.sent application/1 {to:
/// admin@example.jp} [JPR-35]`.
[[nodiscard]] std::vector<std::string> allowed_phrases(const Finding& finding, const Facts& facts);

/// The fields that a record states: `{to: admin@example.jp, subject: ...}`; empty for nothing.
[[nodiscard]] std::string describe(RecordId record, const Facts& facts);

}  // namespace shinsa::sim
