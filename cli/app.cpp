#include "cli/app.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>

#include "cli/collect/scenario_root.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/japanese.hpp"
#include "model/catalogue/catalogue.hpp"
#include "model/profile.hpp"
#include "model/vocabulary/suggest.hpp"

namespace shinsa::cli {

namespace {

constexpr const char* kAbout =
    "Shinsa: the examination of a certificate order, as an executable model.\n"
    "Runs scenarios against it and judges logs by it, clause by clause.\n";

constexpr const char* kFooter =
    "Examples:\n"
    "  shinsa run  all suites\n"
    "  shinsa run scenarios/jpdirect-reissue --out out  one suite, reports in out/\n"
    "  shinsa run --mutant JPR-21                       a portal that breaks a clause\n"
    "  shinsa fuzz --runs 10000 --seed 7  random campaign\n"
    "  shinsa check out/traces/*.jsonl  judge logs\n"
    "  shinsa explain JPR-21 --lang ja  what a clause says\n"
    "  shinsa list clauses\n"
    "\n"
    "Exit: 0 held, 1 violated, 2 could not run or unreadable input, 64 usage.\n"
    "Not affiliated with JPRS, Sakura, NTT or any company named; the readings are ours.\n";

std::string default_lang() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value)
      return std::string(value).starts_with("ja") ? "ja" : "en";
  return "en";
}

/// The language of help and errors, which may come before the options are read.
std::string lang_of(int argc, const char* const* argv) {
  std::string lang = default_lang();
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    std::string given;
    if (argument == "--lang" && i + 1 < argc) given = argv[i + 1];
    if (argument.starts_with("--lang=")) given = argument.substr(7);
    if (given == "ja" || given == "en") lang = given;
  }
  return lang;
}

