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
  note?: string;
  statement: Words;
  counts: { yes: number; no: number; refused: number; met: number };
  scenarios: string[];
}
export interface Problem {
  kind: string;
  says: Words;
  where: string;
  clauses: string[];
  expected?: string;
  observed?: string;
  trace_line?: number;
  allowed?: string[];
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
  title: Words;
  file: string;
  line: number;
  verdict: Verdict;
  reason?: string;
  covers: string[];
  example: Record<string, string>;
  clauses: Record<string, Verdict>;
  problems: Problem[];
  steps: Step[];
  events: number;
  replay?: string;
}
export interface Machine {
  name: string;
  states: { name: string; count: number }[];
  rows: { name: string; count: number }[];
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
  coverage: { machines: Machine[] };
}
export interface Data {
  results: Results;
  traces: Record<string, string>; // scenario id -> JSON Lines
  artifacts: Record<string, Record<string, string>>; // scenario id -> path -> text
  actors: Record<string, string>; // event type -> actor
  lang: "en" | "ja";
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
