// message.cpp against Python's email package, in both directions.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fakes/mail/message.hpp"

namespace shinsa::fakes::mail {
namespace {

namespace fs = std::filesystem;

class MessagePeerTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "shinsa-mail-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void run_python(const std::string& verb) const {
    const std::string command =
        fmt::format("/usr/bin/python3 -B '{}/fakes/mail/peer_mail.py' {} '{}'", SHINSA_SOURCE_DIR,
                    verb, folder_.string());
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }

  fs::path folder_;
};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string json(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      quoted += std::string{'\\', c};
    else if (c == '\n')
      quoted += "\\n";
    else
      quoted += c;
  }
  return quoted + '"';
}

/// What a message says, in the form of peer_mail.py.
std::string said(const Message& m) {
  std::string lines = fmt::format(
      "from: {}\nfrom_name: {}\nto: {}\nsubject: {}\ntext: {}\nmessage_id: {}\ndate: \"{}\"\n",
      json(m.from), json(m.from_name), json(m.to), json(m.subject), json(m.text),
      json(m.message_id), m.date.seconds);
  for (const Attachment& file : m.attachments) {
    std::string hex;
    for (const unsigned char c : file.bytes) hex += fmt::format("{:02x}", c);
    lines += fmt::format("file: {}\n", json(file.file_name + " " + file.media_type + " " + hex));
  }
  return lines;
}

std::vector<Message> messages() {
  const Message plain{"info@jprs.jp",         "", "admin@example.jp", "ASCII only",
                      "text\n.\nFrom here\n", {}, "1.a@jprs.jp",      {1795136400}};
  Message japanese = plain;
  japanese.from_name = "JPRS 自動返信アドレス";
  japanese.subject = "ドメイン認証型(DV)サーバー証明書発行手続きのご案内 [www.example.jp]";
  japanese.text = "承認の手続き:\n\nhttps://example.jp/a?b=c\n〜以上〜\n";
  Message quoted = plain;
  quoted.from_name = "JPRS, \"the\" Registry";
  quoted.text = std::string(3000, 'x') + "\n";
  Message files = japanese;
  files.attachments = {{"証明書.crt", "application/x-x509-ca-cert", std::string("\0\r\n\xff", 4)},
                       {"a b.pem", "application/x-pem-file", "-----BEGIN CERTIFICATE-----\n"}};
  return {plain, japanese, quoted, files};
}

TEST_F(MessagePeerTest, PythonReadsWhatWeWrite) {
  std::vector<std::string> expected;
  for (const Charset charset : {Charset::utf8, Charset::iso2022jp})
    for (Message message : messages()) {
      message.charset = charset;
      const auto bytes = encode(message);
      ASSERT_TRUE(bytes) << bytes.error().text();
      std::ofstream(folder_ / fmt::format("{}.eml", expected.size()), std::ios::binary) << *bytes;
      expected.push_back(said(message));
    }

  run_python("read");

  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(content_of(folder_ / fmt::format("{}.said", i)), expected[i]);
}

TEST_F(MessagePeerTest, WeReadWhatPythonWrites) {
  run_python("write");

  int read = 0;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    if (entry.path().extension() != ".eml") continue;
    const auto message = decode(content_of(entry.path()));
    ASSERT_TRUE(message) << entry.path();
    EXPECT_EQ(said(*message), content_of(fs::path(entry.path()).replace_extension(".said")))
        << entry.path();
    ++read;
  }
  EXPECT_EQ(read, 6);
}

}  // namespace
}  // namespace shinsa::fakes::mail
