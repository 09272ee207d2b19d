import { createContext } from "preact";
import type { VNode } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import type { Clause, Covered, Data, Event, Machine, Never, Part, Problem, Scenario } from "./data";
import { actorOf, events } from "./data";
import { matches, parse } from "./filter";
import { Lanes } from "./lanes";
import { MachineView, isWide, useDrawn } from "./machine";
import { plain } from "./time";
import { actorWord, kindWord, say, verbWord, verdictWord } from "./words";
import type { Key, Lang } from "./words";

interface Around {
  data: Data;
  lang: Lang;
}
const Surroundings = createContext<Around>(null as unknown as Around);
const useData = () => useContext(Surroundings).data;
const useLang = () => useContext(Surroundings).lang;
function useSay() {
  const lang = useLang();
  return (key: Key, holes?: Record<string, string | number>) => say(lang, key, holes);
}

// -- the address: #/scenario/ID?q=...&lang=ja ---------------------------------------------------

interface Route {
  page: string;
  name: string;
  query: string;
}
function read(): Route {
  const [path = "", search = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const slash = path.indexOf("/");
  const page = slash < 0 ? path : path.slice(0, slash);
  const name = slash < 0 ? "" : decodeURIComponent(path.slice(slash + 1));
  return { page: page || "clauses", name, query: new URLSearchParams(search).get("q") ?? "" };
}
const address = (page: string, name = "") =>
  `#/${page}${name ? `/${encodeURIComponent(name)}` : ""}`;

function useRoute(): Route {
  const [route, set] = useState(read);
  useEffect(() => {
    const changed = () => {
      set(read());
      window.scrollTo(0, 0);
    };
    window.addEventListener("hashchange", changed);
    return () => window.removeEventListener("hashchange", changed);
  }, []);
  return route;
}

// -- the page -----------------------------------------------------------------------------------

export function App({ data }: { data: Data }) {
  const [lang, setLang] = useState<Lang>(data.lang);
  const [dark, setDark] = useState<boolean | null>(null);
  const route = useRoute();
  useEffect(() => {
    document.documentElement.lang = lang;
    document.title = `Shinsa: ${say(lang, "title")} (${data.results.system})`;
  }, [lang]);
  useEffect(() => {
    if (dark !== null) document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [dark]);
  const around = useMemo(() => ({ data, lang }), [data, lang]);
  const isDark = dark ?? matchMedia("(prefers-color-scheme: dark)").matches;
  return (
    <Surroundings.Provider value={around}>
      <Head />
      <nav>
        {(["clauses", "scenarios", "machines", "coverage", "about"] as const).map((page) => (
          <a
            key={page}
            href={address(page)}
            aria-current={route.page.startsWith(page.slice(0, 6)) ? "page" : undefined}
          >
            {say(lang, page)}
          </a>
        ))}
        <span class="switches">
          <button type="button" onClick={() => setLang(lang === "ja" ? "en" : "ja")}>
            {lang === "ja" ? "English" : "日本語"}
          </button>
          <button type="button" onClick={() => setDark(!isDark)}>
            {say(lang, "theme")}
          </button>
        </span>
      </nav>
      <main>
        <Page route={route} />
      </main>
      <footer>{say(lang, "disclaimer")}</footer>
    </Surroundings.Provider>
  );
}

/** The systems of the report, in the order of their pages. */
const systemsOf = (system: string): string[] => system.split(", ");
const several = (system: string): boolean => systemsOf(system).length > 1;

function Head() {
  const { results } = useData();
  const t = useSay();
  const judged = results.clauses.filter((c) => c.verdict === "held" || c.verdict === "violated");
  const violated = judged.filter((c) => c.verdict === "violated").length;
  const idle = results.clauses.filter((c) => c.verdict === "not exercised").length;
  const bad = violated > 0 || results.totals.failed > 0;
  return (
    <header class={bad ? "bad" : "good"}>
      <h1>
        Shinsa <span lang="ja">審査</span>:{" "}
        {several(results.system) ? t("systems", { n: results.system.split(", ").length }) : results.system}
      </h1>
      <p class="sentence" role="status">
        {violated > 0
          ? t("violatedSome", { n: violated, all: results.clauses.length })
          : t("allHeld", { n: judged.length })}{" "}
        {t("scenariosPassed", { ...results.totals })} {idle > 0 && t("notExercised", { n: idle })}
      </p>
      {results.mutants.length > 0 && (
        <p class="sentence">{t("mutantWarning", { list: results.mutants.join(", ") })}</p>
      )}
    </header>
  );
}

function Page({ route }: { route: Route }) {
  const { results } = useData();
  const t = useSay();
  if (route.page === "clauses") return <Clauses query={route.query} />;
  if (route.page === "scenarios") return <Scenarios query={route.query} />;
  if (route.page === "machines") return <Machines />;
  if (route.page === "coverage") return <Coverage />;
  if (route.page === "about") return <About />;
  const clause = results.clauses.find((c) => c.id === route.name);
  if (route.page === "clause" && clause) return <ClausePage clause={clause} />;
  const scenario = results.scenarios.find((s) => s.id === route.name);
  if (route.page === "scenario" && scenario) return <ScenarioPage scenario={scenario} />;
  return <p>{t("unknown")}</p>;
}

function Badge({ verdict }: { verdict: string }) {
  const lang = useLang();
  const marks: Record<string, string> = { held: "✓", violated: "✗", error: "✗" };
  return (
    <span class={`badge v-${verdict.replaceAll(" ", "-")}`}>
      {marks[verdict] ?? "–"} {verdictWord(lang, verdict)}
    </span>
  );
}

/** A box that filters, kept in the address so that it can be sent around. */
function Filter({ page, query, n, all }: { page: string; query: string; n: number; all: number }) {
  const t = useSay();
  const changed = (text: string) => {
    const search = text ? `?${new URLSearchParams({ q: text })}` : "";
    history.replaceState(null, "", `${address(page)}${search}`);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  };
  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      const box = document.getElementById("filter");
      if (event.key !== "/" || event.target === box) return;
      event.preventDefault();
      box?.focus();
    };
    window.addEventListener("keydown", slash);
    return () => window.removeEventListener("keydown", slash);
  }, []);
  return (
    <p class="filter">
      <label for="filter">{t("filter")}</label>{" "}
      <input
        id="filter"
        type="search"
        value={query}
        placeholder={t("filterHint")}
        onInput={(event) => changed(event.currentTarget.value)}
      />{" "}
      <span role="status">{t("shown", { n, all })}</span>
    </p>
  );
}

