#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "cli/collect/read_file.hpp"
#include "cli/commands.hpp"
#include "cli/finish.hpp"
#include "cli/serve/ca_front.hpp"
#include "cli/serve/config.hpp"
#include "cli/serve/service.hpp"
#include "cli/serve/url.hpp"
#include "fakes/ca/repository.hpp"
#include "fakes/cast/internet.hpp"
#include "fakes/wire/address.hpp"
#include "reports/html.hpp"
#include "reports/results_json.hpp"
#include "reports/text.hpp"
#include "reports/write_files.hpp"
#include "scenarios/loader.hpp"
#include "sim/hash.hpp"
#include "sim/trace_writer.hpp"

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

/// What is served, as often as it begins: the same each time.
struct Play {
  Common common;
  std::optional<scenarios::Story> story;
  std::string given;  ///< SHA-256 of the file
  bool challenges_met = false;
  Instant start;                         ///< where the file says none
  std::string ca = {};                   ///< where certificates lead to, as a URL
  std::vector<std::string> faults = {};  ///< of the wire, to begin with

  [[nodiscard]] Result<ServedSystem> begin() const {
    auto served = cli::begin(common, story ? &*story : nullptr, start, fakes::ca::addresses_at(ca));
    if (served) served->faults = faults;
    if (served && challenges_met)
      if (fakes::cast::Internet* internet = served->cast->internet()) internet->meet_challenges();
    return served;
  }
};

/// How this play begins.
Result<Beginning> beginning_of(const Play& play, bool clock_runs) {
  const auto served = play.begin();
  if (!served) return Failure(served.error());
  const sim::Simulation& simulation = *served->simulation;
  std::string events;
  std::size_t line = 0;
  for (const sim::Stepped& one : simulation.trace())
    events += sim::to_json_line(one.event, simulation.facts(), ++line) + "\n";
  return Beginning{std::string(simulation.system().profile().name),
                   play.given,
                   play.common.seed,
                   play.common.readings,
                   play.common.mutants,
                   sim::sha256_hex(events),
                   play.challenges_met,
                   play.ca,
                   play.start,
                   clock_runs,
                   play.faults};
}

/// Listens where the certificates of a play lead.
Result<void> listen_for_ca(fakes::wire::Loop& loop, const std::string& address, std::uint16_t port,
                           Play& play, ServiceOptions& options) {
  auto front = CaFront::start(loop, address, port);
  if (!front) return Failure(front.error());
  play.ca = (*front)->url();
  options.ca_front = std::move(*front);
  return {};
}

/// How a play goes on that was kept, or begins: where its certificates lead, its start.
/// @param kept  the first line of its journal.
/// @return the first line of a new journal.
Result<std::string> begin_or_go_on(const std::optional<std::string>& kept, fakes::wire::Loop& loop,
                                   const ServeCommand& command, Play& play,
                                   ServiceOptions& options) {
  std::optional<Beginning> then;
  if (kept) {
    auto read = read_beginning(*kept);
    if (!read) return fail(read.error().what, command.state, read.error().remedy);
    then = std::move(*read);
    play.start = then->start;
    options.clock_runs = then->clock_runs;
  }
  const bool as_kept = then && command.ca_port == 0;
  const std::uint16_t port = as_kept ? port_of(then->ca) : command.ca_port;
  if (auto done = listen_for_ca(loop, command.address, port, play, options); !done)
    return Failure(done.error());
  const auto now = beginning_of(play, options.clock_runs);
  if (!now) return Failure(now.error());
  if (then)
    if (auto same = check_same(*then, *now, command.state); !same) return Failure(same.error());
  return to_line(*now);
}

/// What was done wrong while it ran: on stderr, and in the file.
int tell_verdict(const Common& common, const ServeCommand& command, Service& service,
                 const Stopwatch& watch) {
  reports::Results results = begin_results(common, "check", watch);
  Collector collector({service.profile()});
  results.scenarios.push_back(service.result(collector));
  collector.finish(results);
  results.run.wall_ms = watch.milliseconds();
  reports::TextOptions text;
  text.lang = common.lang;
  text.verbose = common.verbose;
  reports::print_summary(std::cerr, results, text);
  if (!command.judge_file.empty()) {
    const bool is_page = command.judge_file.ends_with(".html");
    reports::HtmlData shown;
    const std::string bytes = is_page
                                  ? reports::to_html(results, shown, {common.lang, common.redact})
                                  : reports::to_json(results);
    if (auto done = reports::write_atomically(command.judge_file, bytes); !done)
      return tell_error(done.error().text());
  }
  return reports::totals(results).failed > 0 ? kViolated : kHeld;
}

