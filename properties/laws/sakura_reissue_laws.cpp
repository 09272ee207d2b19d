#include "properties/laws/sakura_reissue_laws.hpp"

#include "model/catalogue/ids.hpp"

namespace shinsa::properties::sakura_reissue {

const std::vector<Law>& table() {
  using enum LawKind;
  static const std::vector<Law> all = [] {
    std::vector<Law> t(kLaws);
    t[kListIsComplete] = {
        "list-is-complete",
        always,
        {kClause<"SAK-14">},
        "The list has every JPRS domain-validated order of the member, and none "
        "of anybody else (reading SAK-Q7).",
        "一覧には会員のJPRSドメイン認証型の申込みが全件あり、ほかの会員のものはない。"};
    t[kNothingWithoutLogin] = {
        "nothing-without-login",
        always,
        {kClause<"SAK-13">},
        "No list and no confirmation screen is shown to whoever is not logged in.",
        "ログインしていない者に、一覧も確認画面も表示されない。"};
    t[kButtonOnTargetsOnly] = {
        "button-on-targets-only",
        always,
        {kClause<"SAK-01">, kClause<"SAK-02">, kClause<"SAK-03">, kClause<"SAK-15">},
        "The button stands beside active RS certificates that the notice mail named, with the "
        "status 再発行 and no other.",
        "ボタンは、案内メールで求められた有効なRSの証明書の、ステータス再発行の行にだけある。"};
    t[kStatusIsTrue] = {"status-is-true",
                        always,
                        {kClause<"SAK-16">, kClause<"SAK-17">, kClause<"SAK-24">},
                        "再発行 is shown of what is to be reissued and may be, 再発行不要 of what "
                        "is not or has been.",
                        "再発行は再発行すべきで妨げのないもの、再発行不要はそうでないものか再発行済"
                        "みのものに表示される。"};
    t[kCausesAreTrue] = {
        "causes-are-true",
        always,
        {kClause<"SAK-19">, kClause<"SAK-20">, kClause<"SAK-21">, kClause<"SAK-22">},
        "再発行不可 is shown with causes, and each of them holds.",
        "再発行不可には原因が示され、そのどれもが実際に成り立っている。"};
    t[kInProgressUntilIssued] = {
        "in-progress-until-issued",
        always,
        {kClause<"SAK-18">, kClause<"SAK-29">},
        "From the completed application to the issue the row says 再発行手続中 (reading SAK-Q4).",
        "申請が完了してから発行まで、行は再発行手続中と表示される。"};
    t[kConfirmedBeforeApplied] = {
        "confirmed-before-applied",
        always,
        {kClause<"SAK-27">, kClause<"SAK-28">},
        "An application is complete only after both clicks, with the confirmation screen between "
        "them.",
        "申請の完了は、確認画面をはさむ二つのクリックの後に限る。"};
    t[kWarnedOfClipping] = {
        "warned-of-clipping",
        always,
        {kClause<"SAK-04">},
        "The confirmation warns exactly if 397 days or more are left.",
        "確認画面の警告は、残りが397日以上のときに、かつそのときに限り表示される。"};
    t[kIssuedToAnApplication] = {"issued-to-an-application",
                                 always,
                                 {kClause<"SAK-28">, kClause<"SAK-37">},
                                 "Nothing is reissued unless the member applied.",
                                 "会員の申請なしには何も再発行されない。"};
    t[kOneCertificate] = {"one-certificate-per-application",
                          always,
                          {kClause<"ASM-04">, kClause<"SAK-24">},
                          "One order is reissued at most once.",
                          "1件の申込みの再発行は1回までである。"};
    t[kIssuedAfterValidation] = {
        "issued-after-validation",
        always,
        {kClause<"SAK-08">, kClause<"SAK-10">, kClause<"SAK-30">},
        "A certificate is issued after the A record was seen to point to the server and the file "
        "was found (reading SAK-Q13).",
        "証明書は、Aレコードがサーバを指し、ファイルが見つかった後にのみ発行される。"};
    t[kNothingWhileHindered] = {
        "nothing-while-hindered",
        always,
        {kClause<"SAK-20">, kClause<"SAK-21">, kClause<"SAK-22">},
        "Nothing is issued while a new setting, another certificate or a problem of the service "
        "stands in the way.",
        "「新しい設定」、別の証明書、サービスの問題がある間は発行されない。"};
    t[kEndsAsItMust] = {
        "ends-as-it-must",
        always,
        {kClause<"SAK-04">},
        "With 397 days or more left the validity is clipped as reading SAK-Q1 has it, with less "
        "the end stays.",
        "残りが397日以上なら有効期間は解釈SAK-Q1のとおり短縮され、未満なら変わらない。"};
    t[kBeginsOnTheDay] = {
        "begins-on-the-day",
        always,
        {kClause<"SAK-35">},
        "The validity begins on the day of the reissue in Japan (reading SAK-Q8).",
        "有効期間は日本時間で再発行した日に始まる。"};
    t[kNamesByTheRule] = {"names-by-the-rule",
                          always,
                          {kClause<"SAK-09">, kClause<"SAK-23">},
                          "The certificate is for the common name of its row, and carries the "
                          "names that a new one would (ASM-23).",
                          "証明書は行のコモンネームのもので、新規発行と同じ名前を持つ。"};
    t[kKeyByTheReading] = {"key-by-the-reading",
                           always,
                           {kClause<"SAK-25">},
                           "The key is another than before, or the same (reading SAK-Q12).",
                           "鍵は以前のものと異なる、または同じである。"};
    t[kInstalledAfterIssue] = {
        "installed-after-issue",
        always,
        {kClause<"SAK-03">, kClause<"SAK-31">, kClause<"SAK-34">},
        "The portal installs what was reissued here, once, and nothing else.",
        "ポータルがインストールするのはここで再発行されたものだけで、1回だけである。"};
    t[kOldAfterNew] = {"old-after-new",
                       always,
                       {kClause<"SAK-11">},
                       "A certificate is revoked only after its reissue was issued (installed, "
                       "reading SAK-Q5).",
                       "証明書は、その再発行が発行された後にのみ失効される。"};
    t[kCompletionToTheMember] = {
        "completion-to-the-member",
        always,
        {kClause<"SAK-32">},
        "A mail with a new certificate goes to the member, and after its issue (reading SAK-Q9).",
        "新しい証明書についてのメールは、発行後に会員に送られる。"};
    t[kNoApprovalAsked] = {"no-approval-asked",
                           always,
                           {kClause<"SAK-30">},
                           "No mail asks for an approval.",
                           "承認を求めるメールは送られない。"};
    t[kSeenIsInstalled] = {
        "seen-is-installed",
        always,
        {kClause<"SAK-25">, kClause<"SAK-33">, kClause<"SAK-35">},
        "A browser sees the certificate that lies on the server, with its own "
        "first second.",
        "ブラウザーに見えるのはサーバにある証明書で、有効期間の開始もそのものである。"};
    t[kNothingTwice] = nothing_twice({kClause<"SAK-08">, kClause<"SAK-14">, kClause<"SAK-27">,
                                      kClause<"SAK-29">, kClause<"SAK-30">, kClause<"SAK-32">});
    t[kListAnswers] = {"list-answers",
                       eventually,
                       {kClause<"SAK-14">},
                       "Who has logged in is shown the list.",
                       "ログインした会員には一覧が表示される。"};
    t[kRowsShown] = {"rows-shown",
                     eventually,
                     {kClause<"SAK-16">, kClause<"SAK-17">, kClause<"SAK-18">, kClause<"SAK-19">},
                     "Each row of a list is shown.",
                     "一覧の各行は必ず表示される。"};
    t[kValidationStarts] = {
        "validation-starts",
        eventually,
        {kClause<"SAK-08">},
        "An application that nothing stands in the way of leads to a look at the DNS.",
        "妨げのない申請では、必ずDNSが確認される。"};
    t[kIssuedIsInstalled] = {"issued-is-installed",
                             eventually,
                             {kClause<"SAK-31">},
                             "What was issued is installed.",
                             "発行された証明書はインストールされる。"};
    t[kOldIsRevoked] = {
        "old-is-revoked",
        eventually,
        {kClause<"SAK-11">},
        "What was reissued and installed is revoked, unless it expires first.",
        "再発行してインストールされた証明書の元のものは、期限切れになる前に失効される。"};
    t[kCompletionFollows] = {"completion-follows",
                             eventually,
                             {kClause<"SAK-32">},
                             "A mail to the member follows every issue.",
                             "発行には必ず会員へのメールが続く。"};
    t[kLossesDeclined] = {"losses-declined",
                          eventually,
                          {kClause<"SAK-06">, kClause<"SAK-07">},
                          "Who asks for what was lost, or to be paid for it, is declined.",
                          "失われたものや補償の求めには応じない。"};
    t[kVisitsAnswered] = {"visits-answered",
                          eventually,
                          {kClause<"SAK-33">},
                          "Whoever opens a page of a known host sees something.",
                          "既知のホストのページを開けば何かが表示される。"};
    t[kClipped] = {"clipped",
                   sometimes,
                   {kClause<"SAK-04">},
                   "A reissue ends before the old certificate.",
                   "再発行された証明書が元のものより早く終わる。"};
    t[kUnchanged] = {"unchanged",
                     sometimes,
                     {kClause<"SAK-04">},
                     "A reissue ends with the old certificate.",
                     "再発行された証明書が元のものと同時に終わる。"};
    t[kWrongThenRight] = {"wrong-then-right",
                          sometimes,
                          {kClause<"SAK-10">},
                          "A certificate is issued although a first look at the A record failed.",
                          "最初のAレコードの確認が失敗した後に発行される。"};
    t[kHeldThenIssued] = {"held-then-issued",
                          sometimes,
                          {kClause<"ASM-22">},
                          "A certificate is issued after something stood in the way.",
                          "妨げのあった申請に発行される。"};
    t[kClearedThenApplied] = {"cleared-then-applied",
                              sometimes,
                              {kClause<"SAK-20">},
                              "An application is complete after a new setting was removed.",
                              "「新しい設定」の削除後に申請が完了する。"};
    t[kSeenWithLock] = {"seen-with-lock",
                        sometimes,
                        {kClause<"SAK-33">},
                        "A browser shows the lock mark for a reissued certificate.",
                        "再発行された証明書で鍵マークが表示される。"};
    t[kRestoredAndRevoked] = {"restored-and-revoked",
                              sometimes,
                              {kClause<"SAK-26">},
                              "A backup is put back, and a browser sees that it is revoked.",
                              "バックアップが戻され、失効済みと表示される。"};
    t[kNoticeCame] = {"notice-came",
                      sometimes,
                      {kClause<"SAK-01">},
                      "An order is applied for that a notice mail named in the trace.",
                      "トレース中の案内メールで求められた申込みが申請される。"};
    t[kLapsed] = {"lapsed",
                  sometimes,
                  {kClause<"SAK-10">},
                  "An application comes to nothing because its certificate ended.",
                  "証明書の期限切れにより申請が終わる。"};
    return t;
  }();
  return all;
}

}  // namespace shinsa::properties::sakura_reissue