/** One line for each system: how its clauses and scenarios stand. */
function Systems() {
  const { results } = useData();
  const lang = useLang();
  const t = useSay();
  const verdicts = ["held", "violated", "not exercised", "not applicable"] as const;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t("system")}>
      <table class="systems">
        <thead>
          <tr>
            <th scope="col">{t("system")}</th>
            {verdicts.map((verdict) => (
              <th key={verdict} scope="col">
                {verdictWord(lang, verdict)}
              </th>
            ))}
            <th scope="col">{t("scenarios")}</th>
          </tr>
        </thead>
        <tbody>
          {systemsOf(results.system).map((system) => {
            const scenarios = results.scenarios.filter((s) => s.system === system);
            return (
              <tr key={system}>
                <th scope="row">
                  <a href={`${address("clauses")}?${new URLSearchParams({ q: `system:${system}` })}`}>{system}</a>
                </th>
                {verdicts.map((verdict) => (
                  <td key={verdict} class="number">
                    {results.clauses.filter((c) => c.system === system && c.verdict === verdict).length}
                  </td>
                ))}
                <td class="number">
                  {t("passedOf", {
                    n: scenarios.filter((s) => !isBad(s)).length,
                    all: scenarios.length,
                  })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Clauses({ query }: { query: string }) {
  const { results, catalogue } = useData();
  const lang = useLang();
  const t = useSay();
  const terms = parse(query);
  const shown = results.clauses.filter((c) =>
    matches(terms, {
      id: c.id,
      system: c.system,
      verdict: c.verdict,
      kind: c.kind,
      statement: c.statement[lang],
      note: c.note?.[lang] ?? "",
    }),
  );
  return (
    <section>
      <h2>{t("clauses")}</h2>
      {several(results.system) && <Systems />}
      <Filter page="clauses" query={query} n={shown.length} all={results.clauses.length} />
      {shown.length === 0 && <p>{t("nothing")}</p>}
      <div class="scroll" tabIndex={0} role="region" aria-label={t("clauses")}>
        <table class="clauses">
          <thead>
            <tr>
              <th scope="col">ID</th>
              <th scope="col">{t("verdict")}</th>
              <th scope="col">{t("kind")}</th>
              <th scope="col">{t("statement")}</th>
              <th scope="col">{t("exercised")}</th>
            </tr>
          </thead>
          {systemsOf(results.system).map((system) => {
            const own = shown.filter((c) => c.system === system);
            if (own.length === 0) return null;
            return (
              <tbody key={system}>
                {several(results.system) && (
                  <tr class="group">
                    <th colSpan={5} scope="rowgroup">
                      {system} <small>{catalogue[own[0]?.id ?? ""]?.page}</small>
                    </th>
                  </tr>
                )}
                {own.map((c) => (
                  <tr key={c.id}>
                    <th scope="row">
                      <a href={address("clause", c.id)}>{c.id}</a>
                    </th>
                    <td>
                      <Badge verdict={c.verdict} />
                    </td>
                    <td>{kindWord(lang, c.kind)}</td>
                    <td>
                      {c.statement[lang]}
                      {c.note && <div class="note">{c.note[lang]}</div>}
                    </td>
                    <td class="number">{c.scenarios.length}</td>
                  </tr>
                ))}
              </tbody>
            );
          })}
        </table>
      </div>
    </section>
  );
}

function ClausePage({ clause }: { clause: Clause }) {
  const { results, catalogue, readings } = useData();
  const lang = useLang();
  const t = useSay();
  const hit = new Set(clause.scenarios);
  const source = catalogue[clause.id];
  return (
    <section>
      <h2>
        {clause.id} <Badge verdict={clause.verdict} />
      </h2>
      <p class="statement" lang={lang}>
        {clause.statement[lang]}
      </p>
      <p class="other" lang={lang === "ja" ? "en" : "ja"}>
        {clause.statement[lang === "ja" ? "en" : "ja"]}
      </p>
      {clause.note && (
        <p>
          {t("note")}: {clause.note[lang]}
        </p>
      )}
      {source?.page && (
        <p class="note">
          {t("page", { page: source.page, address: source.address ?? "", lines: source.lines ?? "" })}
        </p>
      )}
      {source?.source && <p class="note">{source.source}</p>}
      {source?.observable?.[lang] && (
        <p>
          {t("observable")}: {source.observable[lang]}
        </p>
      )}
      <p>
        {t("kind")}: {kindWord(lang, clause.kind)}. {t("counts", { ...clause.counts })}
      </p>
      {(source?.readings ?? []).map((id) => (
        <p key={id}>
          <b>{id}</b> {readings[id]?.issue[lang]}{" "}
          <span class="note">
            <code>{results.readings[id]}</code>: {readings[id]?.says[lang]}
          </span>
        </p>
      ))}
      <h3>{t("exercised")}</h3>
      <ScenarioList
        scenarios={results.scenarios
          .filter((s) => hit.has(s.id))
          .sort((a, b) => Number(isBad(b)) - Number(isBad(a)))}
      />
    </section>
  );
}

const isBad = (s: Scenario): boolean => s.verdict === "violated" || s.verdict === "error";

function ScenarioList({ scenarios }: { scenarios: Scenario[] }) {
  const lang = useLang();
  return (
    <ul class="plain">
      {scenarios.map((s) => (
        <li key={s.id}>
          <Badge verdict={s.verdict} /> <a href={address("scenario", s.id)}>{s.id}</a>{" "}
          {s.title[lang]}
        </li>
      ))}
    </ul>
  );
}

function Scenarios({ query }: { query: string }) {
  const { results } = useData();
  const lang = useLang();
  const t = useSay();
  const terms = parse(query);
  const shown = results.scenarios.filter((s) =>
    matches(terms, {
      id: s.id,
      system: s.system,
      verdict: s.verdict,
      title: s.title[lang],
      clause: s.covers.join(" "),
    }),
  );
  return (
    <section>
      <h2>{t("scenarios")}</h2>
      <Filter page="scenarios" query={query} n={shown.length} all={results.scenarios.length} />
      {shown.length === 0 && <p>{t("nothing")}</p>}
      <ScenarioList scenarios={shown.sort((a, b) => Number(isBad(b)) - Number(isBad(a)))} />
    </section>
  );
}

// -- one scenario ---------------------------------------------------------------------------------

function ScenarioPage({ scenario }: { scenario: Scenario }) {
  const data = useData();
  const { traces, artifacts } = data;
  const lang = useLang();
  const t = useSay();
  const trace = useMemo(() => events(traces[scenario.id]), [scenario.id]);
  const files = artifacts[scenario.id] ?? {};
  const wrong = scenario.problems.filter((p) => p.kind !== "remark");
  const remarks = scenario.problems.filter((p) => p.kind === "remark");
  const example = Object.entries(scenario.example ?? {});
  return (
    <section>
      <h2>
        <Badge verdict={scenario.verdict} /> {scenario.title[lang]}
      </h2>
      <p class="note">
        {scenario.id}, {scenario.file}:{scenario.line}
      </p>
      {scenario.reason && <p>{scenario.reason[lang]}</p>}
      {example.length > 0 && (
        <p>
          {t("example")}: {example.map(([name, value]) => `${name}: ${value}`).join(", ")}
        </p>
      )}
      {scenario.covers.length > 0 && (
        <p>
          {t("covers")}:{" "}
          {scenario.covers.map((id) => (
            <a key={id} class="chip" href={address("clause", id)}>
              {id}
            </a>
          ))}
        </p>
      )}
      {wrong.length > 0 && <h3>{t("problems")}</h3>}
      {wrong.map((p, i) => (
        <ProblemView key={i} problem={p} />
      ))}
      {remarks.length > 0 && <h3>{t("remarks")}</h3>}
      {remarks.map((p, i) => (
        <ProblemView key={i} problem={p} />
      ))}
      {scenario.replay && (
        <p>
          {t("replay")}: <code>{scenario.replay}</code>
        </p>
      )}
      <h3>{t("steps")}</h3>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("steps")}>
        <table>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{t("verdict")}</th>
              <th scope="col">{t("step")}</th>
              <th scope="col">{t("at")}</th>
              <th scope="col">{t("where")}</th>
            </tr>
          </thead>
          <tbody>
            {scenario.steps.map((step, i) => (
              <tr key={i}>
                <td class="number">{i + 1}</td>
                <td>
                  <Badge verdict={step.held ? "held" : "violated"} />
                </td>
                <td>
                  {verbWord(lang, step.verb)} {step.says}
                </td>
                <td class="time">{plain(step.time)}</td>
                <td class="note">{step.where}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {trace.length === 0 ? (
        <p>{t("noTrace")}</p>
      ) : (
        <>
          <h3>{t("timeline")}</h3>
          <Lanes
            events={trace}
            lang={lang}
            actor={(event) => actorOf(event, data)}
            label={t("timeline")}
            bad={new Set(wrong.map((p) => p.trace_line ?? 0))}
          />
          <h3>{t("trace")}</h3>
          <ol class="events">
            {trace.map((event, i) => (
              <EventView key={i} event={event} actor={actorOf(event, data)} files={files} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function ProblemView({ problem }: { problem: Problem }) {
  const lang = useLang();
  const allowed = problem.allowed ?? [];
  const t = useSay();
  return (
    <article class={problem.kind === "remark" ? "remark" : "problem"}>
      <p>
        {problem.says[lang]}{" "}
        {problem.clauses.map((id) => (
          <a key={id} class="chip" href={address("clause", id)}>
            {id}
          </a>
        ))}
      </p>
      {(problem.expected || problem.observed) && (
        <dl class="sides">
          {problem.expected ? (
            <div>
              <dt>{t("expected")}</dt>
              <dd>{problem.expected[lang]}</dd>
            </div>
          ) : (
            <div>
              <dt>{t("allowed")}</dt>
              {allowed.map((one, i) => (
                <dd key={i}>{one[lang]}</dd>
              ))}
              {allowed.length === 0 && <dd>{t("nothingAllowed")}</dd>}
            </div>
          )}
          <div>
            <dt>{t("observed")}</dt>
            <dd>{problem.observed?.[lang]}</dd>
          </div>
        </dl>
      )}
      <p class="note">{problem.where}</p>
    </article>
  );
}

const text = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);

function EventView({
  event,
  actor,
  files,
}: {
  event: Event;
  actor: string;
  files: Record<string, string>;
}) {
  const lang = useLang();
  const data = event.data ?? {};
  const serial = event.subject.slice(event.subject.indexOf("/") + 1);
  return (
    <li id={`event-${event.id}`}>
      <details>
        <summary>
          <span class="time">{plain(event.time)}</span> <b>{event.type}</b> {event.subject}{" "}
          <span class="note">{actorWord(lang, actor)}</span>
        </summary>
        {event.type === "mail.sent" ? <Mail data={data} /> : <Fields data={data} />}
        {event.type === "certificate.issued" && (
          <FileText title="certificate" text={files[`certificates/${serial}.txt`]} />
        )}
        {event.type === "certificate.revoked" && (
          <FileText title="crl" text={files["certificates/crl.txt"]} />
        )}
      </details>
    </li>
  );
}

function Fields({ data }: { data: Record<string, unknown> }) {
  return (
    <dl class="fields">
      {Object.entries(data).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Mail({ data }: { data: Record<string, unknown> }) {
  const t = useSay();
  const sender = data.from_name ? `${text(data.from_name)} <${text(data.from)}>` : text(data.from);
  const head: [string, string][] = [
    [t("from"), sender],
    [t("to"), text(data.to)],
    [t("subject"), text(data.subject)],
  ];
  const attached = Array.isArray(data.attachments) ? data.attachments.map(text).join(", ") : "";
  if (attached) head.push([t("attachments"), attached]);
  return (
    <div class="mail">
      <dl class="fields">
        {head.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <pre>{text(data.text)}</pre>
    </div>
  );
}

function FileText({ title, text }: { title: Key; text?: string | undefined }) {
  const t = useSay();
  if (!text) return null;
  return (
    <>
      <h4>{t(title)}</h4>
      <pre class="certificate" tabIndex={0}>
        {text}
      </pre>
    </>
  );
}

// -- machines and about -----------------------------------------------------------------------------

function Machines() {
  const { results } = useData();
  const t = useSay();
  return (
    <section>
      <h2>{t("machines")}</h2>
      {systemsOf(results.system).map((system) => (
        <section key={system}>
          {several(results.system) && <h3>{system}</h3>}
          <div class="machines">
            {results.coverage.machines
              .filter((machine) => machine.system === system)
              .map((machine) => (
                <MachineSection key={machine.name} machine={machine} />
              ))}
          </div>
        </section>
      ))}
    </section>
  );
}

function MachineSection({ machine }: { machine: Machine }) {
  const t = useSay();
  const drawn = useDrawn(machine);
  const fired = machine.rows.filter((row) => row.count > 0).length;
  return (
    <section class={isWide(drawn) ? "wide" : ""}>
      <h3>{machine.name}</h3>
      <p>{t("rowsFired", { fired, all: machine.rows.length })}</p>
      <MachineView machine={machine} drawn={drawn} />
      <details>
        <summary>{t("rows")}</summary>
        <ul class="plain">
          {machine.rows.map((row, i) => (
            <li key={i} class={row.count ? "" : "never"}>
              {row.name}: {row.count ? `${row.count} × ${t("fired")}` : t("never")}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

// -- coverage ---------------------------------------------------------------------------------------

function Coverage() {
  const { results } = useData();
  const t = useSay();
  return (
    <section>
      <h2>{t("coverage")}</h2>
      {results.coverage.systems.map((covered) => (
        <CoverageOf key={covered.system} covered={covered} />
      ))}
    </section>
  );
}

function CoverageOf({ covered }: { covered: Covered }) {
  const { results } = useData();
  const lang = useLang();
  const t = useSay();
  const part = (one: Part): string => t("part", { ...one });
  const machines = results.coverage.machines.filter((one) => one.system === covered.system);
  const named = (id: string) => <a href={address("clause", id)}>{id}</a>;
  return (
    <section>
      <h3>{covered.system}</h3>
      <dl class="fields">
        {(
          [
            [t("statesEntered"), part(covered.states)],
            [t("rowsReached"), part(covered.rows)],
            [t("guardsBoth"), part(covered.guards)],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <NeverReached never={covered.never} />
      <Counts
        title={t("sometimes")}
        head={[t("law"), t("statement"), t("runs")]}
        rows={covered.sometimes.map((one) => [one.law, one.says[lang], one.runs])}
      />
      <Counts
        title={t("refusals")}
        head={[t("refusedBy"), t("times")]}
        rows={Object.entries(covered.refusals).map(([id, times]) => [named(id), times])}
      />
      <Counts
        title={t("states")}
        head={[t("machines"), t("states"), t("times")]}
        rows={machines.flatMap((m) =>
          // A machine begins in its first state, which it need not enter.
          m.states.map((one, i) => [m.name, one.name, i || one.count ? one.count : "–"]),
        )}
      />
      <Counts
        title={t("rows")}
        head={[t("machines"), t("rows"), t("times")]}
        rows={machines.flatMap((m) => m.rows.map((one) => [m.name, one.name, one.count]))}
      />
      <Counts
        title={t("guards")}
        head={[t("machines"), t("guards"), t("saidYes"), t("saidNo")]}
        rows={machines.flatMap((m) => m.guards.map((one) => [m.name, one.name, one.yes, one.no]))}
      />
    </section>
  );
}

function NeverReached({ never }: { never: Never[] }) {
  const lang = useLang();
  const t = useSay();
  const missed = never.filter((one) => !one.because);
  const explained = never.filter((one) => one.because);
  return (
    <>
      <h4>{t("neverReached")}</h4>
      {missed.length === 0 && <p>{t("allReached")}</p>}
      <ul class="plain">
        {missed.map((one) => (
          <li key={one.what.en} class="never">
            {one.what[lang]}
          </li>
        ))}
      </ul>
      {explained.length > 0 && (
        <>
          <h4>{t("explained")}</h4>
          <dl>
            {explained.map((one) => (
              <div key={one.what.en} class="reading">
                <dt>{one.what[lang]}</dt>
                <dd>{one.because?.[lang]}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  );
}

type Cell = string | number | VNode;

/** A table that is opened where one wants it; nothing where there is nothing to count. */
function Counts({ title, head, rows }: { title: string; head: string[]; rows: Cell[][] }) {
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>
        {title} ({rows.length})
      </summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, i) => (
              <tr key={i}>
                {cells.map((cell, n) => (
                  <td key={n}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

const number = (id: string): number => Number(/\d+$/.exec(id)?.[0] ?? 0);

function About() {
  const { results, readings } = useData();
  const lang = useLang();
  const t = useSay();
  const facts: [string, string][] = [
    [t("command"), results.run.command],
    [t("seed"), results.seed],
    [t("tool"), results.run.tool],
    [t("started"), results.run.started],
    [t("mutants"), results.mutants.join(", ") || "–"],
  ];
  return (
    <section>
      <h2>{t("about")}</h2>
      <Fields data={Object.fromEntries(facts)} />
      <h3>{t("readings")}</h3>
      <dl>
        {Object.keys(results.readings)
          .sort((a, b) => number(a) - number(b))
          .map((id) => (
            <div key={id} class="reading">
              <dt>
                <b>{id}</b> {readings[id]?.issue[lang]}
              </dt>
              <dd>
                <code>{results.readings[id]}</code>: {readings[id]?.says[lang]}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
