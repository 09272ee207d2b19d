#include "cli/serve/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shinsa::cli {
namespace {

using ::testing::ElementsAre;

struct Read {
  Common common;
  ServeCommand command;
  std::vector<std::string> errors;
};

/// @param said  the one option that the command line has.
Read read(const std::string& text, std::string_view said = {}) {
  Read all;
  for (const Error& error : read_serve_config(
           "serve.yaml", text, [&](std::string_view option) { return option == said; }, all.common,
           all.command))
    all.errors.push_back(error.text());
  return all;
}

TEST(ServeConfigTest, HasEverySettingOfTheCommandLine) {
  const Read all = read(
      "given: member.yaml\naddress: 0.0.0.0\nanyone: true\ntoken: secret\nca-dir: ca\n"
      "state: kept\nkeep: 100\njudge: report.html\nfrozen: true\nalways-valid: true\n"
      "quiet: true\nthreads: 4\nacme-port: 1\nadmin-port: 2\nca-port: 3\ndns-port: 4\nhttp-port: "
      "5\n"
      "https-port: 6\ncustomer-http-port: 7\ncustomer-https-port: 8\nsystem: jpdirect-acme\n"
      "seed: 18446744073709551615\nreadings: {ACM-Q5: followed}\n"
      "faults:\n  - {front: dns, name: example.jp, kind: servfail, nth: 2}\n");

  EXPECT_THAT(all.errors, ElementsAre());
  const ServeCommand& command = all.command;
  EXPECT_EQ(command.given, "member.yaml");
  EXPECT_EQ(command.address, "0.0.0.0");
  EXPECT_EQ(command.token, "secret");
  EXPECT_EQ(command.ca_dir, "ca");
  EXPECT_EQ(command.state, "kept");
  EXPECT_EQ(command.keep, 100u);
  EXPECT_EQ(command.threads, 4u);
  EXPECT_TRUE(command.judge);
  EXPECT_EQ(command.judge_file, "report.html");
  EXPECT_TRUE(command.anyone && command.frozen && command.always_valid && command.quiet);
  EXPECT_THAT((std::vector<std::uint16_t>{command.acme_port, command.admin_port, command.ca_port,
                                          command.dns_port, command.http_port, command.https_port,
                                          command.customer_http_port, command.customer_https_port}),
              ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
  EXPECT_EQ(all.common.system, "jpdirect-acme");
  EXPECT_TRUE(all.common.system_given);
  EXPECT_EQ(all.common.seed, 18446744073709551615u);
  EXPECT_EQ(all.common.readings.at("ACM-Q5"), "followed");
  EXPECT_THAT(command.faults,
              ElementsAre(R"({"front":"dns","name":"example.jp","kind":"servfail","nth":2})"));
}

TEST(ServeConfigTest, TheCommandLineWins) {
  const Read all = read("acme-port: 1\nadmin-port: 2\n", "acme-port");

  EXPECT_EQ(all.command.acme_port, 0);
  EXPECT_EQ(all.command.admin_port, 2);
}

TEST(ServeConfigTest, SaysNothingOfAnEmptyFile) {
  EXPECT_THAT(read("").errors, ElementsAre());
  EXPECT_THAT(read("# nothing yet\n").errors, ElementsAre());
}

TEST(ServeConfigTest, TellsEveryErrorAtItsPlace) {
  EXPECT_THAT(read("acme-prt: 1\nfrozen: maybe\n").errors,
              ElementsAre("serve.yaml:1:1: there is no setting 'acme-prt', did you mean "
                          "'acme-port'?, see: shinsa serve --help",
                          "serve.yaml:2:9: frozen wants true or false"));
  EXPECT_THAT(read("seed: 1\nseed: 2\n").errors,
              ElementsAre("serve.yaml:2:1: the key 'seed' stands twice, keep one of them"));
  const struct {
    const char *text, *says;
  } kRows[] = {
      {"given: [a]\n", "serve.yaml:1:8: given wants a text"},
      {"keep: 0\n", "serve.yaml:1:7: keep wants a number from 1"},
      {"threads: 17\n", "serve.yaml:1:10: threads wants a number from 1 to 16"},
      {"acme-port: 65536\n", "serve.yaml:1:12: acme-port wants a port from 0 to 65535"},
      {"seed: -1\n", "serve.yaml:1:7: seed wants a number from 0"},
      {"readings: [a]\n", "serve.yaml:1:11: readings wants readings such as ACM-Q5: followed"},
      {"faults: no\n", "serve.yaml:1:9: faults wants a list of faults"},
      {"faults:\n  - {kind: servfail}\n",
       "serve.yaml:2:12: kind: it wants status, slow, reset, silent, truncated, bad-nonce or "
       "processing"},
      {"just words\n", "serve.yaml:1:1: the file has no settings, write key: value"}};
  for (const auto& row : kRows) EXPECT_THAT(read(row.text).errors, ElementsAre(row.says));
}

}  // namespace
}  // namespace shinsa::cli
