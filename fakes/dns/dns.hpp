/// DNS as a CA's resolver sees it: records that change over virtual time, and names that fail.
///
/// Sources: RFC 1034 section 4.3.2 and 3.6.2 (resolution, aliases), RFC 2308 (NXDOMAIN and NODATA),
/// RFC 6604 (the status after aliases is that of the last name), RFC 8020 (a name exists when
/// something stands below it).
///
/// Sans I/O and without a clock: every change holds from an instant on, every question names the
/// instant that it is asked at. Changes are for whoever owns the zone and may be made in any order;
/// one that is refused says what is wrong with the record and changes nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/timeline.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::dns {

enum class Type { a, aaaa, cname, txt, caa, mx, ns, soa };
/// `A`, `AAAA`, `CNAME`, `TXT`, `CAA`, `MX`, `NS`, `SOA`
[[nodiscard]] std::string_view to_text(Type type);
[[nodiscard]] std::optional<Type> parse_type(std::string_view word);  ///< in either case

/// How a question ends. Only the last two are failures: the others are what the zone says.
enum class Status {
  ok,        ///< there are records
  nodata,    ///< the name exists, but not with this type
  nxdomain,  ///< there is no such name
  servfail,  ///< the servers answer that they cannot, or aliases go in a circle
  timeout    ///< nobody answers
};
/// `ok`, `nodata`, `nxdomain`, `servfail`, `timeout`
[[nodiscard]] std::string_view to_text(Status status);
[[nodiscard]] std::optional<Status> parse_status(std::string_view word);

using Values = std::vector<std::string>;

/// The one spelling of a record's value, as the zone keeps it: an IPv6 address in its short form, a
/// name in lower case, one blank between the parts of an MX or SOA record. An Error says why it is
/// no value of that type.
[[nodiscard]] Result<std::string> spelt(Type type, const std::string& value);

struct Answer {
  Status status = Status::nxdomain;
  Values values;                     ///< in the order in which the zone has them; empty unless `ok`
  std::vector<std::string> aliases;  ///< where CNAMEs led, in order; the last one was answered for
  friend bool operator==(const Answer&, const Answer&) = default;
};

/// How many aliases are followed; one more ends in `servfail`, as a circle of them does.
inline constexpr std::size_t kMostAliases = 16;

/// All zones at once: delegation is not imitated. Owner names are those of `owner_name`.
class Dns {
 public:
  /// Puts `values` in place of all records of that name and type, from `at` on. In text form:
  /// `192.0.2.1` (A), `2001:db8::1` (AAAA), a name (CNAME, NS), any text without quotes (TXT),
  /// `0 issue "jprs.jp"` (CAA), `10 mail.example.jp` (MX; `0 .` is a name without mail, RFC 7505),
  /// `ns.example.jp hostmaster.example.jp 1 7200 900 1209600 86400` (SOA, RFC 1035 section 3.3.13).
  /// No values: as `remove`.
  /// Refused: what is no such value, and more than one CNAME or SOA.
  Result<void> set(std::string_view name, Type type, const Values& values, Instant at);
  /// Adds one value to those that hold at `at`, behind them, from `at` on. A value that is there
  /// already is not there twice. Two challenges for `N` and `*.N` share an owner name, so a TXT
  /// record is added.
  Result<void> add(std::string_view name, Type type, std::string_view value, Instant at);
  /// From `at` on there are no records of that type.
  Result<void> remove(std::string_view name, Type type, Instant at);

  /// From `at` on every question for this name (not for those below it) ends so, whatever records
  /// there are. `Status::ok` ends that.
  Result<void> put(std::string_view name, Status status, Instant at);
  /// The same for one type only, which counts more than what was put on the name.
  Result<void> put(std::string_view name, Type type, Status status, Instant at);

  /// Forgets what no longer holds at that instant.
  void forget_before(Instant at);

  /// Answers for a name, following its aliases unless CNAME itself is asked for. A name with an
  /// alias has no other records, even if the zone holds some (RFC 1034 section 3.6.2).
  /// What cannot be an owner name is `nxdomain`.
  /// @param fault  where given, what this one question ends in, before any record is looked at.
  [[nodiscard]] Answer resolve(std::string_view name, Type type, Instant at,
                               std::optional<Status> fault = std::nullopt) const;
  /// The same for a type of which no zone here has records: what was put on a name, or whether the
  /// name exists.
  [[nodiscard]] Answer resolve_other(std::string_view name, Instant at,
                                     std::optional<Status> fault = std::nullopt) const;

 private:
  struct Owner {
    std::map<Type, Timeline<Values>> records;
    std::map<Type, Timeline<Status>> type_status;
    Timeline<Status> status;
  };

  [[nodiscard]] static const Values& values_of(const Owner& owner, Type type, Instant at);
  [[nodiscard]] static Status put_on(const Owner& owner, std::optional<Type> type, Instant at);
  [[nodiscard]] static bool has_records(const Owner& owner, Instant at);
  [[nodiscard]] bool exists(const std::string& key, Instant at) const;
  [[nodiscard]] Answer here(std::string_view name, std::optional<Type> type, Instant at) const;
  [[nodiscard]] Answer follow(std::string_view name, std::optional<Type> type, Instant at,
                              std::optional<Status> fault) const;

  /// By the labels from the last to the first, so that what stands below a name stands behind it.
  std::map<std::string, Owner, std::less<>> owners_;
};

}  // namespace shinsa::fakes::dns
