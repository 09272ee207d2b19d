#include "properties/laws/nttcom_biz_laws.hpp"

#include "model/catalogue/ids.hpp"

namespace shinsa::properties::nttcom_biz {

namespace {

void add_always(std::vector<Law>& t) {
  using enum LawKind;
  t[kServiceStarted] = {"service-has-started",
                        always,
                        {kClause<"NTT-28">},
                        "Nothing goes on with an application that was registered before the "
                        "service started, or after the contract ended.",
                        "サービスの利用開始前、または契約の終了後に登録された申込は進まない。"};
  t[kLoggedIn] = {"logged-in",
                  always,
                  {kClause<"NTT-03">},
                  "Nothing goes on with an application that was registered without a login.",
                  "ログインせずに登録された申込は進まない。"};
  t[kConsents] = {"agreed-and-confirmed",
                  always,
                  {kClause<"NTT-27">, kClause<"NTT-32">},
                  "Nothing goes on with an application without agreement to the terms, or with "
                  "notes that were not confirmed.",
                  "規約への同意がない申込、または注意事項が確認されていない申込は進まない。"};
  t[kSubjectLength] = {"subject-within-the-length",
                       always,
                       {kClause<"NTT-36">},
                       "Nothing goes on with an application whose subject is longer than 128 "
                       "(reading NTT-Q2).",
                       "サブジェクトの合計が128を超える申込は進まない(解釈NTT-Q2)。"};
  t[kCountryIsJp] = {"country-is-jp",
                     always,
                     {kClause<"NTT-37">},
                     "Nothing goes on with an application for another country than JP.",
                     "国名がJPでない申込は進まない。"};
  t[kAsTheFormAllows] = {
      "as-the-form-allows",
      always,
      {kClause<"NTT-04">, kClause<"NTT-43">, kClause<"NTT-44">},
      "Nothing goes on with what was not registered with its button and menu, or asks for a time "
      "of restart or for another company's remaining validity.",
      "所定のメニューとボタンで登録されていない申込、再起動の時刻や他社証明書の残りの期間を求める"
      "申込は進まない。"};
  t[kOneChange] = {"one-change-at-a-time",
                   always,
                   {kClause<"NTT-30">},
                   "Nothing goes on with a change that was applied for while another was handled "
                   "(reading NTT-Q10).",
                   "他の変更の受付中に申し込まれた変更は進まない(解釈NTT-Q10)。"};
  t[kCheckedFirst] = {"checked-before-handed-on",
                      always,
                      {kClause<"NTT-02">, kClause<"NTT-05">},
                      "The provider applies to the CA after it has checked the application.",
                      "NTT Comは申込を確認した後にJPRSへ申請する。"};
  t[kDocumentsFirst] = {
      "documents-before-handed-on",
      always,
      {kClause<"NTT-08">, kClause<"NTT-09">, kClause<"NTT-49">},
      "Where documents are needed, nothing is applied for before they are at the centre.",
      "書類が必要な場合、センターに届くまで申請は行われない。"};
  t[kOnlyTheItems] = {"only-the-items",
                      always,
                      {kClause<"NTT-33">},
                      "The CA is given nothing but items of the application.",
                      "認証局に渡されるのは申込の項目だけである。"};
  t[kNothingWhileHidden] = {"nothing-while-hidden",
                            always,
                            {kClause<"NTT-17">, kClause<"NTT-18">},
                            "Nothing is applied for as long as WHOIS shows no address.",
                            "WHOISのアドレスが参照できない間は申請されない。"};
  t[kMailToTheRole] = {
      "mail-to-the-role",
      always,
      {kClause<"NTT-10">, kClause<"NTT-14">, kClause<"NTT-15">, kClause<"NTT-16">},
      "The domain-use mail goes out after the application to the CA, to an address that WHOIS has "
      "for the role of the kind of domain.",
      "使用権確認メールは、JPRSへの申請の後、ドメインの種類に応じた担当者のWHOISのアドレスに送られ"
      "る。"};
  t[kApprovedInTime] = {
      "approved-in-time",
      always,
      {kClause<"NTT-11">, kClause<"NTT-12">, kClause<"NTT-13">, kClause<"NTT-47">},
      "A certificate is issued, first or renewed, only after an approval by a link within 26 days "
      "of its mail (readings NTT-Q1, NTT-Q7).",
      "新規でも更新でも、メールのリンクから26日以内に承認された場合に限り発行される(解釈NTT-Q1、"
      "NTT-Q7)。"};
  t[kOvIsCalled] = {
      "ov-is-called",
      always,
      {kClause<"NTT-19">, kClause<"NTT-21">, kClause<"NTT-47">},
      "An OV certificate is issued after a confirmed call; at a renewal without any call, or "
      "after one that was confirmed (reading NTT-Q5).",
      "OV証明書は電話確認の後に発行される。更新では、電話がないか、あれば確認された後に発行される"
      "(解釈NTT-Q5)。"};
  t[kCallsForOvAlone] = {"calls-for-ov-alone",
                         always,
                         {kClause<"NTT-02">, kClause<"NTT-19">},
                         "The CA telephones for OV alone, and after the approval.",
                         "認証局の電話はOVに限り、承認の後にかけられる。"};
  t[kValidityOfTheProduct] = {"validity-of-the-product",
                              always,
                              {kClause<"NTT-44">, kClause<"ASM-40">},
                              "A certificate ends as the product of its day does, and nothing of "
                              "another one is added.",
                              "証明書の有効期限は発行日の製品のとおりで、他の証明書の期間は加わらな"
                              "い。"};
  t[kOneCertificate] = {"one-certificate-per-application",
                        always,
                        {kClause<"ASM-04">},
                        "One application results in one certificate at most.",
                        "1件の申込から発行される証明書は1枚までである。"};
  t[kCompletionAfterTheSetting] = {
      "completion-after-the-setting",
      always,
      {kClause<"NTT-23">, kClause<"NTT-41">, kClause<"NTT-48">},
      "The setting-completion mail follows a restart that succeeded, and goes to the application "
      "contact.",
      "設定完了メールは再起動の成功後に、申込担当者へ送られる。"};
  t[kNothingAfterCancellation] = {
      "nothing-after-cancellation",
      always,
      {kClause<"NTT-25">},
      "What was cancelled through NTT Communications before the setting is not installed any more "
      "(reading NTT-Q3).",
      "設定前にNTTコミュニケーションズを通じてキャンセルされた証明書は設置されない(解釈NTT-Q3)。"};
  t[kBilledInALaterMonth] = {"billed-in-a-later-month",
                             always,
                             {kClause<"NTT-45">},
                             "Nothing is billed before the month (JST) after that of the setting.",
                             "設定の翌月(日本時間)より前に請求されることはない。"};
  t[kBothFees] = {"both-fees",
                  always,
                  {kClause<"NTT-24">, kClause<"NTT-45">},
                  "The bill of a setting has both fees, cancelled or not.",
                  "設定の請求には、キャンセルの有無にかかわらず両方の料金が載る。"};
  t[kNoSiteSeal] = {"no-site-seal",
                    always,
                    {kClause<"NTT-35">},
                    "The provider sets no site seal.",
                    "NTT Comはサイトシールを設定しない。"};
  t[kNoKeyFiles] = {"no-key-files",
                    always,
                    {kClause<"NTT-40">},
                    "Key files are never handed over.",
                    "キーペアファイルが引き渡されることはない。"};
  t[kNoDamages] = {
      "no-damages-but-for-grave-fault",
      always,
      {kClause<"NTT-38">, kClause<"NTT-39">},
      "Damages are paid only where intent or gross negligence was claimed (reading NTT-Q4).",
      "賠償は、故意または重大な過失が主張された場合に限り行われる(解釈NTT-Q4)。"};
}

void add_eventually(std::vector<Law>& t) {
  using enum LawKind;
  t[kNothingTwice] =
      nothing_twice({kClause<"NTT-05">, kClause<"NTT-23">, kClause<"NTT-34">, kClause<"NTT-42">});
  t[kBothRolesAreMailed] = {"both-roles-are-mailed",
                            eventually,
                            {kClause<"NTT-14">},
                            "Before a certificate for an organisational domain both roles have "
                            "been mailed (reading NTT-Q6).",
                            "属性型JPドメインの証明書では、両方の担当者にメールが送られている(解釈"
                            "NTT-Q6)。"};
  t[kRestartFollows] = {"restart-follows",
                        eventually,
                        {kClause<"NTT-42">},
                        "Every installation is followed by a restart, unless the work is stopped.",
                        "作業が止められない限り、インストールには必ず再起動が続く。"};
  t[kCompletionFollows] = {"completion-follows",
                           eventually,
                           {kClause<"NTT-23">},
                           "A completion mail follows every setting.",
                           "設定には必ず設定完了メールが続く。"};
  t[kBilled] = {"billed",
                eventually,
                {kClause<"NTT-45">, kClause<"NTT-24">},
                "A setting is billed once its next month has begun, cancelled or not.",
                "設定は、キャンセルの有無にかかわらず、翌月以降に請求される。"};
  t[kRenewalStarts] = {"renewal-starts",
                       eventually,
                       {kClause<"NTT-46">},
                       "A certificate in use that has reached its end was being renewed.",
                       "使用中の証明書は、有効期限までに更新が始まっている。"};
  t[kReferred] = {"referred",
                  eventually,
                  {kClause<"NTT-34">},
                  "Every technical question gets an answer.",
                  "技術的な質問には必ず応答がある。"};
}

void add_sometimes(std::vector<Law>& t) {
  using enum LawKind;
  t[kByPublicContact] = {"public-contact-mailed",
                         sometimes,
                         {kClause<"NTT-15">},
                         "The use of a general JP domain is confirmed by its public contact.",
                         "汎用JPドメインの利用確認が公開連絡窓口に送られる。"};
  t[kByBothRoles] = {"both-roles-mailed",
                     sometimes,
                     {kClause<"NTT-14">},
                     "The use of an organisational JP domain is confirmed by its contacts.",
                     "属性型JPドメインの利用確認が各担当者に送られる。"};
  t[kByAdministrative] = {"administrative-contact-mailed",
                          sometimes,
                          {kClause<"NTT-16">},
                          "The use of a gTLD domain is confirmed by its administrative contact.",
                          "gTLDドメインの利用確認が管理連絡窓口に送られる。"};
  t[kByAnyAddress] = {
      "published-address-mailed",
      sometimes,
      {kClause<"NTT-10">},
      "The use of a domain of another kind is confirmed at an address that WHOIS publishes.",
      "その他のドメインの利用確認がWHOISで公開された宛先に送られる。"};
  t[kCalledAndIssued] = {"called-and-issued",
                         sometimes,
                         {kClause<"NTT-19">, kClause<"ASM-47">},
                         "An OV certificate is issued after a confirmed call.",
                         "OV証明書が電話確認を経て発行される。"};
  t[kCalledAgain] = {"called-again",
                     sometimes,
                     {kClause<"NTT-20">},
                     "The applicant is called again.",
                     "申請者に再度電話がかけられる。"};
  t[kOtherChangeDone] = {"other-change-done",
                         sometimes,
                         {kClause<"NTT-30">},
                         "Another change of the contract is completed.",
                         "契約に対する他の変更の作業が完了する。"};
  t[kUnpaid] = {"issued-before-any-payment",
                sometimes,
                {kClause<"NTT-50">},
                "A certificate is issued and nobody has paid or been billed.",
                "請求も支払いもないまま証明書が発行される。"};
  t[kNewAfterALapse] = {"new-after-a-lapse",
                        sometimes,
                        {kClause<"NTT-13">},
                        "A certificate is issued to an application that followed a lapsed one.",
                        "期限切れの申込の後の、新しい申込に発行される。"};
  t[kRenewed] = {"renewed",
                 sometimes,
                 {kClause<"NTT-46">, kClause<"NTT-47">},
                 "A renewed certificate is issued.",
                 "更新された証明書が発行される。"};
  t[kRenewedWithoutACall] = {"renewed-without-a-call",
                             sometimes,
                             {kClause<"NTT-21">},
                             "An OV certificate is renewed without a call.",
                             "電話確認なしにOV証明書が更新される。",
                             "NTT-Q5=always-called"};
  t[kRepaired] = {"set-after-a-failed-restart",
                  sometimes,
                  {kClause<"NTT-41">},
                  "A server comes up after a restart that failed.",
                  "再起動に失敗した後、サーバーが起動する。"};
  t[kCancelledAndBilled] = {"cancelled-and-billed",
                            sometimes,
                            {kClause<"NTT-24">},
                            "A setting that was cancelled is billed.",
                            "キャンセルされた設定が請求される。"};
  t[kProtectionLifted] = {"protection-lifted",
                          sometimes,
                          {kClause<"NTT-18">},
                          "A mail is sent to an address that was hidden before.",
                          "非表示だったアドレスにメールが送られる。"};
  t[kDocumentsByPost] = {"documents-by-post",
                         sometimes,
                         {kClause<"NTT-07">},
                         "A certificate is issued after documents came by post.",
                         "書類の郵送を経て証明書が発行される。"};
  t[kGravePaid] = {"damages-for-grave-fault",
                   sometimes,
                   {kClause<"NTT-39">},
                   "Damages are paid for grave fault.",
                   "重大な落ち度に対して賠償が行われる。"};
  t[kProviderCalled] = {"provider-called",
                        sometimes,
                        {kClause<"NTT-06">},
                        "The provider telephones to confirm an application.",
                        "NTT Comが申込の確認の電話をかける。"};
  t[kDesiredDayMissed] = {"desired-day-missed",
                          sometimes,
                          {kClause<"NTT-29">},
                          "A certificate is installed on another day than desired.",
                          "希望日と異なる日に設置される。"};
}

}  // namespace

const std::vector<Law>& table() {
  static const std::vector<Law> all = [] {
    std::vector<Law> t(kLaws);
    add_always(t);
    add_eventually(t);
    add_sometimes(t);
    return t;
  }();
  return all;
}

}  // namespace shinsa::properties::nttcom_biz
