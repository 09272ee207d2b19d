import type { Event } from "./data";
import { axis, plain } from "./time";
import { actorWord } from "./words";
import type { Lang } from "./words";

const kLaneHeight = 46;
const kStep = 34;
const kLeft = 96;
const kOrder = ["customer", "payer", "telephone", "portal", "ca", ""];

/** Lanes, one for each actor, on virtual time that is shortened where nothing happens. */
export function Lanes({
  events,
  lang,
  actor: actorOf,
  label,
  bad,
}: {
  events: Event[];
  lang: Lang;
  actor: (event: Event) => string;
  label: string;
  bad: Set<number>;
}) {
  const shown = events
    .map((event, i) => ({ event, line: i + 1, actor: actorOf(event) }))
    .filter(({ event }) => !event.type.startsWith("log.") && !event.type.startsWith("fact."));
  if (shown.length === 0) return null;
  const lanes = kOrder.filter((actor) => shown.some((one) => one.actor === actor));
  const places = axis(
    shown.map(({ event }) => event.time),
    kStep,
  );
  const last = places[places.length - 1]?.x ?? 0;
  const width = kLeft + last + 60;
  const height = lanes.length * kLaneHeight + 44;
  const y = (actor: string) => lanes.indexOf(actor) * kLaneHeight + 40;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <svg class="lanes" width={width} height={height} role="group" aria-label={label}>
        {lanes.map((actor) => (
          <g key={actor}>
            <line x1={kLeft - 10} x2={width} y1={y(actor)} y2={y(actor)} class="lane" />
            <text x={4} y={y(actor) + 4}>
              {actorWord(lang, actor) || "–"}
            </text>
          </g>
        ))}
        {shown.map(({ event, line, actor }, i) => {
          const place = places[i];
          const next = shown[i + 1];
          const to = places[i + 1];
          if (!place) return null;
          const x = kLeft + place.x;
          return (
            <g key={line}>
              {next && to && next.actor !== actor && (
                <line x1={x} y1={y(actor)} x2={kLeft + to.x} y2={y(next.actor)} class="arrow" />
              )}
              {place.gap && (
                <text x={x} y={14} class="gap" text-anchor="middle">
                  {place.gap}
                </text>
              )}
              <a href={location.hash} onClick={(click) => open(click, event.id)}>
                <circle cx={x} cy={y(actor)} r={7} class={bad.has(line) ? "dot bad" : "dot"}>
                  <title>{`${plain(event.time)} ${event.type} ${event.subject}`}</title>
                </circle>
                <text x={x} y={y(actor) + 20} text-anchor="middle" class="name">
                  {line}
                </text>
              </a>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** Shows the event further down, opened. */
function open(click: MouseEvent, id: string): void {
  click.preventDefault();
  const item = document.getElementById(`event-${id}`);
  item?.querySelector("details")?.setAttribute("open", "");
  item?.scrollIntoView({ block: "center" });
}
