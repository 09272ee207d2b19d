#include "properties/laws/dedicated_renewal_laws.hpp"

#include "model/catalogue/ids.hpp"

namespace shinsa::properties::dedicated_renewal {

const std::vector<Law>& table() {
  using enum LawKind;
  static const std::vector<Law> all = [] {
    std::vector<Law> t(kLaws);
    t[kNoticeInTime] = {"notice-about-sixty-days-before",
                        always,
                        {kClause<"REN-05">},
                        "The first notice of an expiry comes from the 67th to the 53rd day before "
                        "it (reading REN-Q1).",
                        "期限の最初のお知らせは、有効期限日の67日前から53日前までに送られる。"};
    t[kInquiryInTime] = {
        "inquiry-about-sixty-days-before",
        always,
        {kClause<"REN-06">},
        "The first inquiry for the intent comes on these days too.",
        "更新の意思の最初の問い合わせも、有効期限日の67日前から53日前までに送られる。"};
    t[kOrderForAYes] = {
        "order-for-a-yes-alone",
        always,
        {kClause<"REN-01">, kClause<"REN-07">, kClause<"REN-08">, kClause<"REN-32">},
        "An order is made only for a customer whose last word, once asked, is yes.",
        "注文データは、問い合わせへの最後の回答が「更新する」である顧客にだけ作成される。"};
    t[kBilledBeforePaid] = {"told-before-paid",
                            always,
                            {kClause<"REN-09">, kClause<"REN-26">},
                            "No card is charged and no payment confirmed before the customer was "
                            "told of the bill by mail.",
                            "請求をメールで知らせる前に、カードの請求も入金の確認も行われない。"};
    t[kInvoiceBeforeTransfer] = {
        "invoice-before-transfer",
        always,
        {kClause<"REN-31">},
        "A payment that no card made is confirmed only if an invoice was sent before the money "
        "came.",
        "カード払いでない入金は、請求書が送られた後のものでなければ確認されない。"};
    t[kCardByTheScreens] = {
        "card-by-the-screens",
        always,
        {kClause<"REN-27">, kClause<"REN-28">, kClause<"REN-29">, kClause<"REN-30">},
        "A card is charged only after its owner went through the billing screens in their order "
        "and chose it.",
        "カードの請求は、顧客が課金の画面を順に進んでカードを選んだ後にだけ行われる。"};
    t[kOpenWhileUnpaid] = {"open-while-unpaid",
                           always,
                           {kClause<"REN-28">},
                           "The billing history shows an order that is not paid as open.",
                           "課金履歴では、未払いの注文のステータスはオープンである。"};
    t[kConfirmedWhenPaid] = {
        "confirmed-when-paid",
        always,
        {kClause<"REN-10">, kClause<"REN-11">},
        "A payment is confirmed only when the card company approved it or the "
        "whole bill was received.",
        "入金が確認されるのは、カードが承認されたか全額を受領したときに限る。"};
    t[kPaidBeforeApplication] = {
        "paid-before-application",
        always,
        {kClause<"REN-11">},
        "Nothing goes to the CA, and nothing comes from it, before the payment is confirmed.",
        "入金の確認より前に、認証局への申請も認証局による審査や発行も行われない。"};
    t[kDocumentsAfterPayment] = {
        "documents-after-payment",
        always,
        {kClause<"REN-35">, kClause<"REN-12">},
        "The host applies with documents that were prepared after the payment.",
        "申請は、入金の後に作成された書類で行われる。"};
    t[kReviewedLikeNew] = {
        "reviewed-like-new",
        always,
        {kClause<"REN-12">},
        "Renewal or new, a certificate is issued after documents, application and a review that "
        "the applicant confirmed.",
        "更新でも新規でも、証明書は書類、申請、申請者の確認した審査を経て発行される。"};
    t[kAsDocumented] = {"as-documented",
                        always,
                        {kClause<"REN-12">},
                        "A certificate has the subject and the key of some documents.",
                        "証明書のサブジェクトと鍵は、申請書類のとおりである。"};
    t[kOneCertificate] = {"one-certificate-per-order",
                          always,
                          {kClause<"ASM-04">},
                          "One order results in one certificate at most.",
                          "1件の注文から発行される証明書は1枚までである。"};
    t[kRenewedOnce] = {"every-year-its-own-order",
                       always,
                       {kClause<"REN-02">},
                       "A certificate whose successor was issued is ordered for no more.",
                       "更新が済んだ証明書について、再び注文が作成されることはない。"};
    t[kRenewalFromTheOldEnd] = {
        "renewal-from-the-old-end",
        always,
        {kClause<"REN-18">},
        "A renewal ends a year after the certificate that it renews (reading REN-Q3).",
        "更新後の有効期限は、前回の有効期限の1年後である。"};
    t[kSymantecTwoWeeksMore] = {"symantec-two-weeks-more",
                                always,
                                {kClause<"REN-19">},
                                "A renewal of Symantec ends two weeks after that (reading REN-Q2).",
                                "シマンテックの更新では、その約2週間後が有効期限となる。"};
    t[kChangedIsNew] = {"changed-name-is-new",
                        always,
                        {kClause<"REN-17">, kClause<"REN-20">, kClause<"REN-21">, kClause<"REN-22">,
                         kClause<"REN-23">, kClause<"REN-24">},
                        "With any change of the distinguished name a certificate ends a year after "
                        "its issue (reading REN-Q5).",
                        "識別名のいずれかが変われば、有効期限は発行の1年後である。"};
    t[kLateIsNew] = {"late-is-new",
                     always,
                     {kClause<"REN-17">, kClause<"REN-25">},
                     "After the end of the old certificate a new one ends a year after its issue "
                     "(readings REN-Q4, REN-Q10).",
                     "前回の有効期限を過ぎた取得では、有効期限は発行の1年後である。"};
    t[kSameDisplay] = {"same-display",
                       always,
                       {kClause<"REN-16">},
                       "While a certificate is in force a browser shows the lock, renewal or new.",
                       "有効な証明書には、更新でも新規でも同じ南京錠が表示される。"};
    t[kErrorOnceExpired] = {"error-once-expired",
                            always,
                            {kClause<"REN-33">},
                            "From the second after notAfter a browser shows an error.",
                            "有効期限を過ぎた次の1秒から、ブラウザにエラーが表示される。"};
    t[kShowsEndAndSubject] = {"shows-end-and-subject",
                              always,
                              {kClause<"REN-14">},
                              "A browser shows the end and the subject of the certificate served.",
                              "ブラウザには、その証明書の有効期限とサブジェクトが表示される。"};
    t[kPlanChangeForFlex] = {
        "plan-change-for-flex-alone",
        always,
        {kClause<"REN-34">},
        "Another plan is required only of FLEX, once the customer declined or the certificate ran "
        "out unpaid.",
        "プランの変更は、FLEXプランの顧客が断るか、未払いのまま期限が切れたときにだけ求められる。"};
    t[kDocumentsAreSound] = {
        "documents-are-sound",
        always,
        {kClause<"REN-12">, kClause<"RFC-01">, kClause<"POL-01">},
        "The host applies to the CA with documents that name an organisation and hold a sound CSR "
        "for the common name.",
        "認証局への申請は、組織名とコモンネームに合う問題のないCSRを備えた書類で行われる。"};
    t[kNothingTwice] = nothing_twice({kClause<"REN-09">, kClause<"REN-14">, kClause<"REN-31">,
                                      kClause<"REN-33">, kClause<"REN-34">});
    t[kNoticeGiven] = {"notice-is-given",
                       eventually,
                       {kClause<"REN-05">, kClause<"REN-06">, kClause<"REN-02">},
                       "Whoever has a certificate is told of its expiry and asked by the 53rd day "
                       "before it, every year.",
                       "証明書の顧客には、毎年、期限の知らせと更新の意思の問い合わせが送られる。"};
    t[kYesIsOrdered] = {"yes-is-ordered",
                        eventually,
                        {kClause<"REN-08">},
                        "A customer whose last word is yes gets an order.",
                        "最後に「更新する」と答えた顧客には、注文データが作成される。"};
    t[kOrderIsBilled] = {"order-is-billed",
                         eventually,
                         {kClause<"REN-09">, kClause<"REN-26">},
                         "A mail with the bill follows every order that is not withdrawn.",
                         "取りやめられない限り、注文には請求を知らせるメールが続く。"};
    t[kPaidIsConfirmed] = {"paid-is-confirmed",
                           eventually,
                           {kClause<"REN-11">},
                           "What was paid is confirmed.",
                           "支払われたものは、入金が確認される。"};
    t[kReviewIsIssued] = {"review-is-issued",
                          eventually,
                          {kClause<"REN-12">, kClause<"REN-03">},
                          "A confirmed review leads to a certificate, however long it takes.",
                          "確認された審査の後には、時間がかかっても証明書が発行される。"};
    t[kFlexChangesPlan] = {"flex-changes-its-plan",
                           eventually,
                           {kClause<"REN-34">},
                           "A customer of FLEX who declines for good is required to change.",
                           "最終的に更新しないFLEXプランの顧客には、プランの変更が求められる。"};
    t[kVisitorSees] = {"a-visitor-sees-something",
                       eventually,
                       {kClause<"REN-14">, kClause<"REN-33">},
                       "Whoever opens a page of a host with a certificate sees it, or the error.",
                       "証明書のあるホストを開いた人には、証明書またはエラーが表示される。"};
    t[kHistorySeen] = {"history-seen",
                       sometimes,
                       {kClause<"REN-28">},
                       "The billing history is shown.",
                       "課金履歴が表示される。"};
    t[kBillSeen] = {"bill-seen",
                    sometimes,
                    {kClause<"REN-29">},
                    "A bill is shown with the way to pay it.",
                    "請求書が支払いボタンとともに表示される。"};
    t[kRenewedByCard] = {"renewed-by-card",
                         sometimes,
                         {kClause<"REN-30">},
                         "A certificate is issued to an order paid by card.",
                         "カード払いの注文に発行される。"};
    t[kRenewedByTransfer] = {"renewed-by-transfer",
                             sometimes,
                             {kClause<"REN-31">},
                             "A certificate is issued to an order paid by transfer.",
                             "銀行振込の注文に発行される。"};
    t[kSymantecRenewed] = {"symantec-renewed",
                           sometimes,
                           {kClause<"REN-19">},
                           "A certificate of Symantec is renewed.",
                           "シマンテックの証明書が更新される。"};
    t[kChangedIntoNew] = {"changed-into-new",
                          sometimes,
                          {kClause<"REN-20">},
                          "A changed name makes a new certificate of a renewal.",
                          "識別名の変更により更新が新規取得になる。"};
    t[kLateIntoNew] = {"late-into-new",
                       sometimes,
                       {kClause<"REN-25">},
                       "A certificate is issued after the old one has run out.",
                       "前回の有効期限が過ぎた後に発行される。"};
    t[kDeclinedAndRenewed] = {"declined-and-renewed-all-the-same",
                              sometimes,
                              {kClause<"REN-32">},
                              "A customer who declined thinks better of it and gets an order.",
                              "断った顧客が思い直し、注文データが作成される。"};
    t[kCardDeclinedAndPaid] = {"card-declined-and-paid",
                               sometimes,
                               {kClause<"REN-30">},
                               "A card is declined, and then one pays.",
                               "カードが断られた後、あらためてカードで支払われる。"};
    t[kSilentExpiry] = {"silent-expiry",
                        sometimes,
                        {kClause<"REN-01">},
                        "A certificate runs out without a word of its customer.",
                        "顧客から返答のないまま、証明書の期限が切れる。"};
    t[kErrorSeen] = {"error-seen",
                     sometimes,
                     {kClause<"REN-33">},
                     "A browser shows the error of an expired certificate.",
                     "期限切れのエラーがブラウザに表示される。"};
    t[kPlanChanged] = {"plan-changed",
                       sometimes,
                       {kClause<"REN-34">},
                       "A customer of FLEX is required to change the plan.",
                       "FLEXプランの顧客にプランの変更が求められる。"};
    t[kNextYear] = {"the-next-year",
                    sometimes,
                    {kClause<"REN-02">},
                    "A certificate that was issued here gets its own notice a year later.",
                    "発行された証明書に、翌年の期限のお知らせが送られる。"};
    return t;
  }();
  return all;
}

}  // namespace shinsa::properties::dedicated_renewal
