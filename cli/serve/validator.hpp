/// The CA's client on sockets: asks web servers for what proves control of a name.
///
/// Where a name is, the fake DNS says. An address of one of the fake web's own servers is asked at
/// the ports of its front; a loopback address at the ports of the customer's own server; nobody is
/// at any other address. Which redirects are followed is the system's to say (`web::Fetching`).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "fakes/web/web.hpp"
#include "fakes/wire/http_client.hpp"

namespace shinsa::cli {

/// Whether an address leads to this machine and no further.
[[nodiscard]] bool is_loopback(const std::string& address);

struct Ports {
  std::uint16_t http = 0;
  std::uint16_t https = 0;
};

struct ValidatorOptions {
  std::string address = "127.0.0.1";  ///< where the front of the fake web is
  Ports front;                        ///< and its ports
  Ports customer;                     ///< of whoever serves at a loopback address himself
  std::chrono::milliseconds patience{10'000};
};

class Validator {
 public:
  /// @param web  outlives it, as the loop does. It has to stay until the loop has stopped.
  Validator(fakes::wire::Loop& loop, const fakes::web::Web& web, std::function<Instant()> now)
      : loop_(&loop), client_(loop), web_(&web), now_(std::move(now)) {}
  void set(ValidatorOptions options) { options_ = std::move(options); }
  /// From now on it looks at another web; what is under way goes on there.
  void look_at(const fakes::web::Web& web) { web_ = &web; }

  /// Asks, and tells what came of it: never from within this call.
  void fetch(fakes::web::Fetching fetching, std::function<void(const fakes::web::Fetched&)> done);

 private:
  struct Fetch;
  void ask(const std::shared_ptr<Fetch>& fetch);
  void try_next(const std::shared_ptr<Fetch>& fetch);
  void hear(const std::shared_ptr<Fetch>& fetch, fakes::web::Heard heard);

  fakes::wire::Loop* loop_;
  fakes::wire::HttpClient client_;
  const fakes::web::Web* web_;
  std::function<Instant()> now_;
  ValidatorOptions options_;
};

}  // namespace shinsa::cli
