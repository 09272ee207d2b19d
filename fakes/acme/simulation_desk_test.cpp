// What comes through HTTP leaves the trace that a story leaves in process.
#include "fakes/acme/simulation_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/acme/trial.hpp"
#include "fakes/acme/x509.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::fakes::acme {
namespace {

std::vector<std::string> lines_of(Trial& trial) {
  std::vector<std::string> lines;
  std::size_t line = trial.simulation().forgotten();
  for (const sim::Stepped& one : trial.simulation().trace())
    lines.push_back(sim::to_json_line(one.event, trial.simulation().facts(), ++line));
  return lines;
}

/// What `put_csr` of a story does for a CSR.
void finalize_in_process(Trial& trial, const ca::CsrRequest& wanted) {
  const PreparedCsr csr = trial.cast().prepare(*ca::make_csr(wanted));
  std::string names;
  for (const std::string& name : csr.names) names += (names.empty() ? "" : " ") + name;
  trial.happen("order.finalized", "order/1",
               {{"csr", csr.event_text},
                {"csr_cn", csr.common_name},
                {"csr_names", names},
                {"key", csr.key}});
  EXPECT_TRUE(trial.simulation().run_until(trial.now()));
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
    text.replace(at, from.size(), to);
  return text;
}

void expect_sound(Trial& trial) {
  EXPECT_TRUE(trial.simulation().settle(days(60)));
  trial.simulation().close();
  for (const sim::Finding& finding : trial.simulation().judge().findings())
    ADD_FAILURE() << kEventTypes[finding.type].name << " at line " << finding.line;
}

// scenarios/jpdirect-acme/first-light.yaml from the ACME application on, the use-FQDN apart, which
// is a fact here.
TEST(SimulationDeskTest, LeavesTheTraceOfFirstLight) {
  Trial in_process, by_http;
  Client client(by_http, "p256-a");
  const std::string thumbprint = client.signer().thumbprint();

  in_process.cast().know_account_key("account/1", thumbprint);
  in_process.happen("account.requested", "account/1",
                    {{"eab", "eab/C1-1"},
                     {"mac_verifies", "true"},
                     {"contacts", "mailto:taro@example.jp"},
                     {"terms", "true"},
                     {"directory", "acme.amecert.jprs.jp"}});
  in_process.pass({});
  in_process.happen("order.requested", "order/1",
                    {{"account", "account/1"}, {"identifiers", "example.jp"}});
  in_process.pass({});
  const std::string token = in_process.said("challenge.offered", "challenge/1-1-file", "token");
  in_process.happen(
      "site.changed", "site/example.jp",
      {{"path", "/.well-known/acme-challenge/" + token},
       {"body", in_process.said("challenge.offered", "challenge/1-1-file", "string")}});
  in_process.happen("challenge.responded", "authorization/1-1", {{"type", "http-01"}});
  in_process.pass({});
  ca::CsrRequest csr{"rsa-2048-a", "example.jp"};
  csr.sans = {"example.jp"};
  finalize_in_process(in_process, csr);
  in_process.happen("download.requested", in_process.seen("certificate.issued").at(0),
                    {{"account", "account/1"}});
  in_process.pass({});

  client.register_account();
  EXPECT_NE(issue(by_http, client, {"example.jp"}, "http-01").pem, "");

  EXPECT_EQ(lines_of(by_http), lines_of(in_process));
  expect_sound(by_http);
}

// scenarios/jpdirect-acme/txt-answers.yaml and revoked.yaml: an account that is a fact, a TXT
// record, a revocation a day later. The in-process run knows no key, so that all that differs is
// the thumbprint in the key authorization, and with it the string and its copies in the DNS.
TEST(SimulationDeskTest, LeavesTheTraceOfARevocationButForTheThumbprint) {
  TrialOptions options;
  options.account = true;
  Trial in_process(options), by_http(options);
  Client client(by_http, "p256-b");
  ASSERT_TRUE(by_http.server().adopt("account/1", client.signer().jwk()));
  client.use_account(std::string(kTrialBase) + "/acme/account/1");

  in_process.happen("order.requested", "order/1",
                    {{"account", "account/1"}, {"identifiers", "example.jp"}});
  in_process.pass({});
  const std::string drawn = in_process.said("challenge.offered", "challenge/1-1-dns", "string");
  in_process.happen("dns.changed", "zone/example.jp",
                    {{"name", "_acme-challenge.example.jp"}, {"type", "TXT"}, {"values", drawn}});
  in_process.happen("challenge.responded", "authorization/1-1", {{"type", "dns-01"}});
  in_process.pass({});
  ca::CsrRequest csr{"rsa-2048-a", "example.jp"};
  csr.sans = {"example.jp"};
  finalize_in_process(in_process, csr);
  const std::string certificate = in_process.seen("certificate.issued").at(0);
  in_process.happen("download.requested", certificate, {{"account", "account/1"}});
  in_process.pass(days(1));
  in_process.happen("revocation.requested", certificate, {{"reason", "key-compromise"}});
  in_process.pass({});

  const Issued issued = issue(by_http, client, {"example.jp"}, "dns-01");
  by_http.pass(days(1));
  client.post("/acme/revoke-cert", R"({"reason":1,"certificate":")" +
                                       to_base64url(read_certificate_pem(issued.pem)->der) + "\"}");

