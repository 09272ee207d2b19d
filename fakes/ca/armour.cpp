#include "fakes/ca/armour.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>

#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {

namespace {

constexpr std::string_view kBlanks = " \t\r\v\f";
constexpr std::string_view kDashes = "-----";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view trimmed(std::string_view text) {
  std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// The label of a mark line whose word is BEGIN or END; empty when the line is no such mark.
std::string_view label_of(std::string_view line, std::string_view word) {
  if (line.size() < 2 * kDashes.size() || !line.starts_with(kDashes) || !line.ends_with(kDashes))
    return {};
  std::string_view inside = trimmed(line.substr(kDashes.size(), line.size() - 2 * kDashes.size()));
  if (!inside.starts_with(word) || inside.size() == word.size()) return {};
  std::string_view rest = inside.substr(word.size());
  return kBlanks.find(rest.front()) == std::string_view::npos ? std::string_view() : trimmed(rest);
}

}  // namespace

bool Armoured::is_request() const {
  return label == "CERTIFICATE REQUEST" || label == "NEW CERTIFICATE REQUEST";
}

std::optional<Armoured> find_armour(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::optional<Armoured> other, open;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t stop = std::min(text.find('\n', at), text.size());
    std::string_view line = trimmed(text.substr(at, stop - at));
    if (std::string_view label = label_of(line, "BEGIN"); !label.empty()) {
      open = Armoured{line, label, text.substr(stop), {}};
    } else if (open && label_of(line, "END") == open->label) {
      open->body =
          open->body.substr(0, static_cast<std::size_t>(text.data() + at - open->body.data()));
      open->end = line;
      if (open->is_request()) return open;
      if (!other) other = open;
      open.reset();
    }
    at = stop + 1;
  }
  return other;
}

std::optional<std::vector<unsigned char>> decode_base64(std::string_view text) {
  std::string packed;
  std::size_t padding = 0;
  for (char c : text) {
    if (c == '\n' || kBlanks.find(c) != std::string_view::npos) continue;
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  c == '+' || c == '/';
    if (c == '=' ? ++padding > 2 : (!letter || padding > 0)) return std::nullopt;
    packed += c;
  }
  if (packed.empty() || packed.size() % 4 != 0) return std::nullopt;
  std::vector<unsigned char> bytes(packed.size() / 4 * 3);
  int length = EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(packed.data()),
                               static_cast<int>(packed.size()));
  if (length < 0) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(length) - padding);
  return bytes;
}

std::string armoured(const std::string& label, std::string_view octets) {
  return written([&](BIO* out) {
    const int length =
        PEM_write_bio(out, label.c_str(), "", reinterpret_cast<const unsigned char*>(octets.data()),
                      static_cast<long>(octets.size()));
    return length > 0 ? 1 : 0;
  });
}

}  // namespace shinsa::fakes::ca
