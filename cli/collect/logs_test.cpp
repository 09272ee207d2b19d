// The logs in properties/logs/, written by hand from the pages: the judge says of each what its
// `expected.yaml` says, and nothing of its twin. The test stands here because properties may not
// see how `shinsa check` judges a log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "cli/collect/examination.hpp"
#include "cli/collect/judge_log.hpp"
#include "cli/collect/read_mapping.hpp"
#include "scenarios/terms.hpp"

namespace shinsa::cli {
namespace {

namespace fs = std::filesystem;
using testing::Contains;

const fs::path kLogs = fs::path(SHINSA_SOURCE_DIR) / "properties" / "logs";
const std::vector<std::string> kSystems = {"jpdirect-reissue", "sakura-reissue", "jpdirect-acme",
                                           "nttcom-biz", "dedicated-renewal"};

/// What a log should be told first, as its folder's expected.yaml has it.
struct Expected {
  std::string system;  ///< also its folder
  std::string log;     ///< name of the file
  std::size_t line = 0;
  std::string clause;
  std::string kind;                     ///< violation, overdue, missing, inconclusive
  std::string settle;                   ///< the type that would settle it, where it is inconclusive
  std::string accepted_under;           ///< a reading under which nothing is wrong, as ID=name
  std::vector<std::string> unrecorded;  ///< types that its story needs and the log does not record
  /// Why the log, or its twin, is not judged as it should be yet; empty: it is.
  std::string open, open_twin;

