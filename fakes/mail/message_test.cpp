#include "fakes/mail/message.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace shinsa::fakes::mail {

void showValue(const Message& m, std::ostream& out) {
  out << "from: " << m.from << "\nfrom_name: " << m.from_name << "\nto: " << m.to
      << "\nsubject: " << m.subject << "\ntext: " << m.text << "\nmessage_id: " << m.message_id
      << "\ndate: " << to_text(m.date) << "\ncharset: " << label_of(m.charset) << "\n";
  for (const Attachment& a : m.attachments)
    out << "file: " << a.file_name << " " << a.media_type << " " << a.bytes.size() << " bytes\n";
}

namespace {

Message approval_mail() {
  return {"info@jprs.jp",     "JPRS 自動返信アドレス",
          "admin@example.jp", "ドメイン認証型(DV)サーバー証明書発行手続きのご案内 [www.example.jp]",
          "承認の手続き\n",   {},
          "1.seed@jprs.jp",   {1795136400}};
}

TEST(MessageTest, WritesAMailInUtf8) {
  EXPECT_EQ(encode(approval_mail()),
            "Date: Fri, 20 Nov 2026 10:00:00 +0900\r\n"
            "From: =?UTF-8?B?SlBSUyDoh6rli5Xov5Tkv6HjgqLjg4njg6zjgrk=?=\r\n"
            " <info@jprs.jp>\r\n"
            "To: admin@example.jp\r\n"
            "Subject: =?UTF-8?B?44OJ44Oh44Kk44Oz6KqN6Ki85Z6LKERWKeOCteODvOODkOODvA==?=\r\n"
            " =?UTF-8?B?6Ki85piO5pu455m66KGM5omL57aa44GN44Gu44GU5qGI5YaFIFt3d3cuZXhh?=\r\n"
            " =?UTF-8?B?bXBsZS5qcF0=?=\r\n"
            "Message-ID: <1.seed@jprs.jp>\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=UTF-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n"
            "5om/6KqN44Gu5omL57aa44GNDQo=\r\n");
}

TEST(MessageTest, WritesAMailWithACertificateInIso2022Jp) {
  Message message = approval_mail();
  message.charset = Charset::iso2022jp;
  message.subject = "SSLサーバー証明書発行完了のご連絡";
  message.attachments = {{"www.example.jp.crt", "application/x-x509-ca-cert", "-----BEGIN"}};

  const auto bytes = encode(message);

  EXPECT_EQ(bytes,
            "Date: Fri, 20 Nov 2026 10:00:00 +0900\r\n"
            "From: =?ISO-2022-JP?B?SlBSUyAbJEI8K0YwSlY/LiUiJUklbCU5GyhC?=\r\n"
            " <info@jprs.jp>\r\n"
            "To: admin@example.jp\r\n"
            "Subject: =?ISO-2022-JP?B?U1NMGyRCJTUhPCVQITw+WkxAPXFILzlUNDBOOyROJDQbKEI=?=\r\n"
            " =?ISO-2022-JP?B?GyRCTyJNbRsoQg==?=\r\n"
            "Message-ID: <1.seed@jprs.jp>\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: multipart/mixed; boundary=\"=_847cbf2afb00699c\"\r\n"
            "\r\n"
            "--=_847cbf2afb00699c\r\n"
            "Content-Type: text/plain; charset=ISO-2022-JP\r\n"
            "Content-Transfer-Encoding: 7bit\r\n"
            "\r\n"
            "\x1b$B>5G'$N<jB3$-\x1b(B\r\n"
            "\r\n"
            "--=_847cbf2afb00699c\r\n"
            "Content-Type: application/x-x509-ca-cert; name=www.example.jp.crt\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "Content-Disposition: attachment; filename=www.example.jp.crt\r\n"
            "\r\n"
            "LS0tLS1CRUdJTg==\r\n"
            "\r\n"
            "--=_847cbf2afb00699c--\r\n");
}

TEST(MessageTest, AvoidsABoundaryThatStandsInTheText) {
  Message message = approval_mail();
  message.attachments = {{"a", "application/x-a", "b"}};
  message.text = "--=_847cbf2afb00699c--\n";

  const auto bytes = encode(message);

  ASSERT_TRUE(bytes);
  EXPECT_NE(bytes->find("boundary=\"=_847cbf2afb00699d\""), std::string::npos);
  EXPECT_EQ(decode(*bytes), message);
}

TEST(MessageTest, MakesLineEndsRegular) {
  Message message = approval_mail();
  message.text = "a\r\nb\rc\n\nd";

  for (const Charset charset : {Charset::utf8, Charset::iso2022jp}) {
    message.charset = charset;
    EXPECT_EQ(decode(encode(message).value())->text, "a\nb\nc\n\nd\n");
  }
}

TEST(MessageTest, RefusesWhatAMailCannotCarry) {
  struct Case {
    std::string about;
    std::function<void(Message&)> spoil;
    std::string what;
  };
  const std::vector<Case> cases = {
      {"no sender", [](Message& m) { m.from = ""; }, "\"\" is not one mail address"},
      {"two recipients", [](Message& m) { m.to = "a@x.jp, b@x.jp"; },
       "\"a@x.jp, b@x.jp\" is not one mail address"},
      {"a domain in Japanese", [](Message& m) { m.to = "a@例え.jp"; },
       "\"a@例え.jp\" is not one mail address"},
      {"an empty label", [](Message& m) { m.to = "a@x..jp"; },
       "\"a@x..jp\" is not one mail address"},
      {"a smuggled header in an address", [](Message& m) { m.to = "a@x.jp\r\nBcc: b@x.jp"; },
       "\"a@x.jp\r\nBcc: b@x.jp\" is not one mail address"},
      {"a smuggled header in the subject", [](Message& m) { m.subject = "a\nBcc: b@x.jp"; },
       "a header cannot hold a control character or a line end"},
      {"a smuggled header in the name", [](Message& m) { m.from_name = "a\rb"; },
       "a header cannot hold a control character or a line end"},
      {"no Message-ID", [](Message& m) { m.message_id = ""; },
       "the Message-ID is empty, too long or holds blanks or brackets"},
      {"a Message-ID in its brackets", [](Message& m) { m.message_id = "<a@b>"; },
       "the Message-ID is empty, too long or holds blanks or brackets"},
      {"no date", [](Message& m) { m.date = kNever; },
       "the date of a mail must lie in the years 1970 to 9999"},
      {"a date before the epoch", [](Message& m) { m.date = {-32401}; },
       "the date of a mail must lie in the years 1970 to 9999"},
      {"a mail in a mail",
       [](Message& m) {
         m.attachments = {{"a", "message/rfc822", ""}};
       },
       "\"message/rfc822\" is not the media type of an attachment"},
      {"no media type",
       [](Message& m) {
         m.attachments = {{"a", "", ""}};
       },
       "\"\" is not the media type of an attachment"},
      {"a file name of two lines",
       [](Message& m) {
         m.attachments = {{"a\nb", "a/b", ""}};
       },
       "the file name holds what a mail cannot carry"},
      {"broken UTF-8", [](Message& m) { m.text = "a\xff"; }, "the text is not UTF-8 at byte 1"},
      {"too much", [](Message& m) { m.text = std::string(kLargestMail, 'x'); },
       "the mail has 1435340 bytes, more than 1048576"}};
  for (const Case& c : cases) {
    Message message = approval_mail();
    c.spoil(message);
    const auto bytes = encode(message);

    ASSERT_FALSE(bytes) << c.about;
    EXPECT_EQ(bytes.error().what, c.what) << c.about;
    EXPECT_NE(bytes.error().remedy, "") << c.about;
  }
}

TEST(MessageTest, NamesTheCharacterAndThePartThatIso2022JpCannotCarry) {
  Message message = approval_mail();
  message.charset = Charset::iso2022jp;

  message.subject = "10:00～18:00";
  EXPECT_EQ(encode(message).error().text(),
            "Subject: ISO-2022-JP cannot carry ～ (U+FF5E), send this mail with charset utf-8 or "
            "replace the character");
  message.subject = "a";
  message.text = "①";
  EXPECT_EQ(encode(message).error().where, "text");
  message.text = "a";
  message.from_name = "㈱例";
  EXPECT_EQ(encode(message).error().where, "From");
  message.charset = Charset::utf8;
  EXPECT_TRUE(encode(message));
}

TEST(MessageTest, ReadsTheSendersAndRecipientsOfOtherMailers) {
  struct Case {
    std::string headers;
    std::string from;
    std::string name;
    std::string to;
  };
  const std::vector<Case> cases = {
      {"From: info@jprs.jp\nTo: a@x.jp, B <b@x.jp>\nCc: c@x.jp\n", "info@jprs.jp", "",
       "a@x.jp, b@x.jp, c@x.jp"},
      {"From: \"JPRS \\\"x\\\"\" <info@jprs.jp>\n", "info@jprs.jp", "JPRS \"x\"", ""},
      {"From: \"=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=\" <info@jprs.jp>\n", "info@jprs.jp", "日本", ""},
      {"From: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=\n\t=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=\n"
       "\t<info@jprs.jp>\n",
       "info@jprs.jp", "日本日本", ""},
      {"From: =?UTF-8?B?5pelLCAiPGFAYi5qcD4=?= <info@jprs.jp>\n", "info@jprs.jp", "日, \"<a@b.jp>",
       ""},
      {"From: info@jprs.jp (=?UTF-8?B?5pel5pys?=)\n", "info@jprs.jp", "日本", ""},
      {"From: Taro.. <a..b.@docomo.ne.jp>\nTo: c...d@ezweb.ne.jp, e@x.jp\n", "a..b.@docomo.ne.jp",
       "Taro..", "c...d@ezweb.ne.jp, e@x.jp"},
      {"From: a@x.jp\nTo: Group: b@x.jp, c@x.jp;\n", "a@x.jp", "", "b@x.jp, c@x.jp"}};
  for (const Case& c : cases) {
    const auto message = decode(c.headers + "\ntext\n");

    ASSERT_TRUE(message) << c.headers;
    EXPECT_EQ(message->from, c.from) << c.headers;
    EXPECT_EQ(message->from_name, c.name) << c.headers;
    EXPECT_EQ(message->to, c.to) << c.headers;
    EXPECT_EQ(message->text, "text\n");
  }
}

TEST(MessageTest, ReadsTheBodiesOfOtherMailers) {
  struct Case {
    std::string about;
    std::string headers;
    std::string body;
    std::string text;
  };
  const std::vector<Case> cases = {
      {"quoted-printable",
       "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
       "quoted-printable\n",
       "=E6=97=A5=\n=E6=9C=AC\n", "日本\n"},
      {"base64", "Content-Type: TEXT/PLAIN; CHARSET=\"UTF-8\"\nContent-Transfer-Encoding: BASE64\n",
       "5pel5pys\n", "日本"},
      {"ISO-2022-JP in 7bit", "Content-Type: text/plain; charset=\"iso-2022-jp\"\n",
       "\x1b$BF|K\\\x1b(B\n", "日本\n"},
      {"ISO-2022-JP without a label", "", "\x1b$BF|K\\\x1b(B\n", "日本\n"},
      {"UTF-8 without a label", "", "日本\n", "日本\n"},
      {"Shift_JIS in 8bit",
       "Content-Type: text/plain; charset=Shift_JIS\nContent-Transfer-Encoding: 8bit\n",
       "\x93\xfa\x96{\n", "日本\n"},
      {"an unknown character set", "Content-Type: text/plain; charset=x-nothing\n", "日\xff\n",
       "日\xef\xbf\xbd\n"}};
  for (const Case& c : cases) {
    const auto message = decode("From: a@x.jp\nMIME-Version: 1.0\n" + c.headers + "\n" + c.body);

    ASSERT_TRUE(message) << c.about;
    EXPECT_EQ(message->text, c.text) << c.about;
    EXPECT_TRUE(message->attachments.empty()) << c.about;
  }
}

TEST(MessageTest, ReadsTheFileNamesOfOtherMailers) {
  struct Case {
    std::string headers;
    std::string name;
  };
  const std::vector<Case> cases = {
      {"Content-Disposition: attachment; filename=\"a b.crt\"\n", "a b.crt"},
      {"Content-Disposition: attachment; filename*=iso-2022-jp''%1B%24BF%7CK%5C%1B%28B.crt\n",
       "日本.crt"},
      {"Content-Disposition: attachment;\n filename*0*=UTF-8''%E6%97;\n filename*1*=%A5;\n "
       "filename*2=\".crt\"\n",
       "日.crt"},
      {"Content-Disposition: attachment; filename*=utf-8'ja'%E6%97%A5; filename=x.crt\n", "日"},
      {"Content-Disposition: attachment;\n filename=\"=?ISO-2022-JP?B?GyRCRnwbKEI=?=\n "
       "=?ISO-2022-JP?B?GyRCS1wbKEI=?=\"\n",
       "日本"},
      {"Content-Type: application/x-x509-ca-cert; name=\"=?UTF-8?B?5pel?=\"\n", "日"},
      {"Content-Disposition: attachment; filename=\"日本.crt\"\n", "日本.crt"},
      {"Content-Disposition: attachment; filename=\"../../etc/passwd\"\n", "../../etc/passwd"},
      {"Content-Disposition: attachment\n", ""}};
  for (const Case& c : cases) {
    const auto message = decode(
        "From: a@x.jp\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" +
        c.headers + "\nx\n--b--\n");

    ASSERT_TRUE(message) << c.headers;
    ASSERT_EQ(message->attachments.size(), 1u) << c.headers;
    EXPECT_EQ(message->attachments[0].file_name, c.name) << c.headers;
    EXPECT_EQ(message->attachments[0].bytes, "x");
  }
}

TEST(MessageTest, TakesTheFirstPlainTextAndMakesTheRestAttachments) {
  const auto message = decode(
      "From: a@x.jp\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\n--o\n"
      "Content-Type: multipart/alternative; boundary=i\n\n--i\n"
      "Content-Type: text/plain\n\nthe text\n--i\nContent-Type: text/html\n\n<p>\n--i--\n"
      "--o\nContent-Type: text/plain\n\nfooter\n"
      "--o\nContent-Type: message/rfc822\n\nSubject: inner\n\nbody\n--o--\n");

  ASSERT_TRUE(message);
  EXPECT_EQ(message->text, "the text");
  EXPECT_EQ(message->attachments,
            (std::vector<Attachment>{{"", "text/html", "<p>"},
                                     {"", "text/plain", "footer"},
                                     {"", "message/rfc822", "Subject: inner\r\n\r\nbody"}}));
}

TEST(MessageTest, TellsIso2022JpByTheLabelOfTheText) {
  const auto mail = [](const std::string& charset) {
    return decode("From: a@x.jp\nContent-Type: text/plain; charset=" + charset + "\n\nx\n");
  };

  EXPECT_EQ(mail("ISO-2022-JP")->charset, Charset::iso2022jp);
  EXPECT_EQ(mail("utf-8")->charset, Charset::utf8);
}

TEST(MessageTest, ReadsTheDateInAnyZone) {
  const auto date = [](const std::string& text) {
    return decode("From: a@x.jp\nDate: " + text + "\n\nx\n")->date;
  };

  EXPECT_EQ(date("Fri, 20 Nov 2026 01:00:00 +0000"), Instant{1795136400});
  EXPECT_EQ(date("20 Nov 2026 10:00 +0900 (JST)"), Instant{1795136400});
  EXPECT_EQ(date("soon"), kNever);
}

TEST(MessageTest, RefusesBytesThatNameNoSenderOrAreTooMany) {
  EXPECT_EQ(decode("").error().what, "the mail names no sender");
  EXPECT_EQ(decode("Subject: x\n\nFrom: a@x.jp\n").error().what, "the mail names no sender");
  EXPECT_EQ(decode("From: \n\nx\n").error().what, "the mail names no sender");
  EXPECT_EQ(decode(std::string(kLargestMail + 1, 'x')).error().what,
            "the mail has 1048577 bytes, more than 1048576");
}

TEST(MessageTest, SurvivesAMegabyteOfAnything) {
  const std::string start = "From: a@x.jp\nMIME-Version: 1.0\n";
  struct Case {
    std::string about;
    std::string head;
    std::string bit;
  };
  const std::vector<Case> cases = {
      {"parts in parts", start, "Content-Type: multipart/mixed; boundary=b\n\n--b\n"},
      {"mails in mails", start, "Content-Type: message/rfc822\n\n"},
      {"comments in comments", "From: a@x.jp ", "("},
      {"groups in groups", "From: a@x.jp\nTo: ", "g:"},
      {"addresses", "From: a@x.jp\nTo: ", "a@x.jp,"},
      {"broken addresses", "From: ", "<@"},
      {"one long header", start + "Subject: ", "x"},
      {"many headers", start, "a: b\n"},
      {"parameters", start + "Content-Type: text/plain", "; a=b"},
      {"pieces of parameters", start + "Content-Disposition: attachment", "; a*1*=%"},
      {"quotes", start + "Content-Disposition: attachment; filename=", "\"\\"},
      {"empty parts", start + "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\n"}};
  for (const Case& c : cases) {
    std::string bytes = c.head;
    while (bytes.size() + c.bit.size() <= kLargestMail) bytes += c.bit;

    const auto message = decode(bytes);

    if (message) {
      EXPECT_TRUE(is_utf8(message->subject + message->to)) << c.about;
    }
  }
}

// ---- laws ---------------------------------------------------------------------------------------

rc::Gen<std::string> joined(rc::Gen<std::vector<std::string>> pieces) {
  return rc::gen::map(std::move(pieces), [](const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& piece : all) text += piece;
    return text;
  });
}

