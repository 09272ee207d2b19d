// Writes a log as a portal would that serves many customers at once: the lives of a campaign of
// jpdirect-reissue, each with names of its own, put in the order of time. For bench/check.py.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "properties/campaign/runs.hpp"
#include "sim/trace_writer.hpp"

namespace {

namespace campaign = shinsa::properties::campaign;
using shinsa::Duration;
using shinsa::Instant;

constexpr std::size_t kRequests = 45;  // of a life: a hundred events or so
// Calendars are alike in periods of four hundred years; so many periods share the lives.
constexpr std::int64_t kPeriod = std::int64_t{146097} * 86400;
constexpr std::size_t kPeriods = 18;

/// A line of one life; its id and time are still missing.
struct Told {
  Instant time;
  std::string text;  // from the type on
};

void replace_all(std::string& text, std::string_view what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

/// Gives everything in a line names that no other life has.
void rename(std::string& line, const std::string& life) {
  for (const char* kind : {"application", "certificate", "question", "customer"})
    replace_all(line, std::string("\"") + kind + "/", std::string("\"") + kind + "/" + life + "-");
  for (const char* domain : {"example.jp", "managed.jp", "other.jp"})
    replace_all(line, domain, "in" + life + "." + domain);
}

/// Moves every time in a line, and the line's own.
void shift(std::string& line, Duration by) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00+09:00";
  for (std::size_t at = line.find("+09:00\""); at != std::string::npos;
       at = line.find("+09:00\"", at + 1)) {
    const std::size_t from = at + 6 - kForm.size();
    if (const auto instant = shinsa::parse_instant({line.data() + from, kForm.size()}))
      line.replace(from, kForm.size(), shinsa::to_text(*instant + by));
  }
}

class Writer {
 public:
  Writer(std::size_t lives, std::uint64_t seed) : lives_(lives) {
    options_.system = "jpdirect-reissue";
    options_.requests = kRequests;
    options_.seed = seed;
  }

  bool write() {
    auto profiles = campaign::profiles_of(options_);
    if (!profiles) return false;
    profiles->resize(1);  // the default readings alone: it is one log
    const campaign::Runs runs(options_, std::move(*profiles));
    const auto monitor = shinsa::properties::make_monitor(options_.system);
    std::vector<Told> told;
    std::size_t life = 0;
    Instant began;
    for (std::size_t period = 0; period < kPeriods; ++period) {
      const Duration by{static_cast<std::int64_t>(period) * kPeriod};
      for (; life < lives_ * (period + 1) / kPeriods; ++life)
        runs.draw({options_.seed, life, kRequests}, *monitor,
                  [&](const campaign::Player& player, const shinsa::properties::Monitor&) {
                    tell(player, life, by, told);
                  });
      std::ranges::stable_sort(told, {}, &Told::time);
      if (period == 0) put(began = told.front().time, opening());
      write_until(period + 1 == kPeriods ? shinsa::kNever : began + by + Duration{kPeriod}, told);
    }
    put(last_, R"("type":"log.closed","subject":"system","data":{"events":)" +
                   std::to_string(number_ - 1) + "}}");
    std::fprintf(stderr, "%zu events, %zu orders, %zu bytes a line\n", number_, lives_,
                 bytes_ / number_);
    return true;
  }

 private:
  static std::string opening() {
    return R"("type":"log.opened","subject":"system","data":{"implementation":"Shinsa simulation",)"
           R"("system":"jpdirect-reissue","complete":false,"readings":[]}})";
  }

  void tell(const campaign::Player& player, std::size_t life, Duration by,
            std::vector<Told>& told) const {
    const std::string name = std::to_string(life);
    const auto& facts = player.simulation().facts();
    for (const auto& stepped : player.simulation().trace()) {
      if (stepped.event.row().sort == shinsa::Sort::frame) continue;
      std::string line = shinsa::sim::to_json_line(stepped.event, facts, 1);
      line.erase(0, line.find("\"type\":"));
      rename(line, name);
      if (by != Duration{}) shift(line, by);
      told.push_back({stepped.event.time + by, std::move(line)});
    }
  }

  /// Writes what comes before the next lives begin; long ones go on beside those.
  void write_until(Instant end, std::vector<Told>& told) {
    const auto later = std::ranges::find_if(told, [&](const Told& one) { return one.time >= end; });
    for (auto one = told.begin(); one != later; ++one) put(last_ = one->time, one->text);
    told.erase(told.begin(), later);
  }

  void put(Instant time, const std::string& rest) {
    std::string line = R"({"specversion":"1.0","source":"/portal/tokyo-1","id":")" +
                       std::to_string(number_ + 1) + R"(","sequence":)" +
                       std::to_string(number_ + 1) + R"(,"time":")" + shinsa::to_text(time) +
                       "\"," + rest + "\n";
    ++number_;
    bytes_ += line.size();
    std::fwrite(line.data(), 1, line.size(), stdout);
  }

  std::size_t lives_;
  shinsa::properties::CampaignOptions options_;
  std::size_t number_ = 0, bytes_ = 0;
  Instant last_;
};

}  // namespace

/// @param argv  how many lives, and the seed that they are drawn with.
int main(int argc, char** argv) {
  const auto number = [&](int at, std::uint64_t otherwise) {
    return argc > at ? std::strtoull(argv[at], nullptr, 10) : otherwise;
  };
  return Writer(number(1, 10'000), number(2, 11)).write() ? 0 : 1;
}