  const std::string real = by_http.said("challenge.offered", "challenge/1-1-dns", "string");
  const std::string file = by_http.said("challenge.offered", "challenge/1-1-file", "string");
  const std::string file_drawn =
      in_process.said("challenge.offered", "challenge/1-1-file", "string");
  EXPECT_NE(real, drawn);
  EXPECT_EQ(file.substr(0, file.find('.')), file_drawn.substr(0, file_drawn.find('.')));
  std::vector<std::string> expected = lines_of(in_process);
  for (std::string& line : expected) line = with(with(line, drawn, real), file_drawn, file);
  EXPECT_EQ(lines_of(by_http), expected);
  expect_sound(by_http);
}

TEST(SimulationDeskTest, TwoRunsOfOneSeedAreTheSame) {
  std::vector<std::string> lines[2], pem;
  for (auto& one : lines) {
    Trial trial;
    Client client(trial, "rsa-2048-b");
    client.register_account();
    pem.push_back(issue(trial, client, {"example.jp"}, "http-01").pem);
    one = lines_of(trial);
  }

  EXPECT_EQ(lines[0], lines[1]);
  EXPECT_EQ(pem[0], pem[1]);
}

TEST(SimulationDeskTest, WhatIsForgottenIsNoMoreAndTheRestGoesOn) {
  Trial trial;
  Client client(trial, "p256-a");
  client.register_account();
  const Issued old = issue(trial, client, {"example.jp"}, "http-01");
  const Issued kept = issue(trial, client, {"example.jp"}, "http-01");
  EXPECT_TRUE(trial.desk().is_over("order/1"));
  EXPECT_FALSE(trial.desk().is_over("order/3"));  // there is none
  const std::size_t events = trial.simulation().trace().size();

  trial.server().forget("order/1");
  static_cast<void>(trial.desk().forget("order/1"));
  trial.simulation().forget_trace(events - 1);

  EXPECT_EQ(trial.desk().order("order/1"), nullptr);
  EXPECT_EQ(trial.desk().authorization("authorization/1-1"), nullptr);
  EXPECT_EQ(trial.desk().challenge("challenge/1-1-file"), nullptr);
  EXPECT_NE(trial.desk().order("order/2"), nullptr);
  EXPECT_EQ(client.post(old.certificate, "").status, 404);
  EXPECT_EQ(client.post(kept.certificate, "").status, 200);
  const auto next = issue(trial, client, {"example.jp"}, "http-01");
  EXPECT_EQ(client.post(next.certificate, "").status, 200);
  EXPECT_EQ(trial.simulation().forgotten(), events - 1);
  expect_sound(trial);
}

// Another order is under way meanwhile: its certificate is to be issued within the hour, and its
// things stand elsewhere in the model once those of the first are gone.
TEST(SimulationDeskTest, WhatIsForgottenInTheMiddleChangesNothingOfTheRest) {
  std::vector<std::string> lines[2];
  for (const bool forgets : {false, true}) {
    TrialOptions options;
    options.conduct = {{"issuance", "an-hour-later"}};
    Trial trial(options);
    Client client(trial, "p256-a");
    client.register_account();
    static_cast<void>(issue(trial, client, {"example.jp"}, "http-01"));
    trial.pass(hours(2));
    const std::string open = issue(trial, client, {"example.jp", "www.example.jp"}, "dns-01").order;
    const auto abandoned = client.post("/acme/new-order", order_for({"example.jp"}));
    trial.pass(minutes(30));
    if (forgets) {
      EXPECT_TRUE(trial.desk().is_over("order/1"));
      EXPECT_FALSE(trial.desk().is_over("order/2"));
      trial.server().forget("order/1");
      std::vector<TextId> things = trial.desk().forget("order/1");
      EXPECT_EQ(things.size(), 5u);
      trial.simulation().forget(things);
      trial.simulation().forget_trace(trial.simulation().trace().size());
      trial.simulation().forget_unneeded([&](Needed& needed) { trial.desk().tell_needed(needed); });
      EXPECT_EQ(trial.simulation().facts().find("order/1"), TextId{});
    }
    trial.pass(hours(1));
    EXPECT_EQ(text_in(client.post(open, ""), "status"), "valid");
    trial.pass(days(30));
    EXPECT_EQ(text_in(client.post(target_of(header_in(abandoned, "Location")), ""), "status"),
              "invalid");
    static_cast<void>(issue(trial, client, {"www.example.jp"}, "http-01"));
    expect_sound(trial);
    lines[forgets] = lines_of(trial);
  }
  ASSERT_LT(lines[1].size(), lines[0].size());
  lines[0].erase(lines[0].begin(), lines[0].end() - static_cast<std::ptrdiff_t>(lines[1].size()));
  EXPECT_EQ(lines[1], lines[0]);
}

TEST(SimulationDeskTest, SeesWhatHappensBesideIt) {
  Trial trial;
  trial.happen("order.requested", "order/1", {{"account", "account/9"}, {"identifiers", "a.jp"}});

  EXPECT_EQ(trial.desk().order("order/1"), nullptr);  // it was refused
  EXPECT_EQ(trial.desk().authorization("authorization/1-1"), nullptr);
  EXPECT_EQ(trial.desk().certificate("certificate/01"), nullptr);
  EXPECT_EQ(trial.desk().eab_key("C9-1"), std::nullopt);
}

}  // namespace
}  // namespace shinsa::fakes::acme
