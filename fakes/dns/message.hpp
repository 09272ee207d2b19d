/// DNS as bytes: a query is taken apart, put to a `Dns` at an instant, and answered. Sans I/O.
///
/// Sources: RFC 1035 section 4 (messages; pointers lead back, so that none goes round), RFC 2308
/// (SOA with a negative answer), RFC 6604 (aliases), RFC 6891 (EDNS), RFC 3225 (DO is copied),
/// RFC 7766 (TCP for what UDP has no room for), RFC 9619 (one question). The case of the name that
/// was asked for is kept (draft-vixie-dnsext-dns0x20).
///
/// One server knows all names, so it answers with authority (AA) and offers recursion (RA). The
/// time to live is 0: nothing is to be kept, for the clock behind the answers may be moved.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/dns/dns.hpp"

namespace shinsa::fakes::dns {

enum class Transport { udp, tcp };

/// A longer query is malformed: none has a reason to be.
inline constexpr std::size_t kLargestQuery = 4096;
/// How much is sent over UDP to a client that says nothing of it (RFC 1035 section 4.2.1).
inline constexpr std::size_t kPlainUdpSize = 512;
/// How much is sent over UDP at most, and said to be taken (the DNS flag day of 2020).
inline constexpr std::size_t kLargestUdpAnswer = 1232;

struct Reply {
  /// What goes back. Nothing: nobody answers (`Status::timeout`), or what came is an answer itself
  /// or too short to be answered.
  std::optional<std::string> bytes;
  std::string question;  ///< for the log: `www.example.jp. A`; empty where none could be read
  /// For the log: `NOERROR`, `NXDOMAIN`, `SERVFAIL`, `FORMERR`, `NOTIMP`, `REFUSED`, `BADVERS`,
  /// `timeout`, or `dropped`.
  std::string_view outcome;
  bool is_truncated = false;           ///< TC is set: the client is to ask again over TCP
  std::chrono::milliseconds delay{0};  ///< as of the fault
};

/// What goes wrong with one query; nothing unless asked for.
struct QueryFault {
  std::optional<Status> status = {};   ///< what it ends in, whatever the zones have
  bool is_truncated = false;           ///< over UDP: TC, and no record
  std::chrono::milliseconds delay{0};  ///< before the answer goes
};
/// @param name  that is asked for, in lower case, without a dot at its end.
using FaultOf = std::function<QueryFault(std::string_view name)>;

/// Answers a message, whatever it is.
///
/// Refused: with FORMERR what cannot be read, or has not exactly one question, or two OPT records;
/// with NOTIMP an opcode other than QUERY; with REFUSED a class other than IN, and zone transfers;
/// with BADVERS an EDNS version over 0. A type that the zones have no records of is as `Dns` says
/// of the name. Where no SOA record stands at or above a name without answer, the authority is that
/// of the root, which is made up.
/// @param fault  where given, what this query ends in.
[[nodiscard]] Reply answer(std::string_view query, Transport transport, const Dns& dns, Instant at,
                           std::optional<Status> fault = std::nullopt);
/// @param fault_of  asked once for each query that can be read; may be empty.
[[nodiscard]] Reply answer(std::string_view query, Transport transport, const Dns& dns, Instant at,
                           const FaultOf& fault_of);

}  // namespace shinsa::fakes::dns
