#include "fakes/dns/front.hpp"

#include <memory>
#include <mutex>
#include <utility>

#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::dns {
namespace {

Reply guarded_answer(std::string_view packet, Transport transport, const Dns& dns, Instant at,
                     const FrontOptions& options) {
  const auto fault = options.fault ? options.fault() : std::nullopt;
  if (!options.guard) return answer(packet, transport, dns, at, fault);
  const std::shared_lock lock(*options.guard);
  return answer(packet, transport, dns, at, fault);
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
    return std::move(reply.bytes);
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
