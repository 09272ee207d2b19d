/// Takes a query apart. Private to this folder.
///
/// Source: RFC 1035 sections 4.1.1 to 4.1.4, RFC 6891 section 6.1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shinsa::fakes::dns {

/// The numbers of the wire, of which only some are a `Type` of ours (IANA, "DNS Parameters").
namespace wire_type {
inline constexpr std::uint16_t kOpt = 41;
inline constexpr std::uint16_t kIxfr = 251;
inline constexpr std::uint16_t kAxfr = 252;
}  // namespace wire_type
inline constexpr std::uint16_t kClassIn = 1;
inline constexpr std::size_t kHeaderBytes = 12;

struct Edns {
  std::uint16_t udp_size = 0;
  std::uint8_t version = 0;
  bool wants_dnssec = false;  ///< the bit DO
};

struct Query {
  std::uint16_t id = 0;
  std::uint8_t opcode = 0;
  bool is_response = false;
  bool wants_recursion = false;
  bool checks_nothing = false;  ///< the bit CD
  /// Whether what follows could be read; without it, only what stands above counts.
  bool is_sound = false;
  std::string name;  ///< as on the wire: labels behind their length, uncompressed, in its own case
  std::uint16_t type = 0;
  std::uint16_t class_ = 0;
  std::optional<Edns> edns;
};

/// Nothing, if there is not even a header.
[[nodiscard]] std::optional<Query> read_query(std::string_view bytes);

/// A name of the wire as text, without the last dot: `www.example.jp`; empty for the root. Nothing,
/// if a label has a dot or another character in it that no owner name has.
[[nodiscard]] std::optional<std::string> plain_text(std::string_view wire_name);
/// The same for a log: every name, with its last dot; what is no letter, digit, - or _ as `\046`.
[[nodiscard]] std::string log_text(std::string_view wire_name);

}  // namespace shinsa::fakes::dns