/// Lines of what mailers stumble over; all of it can be carried by `charset`.
rc::Gen<std::string> lines(Charset charset) {
  std::vector<std::string> pieces = {"a",  "Z", "0",  " ",  "=",  "?",  "=?", "\"",
                                     "\\", ",", ".",  "<",  ">",  "(",  ")",  "@",
                                     "'",  "%", "日", "本", "ー", "〜", "【", "--"};
  if (charset == Charset::utf8) pieces.insert(pieces.end(), {"～", "①", "é", "😀"});
  return joined(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)));
}

rc::Gen<std::string> names(Charset charset) {
  return rc::gen::suchThat(lines(charset), [](const std::string& name) {
    return !name.starts_with(' ') && !name.ends_with(' ');
  });
}

rc::Gen<std::string> bodies(Charset charset) {
  return joined(rc::gen::container<std::vector<std::string>>(
      rc::gen::map(lines(charset), [](const std::string& line) { return line + "\n"; })));
}

rc::Gen<std::string> file_names() {
  return rc::gen::suchThat(lines(Charset::utf8),
                           [](const std::string& name) { return name.find("=?") == name.npos; });
}

rc::Gen<Attachment> attachments() {
  return rc::gen::construct<Attachment>(
      file_names(),
      rc::gen::element<std::string>("application/x-x509-ca-cert", "text/plain", "a/b+c"),
      rc::gen::arbitrary<std::string>());
}

