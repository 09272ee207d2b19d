// Virtual time in Japan, and an axis that is broken where nothing happens.

export function seconds(time: string): number {
  return Date.parse(time) / 1000;
}

/** `2026-11-24 10:00:00`, in the zone in which the trace is written. */
export function plain(time: string): string {
  return time.replace("T", " ").replace(/(\.\d+)?([+-]\d\d:\d\d|Z)$/, "");
}

/** `+3 d 2 h`, the two largest units; empty for no time at all. */
export function span(length: number): string {
  if (!(length > 0)) return "";
  const units: [string, number][] = [
    ["d", 86400],
    ["h", 3600],
    ["min", 60],
    ["s", 1],
  ];
  const parts: string[] = [];
  for (const [name, size] of units) {
    const count = Math.floor(length / size);
    length -= count * size;
    if (count > 0 && parts.length < 2) parts.push(`${count} ${name}`);
  }
  return parts.length ? `+${parts.join(" ")}` : "";
}

export interface Place {
  x: number;
  gap: string; // how long after the event before, when that is worth a mark
}

/** Events side by side; a wait widens the distance a little and is written out, never drawn to scale. */
export function axis(times: string[], step: number): Place[] {
  let x = 0;
  return times.map((time, i) => {
    const before = times[i - 1];
    const waited = before === undefined ? 0 : seconds(time) - seconds(before);
    if (i > 0) x += waited >= 60 ? step * 1.8 : step;
    return { x, gap: waited >= 60 ? span(waited) : "" };
  });
}
