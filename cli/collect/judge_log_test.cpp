#include "cli/collect/judge_log.hpp"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <regex>

#include "cli/collect/collect.hpp"
#include "cli/collect/log_bytes.hpp"
#include "properties/campaign/runs.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::cli {
namespace {

namespace campaign = properties::campaign;

/// Several lives as one log, each with names of its own, in the order of time.
std::string lives(const std::string& system, const std::string& mutant, std::size_t count,
                  std::size_t requests) {
  properties::CampaignOptions options;
  options.system = system;
  options.requests = requests;
  options.seed = 5;
  if (!mutant.empty()) options.mutants = {mutant};
  auto profiles = campaign::profiles_of(options);
  EXPECT_TRUE(profiles);
  profiles->resize(1);
  const campaign::Runs runs(options, std::move(*profiles));
  const auto monitor = properties::make_monitor(system);
  std::vector<std::pair<Instant, std::string>> lines;
  const std::regex subject("\"([a-z]+)/");
  for (std::size_t life = 0; life < count; ++life)
    runs.draw({options.seed, life, requests}, *monitor,
              [&](const campaign::Player& player, const properties::Monitor&) {
                const std::string name = std::to_string(life);
                for (const auto& stepped : player.simulation().trace()) {
                  if (stepped.event.row().sort == Sort::frame) continue;
                  std::string line = sim::to_json_line(stepped.event, player.simulation().facts(),
                                                       lines.size() + 1);
                  line = std::regex_replace(line, subject, "\"$1/" + name + "-");
                  line = std::regex_replace(line, std::regex("example"), "example" + name);
                  lines.emplace_back(stepped.event.time, std::move(line));
                }
              });
  std::ranges::stable_sort(lines, {}, [](const auto& one) { return one.first; });
  std::string log;
  for (const auto& [time, line] : lines) log += line + "\n";
  return log;
}

/// What a log is judged to be, in words, and what was exercised.
struct Judged {
  std::vector<std::string> says;
  std::vector<std::uint64_t> counts;
  std::size_t contents = 0;
  friend bool operator==(const Judged& a, const Judged& b) {
    return a.says == b.says && a.counts == b.counts;
  }
};

Judged judge(const std::string& log, const std::string& system, std::size_t contents,
             std::size_t ahead = 1) {
  LogOptions options;
  options.system = system;
  LogJudging judging("log", options, {}, {contents, 0, ahead});
  sim::ReadOptions read;
  read.ids = false;
  judging.sources().add(std::make_unique<sim::TextSource>(log), "log", read);
  while (judging.next()) continue;
  const JudgedLog done = judging.finish();
  Judged judged;
  for (const Error& error : done.errors) judged.says.push_back(error.text());
  if (!done.judge) return judged;
  for (const sim::Finding& finding : done.judge->findings()) {
    const reports::Problem problem = problem_of(finding, *done.facts, "log");
    std::string text = problem.where + " " + problem.kind + " " + problem.says.en;
    for (const std::string& id : problem.clauses) text += " " + id;
    for (const Words& one : problem.allowed) text += " | " + one.en;
    judged.says.push_back(text + " " + problem.observed.en);
  }
  for (std::size_t i = 0; i < done.judge->coverage().size(); ++i)
    judged.counts.push_back(done.judge->coverage()[i]);
  judged.contents = done.facts->text_count();
  return judged;
}

class ForgettingTest : public testing::TestWithParam<std::string> {};

TEST_P(ForgettingTest, AJudgeThatForgetsAtEveryEventSaysTheSame) {
  const auto mutants = model::list_mutants(GetParam());
  std::vector<std::string> tried{""};
  for (std::size_t i = 3; i < mutants.size(); i += mutants.size() / 8)
    tried.push_back(mutants[i].id);
  std::size_t found = 0;
  for (const std::string& mutant : tried) {
    const std::string log = lives(GetParam(), mutant, 6, 40);

    const Judged kept = judge(log, GetParam(), SIZE_MAX);
    const Judged forgotten = judge(log, GetParam(), 0);
    const Judged now_and_then = judge(log, GetParam(), 500);

    EXPECT_EQ(kept.says, forgotten.says) << mutant;
    EXPECT_EQ(kept.counts, forgotten.counts) << mutant;
    EXPECT_EQ(kept, now_and_then) << mutant;
    EXPECT_EQ(kept, judge(log, GetParam(), SIZE_MAX, 64)) << mutant;
    EXPECT_EQ(kept, judge(log, GetParam(), 0, 7)) << mutant;
    EXPECT_LT(forgotten.contents, kept.contents);
    found += kept.says.size();
  }
  EXPECT_GT(found, 0u) << "no mutant was noticed: nothing was compared";
}

INSTANTIATE_TEST_SUITE_P(Systems, ForgettingTest,
                         testing::Values("jpdirect-reissue", "sakura-reissue", "jpdirect-acme",
                                         "nttcom-biz", "dedicated-renewal"),
                         [](const auto& info) {
                           return std::regex_replace(info.param, std::regex("-"), "_");
                         });

/// So many things that those which rest are compressed.
TEST(LongLogTest, WhatRestsAmongManyIsAsItWas) {
  constexpr int kThings = 20'000;
  std::string log;
  int id = 0;
  const auto add = [&](const std::string& time, const std::string& type, int thing,
                       const std::string& data) {
    log += R"({"id":")" + std::to_string(++id) + R"(","time":"2026-)" + time +
           R"(:00+09:00","type":")" + type + R"(","subject":"certificate/)" +
           std::to_string(thing) + R"(","data":{)" + data + "}}\n";
  };
  for (int thing = 0; thing < kThings; ++thing)
    add("11-24T10:00", "fact.certificate", thing,
        R"("customer":"customer/1","kind":"DV","not_before":"2026-03-24T00:00:00+09:00",)"
        R"("not_after":"2027-03-31T23:59:59+09:00","cn":"www.in)" +
            std::to_string(thing) + R"(.example.jp")");
  for (int thing = 0; thing < kThings; thing += 10)
    add("11-25T11:00", "revocation.requested", thing, R"("reason":"superseded")");
  for (int thing = 0; thing < kThings; thing += 30)
    add("11-25T12:00", "certificate.revoked", thing, R"("reason":"superseded")");

  const Judged kept = judge(log, "jpdirect-reissue", SIZE_MAX);

  EXPECT_GT(kept.says.size(), 1'000u) << "what was asked for and not done is missing";
  EXPECT_EQ(kept, judge(log, "jpdirect-reissue", 3'000));
}

// -- packed files

std::string read_whole(const std::string& path) {
  auto bytes = open_log(path);
  if (!bytes) return bytes.error().text();
  std::string text;
  std::vector<char> portion(1000);
  while (true) {
    const auto size = (*bytes)->read(portion);
    if (!size) return size.error().text();
    if (*size == 0) return text;
    text.append(portion.data(), *size);
  }
}

class LogBytesTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() / ("shinsa-log-" + std::to_string(::getpid()));
    for (int i = 0; i < 30'000; ++i) text_ += std::to_string(i) + "\n";
  }
  void TearDown() override { std::filesystem::remove(path_); }
  void write(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }
  [[nodiscard]] std::string read() const { return read_whole(path_.string()); }

  static std::string gzip(const std::string& text) {
    std::string packed(compressBound(text.size()) + 100, '\0');
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
  }
  static std::string zstd(const std::string& text) {
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
  }

  std::filesystem::path path_;
  std::string text_;
};

TEST_F(LogBytesTest, ReadsWhatIsPlainOrPackedInOnePartOrMore) {
  const std::vector<std::pair<std::string, std::string>> table{
      {text_, text_},
      {gzip(text_), text_},
      {gzip(text_) + gzip("x"), text_ + "x"},
      {zstd(text_), text_},
      {zstd(text_) + zstd("x"), text_ + "x"},
      {"", ""},
      {"a", "a"}};
  for (const auto& [bytes, text] : table) {
    write(bytes);
    EXPECT_EQ(read(), text);
  }
}

TEST_F(LogBytesTest, TellsOfAPackedFileThatIsDamagedOrCutOff) {
  for (const std::string& packed : {gzip(text_), zstd(text_)}) {
    write(packed.substr(0, packed.size() / 2));
    EXPECT_NE(read().find("its end is missing"), std::string::npos) << read().substr(0, 200);
    std::string damaged = packed;
    for (std::size_t i = 20; i < 60; ++i) damaged[i] = static_cast<char>(~damaged[i]);
    write(damaged);
    EXPECT_NE(read().find("cannot be unpacked"), std::string::npos);
  }
}

TEST_F(LogBytesTest, FollowsAFileThatGrowsAndOneThatTakesItsPlace) {
  std::atomic<bool> stop = false;
  write("a\n");
  auto bytes = follow_log(path_.string(), stop);
  ASSERT_TRUE(bytes);
  std::array<char, 10> portion{};
  const auto next = [&] {
    const auto size = (*bytes)->read(portion);
    return std::string(portion.data(), *size);
  };

  EXPECT_EQ(next(), "a\n");
  std::ofstream(path_, std::ios::app) << "b\n";
  EXPECT_EQ(next(), "b\n");
  std::filesystem::remove(path_);
  write("c\n");
  EXPECT_EQ(next(), "c\n");
  stop = true;
  EXPECT_EQ(next(), "");
}

}  // namespace
}  // namespace shinsa::cli