rc::Gen<Message> any_message() {
  const auto with = [](Charset charset) {
    return rc::gen::construct<Message>(
        rc::gen::element<std::string>("info@jprs.jp", "a..b@docomo.ne.jp", "x+y=z@a-b.example"),
        names(charset),
        rc::gen::element<std::string>("admin@example.jp", "ADMIN@XN--r8jz45g.jp",
                                      "a@b-c.Example.JP", "a@-x-.jp", "a@xn--zzzzz9.jp",
                                      "a@xn--.jp", "a.@x", "a@localhost"),
        lines(charset), bodies(charset), rc::gen::container<std::vector<Attachment>>(attachments()),
        rc::gen::element<std::string>("1@a", "20261120.abc@jprs.jp"),
        rc::gen::map(rc::gen::inRange<std::int64_t>(-32400, 253402214400),
                     [](std::int64_t seconds) { return Instant{seconds}; }),
        rc::gen::just(charset));
  };
  return rc::gen::oneOf(with(Charset::utf8), with(Charset::iso2022jp));
}

bool all_text(const Message& m) {
  return is_utf8(m.from) && is_utf8(m.from_name) && is_utf8(m.to) && is_utf8(m.subject) &&
         is_utf8(m.text) && is_utf8(m.message_id) &&
         std::all_of(m.attachments.begin(), m.attachments.end(), [](const Attachment& a) {
           return is_utf8(a.file_name) && is_utf8(a.media_type);
         });
}

