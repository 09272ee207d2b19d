// What the C++ side writes into the page. Names as in results.json, whose schema describes them.

export interface Words {
  en: string;
  ja: string;
}
export type Verdict =
  | "held"
  | "violated"
  | "inconclusive"
  | "not exercised"
  | "not applicable"
  | "error";
export interface Clause {
  id: string;
  system: string;
  kind: string;
  verdict: Verdict;
  note?: Words;
  statement: Words;
  counts: { yes: number; no: number; refused: number; met: number };
  scenarios: string[];
}
export interface Problem {
  kind: string;
  says: Words;
  where: string;
  clauses: string[];
  expected?: Words;
  observed?: Words;
  trace_line?: number;
  allowed?: Words[];
}
export interface Step {
  verb: string;
  says: string;
  where: string;
  held: boolean;
  time: string;
  trace_line: number;
}
export interface Scenario {
  id: string;
  system: string;
  title: Words;
  file: string;
  line: number;
  verdict: Verdict;
  reason?: Words;
  covers: string[];
  example: Record<string, string>;
  clauses: Record<string, Verdict>;
  problems: Problem[];
  steps: Step[];
  events: number;
  replay?: string;
}
export interface Machine {
  system: string;
  name: string;
  states: { name: string; count: number }[];
  rows: { name: string; count: number }[];
  guards: { name: string; yes: number; no: number }[];
}
export interface Part {
  reached: number;
  all: number;
}
/** Something of a system's tables that nothing in the whole run came to. */
export interface Never {
  kind: "state" | "row" | "guard";
  what: Words;
  because?: Words; // absent: nobody has explained it
}
/** What was gone through of one system. */
export interface Covered {
  system: string;
  states: Part;
  rows: Part;
  guards: Part; // that requests are held against: said both yes and no
  refusals: Record<string, number>; // clause id
  sometimes: { law: string; says: Words; runs: number }[];
  never: Never[];
}
export interface Event {
  id: string;
  time: string;
  type: string;
  subject: string;
  data?: Record<string, unknown>;
}
export interface Results {
  system: string;
  seed: string;
  disclaimer: string;
  kind: string;
  run: { command: string; started: string; tool: string };
  readings: Record<string, string>;
  mutants: string[];
  totals: { passed: number; failed: number; skipped: number };
  clauses: Clause[];
  scenarios: Scenario[];
  coverage: { systems: Covered[]; machines: Machine[] };
}
/** What the catalogue says of a clause besides its statement. */
export interface Source {
  page?: string;
  address?: string;
  lines?: string;
  source?: string;
  observable?: Words;
  readings: string[]; // ids of those that settle what it leaves open
}
/** A reading that is in force. */
export interface ReadingText {
  issue: Words;
  says: Words;
}
export interface Data {
  results: Results;
  traces: Record<string, string>; // scenario id -> JSON Lines
  artifacts: Record<string, Record<string, string>>; // scenario id -> path -> text
  actors: Record<string, string>; // event type -> actor
  senders: Record<string, string>; // mail address -> actor, where it is not that of the type
  catalogue: Record<string, Source>; // clause id
  readings: Record<string, ReadingText>; // reading id
  lang: "en" | "ja";
}

/** The data as it stands in the page: plain JSON, or compressed where it would be long. */
export async function unpack(element: HTMLElement | null): Promise<Data> {
  const text = element?.textContent ?? "";
  if (element?.dataset.packed !== "gzip-base64") return JSON.parse(text) as Data;
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text()) as Data;
}

/** Who did it: a mail is its sender's. */
export function actorOf(event: Event, { actors, senders }: Data): string {
  const from = event.type === "mail.sent" ? event.data?.from : undefined;
  return (typeof from === "string" ? senders[from] : undefined) ?? actors[event.type] ?? "";
}

/** Lines of a trace that parse as objects; others are left out, never guessed at. */
export function events(trace: string | undefined): Event[] {
  const all: Event[] = [];
  for (const line of (trace ?? "").split("\n")) {
    if (!line.trim()) continue;
    try {
      const value: unknown = JSON.parse(line);
      if (value && typeof value === "object") all.push(value as Event);
    } catch {
      continue;
    }
  }
  return all;
}
