#include "fakes/letters.hpp"

#include "fakes/letters_nttcom.hpp"
#include "fakes/letters_sakura.hpp"
#include "fakes/renewal_letters.hpp"
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
      written(facts, {"お問い合わせありがとうございます。\n"
                      "添付の申請フォームにCSRと審査に必要な情報をご記入のうえ、ご返送ください。\n"
                      "コモンネーム: ",
                      facts.common_name, "\n"});
  letter.enclosures.push_back(
      {"application-form", "application-form.txt", "text/plain",
       "コモンネーム:\nCSR:\n認証先メールアドレス:\n発行済み証明書の失効への同意:\n"});
  return letter;
}

Letter approval(const LetterFacts& facts, sim::Stream& codes) {
  Letter letter;
  letter.code = codes.hex(16);
  letter.text =
      written(facts, {"コモンネーム: ", facts.common_name,
                      "\n次の承認コードを承認画面に入力してください。\n", letter.code, "\n"});
  return letter;
}

Letter completion(const LetterFacts& facts) {
  Letter letter;
  letter.text =
      written(facts, {"サーバー証明書が発行されました。添付の証明書をサーバーに設定してください。\n"
                      "コモンネーム: ",
                      facts.common_name, "\n"});
  letter.enclosures.push_back(
      {"certificate", "certificate.pem", "application/x-pem-file", std::string(facts.pem)});
  return letter;
}

Letter notice_of_an_eab(const LetterFacts& facts) {
  Letter letter;
  letter.subject = "EAB(認証情報)のお知らせ";
  letter.text =
      written(facts, {"ACME利用申請を受け付けました。ACMEアカウントの発行には次のEAB(認証情報)"
                      "をご利用ください。\n"
                      "EAB: ",
                      facts.application, "\n"});
  letter.enclosures.push_back(
      {"eab", "eab.txt", "text/plain", std::string(facts.application) + "\n"});
  return letter;
}

Letter about_a_use_fqdn(const LetterFacts& facts, std::string_view says) {
  Letter letter;
  letter.text = written(facts, {says, "\n利用FQDN: ", facts.common_name, "\n"});
  return letter;
}

Letter letter_for(ClauseIndex clause, const LetterFacts& facts, sim::Stream& codes) {
  switch (clause) {
    case kClause<"JPR-35">:
    case kClause<"JPR-38">:
      return approval(facts, codes);
    case kClause<"JPR-43">:
      return completion(facts);
    case kClause<"ACM-21">:
      return notice_of_an_eab(facts);
    case kClause<"ACM-33">:
      return about_a_use_fqdn(facts,
                              "お申し込みを受理しました。期日までに契約料をお支払いください。");
    case kClause<"ACM-35">:
      return about_a_use_fqdn(facts, "入金を確認し、利用FQDN情報の登録を完了しました。");
    default:
      return guidance(facts);
  }
}

}  // namespace

std::string written(const LetterFacts& facts, std::initializer_list<std::string_view> parts) {
  std::string text;
  if (facts.with_text)
    for (std::string_view part : parts) text += part;
  return text;
}

Letter write_letter(ClauseIndex clause, const LetterFacts& facts, sim::Stream& codes) {
  if (auto renewal = write_renewal_letter(facts.purposes, facts.common_name)) return *renewal;
  if (auto letter = write_nttcom_letter(clause, facts, codes)) return std::move(*letter);
  if (clause == kClause<"SAK-01"> || clause == kClause<"SAK-32">)
    return write_sakura_letter(clause, facts);
  const bool is_approval = clause == kClause<"JPR-35"> || clause == kClause<"JPR-38">;
  Letter letter = letter_for(clause, facts, codes);
  if (!facts.subject.empty()) letter.subject = facts.subject;
  letter.from = facts.sender.empty() ? kPortal : facts.sender;
  letter.from_name = is_approval ? kLabel<"JPR-35", "sender_name"> : kPortalName;
  return letter;
}

}  // namespace shinsa::fakes
