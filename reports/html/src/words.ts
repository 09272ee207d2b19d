// Every word of the page, in both languages. A key that one language lacks does not compile.

export type Lang = "en" | "ja";

const en = {
  title: "Conformance report",
  system: "System",
  systems: "{n} systems",
  passedOf: "{n} of {all} passed",
  clauses: "Clauses",
  scenarios: "Scenarios",
  machines: "State machines",
  about: "About",
  verdict: "Verdict",
  kind: "Kind",
  statement: "Statement",
  exercised: "Exercised by",
  filter: "Filter",
  filterHint: "text, verdict:held, kind:rule",
  nothing: "Nothing matches the filter.",
  shown: "{n} of {all} shown",
  allHeld: "All {n} clauses that were exercised held.",
  violatedSome: "{n} of {all} clauses were violated.",
  scenariosPassed: "{passed} scenarios passed, {failed} failed, {skipped} skipped.",
  notExercised: "{n} clauses were not exercised.",
  steps: "Steps",
  step: "Step",
  at: "At",
  where: "Where",
  timeline: "Who did what, when",
  trace: "Events",
  problems: "What went wrong",
  remarks: "Remarks",
  expected: "Expected",
  observed: "Observed",
  allowed: "Allowed instead",
  nothingAllowed: "nothing",
  replay: "Replay",
  example: "Example",
  covers: "Covers",
  mail: "Mail",
  certificate: "Certificate",
  crl: "Revocation list at the end of the run",
  files: "Files",
  data: "Data",
  from: "From",
  to: "To",
  subject: "Subject",
  attachments: "Attachments",
  noTrace: "The trace of this scenario was not kept.",
  readings: "Readings in force",
  mutants: "Mutants",
  mutantWarning: "The system was broken on purpose: {list}.",
  command: "Command",
  seed: "Seed",
  tool: "Tool",
  started: "Started",
  states: "States",
  rows: "Rows",
  fired: "fired",
  never: "never",
  coverage: "{fired} of {all} rows fired",
  counts: "Guards said yes {yes}, no {no}; refused {refused}; obligations met {met}",
  note: "Note",
  theme: "Dark / light",
  unknown: "There is no such page in this report.",
  page: "{page} ({address}), lines {lines}",
  observable: "What can be seen",
  disclaimer:
    "Not affiliated with JPRS, Sakura, NTT or any company named; the readings are ours; pages as of their dates.",
};

const ja: Record<keyof typeof en, string> = {
  title: "適合性レポート",
  system: "システム",
  systems: "{n}つのシステム",
  passedOf: "{all}件中{n}件合格",
  clauses: "条項",
  scenarios: "シナリオ",
  machines: "状態機械",
  about: "このレポートについて",
  verdict: "判定",
  kind: "種別",
  statement: "内容",
  exercised: "実施したシナリオ",
  filter: "絞り込み",
  filterHint: "文字列、verdict:held、kind:rule",
  nothing: "条件に合うものはありません。",
  shown: "{all}件中{n}件を表示",
  allHeld: "実施した{n}件の条項はすべて適合しました。",
  violatedSome: "{all}件の条項のうち{n}件に違反がありました。",
  scenariosPassed: "シナリオ: 合格{passed}件、不合格{failed}件、スキップ{skipped}件。",
  notExercised: "{n}件の条項は未実施です。",
  steps: "手順",
  step: "手順",
  at: "時刻",
  where: "場所",
  timeline: "だれが、いつ、何をしたか",
  trace: "イベント",
  problems: "問題点",
  remarks: "注記",
  expected: "期待",
  observed: "観測",
  allowed: "ここで許される動作",
  nothingAllowed: "なし",
  replay: "再現コマンド",
  example: "例",
  covers: "対象条項",
  mail: "メール",
  certificate: "証明書",
  crl: "実行終了時の失効リスト",
  files: "ファイル",
  data: "データ",
  from: "差出人",
  to: "宛先",
  subject: "件名",
  attachments: "添付",
  noTrace: "このシナリオのトレースは保存されていません。",
  readings: "採用した解釈",
  mutants: "変異",
  mutantWarning: "システムは意図的に壊されています: {list}。",
  command: "コマンド",
  seed: "シード",
  tool: "ツール",
  started: "開始",
  states: "状態",
  rows: "遷移",
  fired: "実行",
  never: "未実行",
  coverage: "{all}件の遷移のうち{fired}件を実行",
  counts: "ガード: 可{yes}回、否{no}回。拒否{refused}回。義務の履行{met}回",
  note: "注",
  theme: "明暗の切替",
  unknown: "このレポートにそのページはありません。",
  page: "{page}({address})、{lines}行",
  observable: "観測できること",
  disclaimer:
    "JPRS、さくらインターネット、NTTその他記載の企業とは関係ありません。解釈は本プロジェクトによるものです。ページの内容は各日付時点のものです。",
};

const verdicts: Record<Lang, Record<string, string>> = {
  en: {},
  ja: {
    held: "適合",
    violated: "違反",
    inconclusive: "判定不能",
    "not exercised": "未実施",
    "not applicable": "対象外",
    error: "実行不能",
  },
};
const kinds: Record<string, string> = {
  rule: "規則",
  prohibition: "禁止",
  permission: "許可",
  timing: "時間",
  effect: "効果",
  billing: "料金",
  "actor-action": "行為",
  information: "情報",
};

const actors: Record<string, string> = {
  customer: "顧客",
  payer: "支払者",
  telephone: "電話の相手",
  portal: "ポータル",
  ca: "認証局",
};
const verbs: Record<string, string> = {
  request: "要求",
  expect: "期待",
  never: "禁止",
  wait: "待機",
  mailbox: "受信箱",
};

export type Key = keyof typeof en;
export const words: Record<Lang, Record<Key, string>> = { en, ja };

/** A word with its holes filled: `say("ja", "shown", {n: 3, all: 50})`. */
export function say(lang: Lang, key: Key, holes: Record<string, string | number> = {}): string {
  return words[lang][key].replace(/\{(\w+)\}/g, (_, name: string) => String(holes[name] ?? ""));
}
export const verdictWord = (lang: Lang, verdict: string): string =>
  verdicts[lang][verdict] ?? verdict;
export const actorWord = (lang: Lang, actor: string): string =>
  lang === "ja" ? (actors[actor] ?? actor) : actor;
export const verbWord = (lang: Lang, verb: string): string =>
  lang === "ja" ? (verbs[verb] ?? verb) : verb;
export const kindWord = (lang: Lang, kind: string): string =>
  lang === "ja" ? (kinds[kind] ?? kind) : kind;
