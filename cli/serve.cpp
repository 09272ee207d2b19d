#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/serve/service.hpp"
#include "scenarios/loader.hpp"

namespace shinsa::cli {

namespace {

std::int64_t real_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// A folder of our own, gone with us.
class OwnFolder {
 public:
  OwnFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "shinsa-XXXXXX").string();
    if (mkdtemp(name.data())) path_ = name;
  }
  ~OwnFolder() {
    std::error_code failed;
    if (!path_.empty()) std::filesystem::remove_all(path_, failed);
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// As many descriptors as the system lets us have: each connection is one.
void raise_descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// @param story  what is given; null: nothing.
int serve(const Common& common, const ServeCommand& command, const scenarios::Story* story,
          const OwnFolder& temporary) {
  const std::string& folder = command.ca_dir.empty() ? temporary.path() : command.ca_dir;
  auto root = fakes::wire::make_own_root({"localhost", "127.0.0.1", "::1", command.address},
                                         real_seconds(), folder);
  if (!root) return tell_error(root.error().text());
  ServiceOptions options;
  options.address = command.address;
  options.acme_port = command.acme_port;
  options.admin_port = command.admin_port;
  options.dns_port = command.dns_port;
  options.http_port = command.http_port;
  options.https_port = command.https_port;
  options.customer = {command.customer_http_port, command.customer_https_port};
  options.clock_runs = !command.frozen;
  options.challenges_met = command.always_valid;
  options.root = std::move(*root);
  options.token = command.token;
  if (!command.quiet) options.log = [](const std::string& line) { std::cerr << line << "\n"; };
  fakes::wire::Loop loop;
  auto ca_front = CaFront::start(loop, command.address, command.ca_port);
  if (!ca_front) return tell_error(ca_front.error().text());
  auto served = begin(common, story, Instant{real_seconds()}, (*ca_front)->addresses());
  if (!served) return tell_error(served.error().text());
  auto service = Service::start(loop, *served, std::move(*ca_front), std::move(options));
  if (!service) return tell_error(service.error().text());
  for (const int signal : {SIGTERM, SIGINT}) loop.on_signal(signal, [&loop](int) { loop.stop(); });
  std::cout << (*service)->addresses((std::filesystem::path(folder) / "root.pem").string())
            << std::endl;
  loop.run();
  return kHeld;
}

}  // namespace

int serve(const Common& common, const ServeCommand& command) {
  if (!is_loopback(command.address) && !command.anyone)
    return tell_usage("--address " + command.address + " is open to others; say --anyone too",
                      "shinsa serve --help");
  if (!is_loopback(command.address) && command.token.empty())
    return tell_usage("--anyone needs --token, which every admin call bears",
                      "shinsa serve --help");
  Common chosen = common;
  if (!common.system_given) chosen.system = "jpdirect-acme";
  std::optional<scenarios::Story> story;
  if (!command.given.empty()) {
    auto loaded = scenarios::load_paths({command.given}, common.scenario_root);
    for (const Error& error : loaded.errors) tell_error(error.text());
    if (!loaded.errors.empty()) return kCouldNotRun;
    if (loaded.stories.empty()) return tell_error(command.given + ": there is no scenario in it");
    story = std::move(loaded.stories.front());
  }
  raise_descriptors();
  const OwnFolder temporary;
  return serve(chosen, command, story ? &*story : nullptr, temporary);
}

}  // namespace shinsa::cli
