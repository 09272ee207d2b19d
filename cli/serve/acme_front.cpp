#include "cli/serve/acme_front.hpp"

#include <utility>

namespace shinsa::cli {

namespace wire = fakes::wire;

Result<std::unique_ptr<AcmeFront>> AcmeFront::start(wire::Loop& loop, wire::HttpOptions options,
                                                    std::size_t threads,
                                                    const fakes::acme::ServerOptions& acme,
                                                    Take take) {
  std::unique_ptr<AcmeFront> front(new AcmeFront);
  front->take_ = std::make_shared<Take>(std::move(take));
  const bool is_alone = threads == 1;
  if (!is_alone) {
    front->own_.emplace(threads - 1);
    options.on_trouble = [&loop, tell = std::move(options.on_trouble)](const auto& peer,
                                                                       const auto& what) {
      if (tell) loop.post([tell, peer, what] { tell(peer, what); });
    };
  }
  const auto handle = [&loop, is_alone, keys = acme.keyring, body_max = acme.body_max,
                       weak = std::weak_ptr(front->take_)](wire::HttpRequest request,
                                                           wire::Respond respond) {
    AcmeAsked asked{std::move(request)};
    if (is_alone) {
      if (const auto take = weak.lock()) (*take)(std::move(asked), std::move(respond));
      return;
    }
    if (keys) asked.ahead = look_ahead(asked.request, *keys, body_max);
    loop.post([weak, asked = std::move(asked), respond = std::move(respond)]() mutable {
      if (const auto take = weak.lock()) (*take)(std::move(asked), std::move(respond));
    });
  };
  auto server = wire::HttpServer::start(is_alone ? loop : *front->own_, std::move(options), handle);
  if (!server) return Failure(server.error());
  front->server_ = std::move(*server);
  if (!is_alone) front->thread_ = std::thread([own = &*front->own_] { own->run(); });
  return front;
}

AcmeFront::~AcmeFront() {
  take_.reset();
  server_.reset();
  if (own_) own_->stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace shinsa::cli