ServiceOptions options_of(const ServeCommand& command) {
  ServiceOptions options;
  options.address = command.address;
  options.acme_port = command.acme_port;
  options.admin_port = command.admin_port;
  options.dns_port = command.dns_port;
  options.http_port = command.http_port;
  options.https_port = command.https_port;
  options.customer = {command.customer_http_port, command.customer_https_port};
  options.kept = command.keep;
  options.threads = command.threads;
  options.frozen = command.frozen;
  options.clock_runs = !command.frozen;
  options.token = command.token;
  if (!command.quiet) options.log = [](const std::string& line) { std::cerr << line << "\n"; };
  return options;
}

int serve(const ServeCommand& command, Play play, const OwnFolder& temporary) {
  const Stopwatch watch;
  const std::filesystem::path kept = command.state.empty() ? temporary.path() : command.state;
  const std::string folder = command.ca_dir.empty() ? (kept / "ca").string() : command.ca_dir;
  fakes::wire::Loop loop;  // outlives the fronts
  ServiceOptions options = options_of(command);
  if (command.keep == 0) {
    auto journal = Journal::open({kept, !command.state.empty(), tell_warning},
                                 [&](const std::optional<std::string>& first) {
                                   return begin_or_go_on(first, loop, command, play, options);
                                 });
    if (!journal) return tell_error(journal.error().text());
    options.journal = std::move(*journal);
  } else if (auto done = listen_for_ca(loop, command.address, command.ca_port, play, options);
             !done) {
    return tell_error(done.error().text());
  }
  auto root = fakes::wire::make_own_root({"localhost", "127.0.0.1", "::1", command.address},
                                         real_seconds(), folder);
  if (!root) return tell_error(root.error().text());
  options.root = std::move(*root);
  options.begin = [&play] { return play.begin(); };
  auto service = Service::start(loop, std::move(options));
  if (!service) return tell_error(service.error().text());
  for (const int signal : {SIGTERM, SIGINT}) loop.on_signal(signal, [&loop](int) { loop.stop(); });
  std::cout << (*service)->addresses((std::filesystem::path(folder) / "root.pem").string())
            << std::endl;
  loop.run();
  return command.judge ? tell_verdict(play.common, command, **service, watch) : kHeld;
}

}  // namespace

int serve(Common common, ServeCommand command,
          const std::function<bool(std::string_view)>& is_said) {
  if (!command.config.empty()) {
    const auto text = read_file(command.config);
    if (!text) return tell_error(text.error().text());
    const auto errors = read_serve_config(command.config, *text, is_said, common, command);
    for (const Error& error : errors) tell_error(error.text());
    if (!errors.empty()) return kCouldNotRun;
  }
  if (auto checked = fakes::wire::check_address(command.address); !checked)
    return tell_error(checked.error().text());
  if (!is_loopback(command.address) && !command.anyone)
    return tell_usage("--address " + command.address + " is open to others; say --anyone too",
                      "shinsa serve --help");
  if (!is_loopback(command.address) && command.token.empty())
    return tell_usage("--anyone needs --token, which every admin call bears",
                      "shinsa serve --help");
  if (command.keep > 0 && !command.state.empty())
    return tell_usage("--keep forgets what --state keeps; give one of the two",
                      "shinsa serve --help");
  Play play{common, {}, {}, command.always_valid, Instant{real_seconds()}};
  play.faults = command.faults;
  if (!common.system_given) play.common.system = "jpdirect-acme";
  if (!command.given.empty()) {
    auto loaded = scenarios::load_paths({command.given}, common.scenario_root);
    for (const Error& error : loaded.errors) tell_error(error.text());
    if (!loaded.errors.empty()) return kCouldNotRun;
    if (loaded.stories.empty()) return tell_error(command.given + ": there is no scenario in it");
    play.story = std::move(loaded.stories.front());
    play.common.system = play.story->system;
    const auto text = read_file(command.given);
    if (!text) return tell_error(text.error().text());
    play.given = sim::sha256_hex(*text);
  }
  raise_descriptors();
  const OwnFolder temporary;
  return serve(command, std::move(play), temporary);
}

}  // namespace shinsa::cli
