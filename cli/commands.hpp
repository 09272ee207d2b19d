/// The commands of `shinsa`, each a function from its options to an exit code (design: 0 held, 1
/// violated, 2 could not run or unreadable input, 64 usage, 130 interrupted). The command line
/// itself is read in `app.cpp`.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace shinsa::cli {

inline constexpr int kHeld = 0;
inline constexpr int kViolated = 1;
inline constexpr int kCouldNotRun = 2;
inline constexpr int kUsage = 64;
inline constexpr int kInterrupted = 130;

/// Options that every command knows.
struct Common {
  std::string system = "jpdirect-reissue";
  bool system_given = false;  ///< --system was typed
  std::uint64_t seed = 1;
  std::map<std::string, std::string> readings;
  std::vector<std::string> mutants;
  std::string out;      ///< folder for reports; empty: none
  bool redact = false;  ///< report.html without names of people and organisations
  bool json = false;    ///< results.json on stdout
  bool strict = false;  ///< inconclusive and unexercised count as failed
  bool verbose = false;
  unsigned jobs = 0;  ///< threads; 0: one for each core
  std::string lang = "en";
  std::string scenario_root;  ///< folder that holds the suites
  std::string command;        ///< as typed
};

struct RunCommand {
  std::vector<std::string> paths;
  std::vector<std::string> faults;
  std::string traces = "all";  ///< all or failed
  bool list_only = false;
};

struct CheckCommand {
  std::vector<std::string> logs;
  std::string judge = "portal,ca";
  bool complete = true;  ///< what is still owed at the end is missing
  std::string expect;    ///< file of departures that are expected; empty: none
  std::string sarif;     ///< file to write SARIF to; empty: none
  std::string mapping;   ///< file that says how the log is read; empty: it is of our form
  std::vector<std::string> sources;  ///< files that are one log together: FILE[,skew=+2s]
  std::string tolerance = "0s";      ///< by how much a source may be out of order
  bool follow = false;               ///< the log grows; told as it comes
};

struct ServeCommand {
  static constexpr std::size_t kThreadsMax = 16;
  std::string config;               ///< file with settings that the command line does not say
  std::vector<std::string> faults;  ///< to begin with, as the admin API takes them
  std::string given;  ///< scenario file whose facts and requests come first; empty: none
  std::string address = "127.0.0.1";
  bool anyone = false;        ///< another address than loopback
  std::string token;          ///< that admin calls bear
  std::string ca_dir;         ///< where the root of our own TLS servers is kept; empty: a new one
  std::string state;          ///< where everything is kept from one run to the next; empty: nowhere
  std::size_t keep = 0;       ///< orders that are kept, the newest; 0: all
  std::size_t threads = 1;    ///< the first decides, the others carry ACME
  bool frozen = false;        ///< the clock stands still at first
  bool always_valid = false;  ///< every challenge finds what it wants
  bool quiet = false;         ///< no line for each request
  bool judge = false;         ///< a report at the end
  std::string judge_file;     ///< where that goes: .json or .html; empty: nowhere but stderr
  std::uint16_t acme_port = 0, admin_port = 0, ca_port = 0, dns_port = 0;
  std::uint16_t http_port = 0, https_port = 0;
  std::uint16_t customer_http_port = 80, customer_https_port = 443;
};

struct LogCommand {
  enum class What { lint, preview, coverage };
  What what = What::lint;
  std::vector<std::string> logs;
  std::string mapping;      ///< as of CheckCommand
  std::size_t events = 10;  ///< preview: how many are shown
};

struct ListCommand {
  std::string what;
  std::string kind;        ///< clauses of this kind only
  bool all = false;        ///< clauses: also RFC-, POL- and ASM-
  bool uncovered = false;  ///< clauses that no scenario exercises
};

struct DiagramCommand {
  std::string machine;  ///< its name, or `all`
  std::string format = "mermaid";
};

struct FuzzCommand {
  std::size_t runs = 1000;
  std::size_t requests = 20;
  bool first = false;          ///< end with the first failure
  std::string time;            ///< as typed; empty: as long as it takes
  std::int64_t seconds = 0;    ///< what that means
  std::size_t until_flat = 0;  ///< end when so many runs showed nothing new; 0: do not
  std::string corpus;          ///< file of runs to play first, and to add to; empty: none
  bool endless = false;        ///< no number of runs was asked for, but another end
};

struct MutantsCommand {
  std::size_t runs = 1000;  ///< of a campaign for each mutant, at most
  std::size_t every = 1;    ///< only every n-th mutant
};

struct ExploreCommand {
  std::vector<std::string> worlds;  ///< files; empty: the one of the system
  std::string world_root;           ///< folder that holds those
  std::size_t max_states = 100'000'000;
  std::size_t depth = 0;      ///< steps; 0: as many as there are
  std::size_t memory = 0;     ///< bytes; 0: as much as it takes
  bool along = false;         ///< begin in all states that a story passes
  bool direct = false;        ///< every step worked out anew
  bool no_laws = false;       ///< the machines alone
  bool check_tables = false;  ///< the tables held against themselves on the way
  std::string graph;          ///< file to draw the states in: .svg or .dot; empty: none
  std::string checkpoint;     ///< file to save the search in; empty: none
  std::int64_t every = 60;    ///< seconds between two checkpoints
  bool resume = false;        ///< go on from what that file has
};

int run(const Common& common, const RunCommand& command);
int mutants(const Common& common, const MutantsCommand& command);
int fuzz(const Common& common, const FuzzCommand& command);
int explore(const Common& common, const ExploreCommand& command);
int check(const Common& common, const CheckCommand& command);
/// @param is_said  whether the command line has that option, named without its dashes: what it has
///                 not, a file of `--config` may say.
int serve(Common common, ServeCommand command,
          const std::function<bool(std::string_view option)>& is_said);
/// What a log is like, before it is judged.
int log(const Common& common, const LogCommand& command);
int list(const Common& common, const ListCommand& command);
int diagram(const Common& common, const DiagramCommand& command);
/// @param what  a clause, a reading, or a scenario file.
int explain(const Common& common, const std::string& what);
/// What happens in each scenario of a file, event by event, and why.
int explain_story(const Common& common, const std::string& path);
int schema(const Common& common, const std::string& what);
int version(const Common& common);

/// The words in the language asked for.
[[nodiscard]] inline const std::string& in(const std::string& lang, const std::string& en,
                                           const std::string& ja) {
  return lang == "ja" ? ja : en;
}

/// Prints an error as `where: what, remedy` on stderr, in the language chosen.
/// @return kCouldNotRun
int tell_error(const std::string& text);

/// Prints what is strange and hinders nothing, on stderr.
void tell_warning(const std::string& text);

/// Prints a mistake of the command line, and below it which command tells more.
/// @return kUsage
int tell_usage(const std::string& text, const std::string& see);

inline constexpr const char* kToolName = "shinsa 0.1.0";

}  // namespace shinsa::cli
