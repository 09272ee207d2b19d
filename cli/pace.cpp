#include "cli/pace.hpp"

#include <algorithm>
#include <cmath>

#include "cli/japanese.hpp"

namespace shinsa::cli {

namespace {

std::string rate(std::uint64_t count, Seconds elapsed) {
  return with_commas(static_cast<std::uint64_t>(
      std::llround(static_cast<double>(count) / std::max(elapsed.count(), 1e-3))));
}

/// `1:02:03`, `0:28`
std::string clock_text(Seconds time) {
  const long all = std::max(0l, std::lround(time.count()));
  const auto two = [](long number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  if (all < 3600) return std::to_string(all / 60) + ":" + two(all % 60);
  return std::to_string(all / 3600) + ":" + two(all / 60 % 60) + ":" + two(all % 60);
}

}  // namespace

std::string with_commas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::optional<Seconds> time_left(const properties::CampaignProgress& done, Seconds elapsed,
                                 std::size_t runs, std::optional<Seconds> limit) {
  std::optional<Seconds> left;
  if (limit) left = std::max(Seconds(0), *limit - elapsed);
  if (runs == 0 || done.runs == 0) return left;
  const double more = runs > done.runs ? static_cast<double>(runs - done.runs) : 0;
  const Seconds by_runs = elapsed * (more / static_cast<double>(done.runs));
  return left ? std::min(*left, by_runs) : by_runs;
}

std::string pace_in_words(const properties::CampaignProgress& done, Seconds elapsed,
                          std::optional<Seconds> left) {
  const std::string runs = rate(done.runs, elapsed);
  const std::string events = rate(done.events, elapsed);
  const std::string failed = with_commas(done.failed);
  if (!left) return said(runs + " runs/s  " + events + " events/s  " + failed + " failed");
  return said(runs + " runs/s  " + events + " events/s  " + failed + " failed  " +
              clock_text(*left) + " left");
}

}  // namespace shinsa::cli