/// `encode` must accept it: the generator makes only what may be written.
std::string written(const Message& message) {
  const auto bytes = encode(message);
  if (!bytes) RC_FAIL(bytes.error().text());
  return *bytes;
}

RC_GTEST_PROP(MessageTest, ReadsBackEveryMailThatItWrites, ()) {
  const Message message = *any_message();

  const std::string bytes = written(message);

  RC_TAG(message.charset == Charset::utf8 ? "utf-8" : "iso-2022-jp");
  RC_ASSERT(written(message) == bytes);
  RC_ASSERT(decode(bytes).value() == message);
}

RC_GTEST_PROP(MessageTest, WritesLinesThatEveryMailServerTakes, ()) {
  const std::string bytes = written(*any_message());

  std::size_t line = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    RC_ASSERT(static_cast<unsigned char>(c) < 0x80);
    RC_ASSERT((c == '\n') == (i > 0 && bytes[i - 1] == '\r'));
    line = c == '\n' ? 0 : line + 1;
    RC_ASSERT(line <= 999u);
  }
}

RC_GTEST_PROP(MessageTest, ReadsAnyBytes, (const std::string& bytes)) {
  const auto message = decode("From: a@x.jp\n" + bytes);

  if (message) RC_ASSERT(all_text(*message));
}

