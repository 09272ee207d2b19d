#include "fakes/mail/message.hpp"

#include <fmt/format.h>
#include <gmime/gmime.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>

#include "fakes/mail/encoded_word.hpp"
#include "fakes/mail/writable.hpp"

namespace shinsa::fakes::mail {
namespace {

constexpr int kJapanOffset = 9 * 3600;
constexpr std::size_t kMostParts = 1000;
constexpr std::size_t kMostGroups = 1000;

void start_gmime() {
  static std::once_flag once;
  std::call_once(once, g_mime_init);
}

struct Release {
  void operator()(gpointer object) const { g_object_unref(object); }
  void operator()(char* text) const { g_free(text); }
  void operator()(GDateTime* date) const { g_date_time_unref(date); }
  void operator()(GTimeZone* zone) const { g_time_zone_unref(zone); }
  void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

std::string text_of(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

std::string ascii_lower(std::string_view text) {
  const Owned<char> lower(g_ascii_strdown(text.data(), static_cast<gssize>(text.size())));
  return lower.get();
}

// ---- encode -------------------------------------------------------------------------------------

Failure about(const std::string& part, Error error) {
  error.where = error.where.empty() ? part : part + " " + error.where;
  return Failure(std::move(error));
}

void add_header(GMimeMessage* mail, const char* name, const std::string& value) {
  GMimeHeaderList* headers = g_mime_object_get_header_list(GMIME_OBJECT(mail));
  g_mime_header_list_append(headers, name, "", nullptr);
  g_mime_header_set_raw_value(g_mime_header_list_get_header(headers, name),
                              (" " + value + "\n").c_str());
}

Result<std::string> date_text(Instant date) {
  const Owned<GTimeZone> zone(g_time_zone_new_offset(kJapanOffset));
  const Owned<GDateTime> utc(g_date_time_new_from_unix_utc(date.seconds));
  const Owned<GDateTime> local(utc ? g_date_time_to_timezone(utc.get(), zone.get()) : nullptr);
  if (!local || g_date_time_get_year(local.get()) < 1970)
    return fail("the date of a mail must lie in the years 1970 to 9999", "Date", "set date");
  return std::string(Owned<char>(g_mime_utils_header_format_date(local.get())).get());
}

Result<void> add_headers(GMimeMessage* mail, const Message& message) {
  auto date = date_text(message.date);
  if (!date) return Failure(date.error());
  auto name =
      encode_display_name(message.from_name, message.charset, std::string_view("From: ").size());
  if (!name) return about("From", name.error());
  auto subject =
      encode_header_text(message.subject, message.charset, std::string_view("Subject: ").size());
  if (!subject) return about("Subject", subject.error());

  add_header(mail, "Date", *date);
  add_header(mail, "From", name->empty() ? message.from : *name + "\r\n <" + message.from + ">");
  add_header(mail, "To", message.to);
  add_header(mail, "Subject", *subject);
  add_header(mail, "Message-ID", "<" + message.message_id + ">");
  return {};
}

Owned<GMimePart> part_of(const char* type, const char* subtype, std::string_view bytes,
                         GMimeContentEncoding encoding) {
  Owned<GMimePart> part(g_mime_part_new_with_type(type, subtype));
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content_encoding(part.get(), encoding);
  g_mime_part_set_content(part.get(), content.get());
  return part;
}

/// The text part, and its body as it was before any transfer encoding.
struct TextPart {
  Owned<GMimePart> part;
  std::string body;
};

Result<TextPart> text_part(const Message& message) {
  std::string lines = with_line_ends(message.text, "\r\n");
  if (!lines.empty() && !lines.ends_with('\n')) lines += "\r\n";
  auto body = convert(lines, message.charset);
  if (!body) return about("text", body.error());
  auto part =
      part_of("text", "plain", *body,
              fits_7bit(*body) ? GMIME_CONTENT_ENCODING_7BIT : GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset",
                                           std::string(label_of(message.charset)).c_str());
  return TextPart{std::move(part), std::move(*body)};
}

Owned<GMimePart> part_of(const Attachment& attachment) {
  const auto slash = attachment.media_type.find('/');
  auto part = part_of(attachment.media_type.substr(0, slash).c_str(),
                      attachment.media_type.substr(slash + 1).c_str(), attachment.bytes,
                      GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition(GMIME_OBJECT(part.get()), "attachment");
  if (!attachment.file_name.empty())
    g_mime_part_set_filename(part.get(), attachment.file_name.c_str());
  return part;
}

/// FNV-1a of the Message-ID, counted on until no line of the text can be mistaken for it. GMime
/// would draw lots.
std::string boundary_for(std::string_view message_id, std::string_view body) {
  std::uint64_t hash = 14695981039346656037u;
  for (const unsigned char c : message_id) hash = (hash ^ c) * 1099511628211u;
  std::string boundary;
  do {
    boundary = fmt::format("=_{:016x}", hash++);
  } while (body.find(boundary) != body.npos);
  return boundary;
}

Owned<GMimeObject> body_of(const Message& message, TextPart text) {
  if (message.attachments.empty()) return Owned<GMimeObject>(GMIME_OBJECT(text.part.release()));
  Owned<GMimeMultipart> mixed(g_mime_multipart_new_with_subtype("mixed"));
  g_mime_multipart_set_boundary(mixed.get(), boundary_for(message.message_id, text.body).c_str());
  g_mime_multipart_add(mixed.get(), GMIME_OBJECT(text.part.get()));
  for (const Attachment& attachment : message.attachments)
    g_mime_multipart_add(mixed.get(), GMIME_OBJECT(part_of(attachment).get()));
  return Owned<GMimeObject>(GMIME_OBJECT(mixed.release()));
}

std::string bytes_of(GMimeStream* stream) {
  GByteArray* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  return {reinterpret_cast<const char*>(array->data), array->len};
}

std::string written(GMimeObject* object) {
  const Owned<GMimeFormatOptions> options(g_mime_format_options_new());
  g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(object, options.get(), stream.get());
  return bytes_of(stream.get());
}

// ---- decode
// ---------------------------------------------------------------------------------------------------------

std::string raw_header(GMimeObject* object, const char* name) {
  GMimeHeader* header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
  return header == nullptr ? std::string() : text_of(g_mime_header_get_raw_value(header));
}

struct Mailbox {
  std::string name;
  std::string address;
};

/// Groups may hold groups; a hostile header nests them, so they are taken from a list, not by
/// recursion.
std::vector<Mailbox> flattened(InternetAddressList* list) {
  std::vector<Mailbox> mailboxes;
  std::vector<InternetAddress*> open;
  const auto unpack = [&](InternetAddressList* of) {
    for (int i = internet_address_list_length(of); i-- > 0;)
      open.push_back(internet_address_list_get_address(of, i));
  };
  unpack(list);
  while (!open.empty()) {
    InternetAddress* address = open.back();
    open.pop_back();
    if (INTERNET_ADDRESS_IS_GROUP(address))
      unpack(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)));
    else
      mailboxes.push_back({read_bare(text_of(internet_address_get_name(address))),
                           read_bare(text_of(internet_address_mailbox_get_idn_addr(
                               INTERNET_ADDRESS_MAILBOX(address))))});
  }
  return mailboxes;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// Japanese telephone companies gave out `a..b@` and `a.@`, and GMime drops such addresses from
/// their list without a word. So it gets to see this in place of a dot that another or an @
/// follows.
constexpr std::string_view kDot = "{shinsa-dot}";

std::string with_dots_hidden(const std::string& header) {
  std::string result;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const char next = i + 1 < header.size() ? header[i + 1] : '\0';
    if (header[i] == '.' && (next == '.' || next == '@'))
      result += kDot;
    else
      result += header[i];
  }
  return result;
}

std::vector<Mailbox> mailboxes(GMimeMessage* mail, const char* header) {
  const std::string raw = merge_encoded_words(raw_header(GMIME_OBJECT(mail), header));
  const Owned<InternetAddressList> list(
      internet_address_list_parse(nullptr, with_dots_hidden(raw).c_str()));
  auto found = list ? flattened(list.get()) : std::vector<Mailbox>();
  for (Mailbox& mailbox : found)
    mailbox = {replaced(mailbox.name, kDot, "."), replaced(mailbox.address, kDot, ".")};
  return found;
}

std::string recipients(GMimeMessage* mail) {
  std::string all;
  for (const char* header : {"To", "Cc", "Bcc"})
    for (const Mailbox& mailbox : mailboxes(mail, header))
      all += (all.empty() ? "" : ", ") + mailbox.address;
  return all;
}

std::string content_of(GMimePart* part) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return {};
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  return bytes_of(stream.get());
}

/// The file name, from the two places where mailers put it, in the two ways (RFC 2231, and
/// encoded-words though RFC 2047 forbids them there).
std::string file_name_of(GMimeObject* part) {
  const std::string disposition = merge_encoded_words(raw_header(part, "Content-Disposition"));
  const Owned<GMimeContentDisposition> parsed(
      g_mime_content_disposition_parse(nullptr, disposition.c_str()));
  const char* name =
      parsed ? g_mime_content_disposition_get_parameter(parsed.get(), "filename") : nullptr;
  if (name != nullptr) return read_bare(name);
  const std::string type = merge_encoded_words(raw_header(part, "Content-Type"));
  const Owned<GMimeContentType> parsed_type(g_mime_content_type_parse(nullptr, type.c_str()));
  return read_bare(text_of(
      parsed_type ? g_mime_content_type_get_parameter(parsed_type.get(), "name") : nullptr));
}

Attachment attachment_of(GMimeObject* part) {
  const Owned<char> type(g_mime_content_type_get_mime_type(g_mime_object_get_content_type(part)));
  Attachment attachment{file_name_of(part), read_bare(ascii_lower(type.get())), {}};
  if (GMIME_IS_PART(part))
    attachment.bytes = content_of(GMIME_PART(part));
  else if (GMIME_IS_MESSAGE_PART(part)) {
    GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
    if (inner != nullptr) attachment.bytes = written(GMIME_OBJECT(inner));
  }
  return attachment;
}

bool starts_address_header(std::string_view line) {
  const std::string name = ascii_lower(line.substr(0, std::min<std::size_t>(line.find(':'), 32)));
  for (const std::string_view header : {"from", "sender", "reply-to", "to", "cc", "bcc"})
    if (name.find(header) != name.npos) return true;
  return false;
}

bool is_text(GMimeObject* part) {
  return GMIME_IS_PART(part) &&
         g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "plain") &&
         g_ascii_strcasecmp(text_of(g_mime_object_get_disposition(part)).c_str(), "attachment") !=
             0;
}

void take_text(Message& message, GMimeObject* part) {
  const std::string label = text_of(g_mime_object_get_content_type_parameter(part, "charset"));
  const std::string body = content_of(GMIME_PART(part));
  message.text = with_line_ends(to_utf8(body, label).value_or(*to_utf8(body, "UTF-8")), "\n");
  if (g_ascii_strncasecmp(label.c_str(), "iso-2022-jp", 11) == 0)
    message.charset = Charset::iso2022jp;
}

/// The parts that hold something, in the order of the mail; by a list for the same reason as above.
std::vector<GMimeObject*> leaves_of(GMimeObject* body) {
  std::vector<GMimeObject*> leaves;
  std::vector<GMimeObject*> open{body};
  while (!open.empty()) {
    GMimeObject* part = open.back();
    open.pop_back();
    if (!GMIME_IS_MULTIPART(part)) {
      leaves.push_back(part);
      continue;
    }
    GMimeMultipart* multipart = GMIME_MULTIPART(part);
    for (int i = g_mime_multipart_get_count(multipart); i-- > 0;)
      open.push_back(g_mime_multipart_get_part(multipart, i));
  }
  return leaves;
}

Result<void> take_parts(Message& message, GMimeObject* body) {
  const auto leaves = leaves_of(body);
  if (leaves.size() > kMostParts)
    return fail(fmt::format("the mail has {} parts, more than {}", leaves.size(), kMostParts), {},
                "send fewer");
  bool has_text = false;
  for (GMimeObject* part : leaves) {
    if (!has_text && is_text(part)) {
      take_text(message, part);
      has_text = true;
    } else {
      message.attachments.push_back(attachment_of(part));
    }
  }
  return {};
}

/// Whether an address header, here or in a mail within, has so many colons that groups may be
/// nested as deep: GMime's parser calls itself for each and would run out of stack (gmime issue
/// 15).
bool groups_too_deep(std::string_view bytes) {
  bool in_addresses = false;
  std::size_t colons = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view line = bytes.substr(at, end - at);
    if (!line.starts_with(' ') && !line.starts_with('\t')) {
      in_addresses = starts_address_header(line);
      colons = 0;
    }
    colons += static_cast<std::size_t>(std::count(line.begin(), line.end(), ':'));
    if (in_addresses && colons > kMostGroups) return true;
    at = end + 1;
  }
  return false;
}

