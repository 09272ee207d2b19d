#include "properties/laws/jpdirect_acme_laws.hpp"

#include "model/catalogue/ids.hpp"

namespace shinsa::properties::jpdirect_acme {

const std::vector<Law>& table() {
  using enum LawKind;
  static const std::vector<Law> all = [] {
    std::vector<Law> t(kLaws);
    t[kEabFourteenDays] = {
        "eab-fourteen-days",
        always,
        {kClause<"ACM-18">},
        "An account is created only with an EAB that was issued less than 14 "
        "days before the account was asked for.",
        "アカウントは、求めの時点で発行から14日未満のEABによってのみ発行される。"};
    t[kEabUsedOnce] = {"eab-used-once",
                       always,
                       {kClause<"ACM-22">},
                       "No two accounts are created with one EAB (reading ACM-Q21).",
                       "1つのEABから2つのアカウントは発行されない。"};
    t[kAccountNeedsAnEab] = {
        "account-needs-an-eab",
        always,
        {kClause<"ACM-22">, kClause<"ACM-23">},
        "An account is created for a request with an EAB that was issued and a mail address.",
        "アカウントは、発行済みのEABとメールアドレスを示した求めに対して発行される。"};
    t[kOnePressOneEab] = {
        "one-press-one-eab",
        always,
        {kClause<"ACM-19">, kClause<"ACM-20">},
        "A customer ID gets one EAB, and another only after an inquiry since the last one, which "
        "has run out.",
        "お客様IDごとにEABは1つであり、次は期限切れ後の問い合わせを経た場合に限られる。"};
    t[kEabForWhoAgrees] = {"eab-for-who-agrees",
                           always,
                           {kClause<"ACM-16">, kClause<"ACM-17">},
                           "An EAB is issued to a member who pressed and agreed, with an "
                           "application number for the press.",
                           "EABは、同意して押した会員に、申請番号とともに発行される。"};
    t[kApplicationBeforeRegistration] = {
        "application-before-registration",
        always,
        {kClause<"ACM-25">},
        "No use-FQDN is billed to a customer who never had an EAB.",
        "EABの発行を受けていない顧客に、利用FQDNの請求は行われない。"};
    t[kTypeFitsName] = {"type-fits-name",
                        always,
                        {kClause<"ACM-03">, kClause<"ACM-24">},
                        "What is billed was entered with one of the two types, and the type fits "
                        "the name.",
                        "請求されるのは、2種類のいずれかで、名前に合う種類の入力だけである。"};
    t[kNoDoubleAddress] = {
        "no-double-address",
        always,
        {kClause<"ACM-06">},
        "Nothing is billed that was only entered with the double-address option.",
        "ダブルアドレスオプション付きの入力だけでは請求されない。"};
    t[kALabelsOnly] = {"a-labels-only",
                       always,
                       {kClause<"ACM-11">, kClause<"ACM-12">},
                       "Lists, orders and certificates hold names in their Punycode form.",
                       "一覧、オーダー、証明書の名前はPunycode形式である。"};
    t[kOneInvoiceOnceFixed] = {
        "one-invoice-once-fixed",
        always,
        {kClause<"ACM-31">, kClause<"ACM-34">, kClause<"ACM-57">},
        "A use-FQDN is billed once, after its application was fixed, under a number that begins "
        "with BILL.",
        "利用FQDNの請求は、申し込みの確定後に一度だけ、BILLから始まる番号で行われる。"};
    t[kMailsToBilling] = {"mails-to-billing",
                          always,
                          {kClause<"ACM-33">, kClause<"ACM-35">},
                          "The mails of acceptance and completion go to the billing contact.",
                          "申請受理と登録完了のメールは請求先に送られる。"};
    t[kCompleteOncePaid] = {
        "complete-once-paid",
        always,
        {kClause<"ACM-34">, kClause<"ACM-35">},
        "No payment is confirmed, and no completion told, before the fee was received.",
        "契約料の入金より前に、入金確認も登録完了の連絡も行われない。"};
    t[kListTellsWhatIs] = {
        "list-tells-what-is",
        always,
        {kClause<"ACM-36">, kClause<"ACM-37">},
        "The list has what is complete and waits for its first issue, and as effective only what "
        "had one.",
        "一覧には、登録が完了し初回発行を待つ利用FQDNが載り、有効なものとしては発行済みのものだけが"
        "載る。"};
    t[kNothingBeforeCompletion] = {
        "nothing-before-completion",
        always,
        {kClause<"ACM-34">, kClause<"ACM-38">},
        "No order is taken and nothing is issued for a name whose registration is not complete: "
        "fixed, paid, confirmed.",
        "登録(確定、支払い、入金確認)"
        "が完了していない名前のオーダーは受け付けられず、発行もされない。"};
    t[kOnlyCoveredNames] = {
        "only-covered-names",
        always,
        {kClause<"ACM-04">, kClause<"ACM-07">, kClause<"ACM-08">, kClause<"ACM-09">},
        "Orders and certificates have registered names, and those with one www in front, only.",
        "オーダーと証明書の名前は、登録した名前とその先頭にwwwを1つ付けた名前だけである。"};
    t[kByTheMonthEnd] = {
        "by-the-month-end",
        always,
        {kClause<"ACM-54">},
        "The first certificate for a use-FQDN is issued by the end of the same month one year "
        "after completion (reading ACM-Q9).",
        "利用FQDNの初回発行は、登録完了から1年後の同月末日までに行われる。"};
    t[kOnlyTwoMethods] = {"only-two-methods",
                          always,
                          {kClause<"ACM-39">},
                          "Only http-01 and dns-01 are offered.",
                          "示されるチャレンジはhttp-01とdns-01だけである。"};
    t[kNoFileForAWildcard] = {"no-file-for-a-wildcard",
                              always,
                              {kClause<"ACM-41">},
                              "No http-01 challenge is offered for a wildcard.",
                              "ワイルドカードにhttp-01は示されない。"};
    t[kStringsForTwentyFiveDays] = {
        "strings-for-twenty-five-days",
        always,
        {kClause<"ACM-44">, kClause<"ACM-45">, kClause<"ACM-51">, kClause<"ACM-52">},
        "25 days after a string was issued the CA neither looks for it nor finds it.",
        "発行から25日を過ぎた文字列について、確認も承認も行われない。"};
    t[kFileAtTheFixedPath] = {"file-at-the-fixed-path",
                              always,
                              {kClause<"ACM-42">, kClause<"ACM-46">},
                              "The CA asks for the file by http, at the fixed path of the name.",
                              "認証局は、名前の固定パスのファイルをhttpで要求する。"};
    t[kRecordAtTheChallengeName] = {
        "record-at-the-challenge-name",
        always,
        {kClause<"ACM-49">, kClause<"ACM-50">},
        "The CA asks for TXT at _acme-challenge in front of the name, or in place of the asterisk.",
        "認証局は、名前の左端に、または*に代えて_acme-challengeを置いた名前のTXTを引く。"};
    t[kProvenByTheString] = {
        "proven-by-the-string",
        always,
        {kClause<"ACM-40">, kClause<"ACM-43">, kClause<"ACM-48">, kClause<"ACM-53">},
        "A challenge is met only if the last look gave the CA's own string.",
        "チャレンジは、直近の確認で認証局の文字列が得られた場合に限り達成される。"};
    t[kTenStepsNoHttps] = {
        "ten-steps-no-https",
        always,
        {kClause<"ACM-46">, kClause<"ACM-47">},
        "No challenge is met after more than ten redirects, or by https (readings ACM-Q5, ACM-Q6).",
        "10回を超えるリダイレクトの後やhttpsによって、チャレンジが達成されることはない。"};
    t[kEachNameProven] = {
        "each-name-proven",
        always,
        {kClause<"RFC-13">, kClause<"RFC-14">},
        "A certificate has exactly the names of its order, each proven by a challenge of its own.",
        "証明書の名前はオーダーと一致し、それぞれ固有のチャレンジで検証されている。"};
    t[kIssuedToTheClient] = {"issued-to-the-client",
                             always,
                             {kClause<"ACM-13">, kClause<"RFC-17">},
                             "A certificate is issued to an order that the client finalized, once.",
                             "証明書は、クライアントが確定したオーダーに一度だけ発行される。"};
    t[kKeyOfTheCsr] = {"acme-key-of-the-csr",
                       always,
                       {kClause<"RFC-18">},
                       "The certificate has the key of a CSR that was handed in.",
                       "証明書の鍵は提出されたCSRの鍵である。"};
    t[kNinetyDays] = {"ninety-days",
                      always,
                      {kClause<"ASM-30">},
                      "A certificate by ACME is valid for 90 days.",
                      "ACMEによる証明書の有効期間は90日である。"};
    t[kCaaLookedUp] = {
        "caa-looked-up",
        always,
        {kClause<"RFC-19">},
        "Nothing is issued before the CAA records of each name were looked up, and "
        "none after a look-up that failed.",
        "各名前のCAAレコードの確認より前や、確認に失敗した後に発行されることはない。"};
    t[kNoMoneyBack] = {"no-money-back",
                       always,
                       {kClause<"ACM-32">, kClause<"ACM-55">},
                       "The fee is paid back neither for a slip nor after an issue.",
                       "契約料は、スペルや種別の誤りを理由としても、発行後にも返金されない。"};
    t[kClientLeftToOthers] = {"client-left-to-others",
                              always,
                              {kClause<"ACM-10">},
                              "How to use an ACME client is not answered by JPDirect.",
                              "ACMEクライアントの使い方にJPDirectは回答しない。"};
    t[kPortalInstallsNothing] = {"acme-portal-installs-nothing",
                                 always,
                                 {kClause<"ACM-15">},
                                 "JPDirect installs no certificate.",
                                 "JPDirectは証明書をインストールしない。"};
    t[kWildcardForOneLevel] = {
        "wildcard-for-one-level",
        always,
        {kClause<"ACM-04">},
        "A browser shows the lock for hosts of a wildcard's own level, and for no others.",
        "ワイルドカード証明書で錠前が表示されるのは同一階層のホストだけである。"};
    t[kErrorOfItsClause] = {
        "error-of-its-clause",
        always,
        {kClause<"RFC-23">},
        "A refusal of the CA has an error type that goes with one of its clauses.",
        "認証局の拒否のエラー種別は、その条項のいずれかに対応する。"};
    t[kHandedToItsAccount] = {"handed-to-its-account",
                              always,
                              {kClause<"RFC-20">},
                              "A certificate is handed out to the account that ordered it only.",
                              "証明書は、オーダーしたアカウントにのみ渡される。"};
    t[kTermsAgreedTo] = {"terms-agreed-to",
                         always,
                         {kClause<"RFC-11">},
                         "An account is created for whoever agreed to the terms of service.",
                         "アカウントは利用規約に同意した者に作成される。"};
    t[kCsrIsSound] = {
        "csr-is-sound",
        always,
        {kClause<"RFC-01">, kClause<"POL-01">},
        "A certificate is issued to an order for which a CSR without a fault was handed in.",
        "証明書は、問題のないCSRが提出されたオーダーに発行される。"};
    t[kNothingTwice] = nothing_twice({kClause<"ACM-10">, kClause<"ACM-21">, kClause<"ACM-33">,
                                      kClause<"ACM-35">, kClause<"ACM-36">, kClause<"ACM-58">});
    t[kEabNotified] = {"eab-notified",
                       eventually,
                       {kClause<"ACM-21">},
                       "A customer is told of every EAB that was issued.",
                       "発行されたEABは必ず顧客に通知される。"};
    t[kAcceptanceFollows] = {"acceptance-follows",
                             eventually,
                             {kClause<"ACM-33">},
                             "A mail of acceptance comes with every bill of a use-FQDN.",
                             "利用FQDNの請求には必ず申請受理のメールが伴う。"};
    t[kCompletionFollows] = {"completion-mail-follows",
                             eventually,
                             {kClause<"ACM-35">},
                             "A mail of completion follows every confirmed payment.",
                             "入金確認には必ず登録完了のメールが続く。"};
    t[kPaymentConfirmed] = {"fee-confirmed",
                            eventually,
                            {kClause<"ACM-35">},
                            "A fee that was received is confirmed (reading ACM-Q11).",
                            "受領した契約料は入金確認される。"};
    t[kQuestionAnswered] = {"acme-question-answered",
                            eventually,
                            {kClause<"ACM-58">},
                            "Every question gets an answer.",
                            "質問には必ず応答がある。"};
    t[kRevocationDone] = {
        "revocation-done",
        eventually,
        {kClause<"RFC-21">},
        "A revocation that was asked for is done, or the certificate expires first.",
        "求められた失効は、期限切れになる前に実行される。"};
    t[kAccountMade] = {"account-made",
                       sometimes,
                       {kClause<"ACM-22">, kClause<"ACM-23">},
                       "An account is created.",
                       "アカウントが作成される。"};
    t[kBilled] = {"billed",
                  sometimes,
                  {kClause<"ACM-31">, kClause<"ACM-34">},
                  "The registration of a use-FQDN is billed.",
                  "利用FQDN情報の登録に対して請求が行われる。"};
    t[kListSeen] = {"list-seen",
                    sometimes,
                    {kClause<"ACM-36">, kClause<"ACM-37">},
                    "The list of use-FQDNs is shown.",
                    "利用FQDNの一覧が表示される。"};
    t[kDelivered] = {"delivered",
                     sometimes,
                     {kClause<"RFC-20">},
                     "A certificate is handed out.",
                     "証明書が引き渡される。"};
    t[kRefunded] = {"refunded",
                    sometimes,
                    {kClause<"ACM-55">},
                    "A contract fee is paid back before any issue.",
                    "発行の前に契約料が返金される。"};
    t[kIssuedByFile] = {"issued-by-file",
                        sometimes,
                        {kClause<"ACM-40">},
                        "A certificate is issued on the strength of a file.",
                        "ファイル認証により証明書が発行される。"};
    t[kIssuedByDns] = {"issued-by-dns",
                       sometimes,
                       {kClause<"ACM-48">},
                       "A certificate is issued on the strength of a TXT record.",
                       "DNS認証により証明書が発行される。"};
    t[kWildcardIssued] = {"wildcard-issued",
                          sometimes,
                          {kClause<"ACM-50">},
                          "A wildcard certificate is issued.",
                          "ワイルドカード証明書が発行される。"};
    t[kWwwIssued] = {"www-issued",
                     sometimes,
                     {kClause<"ACM-07">},
                     "A certificate is issued for a name with www in front of the use-FQDN.",
                     "利用FQDNの先頭にwwwを付けた名前に発行される。"};
    t[kLateEab] = {"late-eab",
                   sometimes,
                   {kClause<"ACM-18">},
                   "An account is refused because its EAB has run out.",
                   "期限切れのEABによるアカウントの求めが拒否される。"};
    t[kLateString] = {"late-string",
                      sometimes,
                      {kClause<"ACM-45">, kClause<"ACM-52">},
                      "An answer is refused because its string has run out.",
                      "期限切れの文字列による応答が拒否される。"};
    t[kLateIssue] = {"late-issue",
                     sometimes,
                     {kClause<"ACM-54">},
                     "An order is refused because the month has ended.",
                     "月末を過ぎたオーダーが拒否される。"};
    t[kRedirected] = {"redirected",
                      sometimes,
                      {kClause<"ACM-47">},
                      "A challenge is met after a redirect.",
                      "リダイレクトの後にチャレンジが達成される。"};
    t[kOneOfSeveral] = {"one-of-several",
                        sometimes,
                        {kClause<"ACM-53">},
                        "A challenge is met by one of several TXT records.",
                        "複数のTXTレコードの1つでチャレンジが達成される。"};
    t[kAnotherEab] = {"another-eab",
                      sometimes,
                      {kClause<"ACM-20">},
                      "Another EAB is issued after an inquiry.",
                      "問い合わせの後に別のEABが発行される。"};
    return t;
  }();
  return all;
}

}  // namespace shinsa::properties::jpdirect_acme
