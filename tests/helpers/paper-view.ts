import { create } from "qrcode";

/*
 * What an 80 mm printer makes of the bytes it gets: read as the printer reads them, command by command, and drawn cell by
 * cell. As text for a golden file, as HTML for a picture.
 */

const COLUMNS = 48;

export interface PaperLine {
  readonly text: string;
  /** How many times as wide and as high. */
  readonly scale: number;
  readonly align: "left" | "centre";
  readonly isBold: boolean;
}

export type PaperPart = PaperLine | { readonly qr: string } | { readonly cut: true };

const isLine = (part: PaperPart): part is PaperLine => "text" in part;

/** Reads the bytes of whole papers. @throws at anything that such a printer does not know */
export const readPaper = (bytes: Uint8Array): readonly PaperPart[] => {
  const parts: PaperPart[] = [];
  const decoder = new TextDecoder("gb18030", { fatal: true });
  let scale = 1;
  let align: PaperLine["align"] = "left";
  let isBold = false;
  let isChinese = false;
  let text: number[] = [];
  let qr = "";
  const endLine = (): void => {
    if (!isChinese && text.some((byte) => byte > 0x7f)) throw new Error("Chinese outside of the Chinese mode");
    parts.push({ text: decoder.decode(Uint8Array.from(text)), scale, align, isBold });
    text = [];
  };
  let at = 0;
  const next = (): number => bytes[at++] ?? 0;
  while (at < bytes.length) {
    const byte = next();
    if (byte === 0x0a) endLine();
    else if (byte === 0x1b) {
      const name = next();
      if (name === 0x40) [scale, align, isBold] = [1, "left", false];
      else if (name === 0x61) align = next() === 1 ? "centre" : "left";
      else if (name === 0x45) isBold = next() === 1;
      else if (name === 0x4d || name === 0x74) next();
      else throw new Error(`ESC ${String(name)}`);
    } else if (byte === 0x1c) {
      const name = next();
      if (name !== 0x26 && name !== 0x2e) throw new Error(`FS ${String(name)}`);
      isChinese = name === 0x26;
    } else if (byte === 0x1d) {
      const name = next();
      if (name === 0x21) scale = (next() & 0x0f) + 1;
      else if (name === 0x56) {
        if (next() >= 65) next();
        parts.push({ cut: true });
      } else if (name === 0x28 && next() === 0x6b) {
        const length = next() + 256 * next();
        const body = bytes.slice(at, at + length);
        at += length;
        if (body[1] === 0x50) qr = new TextDecoder().decode(body.slice(3));
        if (body[1] === 0x51) parts.push({ qr });
      } else throw new Error(`GS ${String(name)}`);
    } else text.push(byte);
  }
  return parts;
};

const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) < 0x80 ? 1 : 2), 0);

const indentOf = ({ text, scale, align }: PaperLine): number =>
  align === "left" ? 0 : Math.floor((COLUMNS - widthOf(text) * scale) / 2);

/** One row a printed line; a large character stands with as many cells as it takes, and its height as empty rows. */
const lineAsText = (line: PaperLine): string[] => {
  if (widthOf(line.text) * line.scale > COLUMNS) throw new Error(`wider than the paper: ${line.text}`);
  const spread = Array.from(line.text)
    .map((char) => char + " ".repeat((line.scale - 1) * widthOf(char)))
    .join("");
  const mark = line.scale > 1 ? `  ×${String(line.scale)}` : line.isBold ? "  bold" : "";
  const row = `${" ".repeat(indentOf(line))}${spread}${mark}`.trimEnd();
  return [row, ...Array.from({ length: line.scale - 1 }, () => "")];
};

const qrRows = (text: string): boolean[][] => {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  return Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (_unused, column) => modules.get(row, column) === 1),
  );
};

const qrAsText = (text: string): string[] => {
  const rows = qrRows(text);
  const lines: string[] = [];
  for (let row = 0; row < rows.length; row += 2) {
    const cells = (rows[row] ?? []).map((upper, column) => {
      const lower = rows[row + 1]?.[column] === true;
      return upper ? (lower ? "█" : "▀") : lower ? "▄" : " ";
    });
    lines.push(`   ${cells.join("")}`.trimEnd());
  }
  return lines;
};

/** The paper as text, 48 columns wide. */
export const paperAsText = (bytes: Uint8Array): string =>
  readPaper(bytes)
    .flatMap((part) =>
      isLine(part) ? lineAsText(part) : "qr" in part ? [...qrAsText(part.qr), `   ${part.qr}`] : ["✂".repeat(COLUMNS)],
    )
    .join("\n");
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** The paper as a page of 576 dots' width, to be pictured by a browser with a font of its own. */
export const paperAsHtml = (bytes: Uint8Array): string => {
  const rows = readPaper(bytes).map((part) => {
    if (isLine(part)) {
      const cells = Array.from(part.text)
        .map((char) => `<i style="width:${String(12 * widthOf(char) * part.scale)}px">${escaped(char)}</i>`)
        .join("");
      const style = `height:${String(30 * part.scale)}px;font-size:${String(22 * part.scale)}px;padding-left:${String(12 * indentOf(part))}px;font-weight:${part.isBold ? "700" : "400"}`;
      return `<div class="line" style="${style}">${cells}</div>`;
    }
    if ("cut" in part) return '<div class="cut"></div>';
    const qr = qrRows(part.qr);
    const path = qr.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : [])));
    const size = String(qr.length);
    return `<svg viewBox="0 0 ${size} ${size}" width="${String(qr.length * 6)}" shape-rendering="crispEdges"><path d="${path.join("")}"/></svg>`;
  });
  return `<!doctype html><meta charset="utf-8"><style>
body{margin:0;background:#fff;width:576px;padding:24px 12px;box-sizing:content-box}
.line{white-space:nowrap;display:flex;align-items:center}
i{font-style:normal;display:inline-block;text-align:center;font-family:"Noto Sans Mono CJK SC","Noto Sans CJK SC",monospace}
svg{display:block;margin:8px auto}.cut{border-top:3px dashed #000;margin:12px 0}</style>${rows.join("")}`;
};
