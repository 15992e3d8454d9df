/** How much longer than English a language of the house may be. */
const LONGER = 0.4;

const strange: Readonly<Record<string, string>> = {
  a: "å",
  c: "ç",
  e: "ë",
  i: "î",
  n: "ñ",
  o: "ö",
  s: "š",
  u: "ü",
  y: "ÿ",
};

const pseudo = (text: string): string => {
  const letters = text.replaceAll(/\{\{[^}]*\}\}/g, "").length;
  const more = "ôñė ťŵô ŧħřėė fôûř ".repeat(20).slice(0, Math.ceil(letters * LONGER));
  const strangely = text
    .split(/(\{\{[^}]*\}\})/)
    .map((part) =>
      part.startsWith("{{") ? part : part.replaceAll(/[aceinosuy]/g, (letter) => strange[letter] ?? letter),
    )
    .join("");
  return `[${strangely} ${more.trim()}]`;
};

/** English texts 40 % longer, with strange letters and brackets: what is cut off or not translated shows itself. */
export const pseudoTexts = (texts: Readonly<Record<string, Readonly<Record<string, unknown>>>>): typeof texts => {
  const change = (value: unknown): unknown =>
    typeof value === "string"
      ? pseudo(value)
      : Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, change(inner)]));
  return change(texts) as typeof texts;
};
