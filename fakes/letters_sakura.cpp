#include "fakes/letters_sakura.hpp"

#include "model/catalogue/ids.hpp"

namespace shinsa::fakes {

namespace {

constexpr std::string_view kPortal = "support@rental-server.test";  // the page names none
constexpr std::string_view kPortalName = "さくらインターネット";
constexpr std::string_view kScreen = "https://reissue.rental-server.test/";

std::string particulars(const LetterFacts& facts) {
  return written(
      facts, {"サーバ証明書種別: ", facts.product, "\nコモンネーム: ", facts.common_name, "\n"});
}

}  // namespace

Letter write_sakura_letter(ClauseIndex clause, const LetterFacts& facts) {
  Letter letter;
  letter.from = facts.sender.empty() ? kPortal : facts.sender;
  letter.from_name = kPortalName;
  if (clause == kClause<"SAK-01">) {
    letter.subject = facts.subject;
    letter.text = written(facts, {"次の証明書の再発行を、専用の画面からお手続きください。\n"}) +
                  particulars(facts) + written(facts, {"再発行画面: ", kScreen, "\n"});
  } else {
    letter.subject = "SSLサーバ証明書の再発行が完了しました";
    letter.text = written(facts, {"新しい証明書が発行されました。"
                                  "レンタルサーバへの設定は自動で行われます。\n"}) +
                  particulars(facts);
  }
  return letter;
}

}  // namespace shinsa::fakes
