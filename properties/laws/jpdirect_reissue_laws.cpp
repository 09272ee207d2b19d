#include "properties/laws/jpdirect_reissue_laws.hpp"

#include "model/catalogue/ids.hpp"

namespace shinsa::properties::jpdirect_reissue {

const std::vector<Law>& table() {
  using enum LawKind;
  static const std::vector<Law> all = [] {
    std::vector<Law> t(kLaws);
    t[kPaidBeforeReview] = {"paid-before-review",
                            always,
                            {kClause<"JPR-10">, kClause<"JPR-33">},
                            "Nothing of the CA's review and no issue happens to an order whose fee "
                            "has not been received.",
                            "料金が入金されていない申込みについて、審査も発行も行われない。"};
    t[kAtMostTwo] = {"at-most-two-active",
                     always,
                     {kClause<"JPR-23">},
                     "At no instant are more than two certificates active for one common name.",
                     "同一コモンネームで同時に有効な証明書が2枚を超えることはない。"};
    t[kReissueIsFree] = {"reissue-is-free",
                         always,
                         {kClause<"JPR-02">, kClause<"JPR-15">},
                         "A reissue is never billed.",
                         "再発行が請求されることはない。"};
    t[kOneInvoice] = {"one-invoice",
                      always,
                      {kClause<"JPR-15">},
                      "An order is billed once, whatever is changed later.",
                      "申込みの請求は一度だけで、再申請でも増えない。"};
    t[kIssueAfterDomainControl] = {
        "issue-after-domain-control",
        always,
        {kClause<"JPR-34">, kClause<"JPR-36">, kClause<"JPR-37">},
        "A certificate is issued after the approval by the mailed code, unless the customer "
        "manages the name.",
        "メールの承認手続きを経るか、お客様IDで管理するドメイン名でなければ発行されない。"};
    t[kOvIsTelephoned] = {
        "ov-is-telephoned",
        always,
        {kClause<"JPR-34">, kClause<"JPR-40">, kClause<"JPR-42">},
        "An OV certificate is issued after a confirmed call, unless both conditions of the waiver "
        "hold.",
        "OV証明書は電話確認の後、または省略の二条件をともに満たす場合に限り発行される。"};
    t[kDirectoryNumber] = {"directory-number",
                           always,
                           {kClause<"JPR-41">},
                           "The CA dials the number of the third party's directory.",
                           "認証局は第三者データベースの番号に電話する。"};
    t[kMailToTheChosenAddress] = {
        "mail-to-the-chosen-address",
        always,
        {kClause<"JPR-35">, kClause<"JPR-38">},
        "The domain-control mail goes to the address of the form, from the CA, with the subject of "
        "the type.",
        "利用権確認メールは種別に応じた件名で、認証局から申請書の認証先アドレスに送られる。"};
    t[kNoMailForManagedNames] = {
        "no-mail-for-managed-names",
        always,
        {kClause<"JPR-37">},
        "No domain-control mail is sent for a name managed under the same customer ID.",
        "同じお客様IDで管理するドメイン名には利用権確認メールが送られない。"};
    t[kCompletionToBilling] = {"completion-to-billing",
                               always,
                               {kClause<"JPR-43">, kClause<"JPR-44">},
                               "The completion mail goes to the billing contact and carries the "
                               "certificate that was issued.",
                               "発行完了メールは請求宛先に送られ、発行された証明書を含む。"};
    t[kOneCertificate] = {"one-certificate-per-application",
                          always,
                          {kClause<"ASM-04">},
                          "One application results in one certificate at most.",
                          "1件の申請から発行される証明書は1枚までである。"};
    t[kEndsWithTheSource] = {
        "ends-with-the-source",
        always,
        {kClause<"JPR-12">, kClause<"JPR-04">},
        "A reissued certificate ends with its source, and is issued before that end (reading "
        "JPR-Q12).",
        "再発行された証明書の有効期限は元の証明書と同じで、その期限までに発行される。"};
    t[kNewEndsWithTheMonth] = {"new-ends-with-the-month",
                               always,
                               {kClause<"ASM-01">},
                               "A new certificate ends with a month, twelve months on.",
                               "新規の証明書は12か月後の月末に終わる。"};
    t[kConsent] = {"consent-before-issue",
                   always,
                   {kClause<"JPR-32">},
                   "A reissue is issued only to a form with consent.",
                   "失効への同意がない申請では再発行されない。"};
    t[kNoUnaskedRevocation] = {
        "no-unasked-revocation",
        always,
        {kClause<"JPR-32">},
        "A certificate is revoked only if that was asked for, or its reissue exists.",
        "求められるか再発行が済むまで、証明書は失効されない。"};
    t[kReasonAsAsked] = {"reason-as-asked",
                         always,
                         {kClause<"POL-02">},
                         "A revocation that was asked for with a reason says no other.",
                         "理由を示して求められた失効に、別の理由は記載されない。"};
    t[kNotInTheMonthOfExpiry] = {"not-in-the-month-of-expiry",
                                 always,
                                 {kClause<"JPR-21">},
                                 "Nothing is issued to a form that arrived in the month of expiry "
                                 "of its source (readings JPR-Q3, JPR-Q4).",
                                 "元の証明書の有効期限日の当月に届いた申請では発行されない。"};
    t[kSourceIsGood] = {"source-is-good",
                        always,
                        {kClause<"JPR-04">, kClause<"JPR-16">, kClause<"JPR-22">},
                        "The source of a reissue was valid, issued through JPDirect and not "
                        "revoked when the form arrived.",
                        "再発行の元の証明書は、申請到着時にJPDirect発行で有効かつ未失効である。"};
    t[kSameNameAndType] = {"same-name-and-type",
                           always,
                           {kClause<"JPR-17">, kClause<"JPR-18">},
                           "A reissue has the common name and the type of its source.",
                           "再発行ではコモンネームと種類が変わらない。"};
    t[kKeyOfTheCsr] = {"key-of-the-csr",
                       always,
                       {kClause<"JPR-26">},
                       "The certificate has the key of the CSR.",
                       "証明書の鍵はCSRの鍵である。"};
    t[kNamesAsApplied] = {"names-as-applied",
                          always,
                          {kClause<"JPR-19">},
                          "The certificate carries the names that were applied for.",
                          "証明書は申請どおりの名前を持つ。"};
    t[kReapplicationOffered] = {
        "re-application-offered",
        always,
        {kClause<"JPR-14">},
        "While an application under review is pending, MyPage shows the button.",
        "審査中の申請がある間、マイページに再申請ボタンが表示される。"};
    t[kTechnicalNotAnswered] = {"technical-not-answered",
                                always,
                                {kClause<"JPR-46">},
                                "Technical questions are not answered by JPDirect.",
                                "技術的な質問にJPDirectは回答しない。"};
    t[kPortalInstallsNothing] = {"portal-installs-nothing",
                                 always,
                                 {kClause<"JPR-25">},
                                 "JPDirect installs no certificate.",
                                 "JPDirectは証明書をインストールしない。"};
    t[kGuidanceToTheInquirer] = {
        "guidance-to-the-inquirer",
        always,
        {kClause<"JPR-29">, kClause<"JPR-30">},
        "The form is mailed to whoever asked and said which certificate is meant (reading "
        "JPR-Q20).",
        "申請フォームは、対象の証明書を示して問い合わせた者に送られる(JPR-Q20の解釈による)。"};
    t[kFormIsWhole] = {
        "issued-to-a-whole-form",
        always,
        {kClause<"JPR-26">, kClause<"JPR-28">, kClause<"JPR-31">, kClause<"RFC-01">,
         kClause<"POL-01">},
        "A certificate is issued to a form with an address and a sound CSR between its marks.",
        "証明書は、認証先アドレスと正しい形式で問題のないCSRを備えた申請にのみ発行される。"};
    t[kOrganisationKept] = {
        "organisation-kept",
        always,
        {kClause<"JPR-12">},
        "Where a reissue may change the CSR alone (reading JPR-Q10), the organisation stays.",
        "CSRだけが変更できるという解釈(JPR-Q10)では、再発行で組織名は変わらない。"};
    t[kAnotherKey] = {"another-key",
                      always,
                      {kClause<"JPR-26">},
                      "Where a reissue needs a new CSR (reading JPR-Q19), its key is another.",
                      "新しいCSRを要するという解釈(JPR-Q19)では、再発行の鍵は元と異なる。"};
    t[kNameKept] = {"name-kept",
                    always,
                    {kClause<"JPR-13">},
                    "Where a re-application keeps the common name (reading JPR-Q22), the CSR "
                    "names that of the certificate.",
                    "再申請でコモンネームは変わらないという解釈(JPR-Q22)では、"
                    "CSRのコモンネームは証明書と同じである。"};
    t[kOneApprovalMail] = {"one-approval-mail",
                           always,
                           {kClause<"JPR-35">, kClause<"JPR-38">},
                           "One domain-control mail goes out for one form or one change of it.",
                           "利用権確認メールは、申請または再申請1件につき1通である。"};
    t[kNothingTwice] = nothing_twice({kClause<"JPR-30">, kClause<"JPR-33">, kClause<"JPR-38">,
                                      kClause<"JPR-43">, kClause<"JPR-46">, kClause<"JPR-49">});
    t[kInquiryAnswered] = {"inquiry-answered",
                           eventually,
                           {kClause<"JPR-30">},
                           "Every inquiry is answered with the form, or refused.",
                           "問い合わせには申請フォームが送られるか、拒否される。"};
    t[kCompletionFollows] = {"completion-follows",
                             eventually,
                             {kClause<"JPR-43">},
                             "A completion mail follows every issue.",
                             "発行には必ず完了メールが続く。"};
    t[kPageShown] = {"page-shown",
                     eventually,
                     {kClause<"ASM-06">, kClause<"JPR-14">},
                     "MyPage is shown as often as it is opened.",
                     "マイページは開かれるたびに表示される。"};
    t[kQuestionAnswered] = {"question-answered",
                            eventually,
                            {kClause<"JPR-49">},
                            "Every question gets an answer.",
                            "質問には必ず応答がある。"};
    t[kAskedRevocationDone] = {
        "asked-revocation-done",
        eventually,
        {kClause<"JPR-24">},
        "A revocation that was asked for while the certificate was active "
        "(under a reading of JPR-Q2 also the consented one) is done, or it "
        "expires first.",
        "有効な証明書の失効依頼は(JPR-Q2の解釈によっては同意に基づく失効も)、期限切"
        "れになる前に実行される。"};
    t[kPaymentConfirmed] = {"payment-confirmed",
                            eventually,
                            {kClause<"JPR-33">},
                            "A fee that was received is confirmed.",
                            "受領した料金は入金確認される。"};
    t[kTwoAreActive] = {"two-are-active",
                        sometimes,
                        {kClause<"JPR-23">},
                        "Two certificates are active at once.",
                        "2枚が同時に有効になる。"};
    t[kHeldAndIssued] = {"issued-after-a-revocation",
                         sometimes,
                         {kClause<"JPR-24">},
                         "A certificate is issued in the place of one that was revoked.",
                         "失効で空いた枠に発行される。"};
    t[kTelephoneWaived] = {"telephone-waived",
                           sometimes,
                           {kClause<"JPR-42">},
                           "An OV certificate is issued without a call.",
                           "電話確認なしにOV証明書が発行される。",
                           "JPR-Q6=renewals-only"};
    t[kDomainWaived] = {"domain-control-waived",
                        sometimes,
                        {kClause<"JPR-37">},
                        "A certificate is issued without a domain-control mail.",
                        "利用権確認メールなしに発行される。"};
    t[kPaidByCard] = {"paid-by-card",
                      sometimes,
                      {kClause<"JPR-11">},
                      "A certificate is issued to an order paid by card.",
                      "カード払いの申込みに発行される。"};
    t[kPaidByTransfer] = {"paid-by-transfer",
                          sometimes,
                          {kClause<"JPR-10">},
                          "A certificate is issued to an order paid by transfer.",
                          "振込の申込みに発行される。"};
    t[kByDvMail] = {"approved-by-dv-mail",
                    sometimes,
                    {kClause<"JPR-35">, kClause<"JPR-36">},
                    "A DV certificate is issued after the approval by the mailed code.",
                    "DV証明書がメールの承認手続きを経て発行される。"};
    t[kByOvMail] = {"approved-by-ov-mail",
                    sometimes,
                    {kClause<"JPR-36">, kClause<"JPR-38">},
                    "An OV certificate is issued after the approval by the mailed code.",
                    "OV証明書がメールの承認手続きを経て発行される。"};
    t[kTelephoned] = {"telephoned",
                      sometimes,
                      {kClause<"JPR-40">, kClause<"JPR-41">},
                      "An OV certificate is issued after a confirmed call.",
                      "OV証明書が電話確認を経て発行される。"};
    t[kChanged] = {"changed-before-issue",
                   sometimes,
                   {kClause<"JPR-13">},
                   "A certificate has a key that only a re-application brought.",
                   "再申請で初めて示された鍵の証明書が発行される。"};
    t[kRefusedInTheMonth] = {"refused-in-the-month",
                             sometimes,
                             {kClause<"JPR-21">},
                             "A form is refused in the month of expiry.",
                             "有効期限日の当月の申請が拒否される。"};
    t[kConsentedRevocation] = {"consented-revocation",
                               sometimes,
                               {kClause<"JPR-32">},
                               "The source is revoked on the strength of the consent.",
                               "同意に基づき元の証明書が失効される。"};
    return t;
  }();
  return all;
}

}  // namespace shinsa::properties::jpdirect_reissue