Owned<GMimeMessage> parsed(std::string_view bytes) {
  start_gmime();
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

Failure too_large(std::size_t size) {
  return fail(fmt::format("the mail has {} bytes, more than {}", size, kLargestMail), {},
              "send less");
}

}  // namespace

Result<std::string> encode(const Message& message) {
  start_gmime();
  if (auto checked = check_writable(message); !checked) return Failure(checked.error());
  const Owned<GMimeMessage> mail(g_mime_message_new(FALSE));
  if (auto added = add_headers(mail.get(), message); !added) return Failure(added.error());
  auto text = text_part(message);
  if (!text) return Failure(text.error());
  g_mime_message_set_mime_part(mail.get(), body_of(message, std::move(*text)).get());
  std::string bytes = written(GMIME_OBJECT(mail.get()));
  if (bytes.size() > kLargestMail) return too_large(bytes.size());
  return bytes;
}

Result<Message> decode(std::string_view bytes) {
  if (bytes.size() > kLargestMail) return too_large(bytes.size());
  if (groups_too_deep(bytes))
    return fail("an address header holds too many groups", {}, "name the addresses themselves");
  const Owned<GMimeMessage> mail = parsed(bytes);
  const auto senders = mail ? mailboxes(mail.get(), "From") : std::vector<Mailbox>();
  if (senders.empty())
    return fail("the mail names no sender", "From", "give it a From header with an address");

  Message message;
  message.from = senders.front().address;
  message.from_name = senders.front().name;
  message.to = recipients(mail.get());
  message.subject = decode_header_text(raw_header(GMIME_OBJECT(mail.get()), "Subject"));
  message.message_id = read_bare(text_of(g_mime_message_get_message_id(mail.get())));
  if (GDateTime* date = g_mime_message_get_date(mail.get()))
    message.date = {g_date_time_to_unix(date)};
  if (GMimeObject* body = g_mime_message_get_mime_part(mail.get()))
    if (auto taken = take_parts(message, body); !taken) return Failure(taken.error());
  return message;
}

}  // namespace shinsa::fakes::mail
