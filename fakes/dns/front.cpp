#include "fakes/dns/front.hpp"

#include <memory>
#include <mutex>
#include <utility>

#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::dns {
namespace {

Reply guarded_answer(std::string_view packet, Transport transport, const Dns& dns, Instant at,
                     const FrontOptions& options) {
  const auto lock =
      options.guard ? std::shared_lock(*options.guard) : std::shared_lock<std::shared_mutex>();
  if (!options.fault) return answer(packet, transport, dns, at);
  return answer(packet, transport, dns, at,
                [&](std::string_view name) { return options.fault(name, transport); });
}

}  // namespace

Result<Front> Front::start(wire::Loop& loop, const Dns& dns, FrontOptions options) {
  SHINSA_ASSERT(options.now, "a front is told the instant");
  const auto shared = std::make_shared<const FrontOptions>(std::move(options));
  auto handler = [shared, &dns](std::string_view packet, const wire::PacketSource& source) {
    const Transport transport = source.is_tcp() ? Transport::tcp : Transport::udp;
    const Instant at = shared->now();
    Reply reply = guarded_answer(packet, transport, dns, at, *shared);
    if (shared->on_query)
      shared->on_query({source.peer(), transport, std::move(reply.question), reply.outcome,
                        reply.is_truncated, reply.bytes ? reply.bytes->size() : 0, at});
    return wire::PacketAnswer{std::move(reply.bytes), reply.delay};
  };
  auto server = wire::PacketServer::start(loop,
                                          {.address = shared->address,
                                           .port = shared->port,
                                           .limits = shared->limits,
                                           .on_trouble = shared->on_trouble},
                                          std::move(handler));
  if (!server) return Failure(server.error());
  return Front(std::move(*server));
}

}  // namespace shinsa::fakes::dns