/// `JPR-Q5=refuse`, checked here for its form only; the profile checks the names.
std::string read_readings(const std::vector<std::string>& texts,
                          std::map<std::string, std::string>& into) {
  for (const std::string& text : texts) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
      return "--reading wants ID=NAME, such as JPR-Q5=refuse, not '" + text + "'";
    into[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return {};
}

/// `90s`, `10m`, `1h30m`: hours, minutes and seconds in that order, a year at the most; nothing if
/// it is none of that, or no time at all.
std::optional<std::chrono::seconds> read_time(std::string_view text) {
  static constexpr std::array units{std::pair('h', 3600), std::pair('m', 60), std::pair('s', 1)};
  std::int64_t all = 0;
  auto unit = units.begin();
  while (!text.empty()) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    if (read.ec != std::errc() || text.empty() || number < 0 || number > 366 * 86'400)
      return std::nullopt;
    unit = std::find_if(unit, units.end(), [&](const auto& one) { return one.first == text[0]; });
    if (unit == units.end()) return std::nullopt;
    all += number * unit->second;
    ++unit;
    text.remove_prefix(1);
  }
  if (all == 0 || all > 366 * 86'400) return std::nullopt;
  return std::chrono::seconds(all);
}

/// `500M`, `8G`: bytes; nothing if it is none of that, or more than any machine has.
std::optional<std::size_t> read_size(std::string_view text) {
  std::size_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(read.ptr, text.data() + text.size());
  if (read.ec != std::errc() || number == 0 || number > 1'000'000) return std::nullopt;
  if (unit == "M") return number << 20;
  if (unit == "G") return number << 30;
  return std::nullopt;
}

/// The system that the mutants or readings asked for belong to; the first one if they do not tell.
std::string system_meant(const Common& common) {
  std::vector<std::string> ids = common.mutants;
  for (const auto& [id, name] : common.readings) ids.push_back(id);
  for (const std::string& id : ids)
    for (const Page& page : pages())
      if (id.starts_with(std::string(page.prefix) + "-")) return std::string(page.system);
  return common.system;
}

}  // namespace

int tell_error(const std::string& text) {
  std::cerr << "shinsa: " << said(text) << "\n";
  return kCouldNotRun;
}

void tell_warning(const std::string& text) { tell_error("warning: " + text); }

int tell_usage(const std::string& text, const std::string& see) {
  tell_error(text);
  if (!see.empty()) std::cerr << "  " << said("see: " + see) << "\n";
  return kUsage;
}

int main(int argc, const char* const* argv) {
  Common common;
  common.lang = lang_of(argc, argv);
  speak(common.lang);
  CLI::App app{kAbout, "shinsa"};
  app.footer(kFooter);
  app.formatter_fn([](const CLI::App* of, const std::string& name, CLI::AppFormatMode) {
    return help_text(*of, name);
  });
  app.require_subcommand(1);
  app.fallthrough();

  common.scenario_root = default_scenario_root();
  for (int i = 0; i < argc; ++i)
    common.command += (i ? " " : "") + std::string(i ? argv[i] : "shinsa");
  std::vector<std::string> readings;
  auto* system_option =
      app.add_option("--system", common.system, "Which of the five systems (see: list systems)")
          ->option_text("NAME");
  app.add_option("--seed", common.seed, "Seed of every random stream; same seed, same bytes")
      ->option_text("S");
  app.add_option("--reading", readings, "Meaning of an ambiguous clause, ID=NAME; repeatable")
      ->option_text("ID=NAME")
      ->allow_extra_args(false);
  app.add_option("--mutant", common.mutants,
                 "Break the system on purpose (see: list mutants); repeatable")
      ->option_text("ID")
      ->allow_extra_args(false);
  app.add_option("--out", common.out,
                 "Folder for report.html, results.json, junit.xml, traces/, artifacts/")
      ->option_text("DIR");
  app.add_option("--lang", common.lang, "ja or en; default from LANG")
      ->option_text("ja|en")
      ->check(CLI::IsMember({"ja", "en"}));
  app.add_flag("--redact", common.redact,
               "report.html without mail addresses, telephone numbers, customers, organisations");
  app.add_flag("--json", common.json, "Results as JSON on stdout, the summary on stderr");
  app.add_flag("--strict", common.strict,
               "Skipped scenarios and unexercised clauses count as failures");
  app.add_option("-j,--jobs", common.jobs,
                 "Threads; 0 (default): one for each core. Results do not depend on it")
      ->option_text("N");
  app.add_flag("-v,--verbose", common.verbose, "A line for every scenario");

  RunCommand run_command;
  auto* run_app = app.add_subcommand("run", "Run scenarios; without PATH all suites");
  run_app->add_option("PATH", run_command.paths, "Files, folders, or FILE:LINE");
  run_app
      ->add_option("--fault", run_command.faults,
                   "Make a fake misbehave: mail:spam@nth=1; repeatable")
      ->option_text("FAULT")
      ->allow_extra_args(false);
  run_app->add_option("--traces", run_command.traces, "Which traces to keep: all or failed")
      ->option_text("all|failed")
      ->check(CLI::IsMember({"all", "failed"}));
  run_app->add_flag("--list", run_command.list_only, "Only list what would run");
  run_app->footer(
      "Examples:\n"
      "  shinsa run scenarios/jpdirect-reissue --out out  one suite, reports in out/\n"
      "  shinsa run --mutant JPR-21                       a portal that breaks a clause\n"
      "  shinsa run --fault mail:spam@nth=1 --verbose     the first mail goes to spam\n"
      "  shinsa run --reading JPR-Q5=refuse --strict      another reading of a clause\n");

  CheckCommand check_command;
  auto* check_app = app.add_subcommand("check", "Judge event logs (shinsa-events/1, JSON Lines)");
  check_app->add_option("LOG", check_command.logs,
                        "Log files, also .gz and .zst; - is standard input");
  check_app->add_option("--judge", check_command.judge, "Whose actions are judged: portal,ca")
      ->option_text("WHO");
  check_app
      ->add_option("--mapping", check_command.mapping,
                   "How a log of another form is read: CSV, other JSON, other words (YAML)")
      ->option_text("FILE");
  check_app
      ->add_option("--source", check_command.sources,
                   "Files that are one log together, each with what its clock is ahead by")
      ->option_text("FILE[,skew=+2s] ...");
  check_app
      ->add_option("--tolerance", check_command.tolerance,
                   "By how much a source may be out of order: it is put in order")
      ->option_text("TIME");
  check_app->add_flag("--follow", check_command.follow,
                      "The log still grows: verdicts as they come, until ^C");
  bool incomplete = false;
  check_app->add_flag("--incomplete", incomplete,
                      "The log ends in the middle: what is still owed is not missing");
  check_app
      ->add_option(
          "--expect", check_command.expect,
          "Departures that are known: YAML entries with clause, reason, and if wanted log, "
          "line, subject. Stale ones fail")
      ->option_text("FILE");
  check_app
      ->add_option("--sarif", check_command.sarif,
                   "Write the findings as SARIF 2.1.0; with --out it is there as results.sarif")
      ->option_text("FILE");
  check_app->footer(
      "Examples:\n"
      "  shinsa check out/traces/*.jsonl\n"
      "  shinsa check log.jsonl --expect known.yaml  what is not known fails\n"
      "  shinsa check --judge ca log.jsonl    only what the CA does\n"
      "  shinsa check --mapping map.yaml app.csv  a log of another form\n"
      "  shinsa check --source a.jsonl --source b.gz,skew=+2s  one log of two\n"
      "  shinsa check --follow log.jsonl      a log that still grows\n"
      "  shinsa check --incomplete log.jsonl  a log that still goes on\n");

  ServeCommand serve_command;
  auto* serve_app =
      app.add_subcommand("serve", "The fakes on sockets, with a clock that can be moved");
  serve_app
      ->add_option("--config", serve_command.config,
                   "A YAML file with these options as keys; the command line wins")
      ->option_text("FILE");
  serve_app
      ->add_option("--given", serve_command.given,
                   "A scenario file: what was so before, and requests that come first")
      ->option_text("FILE");
  serve_app->add_option("--address", serve_command.address, "Where to listen (default 127.0.0.1)");
  serve_app->add_flag("--anyone", serve_command.anyone,
                      "Listen on another address than loopback; wants --token");
  serve_app->add_option("--token", serve_command.token, "What every admin call must bear");
  serve_app
      ->add_option("--ca-dir", serve_command.ca_dir,
                   "Keep the root of our own TLS servers there, and use it again")
      ->option_text("DIR");
  serve_app
      ->add_option("--state", serve_command.state,
                   "Keep everything there: on disk before it is answered")
      ->option_text("DIR");
  serve_app
      ->add_option("--keep", serve_command.keep,
                   "Forget orders that are over, but for the newest N; without --state")
      ->option_text("N")
      ->check(CLI::PositiveNumber);
  serve_app
      ->add_option("--threads", serve_command.threads,
                   "How many threads: one decides, the others carry ACME")
      ->option_text("N")
      ->check(CLI::Range(std::size_t{1}, ServeCommand::kThreadsMax));
  auto* judge_option = serve_app
                           ->add_option("--judge", serve_command.judge_file,
                                        "Tell at the end what was done wrong, also as .json, .html")
                           ->option_text("[FILE]")
                           ->expected(0, 1);
  serve_app->add_flag("--frozen", serve_command.frozen,
                      "The clock stands still until the admin API moves it");
  serve_app->add_flag("--always-valid", serve_command.always_valid,
                      "Every challenge finds what it wants; nobody is asked");
  serve_app->add_flag("--quiet", serve_command.quiet, "No line for each request");
  const auto add_port = [&](const char* name, std::uint16_t& port, const char* says) {
    serve_app->add_option(name, port, says)->option_text("N");
  };
  add_port("--acme-port", serve_command.acme_port, "Port of the ACME server (0: a free one)");
  add_port("--admin-port", serve_command.admin_port, "Port of the admin API");
  add_port("--ca-port", serve_command.ca_port, "Port of OCSP, CRL and the CA's certificates");
  add_port("--dns-port", serve_command.dns_port, "Port of the name server, UDP and TCP");
  add_port("--http-port", serve_command.http_port, "Port of the fake web, http");
  add_port("--https-port", serve_command.https_port, "Port of the fake web, https");
  add_port("--customer-http-port", serve_command.customer_http_port,
           "Where your own web server is asked, in the place of 80");
  add_port("--customer-https-port", serve_command.customer_https_port, "In the place of 443");
  serve_app->footer(
      "Examples:\n"
      "  shinsa serve --given docs/serve/member.yaml   prints where everything is\n"
      "  shinsa serve --frozen --admin-port 8055       time moves by POST /clock alone\n"
      "  shinsa serve --state ca --acme-port 14000     a CA that survives kill -9\n"
      "  shinsa serve --judge report.html              what clients did wrong\n"
      "  printf 'frozen: true\\nacme-port: 14000\\n' > serve.yaml\n"
      "  shinsa serve --config serve.yaml              the same as two options\n"
      "  curl -d '{\"advance\": \"P25D\"}' http://127.0.0.1:8055/clock\n"
      "  curl http://127.0.0.1:8055/verdict            what was refused, and why\n");

  LogCommand log_command;
  auto* log_app = app.add_subcommand("log", "Look at a log before it is judged");
  log_app->require_subcommand(1);
  const auto add_log_command = [&](const char* name, const char* says, LogCommand::What what) {
    auto* sub = log_app->add_subcommand(name, says);
    sub->add_option("LOG", log_command.logs, "Log files, also .gz and .zst")->required();
    sub->add_option("--mapping", log_command.mapping,
                    "How a log of another form is read: CSV, other JSON, other words (YAML)")
        ->option_text("FILE");
    sub->callback([&log_command, what] { log_command.what = what; });
    return sub;
  };
  add_log_command("lint", "Its form, and secrets and data of persons that stand in it",
                  LogCommand::What::lint)
      ->footer("");
  auto* preview_app = add_log_command(
      "preview", "Its first events, as they stand and as they are read", LogCommand::What::preview);
  preview_app->add_option("--events", log_command.events, "How many are shown (default 10)")
      ->option_text("N");
  preview_app->footer("");
  add_log_command("coverage", "Which clauses it can be judged by, and what would add more",
                  LogCommand::What::coverage)
      ->footer("");
  log_app->footer(
      "Examples:\n"
      "  shinsa log lint log.jsonl                       before it is handed on\n"
      "  shinsa log preview --mapping map.yaml app.csv   whether the mapping is right\n"
      "  shinsa log coverage log.jsonl                   what it does not tell\n");

  FuzzCommand fuzz_command;
  auto* fuzz_app = app.add_subcommand(
      "fuzz",
      "Random campaign against judge and laws; a failure is shrunk and saved as a scenario");
  auto* runs_option =
      fuzz_app->add_option("--runs", fuzz_command.runs, "How many runs (default 1000)")
          ->option_text("N")
          ->check(CLI::Range(1, 1'000'000'000));
  fuzz_app->add_option("--requests", fuzz_command.requests, "Requests of each run (default 20)")
      ->option_text("N")
      ->check(CLI::Range(1, 10000));
  fuzz_app->add_flag("--first", fuzz_command.first,
                     "End with the first failure; without it a campaign goes on");
  fuzz_app
      ->add_option("--time", fuzz_command.time,
                   "End after so long: 90s, 10m, 1h30m. What is found then depends on the machine")
      ->option_text("DURATION");
  fuzz_app
      ->add_option(
          "--until-flat", fuzz_command.until_flat,
          "End when N runs fired no new row, showed no guard, refusal, law or failure anew")
      ->option_text("N")
      ->check(CLI::Range(1, 1'000'000'000));
  fuzz_app
      ->add_option("--corpus", fuzz_command.corpus,
                   "Runs that were the first to show something: played first, new ones are added")
      ->option_text("FILE");
  fuzz_app->footer(
      "Examples:\n"
      "  shinsa fuzz --runs 10000 --seed 7\n"
      "  shinsa fuzz --time 10m --seed 7              as many runs as there is time for\n"
      "  shinsa fuzz --until-flat 5000                until nothing new comes\n"
      "  shinsa fuzz --corpus corpus.jsonl            what was new once comes first\n"
      "  shinsa fuzz --mutant JPR-10 --first          up to the first failure\n"
      "  shinsa fuzz --mutant JPR-24 --mutant JPR-23  what a broken limit leads to\n"
      "  shinsa run fuzz-7-12.yaml                    replay what was found\n"
      "  shinsa run fuzz-7-12.yaml --mutant none      the same, nothing broken\n");

  MutantsCommand mutants_command;
  auto* mutants_app = app.add_subcommand(
      "mutants", "Break the systems on purpose, and see which law, scenario or judge notices");
  mutants_app
      ->add_option("--runs", mutants_command.runs,
                   "Random lives for a mutant that no law has noticed in a story (default 1000)")
      ->option_text("N")
      ->check(CLI::Range(0, 1'000'000'000));
  mutants_app->add_option("--every", mutants_command.every, "Only every N-th mutant (default 1)")
      ->option_text("N")
      ->check(CLI::Range(1, 1'000'000));
  mutants_app->footer(
      "Examples:\n"
      "  shinsa mutants --system jpdirect-reissue  of one system\n"
      "  shinsa mutants --every 20 --seed 3        a sample of all\n"
      "  shinsa mutants --mutant JPR-21:allow      who notices this one?\n");

  ExploreCommand explore_command;
  explore_command.world_root = default_world_root();
  std::string memory;
  auto* explore_app = app.add_subcommand(
      "explore",
      "Go through every behaviour of a bounded world; the shortest way to a failure is saved");
  explore_app->add_option("--given,WORLD", explore_command.worlds,
                          "Files of bounded worlds, or of scenarios, whose requests then come in "
                          "any order; without one, the world of the system");
  explore_app
      ->add_option("--max-states", explore_command.max_states,
                   "Stop at so many states (default 100000000)")
      ->option_text("N")
      ->check(CLI::Range(1, 2'000'000'000));
  explore_app->add_option("--depth", explore_command.depth, "Stop after so many steps")
      ->option_text("N")
      ->check(CLI::Range(1, 1'000'000));
  explore_app->add_option("--memory", memory, "Stop at so much memory: 500M, 8G")
      ->option_text("SIZE");
  explore_app->add_flag("--along", explore_command.along,
                        "Begin in every state that the story itself passes, to see more of what "
                        "lies beside its end");
  explore_app->add_flag("--direct", explore_command.direct,
                        "Work out every step anew; the same is found, only later");
  explore_app->add_flag("--no-laws", explore_command.no_laws,
                        "The machines alone, without the laws and what they remember");
  explore_app->add_flag(
      "--check-tables", explore_command.check_tables,
      "Hold on every step that one row of its cell at most is enabled, and that it fires");
  explore_app
      ->add_option("--graph", explore_command.graph,
                   "Draw the states of a small world in a file: .svg or .dot")
      ->option_text("FILE");
  auto* checkpoint = explore_app
                         ->add_option("--checkpoint", explore_command.checkpoint,
                                      "Save the search in a file each minute and where it stops")
                         ->option_text("FILE");
  explore_app
      ->add_option("--every", explore_command.every, "Save it each so many seconds (default 60)")
      ->option_text("SECONDS")
      ->check(CLI::Range(1, 86'400))
      ->needs(checkpoint);
  explore_app->add_flag("--resume", explore_command.resume, "Go on from what --checkpoint saved")
      ->needs(checkpoint);
  explore_app->footer(
      "Examples:\n"
      "  shinsa explore --system jpdirect-reissue    its bounded world\n"
      "  shinsa explore --given my-world.yaml --memory 4G    a world of your own\n"
      "  shinsa explore scenarios/jpdirect-reissue/first-light.yaml   what lies beside a story\n"
      "  shinsa explore W.yaml --checkpoint W.search --resume   go on after it was stopped\n"
      "  shinsa explore --mutant JPR-23:allow        the shortest way to what it breaks\n"
      "  shinsa run explore-jpdirect-reissue.yaml    replay that\n");

  std::string what;
  ListCommand list_command;
  auto* list_app = app.add_subcommand(
      "list", "List systems, clauses, readings, guards, laws, events, faults, mutants, scenarios");
  list_app
      ->add_option("WHAT", list_command.what,
                   "systems, clauses, readings, guards, laws, events, faults, mutants, conduct or "
                   "scenarios")
      ->required();
  list_app->add_flag("--all", list_command.all, "clauses: also RFC-, POL- and ASM-");
  list_app
      ->add_option("--kind", list_command.kind, "clauses: of one kind only, such as prohibition")
      ->option_text("KIND");
  list_app->add_flag("--uncovered", list_command.uncovered,
                     "clauses: those that no scenario exercises");
  list_app->footer(
      "Examples:\n"
      "  shinsa list clauses --json                        guards, laws, scenarios of each\n"
      "  shinsa list clauses --kind prohibition --lang ja\n"
      "  shinsa list guards --json\n");
  DiagramCommand diagram_command;
  auto* diagram_app = app.add_subcommand(
      "diagram", "Draw a machine from its table, with the clause ids on the arrows");
  diagram_app->add_option("MACHINE", diagram_command.machine, "Its name, or all")->required();
  diagram_app->add_option("--format", diagram_command.format, "dot, svg or mermaid (default)")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"dot", "svg", "mermaid"}));
  diagram_app->footer(
      "Examples:\n"
      "  shinsa diagram Issuance                        for a README\n"
      "  shinsa diagram Issuance --format svg > issuance.svg\n"
      "  shinsa diagram all --format dot --out docs/machines\n");
  auto* explain_app = app.add_subcommand(
      "explain", "Say what a clause or a reading means, or what happens in a scenario and why");
  explain_app->add_option("WHAT", what, "Such as JPR-21, JPR-Q5, or a scenario file")->required();
  explain_app->footer(
      "Examples:\n"
      "  shinsa explain JPR-21 --lang ja  what a clause says\n"
      "  shinsa explain JPR-Q5            what a reading decides\n"
      "  shinsa explain found.yaml        what a counterexample does, and why it is one\n");
  auto* schema_app = app.add_subcommand("schema", "Print a JSON Schema");
  schema_app->add_option("WHAT", what, "scenario, events, results or mapping")->required();
  schema_app->footer(
      "Examples:\n"
      "  shinsa schema scenario > scenario.schema.json  for an editor\n");
  auto* version_app = app.add_subcommand("version", "Print the version");
  version_app->footer("");

  static constexpr std::string_view kCommands[] = {"run",     "check",   "log",    "fuzz",
                                                   "explore", "mutants", "list",   "diagram",
                                                   "serve",   "explain", "schema", "version"};
  if (argc < 2) {
    std::cout << app.help();
    return kUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    for (const CLI::App* sub : app.get_subcommands()) {
      std::cout << sub->help("shinsa");
      return kHeld;
    }
    std::cout << app.help();
    return kHeld;
  } catch (const CLI::ParseError& error) {
    const bool unknown = app.get_subcommands().empty();
    return tell_usage(error.what() + (unknown ? did_you_mean(argv[1], kCommands) : ""),
                      "shinsa --help");
  }
  if (const std::string wrong = read_readings(readings, common.readings); !wrong.empty())
    return tell_usage(wrong, "shinsa list readings");
  common.system_given = system_option->count() > 0;
  if (!common.system_given) common.system = system_meant(common);
  check_command.complete = !incomplete;
  if (!fuzz_command.time.empty()) {
    const auto time = read_time(fuzz_command.time);
    if (!time)
      return tell_usage("--time wants 90s, 10m or 1h30m, not '" + fuzz_command.time + "'",
                        "shinsa fuzz --help");
    fuzz_command.seconds = time->count();
  }
  fuzz_command.endless =
      runs_option->count() == 0 && (fuzz_command.seconds || fuzz_command.until_flat);
  if (!memory.empty()) {
    const auto bytes = read_size(memory);
    if (!bytes)
      return tell_usage("--memory wants 500M or 8G, not '" + memory + "'", "shinsa explore --help");
    explore_command.memory = *bytes;
  }
  if (!explore_command.checkpoint.empty() && explore_command.worlds.size() > 1)
    return tell_usage("--checkpoint is of one world", "shinsa explore --help");
  if (!explore_command.graph.empty()) {
    const std::string suffix = std::filesystem::path(explore_command.graph).extension();
    if (suffix != ".svg" && suffix != ".dot")
      return tell_usage("--graph wants a file .svg or .dot, not '" + explore_command.graph + "'",
                        "shinsa explore --help");
    if (explore_command.worlds.size() > 1)
      return tell_usage("--graph is of one world", "shinsa explore --help");
  }
  if (explore_app->parsed()) return explore(common, explore_command);
  if (run_app->parsed()) return run(common, run_command);
  if (fuzz_app->parsed()) return fuzz(common, fuzz_command);
  if (mutants_app->parsed()) return mutants(common, mutants_command);
  if (check_app->parsed()) return check(common, check_command);
  serve_command.judge = judge_option->count() > 0;
  if (serve_app->parsed()) {
    const auto is_said = [&](std::string_view option) {
      const std::string name = "--" + std::string(option);
      const CLI::Option* found = serve_app->get_option_no_throw(name);
      if (!found) found = app.get_option_no_throw(name);
      return found && found->count() > 0;
    };
    return serve(common, serve_command, is_said);
  }
  if (log_app->parsed()) return log(common, log_command);
  if (list_app->parsed()) return list(common, list_command);
  if (diagram_app->parsed()) return diagram(common, diagram_command);
  if (explain_app->parsed()) return explain(common, what);
  if (schema_app->parsed()) return schema(common, what);
  if (version_app->parsed()) return version(common);
  return kUsage;
}

}  // namespace shinsa::cli
