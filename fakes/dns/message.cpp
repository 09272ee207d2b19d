#include "fakes/dns/message.hpp"

#include <algorithm>
#include <vector>

#include "fakes/dns/owner.hpp"
#include "fakes/dns/query.hpp"
#include "fakes/dns/record.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::dns {
namespace {

constexpr std::uint8_t kBadVersion = 16;  // of which the upper bits stand in OPT
constexpr std::string_view kRootAuthority =
    "ns.shinsa.invalid hostmaster.shinsa.invalid 1 3600 600 86400 0";

/// What an answer is made of, before it is a message.
struct Content {
  std::uint8_t rcode = LDNS_RCODE_NOERROR;
  std::vector<RecordOwner> answers = {};
  std::vector<RecordOwner> authorities = {};
  bool is_truncated = false;
};

std::string_view outcome_of(std::uint8_t rcode) {
  switch (rcode) {
    case LDNS_RCODE_NOERROR:
      return "NOERROR";
    case LDNS_RCODE_FORMERR:
      return "FORMERR";
    case LDNS_RCODE_SERVFAIL:
      return "SERVFAIL";
    case LDNS_RCODE_NXDOMAIN:
      return "NXDOMAIN";
    case LDNS_RCODE_NOTIMPL:
      return "NOTIMP";
    case LDNS_RCODE_REFUSED:
      return "REFUSED";
    default:
      return "BADVERS";
  }
}

// ---- messages ----

/// To what could not be read: nothing but the header.
std::string bare_answer(const Query& query, std::uint8_t rcode) {
  std::string bytes(kHeaderBytes, '\0');
  bytes[0] = static_cast<char>(query.id >> 8);
  bytes[1] = static_cast<char>(query.id & 0xff);
  bytes[2] = static_cast<char>(0x80 | query.opcode << 3 | (query.wants_recursion ? 1 : 0));
  bytes[3] = static_cast<char>(rcode);
  return bytes;
}

void push_question(ldns_pkt* message, const Query& query) {
  ldns_rr* question = ldns_rr_new();
  SHINSA_ASSERT(question, "ldns can make a record");
  ldns_rr_set_question(question, true);
  ldns_rr_set_owner(question, name_field(query.name).release());
  ldns_rr_set_type(question, static_cast<ldns_rr_type>(query.type));
  ldns_rr_set_class(question, static_cast<ldns_rr_class>(query.class_));
  ldns_pkt_push_rr(message, LDNS_SECTION_QUESTION, question);
}

void set_edns(ldns_pkt* message, const Query& query, std::uint8_t rcode) {
  if (!query.edns) return;
  ldns_pkt_set_edns_udp_size(message, kLargestUdpAnswer);
  ldns_pkt_set_edns_extended_rcode(message, rcode >> 4);
  ldns_pkt_set_edns_do(message, query.edns->wants_dnssec);
}

/// Takes the records out of `content`.
MessageOwner message_of(const Query& query, Content& content) {
  MessageOwner message(ldns_pkt_new());
  SHINSA_ASSERT(message, "ldns can make a message");
  ldns_pkt* made = message.get();
  ldns_pkt_set_id(made, query.id);
  ldns_pkt_set_qr(made, true);
  ldns_pkt_set_aa(made,
                  content.rcode == LDNS_RCODE_NOERROR || content.rcode == LDNS_RCODE_NXDOMAIN);
  ldns_pkt_set_tc(made, content.is_truncated);
  ldns_pkt_set_rd(made, query.wants_recursion);
  ldns_pkt_set_cd(made, query.checks_nothing);
  ldns_pkt_set_ra(made, true);
  ldns_pkt_set_rcode(made, content.rcode & 0xf);
  push_question(made, query);
  set_edns(made, query, content.rcode);
  for (RecordOwner& record : content.answers)
    ldns_pkt_push_rr(made, LDNS_SECTION_ANSWER, record.release());
  for (RecordOwner& record : content.authorities)
    ldns_pkt_push_rr(made, LDNS_SECTION_AUTHORITY, record.release());
  return message;
}

/// Empty, if there is no room for it in any message.
std::string bytes_of(const Query& query, Content content) {
  const MessageOwner message = message_of(query, content);
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (ldns_pkt2wire(&bytes, message.get(), &size) != LDNS_STATUS_OK) return {};
  std::string result(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);
  return size <= LDNS_MAX_PACKETLEN ? result : std::string();
}

std::size_t room_for(const Query& query, Transport transport) {
  if (transport == Transport::tcp) return LDNS_MAX_PACKETLEN;
  if (!query.edns) return kPlainUdpSize;
  return std::clamp<std::size_t>(query.edns->udp_size, kPlainUdpSize, kLargestUdpAnswer);
}

// ---- what is answered ----

/// Adds a value to the answers; false, if no message has room for it.
bool add(std::vector<RecordOwner>& records, FieldOwner owner, Type type, const std::string& value) {
  RecordOwner record = record_of(std::move(owner), type, value);
  if (!record) return false;
  records.push_back(std::move(record));
  return true;
}

/// The zone that a name without an answer belongs to, as far as anything says so.
void add_authority(Content& content, std::string_view name, const Dns& dns, Instant at) {
  for (; !name.empty(); name = parent_of(name)) {
    const Answer found = dns.resolve(name, Type::soa, at);
    if (found.status != Status::ok || !found.aliases.empty()) continue;
    add(content.authorities, name_field_of_text(name), Type::soa, found.values.front());
    return;
  }
  add(content.authorities, name_field_of_text({}), Type::soa, std::string(kRootAuthority));
}

/// The root is there, with an authority of its own; no `Dns` has it.
Content root_content(const Query& query) {
  Content content;
  const bool is_soa = query.type == wire_type_of(Type::soa);
  add(is_soa ? content.answers : content.authorities, name_field_of_text({}), Type::soa,
      std::string(kRootAuthority));
  return content;
}

/// Aliases on the way, then what the last name has (RFC 6604 section 3: its status counts).
Content content_of(const Query& query, std::optional<Type> type, const std::string& name,
                   const Answer& found, const Dns& dns, Instant at) {
  Content content;
  if (found.status == Status::servfail) return {.rcode = LDNS_RCODE_SERVFAIL};
  if (found.status == Status::nxdomain) content.rcode = LDNS_RCODE_NXDOMAIN;
  FieldOwner owner = name_field(query.name);
  bool has_room = true;
  for (const std::string& alias : found.aliases) {
    has_room = add(content.answers, std::move(owner), Type::cname, alias) && has_room;
    owner = name_field_of_text(alias);
  }
  for (const std::string& value : found.values) {
    FieldOwner copy(ldns_rdf_clone(owner.get()));
    has_room = add(content.answers, std::move(copy), *type, value) && has_room;
  }
  if (!has_room) return {.rcode = LDNS_RCODE_SERVFAIL};
  if (found.values.empty())
    add_authority(content, found.aliases.empty() ? name : found.aliases.back(), dns, at);
  return content;
}

Reply reply_of(const Query& query, Transport transport, Content content, std::string question) {
  Reply reply;
  reply.question = std::move(question);
  reply.outcome = outcome_of(content.rcode);
  const std::uint8_t rcode = content.rcode;
  reply.bytes = bytes_of(query, std::move(content));
  if (reply.bytes->empty()) {
    reply.outcome = outcome_of(LDNS_RCODE_SERVFAIL);
    reply.bytes = bytes_of(query, {.rcode = LDNS_RCODE_SERVFAIL});
  } else if (reply.bytes->size() > room_for(query, transport)) {
    reply.is_truncated = true;
    reply.bytes = bytes_of(query, {.rcode = rcode, .is_truncated = true});
  }
  return reply;
}

/// What stands against a query before any zone is asked; 0, if nothing does.
std::uint8_t refusal_of(const Query& query) {
  if (query.edns && query.edns->version > 0) return kBadVersion;
  if (query.class_ != kClassIn || query.type == wire_type::kAxfr || query.type == wire_type::kIxfr)
    return LDNS_RCODE_REFUSED;
  return query.type == wire_type::kOpt ? std::uint8_t{LDNS_RCODE_FORMERR} : std::uint8_t{0};
}

std::string question_of(const Query& query) {
  std::string question = log_text(query.name);
  const auto type = type_of(query.type);
  question += ' ';
  return question + (type ? std::string(to_text(*type)) : "TYPE" + std::to_string(query.type));
}

/// Names are told from each other without their case.
std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// @param fault_of  asked for the fault of a query that can be read, with its name.
template <class AskFault>
Reply answer_with(std::string_view bytes, Transport transport, const Dns& dns, Instant at,
                  AskFault fault_of) {
  const auto query = read_query(bytes);
  if (!query || query->is_response) return {.bytes = {}, .question = {}, .outcome = "dropped"};
  const auto bare = [&](std::uint8_t rcode) {
    return Reply{bare_answer(*query, rcode), {}, outcome_of(rcode)};
  };
  if (query->opcode != LDNS_PACKET_QUERY) return bare(LDNS_RCODE_NOTIMPL);
  if (!query->is_sound || bytes.size() > kLargestQuery) return bare(LDNS_RCODE_FORMERR);

  std::string question = question_of(*query);
  if (const std::uint8_t refusal = refusal_of(*query); refusal != 0)
    return reply_of(*query, transport, {.rcode = refusal}, std::move(question));
  const auto type = type_of(query->type);
  const auto name = plain_text(query->name);
  // What has characters that no owner name has is no name in any zone.
  const std::string_view asked = name ? std::string_view(*name) : std::string_view();
  const QueryFault fault = fault_of(asked);
  const auto late = [&](Reply reply) {
    reply.delay = fault.delay;
    return reply;
  };
  if (fault.is_truncated && transport == Transport::udp) {
    Reply reply = reply_of(*query, transport, {.is_truncated = true}, std::move(question));
    reply.is_truncated = true;
    return late(std::move(reply));
  }
  if (name && name->empty() && !fault.status)
    return late(reply_of(*query, transport, root_content(*query), std::move(question)));
  const Answer found = type ? dns.resolve(asked, *type, at, fault.status)
                            : dns.resolve_other(asked, at, fault.status);
  if (found.status == Status::timeout)
    return {.bytes = {}, .question = std::move(question), .outcome = "timeout"};
  return late(reply_of(*query, transport,
                       content_of(*query, type, std::string(asked), found, dns, at),
                       std::move(question)));
}

}  // namespace

Reply answer(std::string_view bytes, Transport transport, const Dns& dns, Instant at,
             std::optional<Status> fault) {
  return answer_with(bytes, transport, dns, at,
                     [&](std::string_view) { return QueryFault{.status = fault}; });
}

Reply answer(std::string_view bytes, Transport transport, const Dns& dns, Instant at,
             const FaultOf& fault_of) {
  return answer_with(bytes, transport, dns, at, [&](std::string_view name) {
    return fault_of ? fault_of(lower(std::string(name))) : QueryFault{};
  });
}

}  // namespace shinsa::fakes::dns
