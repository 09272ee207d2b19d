#include "fakes/renewal_letters.hpp"

#include <algorithm>

#include "model/catalogue/ids.hpp"

namespace shinsa::fakes {

std::optional<Letter> write_renewal_letter(std::span<const std::string_view> purposes,
                                           std::string_view common_name) {
  const auto is_for = [&](std::string_view purpose) {
    return std::ranges::count(purposes, purpose) > 0;
  };
  const bool tells = is_for(kLabel<"REN-05", "purpose">);
  const bool asks = is_for(kLabel<"REN-06", "purpose">);
  const bool bills = is_for(kLabel<"REN-09", "purpose">);
  if (!tells && !asks && !bills) return std::nullopt;
  Letter letter;
  letter.from = "ssl@host.test";
  letter.from_name = "ホスティングサポート";
  letter.charset = mail::Charset::iso2022jp;
  letter.subject = bills   ? "専用SSL証明書 ご請求のご案内"
                   : tells ? "専用SSL証明書 有効期限のお知らせ"
                           : "専用SSL証明書 更新のご意思の確認";
  letter.text = "コモンネーム: " + std::string(common_name) + "\n";
  if (tells) letter.text += "専用SSL証明書の有効期限が近づいています。自動では更新されません。\n";
  if (asks) letter.text += "更新されるかどうかをご連絡ください。\n";
  if (bills) letter.text += "ご注文を承りました。お支払いをお願いいたします。\n";
  return letter;
}

}  // namespace shinsa::fakes
