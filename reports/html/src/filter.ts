// `limit verdict:held kind:rule -JPR-23`: words that must all be there, fields, and a minus for not.

export interface Term {
  field: string; // empty: anywhere
  text: string;
  not: boolean;
}

export function parse(query: string): Term[] {
  return query
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "" && word !== "-")
    .map((word) => {
      const not = word.startsWith("-");
      const rest = not ? word.slice(1) : word;
      const colon = rest.indexOf(":");
      return colon > 0
        ? { field: rest.slice(0, colon).toLowerCase(), text: rest.slice(colon + 1).toLowerCase(), not }
        : { field: "", text: rest.toLowerCase(), not };
    });
}

/** @param fields  texts by name; `verdict:not` finds `not exercised` by its beginning. */
export function matches(terms: Term[], fields: Record<string, string>): boolean {
  return terms.every(({ field, text, not }) => {
    const found =
      field === "" || !(field in fields)
        ? Object.values(fields).some((value) =>
            value.toLowerCase().includes(field === "" ? text : `${field}:${text}`),
          )
        : (fields[field] ?? "").toLowerCase().startsWith(text);
    return found !== not;
  });
}
