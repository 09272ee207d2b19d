#include "fakes/letters_nttcom.hpp"

#include <initializer_list>

#include "model/catalogue/ids.hpp"

namespace shinsa::fakes {

namespace {

constexpr std::string_view kAuthority = "domain-use@jprs.test";
constexpr std::string_view kProvider = "biz-support@nttcom.test";
constexpr std::string_view kProviderName = "Bizメール＆ウェブ プレミアム サポート";

std::string name_line(const LetterFacts& facts) {
  return written(facts, {kLabel<"NTT-25", "common_name">, ": ", facts.common_name, "\n"});
}

Letter domain_use(const LetterFacts& facts, sim::Stream& codes) {
  Letter letter;
  letter.from = kAuthority;
  letter.from_name = "JPRS";
  letter.subject = "ドメイン使用権の確認";
  letter.code = codes.hex(16);
  letter.text =
      name_line(facts) +
      written(facts, {"次のリンクを開き、ドメインをご確認のうえ、「", kLabel<"NTT-11", "button">,
                      "」を押してください。\nhttps://approval.jprs.test/", letter.code, "\n"});
  return letter;
}

/// @param text  after the line that names the certificate.
Letter of_the_provider(std::string_view subject, const LetterFacts& facts,
                       std::initializer_list<std::string_view> text) {
  Letter letter;
  letter.from = kProvider;
  letter.from_name = kProviderName;
  letter.charset = mail::Charset::iso2022jp;
  letter.subject = subject;
  letter.text = name_line(facts) + written(facts, text);
  return letter;
}

Letter completion(const LetterFacts& facts) {
  return of_the_provider(kLabel<"NTT-25", "mail">, facts,
                         {"サーバー証明書の設定が完了しました。\nキャンセルされる場合は、「",
                          kLabel<"NTT-25", "common_name">, "」と「", kLabel<"NTT-25", "reason">,
                          "」を記して、このメールに返信してください。\n"});
}

Letter protection(const LetterFacts& facts) {
  return of_the_provider("WHOIS情報の公開について", facts,
                         {"WHOIS情報が非表示のため、確認メールの送信先を参照できません。"
                          "プロテクトの解除をお願いいたします。\n"});
}

Letter repair(const LetterFacts& facts) {
  return of_the_provider("Apacheの設定について", facts,
                         {"Apacheの再起動に失敗し、証明書を設定できませんでした。"
                          "設定内容をご確認のうえ、修正をお願いいたします。\n"});
}

}  // namespace

std::optional<Letter> write_nttcom_letter(ClauseIndex clause, const LetterFacts& facts,
                                          sim::Stream& codes) {
  switch (clause) {
    case kClause<"NTT-10">:
    case kClause<"NTT-14">:
    case kClause<"NTT-15">:
    case kClause<"NTT-16">:
      return domain_use(facts, codes);
    case kClause<"NTT-18">:
      return protection(facts);
    case kClause<"NTT-23">:
      return completion(facts);
    case kClause<"NTT-41">:
      return repair(facts);
    default:
      return std::nullopt;
  }
}

}  // namespace shinsa::fakes
