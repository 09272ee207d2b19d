/// The lines around a CSR: `-----BEGIN CERTIFICATE REQUEST-----` and its spellings.
///
/// Source: RFC 7468 section 3 (explanatory text around, any line ends), JPR-28: the marks may
/// differ in part with the environment that made the text, so blanks beside the dashes and the
/// older word NEW are accepted.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shinsa::fakes::ca {

/// A pair of marks and what stands between them; all parts view the text that was searched.
struct Armoured {
  std::string_view begin;  ///< the opening line as it stands, without blanks at its ends
  std::string_view label;  ///< what it opens: `CERTIFICATE REQUEST`, `NEW CERTIFICATE REQUEST`,
                           ///< `CERTIFICATE`, ...
  std::string_view body;   ///< everything between the two lines
  std::string_view end;    ///< the closing line as it stands, without blanks at its ends

  /// Whether the label is one of the two that a CSR goes by.
  [[nodiscard]] bool is_request() const;
};

/// The first certificate request in the text; where there is none, the first pair of marks of any
/// kind, so that a message can say what was sent instead. Marks stand on lines of their own, and
/// the pair names the same thing.
[[nodiscard]] std::optional<Armoured> find_armour(std::string_view text);

/// Decodes base64 spread over lines; blanks do not count. Nothing when a character or the padding
/// is wrong, or when there is nothing to decode.
[[nodiscard]] std::optional<std::vector<unsigned char>> decode_base64(std::string_view text);

/// Octets between the two lines of a label, as PEM (RFC 7468).
[[nodiscard]] std::string armoured(const std::string& label, std::string_view octets);

}  // namespace shinsa::fakes::ca
