#include "properties/corpus.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "model/profile.hpp"

namespace shinsa::properties {

namespace {

namespace json = boost::json;

constexpr std::int64_t kRunMax = 1'000'000'000'000;
constexpr std::int64_t kRequestsMax = 10'000;

/// Reads the keys of one line, and says which is wrong.
class Reader {
 public:
  Reader(const json::object& object, std::string place)
      : object_(object), place_(std::move(place)) {}

  Result<CorpusLine> line() {
    CorpusLine line;
    const auto* system = text("system");
    const auto* seed = text("seed");
    const auto run = number("run", 0, kRunMax);
    const auto requests = number("requests", 1, kRequestsMax);
    const auto* why = object_.if_contains("why");
    if (!system) return lacks("system", "a text");
    if (!seed) return lacks("seed", "a number in quotation marks");
    if (!run) return lacks("run", "a number");
    if (!requests) return lacks("requests", "a number from 1 to 10000");
    if (!why || !why->is_array()) return lacks("why", "a list of texts");
    if (auto known = model::make_profile({std::string(*system), {}, {}}); !known)
      return fail(known.error().what, place_, known.error().remedy);
    line.system = *system;
    const char* const end = seed->data() + seed->size();
    const auto read = std::from_chars(seed->data(), end, line.id.seed);
    if (read.ec != std::errc() || read.ptr != end)
      return lacks("seed", "a number in quotation marks");
    line.id.run = static_cast<std::size_t>(*run);
    line.id.requests = static_cast<std::size_t>(*requests);
    for (const json::value& one : why->get_array()) {
      if (!one.is_string()) return lacks("why", "a list of texts");
      line.why.emplace_back(one.get_string());
    }
    return line;
  }

 private:
  const json::string* text(const char* key) const {
    const auto* value = object_.if_contains(key);
    return value ? value->if_string() : nullptr;
  }
  std::optional<std::int64_t> number(const char* key, std::int64_t least, std::int64_t most) const {
    const auto* value = object_.if_contains(key);
    const auto* number = value ? value->if_int64() : nullptr;
    if (!number || *number < least || *number > most) return std::nullopt;
    return *number;
  }
  Failure lacks(const std::string& key, const std::string& form) const {
    return fail("a line of a corpus says '" + key + "' as " + form, place_);
  }

  const json::object& object_;
  std::string place_;
};

}  // namespace

Result<std::vector<CorpusLine>> read_corpus(std::string_view text, const std::string& file) {
  std::vector<CorpusLine> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string place = file + ":" + std::to_string(number);
    boost::system::error_code wrong;
    const json::value value = json::parse(line, wrong);
    if (wrong || !value.is_object())
      return fail("a line of a corpus is a JSON object", place, "take the line out of the file");
    auto read = Reader(value.get_object(), place).line();
    if (!read) return Failure(read.error());
    read->line = number;
    lines.push_back(std::move(*read));
  }
  return lines;
}

std::string corpus_line(const std::string& system, const InterestingRun& run) {
  json::object line;
  line["system"] = system;
  line["seed"] = std::to_string(run.id.seed);
  line["run"] = run.id.run;
  line["requests"] = run.id.requests;
  line["why"] = json::value_from(run.why);
  return json::serialize(line) + "\n";
}

Result<std::vector<std::string>> stale_lines(const CampaignOptions& options,
                                             const std::vector<CorpusLine>& lines,
                                             const std::string& file) {
  std::vector<const CorpusLine*> own;
  std::vector<RunId> ids;
  for (const CorpusLine& line : lines) {
    if (line.system != options.system) continue;
    own.push_back(&line);
    ids.push_back(line.id);
  }
  const auto seen = sights_of(options, ids);
  if (!seen) return Failure(seen.error());
  std::vector<std::string> stale;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const auto lost = std::ranges::find_if(
        own[i]->why, [&](const std::string& one) { return !(*seen)[i].contains(one); });
    if (lost != own[i]->why.end())
      stale.push_back(file + ":" + std::to_string(own[i]->line) + ": the run no longer shows '" +
                      *lost + "', take the line out of the file");
  }
  return stale;
}

}  // namespace shinsa::properties
