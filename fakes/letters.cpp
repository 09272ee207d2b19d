#include "fakes/letters.hpp"

#include "model/catalogue/ids.hpp"

namespace shinsa::fakes {

namespace {

constexpr std::string_view kPortal =
    "ssl-support@jpdirect.test";  // no page names the portal's own address
constexpr std::string_view kPortalName = "JPDirect カスタマーセンター";

Letter guidance(const LetterFacts& facts) {
  Letter letter;
  letter.subject = "サーバー証明書の再発行手続きについて";
  letter.charset = mail::Charset::iso2022jp;
  letter.text =
      "お問い合わせありがとうございます。\n"
      "添付の申請フォームにCSRと審査に必要な情報をご記入のうえ、ご返送ください。\n"
      "コモンネーム: " +
      std::string(facts.common_name) + "\n";
  letter.enclosures.push_back(
      {"application-form", "application-form.txt", "text/plain",
       "コモンネーム:\nCSR:\n認証先メールアドレス:\n発行済み証明書の失効への同意:\n"});
  return letter;
}

Letter approval(const LetterFacts& facts, sim::Stream& codes) {
  Letter letter;
  letter.code = codes.hex(16);
  letter.text = "コモンネーム: " + std::string(facts.common_name) +
                "\n"
                "次の承認コードを承認画面に入力してください。\n" +
                letter.code + "\n";
  return letter;
}

Letter completion(const LetterFacts& facts) {
  Letter letter;
  letter.text =
      "サーバー証明書が発行されました。添付の証明書をサーバーに設定してください。\n"
      "コモンネーム: " +
      std::string(facts.common_name) + "\n";
  letter.enclosures.push_back(
      {"certificate", "certificate.pem", "application/x-pem-file", std::string(facts.pem)});
  return letter;
}

}  // namespace

Letter write_letter(ClauseIndex clause, const LetterFacts& facts, sim::Stream& codes) {
  const bool is_approval = clause == kClause<"JPR-35"> || clause == kClause<"JPR-38">;
  Letter letter = is_approval                   ? approval(facts, codes)
                  : clause == kClause<"JPR-43"> ? completion(facts)
                                                : guidance(facts);
  if (!facts.subject.empty()) letter.subject = facts.subject;
  letter.from = facts.sender.empty() ? kPortal : facts.sender;
  letter.from_name = is_approval ? kLabel<"JPR-35", "sender_name"> : kPortalName;
  return letter;
}

}  // namespace shinsa::fakes
