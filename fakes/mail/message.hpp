/// A mail: what it says, and the RFC 5322 bytes that carry it.
///
/// `encode` is deterministic: the same message gives the same bytes, because Message-ID and Date
/// are given and the multipart boundary follows from the Message-ID. `decode` reads what other
/// programs write, and gives back every message that `encode` accepts, its line ends made regular.
/// GMime builds and parses the structure; charset.hpp and encoded_word.hpp do what it gets wrong.
/// Sources: RFC 5322, 2045 to 2047, 2231, 1468.
/// Not here: SMTP, signatures, HTML (an HTML part is an attachment).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/mail/charset.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::mail {

/// The most bytes that a mail may have, either way.
inline constexpr std::size_t kLargestMail = 1024 * 1024;

struct Attachment {
  std::string file_name;   ///< UTF-8, as its sender wrote it: never a path to write to; or empty
  std::string media_type;  ///< `application/x-x509-ca-cert`, lower case
  std::string bytes;       ///< decoded
  friend bool operator==(const Attachment&, const Attachment&) = default;
};

/// All texts are UTF-8, whatever `charset` says about the bytes.
struct Message {
  std::string from;       ///< address
  std::string from_name;  ///< display name, without blanks at its ends; may be empty
  std::string to;         ///< sole recipient; of a foreign mail all of To, Cc, Bcc, joined by `, `
  std::string subject;
  std::string text;  ///< lines end in `\n`
  std::vector<Attachment> attachments;
  std::string message_id;           ///< without the angle brackets
  Instant date = kNever;            ///< `kNever`: the mail has no Date that can be read
  Charset charset = Charset::utf8;  ///< of text, subject and display name; file names are in UTF-8
  friend bool operator==(const Message&, const Message&) = default;
};

/// Gives the bytes, with lines ended by CRLF and the date in +09:00. In the text a CR or CR LF is a
/// line end too, and a last line without one gets it.
///
/// Refused: addresses that are not one plain ASCII `local@domain`, a Message-ID that is empty or
/// holds blanks or brackets, a year outside 1970 to 9999, control characters in headers and file
/// names, `=?` in a file name, an attachment that is itself a `message/` or `multipart/`, text that
/// `charset` cannot carry (the error names the character), more than `kLargestMail` bytes.
[[nodiscard]] Result<std::string> encode(const Message& message);

/// Reads a mail of any program. The text is the first text/plain part that is not an attachment;
/// every other part, an HTML twin included, is an attachment. Never throws and never crashes;
/// unreadable characters become U+FFFD.
///
/// Refused: more than `kLargestMail` bytes, more than 1000 parts or groups of addresses, and bytes
/// without a sender's address.
[[nodiscard]] Result<Message> decode(std::string_view bytes);

}  // namespace shinsa::fakes::mail