RC_GTEST_PROP(MessageTest, ReadsAnyDamagedMail, ()) {
  std::string bytes = written(*any_message());
  for (const auto& [place, byte] : *rc::gen::container<std::vector<std::pair<std::size_t, char>>>(
           rc::gen::arbitrary<std::pair<std::size_t, char>>()))
    bytes[place % bytes.size()] = byte;

  const auto message = decode(bytes);

  if (message) RC_ASSERT(all_text(*message));
}

RC_GTEST_PROP(MessageTest, ReadsAnyGlueOfMailParts, ()) {
  const auto bits = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "From: ", "a@x.jp", "\n", "\n\n", "Content-Type: ", "multipart/mixed", "; boundary=b", "--b",
      "--b--", "message/rfc822", "text/plain", "; charset=iso-2022-jp", "=?ISO-2022-JP?B?",
      "GyRCRnw", "?=", " ", "\t", "\x1b$B", "\xff", "Content-Transfer-Encoding: ", "base64",
      "quoted-printable", "x-uuencode", "begin 644 a", "filename*0*=utf-8''%", "\"", "(",
      "Date: "));
  std::string bytes = "From: a@x.jp\n";
  for (const std::string& bit : bits) bytes += bit;

  const auto message = decode(bytes);

  if (message) RC_ASSERT(all_text(*message));
}

}  // namespace
}  // namespace shinsa::fakes::mail
