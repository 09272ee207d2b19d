// libFuzzer: messages to the name server. Whatever comes, what goes back is a message that can be
// read, belongs to what came, and has room where it goes.
#include <cstdint>
#include <cstdlib>

#include "fakes/dns/message.hpp"
#include "fakes/dns/record.hpp"

using namespace shinsa;
using namespace shinsa::fakes::dns;

namespace {

constexpr Instant kAt{1};

/// Stops where something is not as it must be.
void must(bool holds) {
  if (!holds) std::abort();
}

Dns zones() {
  Dns dns;
  const auto set = [&](std::string_view name, Type type, const Values& values) {
    must(dns.set(name, type, values, kAt).has_value());
  };
  set("a.jp", Type::soa, {"ns.a.jp host.a.jp 1 2 3 4 5"});
  set("a.jp", Type::a, {"192.0.2.1", "192.0.2.2"});
  set("a.jp", Type::aaaa, {"2001:db8::1"});
  set("a.jp", Type::mx, {"10 mail.a.jp", "0 ."});
  set("a.jp", Type::ns, {"ns.a.jp"});
  set("a.jp", Type::caa, {"0 issue \"jprs.jp\"", "128 tbs \"\""});
  set("a.jp", Type::txt, {std::string(300, 'x'), ""});
  set("c.jp", Type::cname, {"a.jp"});
  set("r.jp", Type::cname, {"r.jp"});
  set("b.jp", Type::txt, Values(8, std::string(9'000, 'x')));
  must(dns.put("s.jp", Status::servfail, kAt).has_value());
  must(dns.put("t.jp", Status::timeout, kAt).has_value());
  return dns;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Dns dns = zones();
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  for (const Transport transport : {Transport::udp, Transport::tcp}) {
    const Reply reply = answer(query, transport, dns, kAt);
    must(!reply.outcome.empty());
    if (!reply.bytes) continue;
    const std::string& bytes = *reply.bytes;
    must(bytes.size() <= (transport == Transport::udp ? kLargestUdpAnswer : 65535));
    must(bytes.size() >= 12 && bytes.substr(0, 2) == query.substr(0, 2));
    ldns_pkt* read = nullptr;
    must(ldns_wire2pkt(&read, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()) ==
         LDNS_STATUS_OK);
    const MessageOwner message(read);
    must(ldns_pkt_qr(read) && ldns_pkt_tc(read) == reply.is_truncated);
  }
  return 0;
}
