/// What may be written into a mail: the plain forms that every mailer reads back as they were.
///
/// Stricter than RFC 5322 where the rest only serves attackers and test suites (quoted local parts,
/// comments, domain literals), laxer where Japan is (`a..b@`, once given out by telephone
/// companies).
#pragma once

#include <string>
#include <string_view>

#include "fakes/mail/message.hpp"
#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::mail {

/// One `local@domain` in ASCII, at most 320 characters.
[[nodiscard]] bool is_plain_address(std::string_view address);

/// Whether the addresses, the Message-ID and the attachments can be written; else the first that
/// cannot. The texts are judged where they are converted.
[[nodiscard]] Result<void> check_writable(const Message& message);

/// Whether every octet and every line is one that a 7bit body may hold; ISO-2022-JP needs ESC.
/// @param body  with lines ended by CRLF.
[[nodiscard]] bool fits_7bit(std::string_view body);

/// The text with each CR LF, CR and LF made `end`.
[[nodiscard]] std::string with_line_ends(std::string_view text, std::string_view end);

}  // namespace shinsa::fakes::mail
