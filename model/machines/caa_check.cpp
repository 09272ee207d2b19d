/// The look-up of a name's CAA records, once its order was finalized. The page does not speak of
/// it; JPDirect's other pages do. Source: RFC 8659 sections 3 and 4 (RFC-19), ASM-33.
#include "model/machines/caa_check.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "model/core/machine.hpp"

namespace shinsa::model::caa_check {
namespace {

using namespace authorization;

// clang-format off
struct Idle : State {};
struct QueryDue : State {};    // the order was finalized: the records must be looked up
struct Asked : State {};
struct Permitted : State {};
struct Forbidden : State {};   // by the records, or because the look-up failed

struct CaaQueried : On<"dns.queried"> { using On::On; static bool is(const CaaQueried& query, const Context&) { return query.is_word<"type", "CAA">(); } };
struct CaaAnswered : On<"dns.answered"> { using On::On; static bool is(const CaaAnswered& answer, const Context&) { return answer.is_word<"type", "CAA">(); } };

struct OfTheName; struct CaaAllows; struct LookUpFailed;
struct OweLookUp; struct TellPermits; struct TellForbids; struct TellFailed;

struct CaaCheck : Machine<CaaCheck> {
  using states = mp_list<Idle, QueryDue, Asked, Permitted, Forbidden>;
  using events = mp_list<CaaDue, CaaQueried, CaaAnswered>;
  using initial_state = Idle;
  using transition_table = mp_list<
    //   in        on           go to      do               provided
    Row< Idle,     CaaDue,      QueryDue,  Do<OweLookUp>                                         >,
    Row< QueryDue, CaaQueried,  Asked,     Do<>,            All<OfTheName>                       >,
    Row< Asked,    CaaAnswered, Permitted, Do<TellPermits>, All<CaaAllows>                       >,
    Row< Asked,    CaaAnswered, Forbidden, Do<TellForbids>, All<Not<CaaAllows>, Not<LookUpFailed>> >,
    Row< Asked,    CaaAnswered, Forbidden, Do<TellFailed>,  All<Not<CaaAllows>, LookUpFailed>    >>;
  using unaccepted = mp_list<
    Breaks< CaaQueried,  Ids<"RFC-19"> >,
    Breaks< CaaAnswered, Ids<"RFC-19"> >>;
};
// clang-format on

[[nodiscard]] TextId name_without_asterisk(const Context& c) {
  std::string_view name = c.facts().text(c.store().lower(c.me()[kName]));
  if (name.starts_with("*.")) name.remove_prefix(2);
  return c.store().intern(name);
}
struct OweLookUp : Effect<"RFC-19"> {
  static void run(Context& c, const auto&) {
    c.must(c.action<"dns.queried">()
               .with<"name">(name_without_asterisk(c))
               .with<"type">(Value::of(*choice_index(kRecordTypes, "CAA"))));
  }
};
struct OfTheName : Guard<"RFC-19"> {
  static bool test(const Context& c, const CaaQueried& query) {
    return c.same_name(query.text<"name">(), name_without_asterisk(c));
  }
};
struct LookUpFailed : Question {
  static bool test(const Context&, const CaaAnswered& answer) {
    return answer.is_word<"status", "servfail">() || answer.is_word<"status", "timeout">();
  }
};
// No record is permission.
struct CaaAllows : Guard<"RFC-19"> {
  static bool test(const Context& c, const CaaAnswered& answer) {
    if (LookUpFailed::test(c, answer)) return false;
    std::vector<std::string_view> records;
    for (TextId value : c.facts().list(answer.list<"values">()))
      records.push_back(c.facts().text(value));
    return records.empty() || permits(records, is_wildcard(c, c.me()), kLabel<"ASM-33", "issuer">);
  }
};
void tell_order(Context& c, MessageId message, std::string_view error) {
  c.me()[kCaaError] = choice_index<events::kAcmeErrors>(error).value_or(0);
  c.tell_to(c.find(c.me()[kOrder]), message);
}
struct TellPermits : Effect<"RFC-19"> {
  static void run(Context& c, const auto&) {
    c.tell_to(c.find(c.me()[kOrder]), MessageId::caa_permits);
  }
};
struct TellForbids : Effect<"RFC-19"> {
  static void run(Context& c, const auto&) {
    tell_order(c, MessageId::caa_forbids, kLabel<"RFC-19", "error">);
  }
};
struct TellFailed : Effect<"RFC-19"> {
  static void run(Context& c, const auto&) {
    tell_order(c, MessageId::caa_forbids, kLabel<"RFC-22", "error_dns">);
  }
};

constexpr MachineApi kApi = Tables<CaaCheck>::api("CaaCheck", ObjectKind::authorization);

// -- records
// --------------------------------------------------------------------------------------------------------------

struct CaaRecord {
  bool critical = false;
  std::string_view tag, issuer;
};

/// The next word, taken from the front.
std::string_view word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const std::string_view first = text.substr(0, text.find(' '));
  text.remove_prefix(first.size());
  return first;
}

CaaRecord read(std::string_view text) {
  CaaRecord record;
  int flags = 0;
  const std::string_view number = word(text);
  std::from_chars(number.data(), number.data() + number.size(), flags);
  record.critical = (flags & 128) != 0;
  record.tag = word(text);
  text = text.substr(0, text.find(';'));
  const std::size_t from = text.find_first_not_of(" \"");
  const std::size_t to = text.find_last_not_of(" \"");
  if (from != std::string_view::npos) record.issuer = text.substr(from, to - from + 1);
  return record;
}

bool is_understood(std::string_view tag) {
  return tag == "issue" || tag == "issuewild" || tag == "iodef";
}

}  // namespace

bool permits(std::span<const std::string_view> records, bool wildcard, std::string_view issuer) {
  std::vector<CaaRecord> read_ones;
  for (std::string_view text : records) read_ones.push_back(read(text));
  const auto count = [&](std::string_view tag) {
    return std::ranges::count(read_ones, tag, &CaaRecord::tag);
  };
  const std::string_view deciding = wildcard && count("issuewild") > 0 ? "issuewild" : "issue";
  return std::ranges::none_of(
             read_ones, [](const CaaRecord& r) { return r.critical && !is_understood(r.tag); }) &&
         (count(deciding) == 0 || std::ranges::any_of(read_ones, [&](const CaaRecord& r) {
            return r.tag == deciding && r.issuer == issuer;
          }));
}

const MachineApi& kMachine = kApi;
static_assert(Tables<CaaCheck>::state_id<Forbidden> == kForbidden);

}  // namespace shinsa::model::caa_check
