#include "fakes/mail/writable.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shinsa::fakes::mail {
namespace {

constexpr std::size_t kLongestAddress = 320;  // RFC 5321: 64 and 255, and the @
constexpr std::size_t kLongestMessageId = 250;
constexpr std::size_t kLongestMediaType = 127;
constexpr std::size_t kLongestLine = 998;  // RFC 5322 section 2.1.1

bool is_one_of(char c, std::string_view set) { return set.find(c) != set.npos; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_alphanumeric(char c) { return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z'); }

bool all(std::string_view text, bool (*holds)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), holds);
}

bool is_local_part(std::string_view local) {
  return !local.starts_with('.') && all(local, [](char c) {
    return is_alphanumeric(c) || is_one_of(c, "!#$%&'*+-/=?^_`{|}~.");
  });
}

bool is_domain(std::string_view domain) {
  return !domain.starts_with('.') && !domain.ends_with('.') && domain.find("..") == domain.npos &&
         all(domain, [](char c) { return is_alphanumeric(c) || is_one_of(c, "-."); });
}

bool is_plain_message_id(std::string_view id) {
  return id.size() <= kLongestMessageId &&
         all(id, [](char c) { return c > 0x20 && c < 0x7f && !is_one_of(c, "<>()\",;:\\[]"); });
}

bool is_token(std::string_view part) {
  return all(part, [](char c) { return is_lower(c) || is_digit(c) || is_one_of(c, "!#$&-^_.+"); });
}

bool is_media_type_of_attachment(std::string_view type) {
  const auto slash = type.find('/');
  return slash != type.npos && type.size() <= kLongestMediaType &&
         is_token(type.substr(0, slash)) && is_token(type.substr(slash + 1)) &&
         !type.starts_with("message/") && !type.starts_with("multipart/");
}

bool is_file_name(std::string_view name) {
  const bool control =
      std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  return is_utf8(name) && !control && name.find("=?") == name.npos;
}

Result<void> check_writable(const Attachment& attachment) {
  if (!is_media_type_of_attachment(attachment.media_type))
    return fail(fmt::format("\"{}\" is not the media type of an attachment", attachment.media_type),
                attachment.file_name,
                "write type/subtype in lower case, as in application/x-x509-ca-cert");
  if (!is_file_name(attachment.file_name))
    return fail("the file name holds what a mail cannot carry", attachment.file_name,
                "rename the file");
  return {};
}

}  // namespace

bool is_plain_address(std::string_view address) {
  const auto at = address.find('@');
  return at != address.npos && address.size() <= kLongestAddress &&
         is_local_part(address.substr(0, at)) && is_domain(address.substr(at + 1));
}

Result<void> check_writable(const Message& message) {
  for (const std::string& address : {message.from, message.to})
    if (!is_plain_address(address))
      return fail(fmt::format("\"{}\" is not one mail address", address), {},
                  "write it as local@domain in ASCII, the domain in its xn-- form");
  if (!is_plain_message_id(message.message_id))
    return fail("the Message-ID is empty, too long or holds blanks or brackets", message.message_id,
                "give one like 1.seed@shinsa.example");
  for (const Attachment& attachment : message.attachments)
    if (auto checked = check_writable(attachment); !checked) return checked;
  return {};
}

bool fits_7bit(std::string_view body) {
  std::size_t line = 0;
  for (const char c : body) {
    line = c == '\n' ? 0 : line + 1;
    const bool allowed = (c >= 0x20 && c < 0x7f) || is_one_of(c, "\t\r\n\x1b");
    if (!allowed || line > kLongestLine + 1) return false;  // the CR is counted
  }
  return true;
}

std::string with_line_ends(std::string_view text, std::string_view end) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\r' || text[i] == '\n')
      result += end;
    else
      result += text[i];
  }
  return result;
}

}  // namespace shinsa::fakes::mail
