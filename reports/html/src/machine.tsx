import dagre from "@dagrejs/dagre";
import { useMemo } from "preact/hooks";
import type { Machine } from "./data";

interface Arrow {
  from: string;
  to: string;
  names: string[];
  count: number;
}

/** Rows of one pair of states are one arrow: `A --Event--> B`. */
export function arrows(machine: Machine): Arrow[] {
  const all = new Map<string, Arrow>();
  for (const row of machine.rows) {
    const parts = /^(\S+) --(\S+)--> (\S+)$/.exec(row.name);
    const [, from = "", name = "", to = ""] = parts ?? [];
    if (!parts) continue;
    const key = `${from} ${to}`;
    const known = all.get(key) ?? { from, to, names: [], count: 0 };
    if (!known.names.includes(name)) known.names.push(name);
    known.count += row.count;
    all.set(key, known);
  }
  return [...all.values()];
}

const kChar = 6.4;
const kLine = 13;

export type Drawn = ReturnType<typeof lay>;
/** Whether a drawing wants a line of the page for itself. */
export const isWide = (drawn: Drawn): boolean => drawn.width > 540;
export const useDrawn = (machine: Machine): Drawn => useMemo(() => lay(machine), [machine]);

export function MachineView({ machine, drawn }: { machine: Machine; drawn: Drawn }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={machine.name}>
      <svg
        class="states"
        width={drawn.width}
        height={drawn.height}
        role="img"
        aria-label={machine.name}
      >
        {drawn.edges.map((edge, i) => (
          <g key={i} class={edge.arrow.count ? "row" : "row never"}>
            <path d={edge.path} />
            <path d={edge.head} class="head" />
            {edge.arrow.names.map((name, n) => (
              <text key={n} x={edge.x} y={edge.y + n * kLine} text-anchor="middle">
                {name}
                {n === edge.arrow.names.length - 1 ? ` ×${edge.arrow.count}` : ""}
              </text>
            ))}
          </g>
        ))}
        {drawn.nodes.map((node) => (
          <g key={node.name} class={node.count || node.first ? "state" : "state never"}>
            <rect x={node.x - node.w / 2} y={node.y - 15} width={node.w} height={30} rx={8} />
            <text x={node.x} y={node.y + 4} text-anchor="middle">
              {node.name}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

function lay(machine: Machine) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 50, ranksep: 46, edgesep: 24, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const state of machine.states)
    graph.setNode(state.name, { width: state.name.length * 7.4 + 24, height: 30 });
  const all = arrows(machine);
  all.forEach((arrow, i) => {
    const longest = Math.max(...arrow.names.map((name) => name.length));
    graph.setEdge(
      arrow.from,
      arrow.to,
      { width: (longest + 5) * kChar, height: arrow.names.length * kLine + 6, labelpos: "c" },
      String(i),
    );
  });
  dagre.layout(graph);
  const size = graph.graph();
  return {
    width: Math.ceil(size.width ?? 0),
    height: Math.ceil(size.height ?? 0),
    nodes: machine.states.map((state, i) => {
      const at = graph.node(state.name);
      return { ...state, first: i === 0, x: at.x, y: at.y, w: at.width };
    }),
    edges: all.map((arrow, i) => {
      const edge = graph.edge(arrow.from, arrow.to, String(i));
      const points = edge.points as { x: number; y: number }[];
      const end = points[points.length - 1] ?? { x: 0, y: 0 };
      const before = points[points.length - 2] ?? end;
      return {
        arrow,
        path: curve(points),
        head: tip(before, end),
        x: edge.x as number,
        y: (edge.y as number) - ((arrow.names.length - 1) * kLine) / 2 + 4,
      };
    }),
  };
}

function curve(points: { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let path = `M${first.x},${first.y}`;
  rest.forEach((point, i) => {
    const next = rest[i + 1];
    path += next
      ? ` Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`
      : ` L${point.x},${point.y}`;
  });
  return path;
}

function tip(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const at = (turn: number) =>
    `${to.x - 9 * Math.cos(angle + turn)},${to.y - 9 * Math.sin(angle + turn)}`;
  return `M${to.x},${to.y} L${at(0.4)} L${at(-0.4)} Z`;
}