  [[nodiscard]] fs::path path() const { return kLogs / system / log; }
  [[nodiscard]] fs::path twin() const {
    fs::path twin = path();
    return twin.replace_extension(".accepted" + path().extension().string());
  }
  /// Says how the log and its twin are read, where they are not of our form.
  [[nodiscard]] fs::path mapping() const {
    fs::path mapping = path();
    return mapping.replace_extension(".mapping.yaml");
  }
  [[nodiscard]] bool by_mapping() const { return path().extension() == ".csv"; }
};

void PrintTo(const Expected& one, std::ostream* out) { *out << one.system << "/" << one.log; }

std::string text_of(const scenarios::Term& entry, const char* key) {
  const scenarios::Term* const value = entry.find(key);
  return value ? value->text : "";
}

std::vector<Expected> expected_of(const std::string& system) {
  const std::string path = (kLogs / system / "expected.yaml").string();
  std::vector<Error> errors;
  const auto text = read_file(path);
  if (!text) return {};
  const scenarios::Term root = scenarios::read_terms(scenarios::SourceText(path, *text), errors);
  std::vector<Expected> all;
  for (const scenarios::Term& entry : root.items) {
    Expected one{system,
                 text_of(entry, "log"),
                 0,
                 text_of(entry, "clause"),
                 text_of(entry, "kind"),
                 text_of(entry, "settle"),
                 text_of(entry, "accepted_under"),
                 {},
                 text_of(entry, "open"),
                 text_of(entry, "open_twin")};
    if (const scenarios::Term* const types = entry.find("unrecorded"))
      for (const scenarios::Term& type : types->items) one.unrecorded.push_back(type.text);
    const std::string line = text_of(entry, "line");
    std::from_chars(line.data(), line.data() + line.size(), one.line);
    all.push_back(std::move(one));
  }
  return all;
}

enum class Which { whole, part, by_mapping, all };

std::vector<Expected> expected_of(Which which) {
  std::vector<Expected> all;
  for (const std::string& system : kSystems)
    for (Expected& one : expected_of(system)) {
      const Which its = one.by_mapping()          ? Which::by_mapping
                        : !one.unrecorded.empty() ? Which::part
                                                  : Which::whole;
      if (which == Which::all || which == its) all.push_back(std::move(one));
    }
  return all;
}

/// What a log is told first.
struct Told {
  std::size_t line = 0;
  std::string kind;
  std::vector<std::string> clauses;
  std::vector<std::string> settled_by;
};

std::string word_of(const sim::Answer& answer) {
  if (!answer.certain) return "inconclusive";
  switch (answer.finding.kind) {
    case sim::Finding::Kind::violation:
      return "violation";
    case sim::Finding::Kind::overdue:
      return "overdue";
    case sim::Finding::Kind::missing:
      return "missing";
    case sim::Finding::Kind::remark:
      break;
  }
  return "remark";
}

Told told(const sim::Answer& answer) {
  Told told{answer.finding.line, word_of(answer), {}, {}};
  for (const ClauseIndex clause : answer.finding.clauses)
    told.clauses.emplace_back(clauses()[clause].id);
  for (const TypeIndex type : answer.settled_by)
    told.settled_by.emplace_back(kEventTypes[type].name);
  return told;
}

/// Judges a log or its twin as the command does. @param reading  taken over what the log itself
/// says, as ID=name; empty: none. @return what it is told; nothing: it is accepted.
std::vector<Told> judge(const Expected& one, const fs::path& path,
                        const std::string& reading = "") {
  LogOptions options;
  options.system = one.system;
  if (const auto equals = reading.find('='); equals != std::string::npos)
    options.readings[reading.substr(0, equals)] = reading.substr(equals + 1);
  if (one.by_mapping()) {
    auto mapping = read_mapping(one.mapping().string());
    EXPECT_TRUE(mapping) << mapping.error().text();
    if (mapping) options.mapping = std::move(*mapping);
  }
  const auto text = read_file(path.string());
  EXPECT_TRUE(text) << path;
  const JudgedLog log = judge_log(text ? *text : "", path.filename().string(), options);
  for (const Error& error : log.errors) ADD_FAILURE() << error.text();
  std::vector<Told> all;
  if (log.errors.empty())
    for (const Examined::Told& each : examine(log, options.judged).answers)
      all.push_back(told(each.answer));
  return all;
}

/// What a log or its twin is held to. Where types go unrecorded, and the log is wrong whatever they
/// would say, what depends on them is told too, as inconclusive: that holds nothing against
/// anybody.
std::vector<Told> held_of(const Expected& expected, std::vector<Told> all) {
  if (!expected.unrecorded.empty() && expected.kind != "inconclusive")
    std::erase_if(all, [](const Told& one) { return one.kind == "inconclusive"; });
  return all;
}

bool is_in(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::count(all, one) > 0;
}

bool is_right(const Told& told, const Expected& expected) {
  return told.line == expected.line && told.kind == expected.kind &&
         is_in(told.clauses, expected.clause) &&
         (expected.settle.empty() || is_in(told.settled_by, expected.settle));
}

void PrintTo(const Told& one, std::ostream* out) {
  *out << "line " << one.line << ": " << one.kind << " " << testing::PrintToString(one.clauses)
       << ", settled by " << testing::PrintToString(one.settled_by);
}

void expect_told_first(const Expected& expected) {
  const std::vector<Told> all = held_of(expected, judge(expected, expected.path()));
  ASSERT_FALSE(all.empty()) << "nothing was found";
  EXPECT_EQ(is_right(all.front(), expected), expected.open.empty())
      << testing::PrintToString(all.front()) << "\n"
      << "open: " << expected.open;
}

void expect_twin_accepted(const Expected& expected) {
  const std::vector<Told> all = held_of(expected, judge(expected, expected.twin()));
  EXPECT_EQ(all.empty(), expected.open_twin.empty()) << testing::PrintToString(all) << "\n"
                                                     << "open: " << expected.open_twin;
}

void expect_accepted(const std::vector<Told>& all) {
  for (const Told& one : all)
    ADD_FAILURE() << "line " << one.line << ": " << one.kind << " "
                  << testing::PrintToString(one.clauses);
}

std::string name_of(const testing::TestParamInfo<Expected>& info) {
  std::string name = info.param.path().stem().string();
  std::erase(name, '-');
  return name;
}

// ---- logs that hold every event of the types that matter, as JSON Lines
// -----------------------------------------------------------------------------------

class LogsTest : public testing::TestWithParam<Expected> {};

TEST_P(LogsTest, IsToldWhatIsWrongAndWhere) { expect_told_first(GetParam()); }

TEST_P(LogsTest, TwinIsAccepted) { expect_twin_accepted(GetParam()); }

TEST(LogsReadTest, IsWrongUnderOneReadingAndRightUnderAnother) {
  std::size_t tried = 0;
  for (const Expected& one : expected_of(Which::whole)) {
    if (one.accepted_under.empty()) continue;
    ++tried;
    expect_accepted(judge(one, one.path(), one.accepted_under));
  }

  EXPECT_GE(tried, 1);
}

INSTANTIATE_TEST_SUITE_P(Whole, LogsTest, testing::ValuesIn(expected_of(Which::whole)), name_of);

// ---- logs that do not record every type
// -----------------------------------------------------------------------------------

class LogsOfAPartTest : public testing::TestWithParam<Expected> {};

TEST_P(LogsOfAPartTest, IsToldWhatHoldsWhateverWasNotRecordedOrWhatWouldSettleIt) {
  expect_told_first(GetParam());
}

TEST_P(LogsOfAPartTest, TwinIsAccepted) { expect_twin_accepted(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Part, LogsOfAPartTest, testing::ValuesIn(expected_of(Which::part)),
                         name_of);

// ---- logs of another form, read through a mapping file
// -----------------------------------------------------------------------------------

class LogsByMappingTest : public testing::TestWithParam<Expected> {};

TEST_P(LogsByMappingTest, IsToldWhatIsWrongAndWhere) { expect_told_first(GetParam()); }

TEST_P(LogsByMappingTest, TwinIsAccepted) { expect_twin_accepted(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Csv, LogsByMappingTest, testing::ValuesIn(expected_of(Which::by_mapping)),
                         name_of);

// ---- the folder
// ---------------------------------------------------------------------------------------------------

TEST(LogsFolderTest, HoldsFiveLogsOfEachSystem) {
  for (const std::string& system : kSystems) EXPECT_EQ(expected_of(system).size(), 5) << system;
}

TEST(LogsFolderTest, HoldsLogsOfEverySort) {
  const auto all = expected_of(Which::all);
  const auto count = [&all](auto is) { return std::ranges::count_if(all, is); };

  EXPECT_GE(
      count([](const Expected& one) { return one.kind == "missing" || one.kind == "overdue"; }), 8);
  EXPECT_EQ(count([](const Expected& one) { return !one.unrecorded.empty(); }), 5);
  EXPECT_EQ(count([](const Expected& one) { return one.by_mapping(); }), 3);
}

TEST(LogsFolderTest, HasAnExpectationForEveryLogAndALogForEveryExpectation) {
  std::set<fs::path> expected, there;
  for (const Expected& one : expected_of(Which::all)) {
    EXPECT_TRUE(expected.insert(one.path()).second) << one.path() << " is expected twice";
    expected.insert(one.twin());
  }
  for (const auto& file : fs::recursive_directory_iterator(kLogs))
    if (file.path().extension() == ".jsonl" || file.path().extension() == ".csv")
      there.insert(file.path());

  EXPECT_EQ(there, expected);
}

TEST(LogsFolderTest, ExpectsClausesOfTheSystemAndTypesThatAreKnown) {
  for (const Expected& one : expected_of(Which::all)) {
    EXPECT_TRUE(find_clause(one.clause)) << one.log;
    EXPECT_GT(one.line, 0) << one.log;
    EXPECT_EQ(one.kind == "inconclusive", !one.settle.empty()) << one.log;
    EXPECT_TRUE(one.settle.empty() || std::ranges::count(one.unrecorded, one.settle)) << one.log;
    for (const std::string& type : one.unrecorded) EXPECT_TRUE(find_type(type)) << type;
  }
}

}  // namespace
}  // namespace shinsa::cli
