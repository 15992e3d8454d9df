import { inflateSync } from "node:zlib";

const latin1 = (bytes: Buffer): string => bytes.toString("latin1");

/** Code of a glyph → text, out of a font's ToUnicode table. */
const readTable = (text: string): Map<string, string> => {
  const table = new Map<string, string>();
  const letters = (hex: string): string => Buffer.from(hex, "hex").swap16().toString("utf16le");
  for (const [, block = ""] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, from = "", to = ""] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      table.set(from.toUpperCase(), letters(to));
  for (const [, block = ""] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = "", to = "", first = ""] of block.matchAll(
      /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g,
    ))
      for (let code = parseInt(from, 16); code <= parseInt(to, 16); code += 1) {
        const letter = (parseInt(first, 16) + code - parseInt(from, 16)).toString(16).padStart(first.length, "0");
        table.set(code.toString(16).toUpperCase().padStart(from.length, "0"), letters(letter));
      }
  return table;
};

/** The words of a PDF as Chromium makes it, in the order in which they were drawn. Other programs' PDFs need a real reader. */
export const pdfText = (pdf: Buffer): string => {
  const raw = latin1(pdf);
  const objects = new Map<string, { readonly head: string; readonly stream: string }>();
  for (const match of raw.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)\nendobj/g)) {
    const [, id = "", body = ""] = match;
    const start = body.search(/stream\r?\n/);
    if (start < 0) {
      objects.set(id, { head: body, stream: "" });
      continue;
    }
    const head = body.slice(0, start);
    const from = start + (/^stream\r?\n/.exec(body.slice(start))?.[0].length ?? 0);
    const bytes = Buffer.from(body.slice(from, body.lastIndexOf("\nendstream")), "latin1");
    objects.set(id, { head, stream: head.includes("/FlateDecode") ? latin1(inflateSync(bytes)) : latin1(bytes) });
  }
  const fonts = new Map<string, Map<string, string>>();
  for (const { head } of objects.values())
    for (const [, name = "", id = ""] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? "")?.[1];
      if (table !== undefined) fonts.set(name, readTable(objects.get(table)?.stream ?? ""));
    }
  let text = "";
  for (const { stream } of objects.values()) {
    if (!/\bBT\b/.test(stream)) continue;
    let font: ReadonlyMap<string, string> = new Map();
    for (const [whole, name, hex] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/g)) {
      if (name !== undefined) font = fonts.get(name) ?? new Map<string, string>();
      else if (hex !== undefined)
        for (let at = 0; at < hex.length; at += 4) text += font.get(hex.slice(at, at + 4).toUpperCase()) ?? "";
      else throw new Error(whole);
    }
  }
  return text;
};
