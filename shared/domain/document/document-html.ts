import { escapeHtml } from "../../basics/html.ts";
import type { Block, PaperDocument } from "./document.ts";

/** A QR code as rows of dark (1) and light (0) points, row after row. */
export interface QrPoints {
  readonly size: number;
  readonly points: string;
}

/** What stands on a paper beside the text: it does not belong to what is signed. */
export interface PaperMarks {
  /** 0: the original. */
  readonly copy: number;
  /** On a copy: when it was printed, as text. */
  readonly printedAt: string;
  readonly qr: QrPoints | null;
  /** Where the applicant may review how it went, once; null: nowhere. */
  readonly review: { readonly qr: QrPoints; readonly caption: string } | null;
  /** The applicant's signature as `data:image/png;base64,…`; null: to be signed by hand. */
  readonly signature: string | null;
  readonly copyMark: string;
}

const QUIET_ZONE = 4;

/** The code as SVG, with its quiet zone of four points. */
export const qrSvg = ({ size, points }: QrPoints): string => {
  let path = "";
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1)
      if (points[y * size + x] === "1") path += `M${String(x + QUIET_ZONE)} ${String(y + QUIET_ZONE)}h1v1h-1z`;
  const side = String(size + 2 * QUIET_ZONE);
  return `<svg class="paper-qr" viewBox="0 0 ${side} ${side}" role="img" aria-label="QR"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
};

/** A day, with or without a time: never broken over two lines. */
const DAY = /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/;

const cells = (tag: "td" | "th", row: readonly string[]): string =>
  `<tr>${row.map((cell) => `<${tag}${DAY.test(cell) ? ' class="day"' : ""}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;

const blockHtml = (block: Block): string => {
  switch (block.kind) {
    case "heading":
      return `<h2>${escapeHtml(block.text)}</h2>`;
    case "text":
      return `<p${block.addressee ? ' class="addressee"' : ""}>${escapeHtml(block.text)}</p>`;
    case "fields":
      return `<table class="fields"><tbody>${block.rows
        .map(([label, value]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`)
        .join("")}</tbody></table>`;
    case "table":
      return `<table class="list"><thead>${cells("th", block.head)}</thead><tbody>${block.rows
        .map((row) => cells("td", row))
        .join("")}</tbody></table>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join("")}</ul>`;
  }
};

const signatureHtml = (document: PaperDocument, signature: string | null): string =>
  document.signatures
    .map(({ place, label, after }) => {
      // Only our own picture format: nothing else may get into a paper's HTML.
      const isPicture = signature !== null && /^data:image\/png;base64,[A-Za-z0-9+/=]+$/.test(signature);
      const picture = place === "applicant" && isPicture ? `<img class="signature" alt="" src="${signature}">` : "";
      return `<div class="sign sign-${place}"><span>${escapeHtml(label)}</span><span class="sign-space">${picture}</span><span>${escapeHtml(after)}</span></div>`;
    })
    .join("");

/** The document as HTML without scripts, for the screen and for paper. All texts are escaped. */
export const documentHtml = (document: PaperDocument, marks: PaperMarks): string => {
  const { progress, sampleNote } = document;
  const copy =
    marks.copy === 0
      ? ""
      : `<div class="copy-mark"><strong>${escapeHtml(marks.copyMark)}</strong><span>${escapeHtml(marks.printedAt)}</span></div>`;
  const codes = [
    ...(progress === null || marks.qr === null ? [] : [{ qr: marks.qr, caption: progress.caption }]),
    ...(marks.review === null ? [] : [marks.review]),
  ].map(
    ({ qr, caption }) =>
      `<figure class="progress">${qrSvg(qr)}<figcaption>${escapeHtml(caption)}</figcaption></figure>`,
  );
  return `<article class="paper" lang="zh-CN">${copy}<header><p class="letterhead">${escapeHtml(document.letterhead)}</p><p class="letterhead-en" lang="en">${escapeHtml(document.letterheadEn)}</p></header><h1>${escapeHtml(document.title)}</h1><p class="title-en" lang="en">${escapeHtml(document.titleEn)}</p><p class="number">${escapeHtml(document.number)}</p>${document.blocks
    .map(blockHtml)
    .join(
      "",
    )}<footer>${codes.join("")}<div class="signs">${signatureHtml(document, marks.signature)}<p class="date">${escapeHtml(document.date)}</p></div></footer>${sampleNote === null ? "" : `<p class="sample">${escapeHtml(sampleNote)}</p>`}</article>`;
};

/** Looks of a paper: A4, black on white, song type as official papers have it. */
export const paperCss = `
@page { size: A4; margin: 18mm 20mm 16mm; }
.paper { font: 12pt/1.75 "Noto Serif CJK SC", "SimSun", "Songti SC", serif; color: #000; background: #fff; overflow-wrap: anywhere; }
.paper header { text-align: center; border-bottom: 2px solid #b00; padding-bottom: 6px; margin-bottom: 14px; }
.paper .letterhead { font: 700 19pt/1.3 "Noto Serif CJK SC", "SimSun", serif; color: #b00; margin: 0; letter-spacing: .06em; }
.paper .letterhead-en { font-size: 9pt; line-height: 1.3; margin: 2px 0 0; color: #333; }
.paper h1 { font: 700 20pt/1.3 "Noto Sans CJK SC", "SimHei", sans-serif; text-align: center; margin: 0; letter-spacing: .12em; }
.paper .title-en { text-align: center; font-size: 9.5pt; line-height: 1.3; margin: 2px 0 0; color: #333; }
.paper .number { text-align: right; margin: 8px 0 10px; font-size: 11pt; }
.paper p { margin: 0 0 6px; text-indent: 2em; }
.paper header p, .paper .title-en, .paper .number, .paper .addressee, .paper .sample, .paper .date { text-indent: 0; }
.paper h2 { font: 700 12pt/1.6 "Noto Sans CJK SC", "SimHei", sans-serif; margin: 10px 0 4px; break-after: avoid; }
.paper ul { margin: 0 0 6px; padding: 0 0 0 2em; list-style: none; }
.paper table { width: 100%; border-collapse: collapse; margin: 4px 0 10px; font-size: 10.5pt; line-height: 1.5; }
.paper th, .paper td { border: 1px solid #333; padding: 3px 7px; text-align: left; vertical-align: top; font-weight: 400; }
.paper thead { display: table-header-group; }
.paper tr { break-inside: avoid; }
.paper .list th { background: #f2f2f2; font-weight: 700; }
.paper .list th, .paper .list td { min-width: 4em; }
.paper .day { white-space: nowrap; }
.paper .list th:first-child, .paper .list td:first-child { width: 4em; white-space: nowrap; text-align: center; }
.paper .fields th { width: 8.5em; background: #f7f7f7; }
.paper footer { display: flex; justify-content: space-between; gap: 6mm; margin-top: 14px; break-inside: avoid; }
.paper .progress { margin: 0; flex: none; width: 36mm; text-align: center; font-size: 8pt; line-height: 1.35; }
.paper .paper-qr { width: 30mm; height: 30mm; display: block; margin: 0 auto 2px; }
.paper .signs { margin-left: auto; min-width: 76mm; }
.paper .sign { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 2mm; min-height: 12mm; }
.paper .sign-space { flex: 1; min-width: 34mm; min-height: 10mm; border-bottom: 1px solid #333; }
.paper .sign-hall .sign-space { border-bottom: 0; }
.paper .signature { display: block; height: 14mm; max-width: 46mm; object-fit: contain; }
.paper .date { text-align: right; margin: 4mm 0 0; }
.paper .copy-mark { position: absolute; right: 0; top: 0; border: 2px solid #b00; color: #b00; padding: 1mm 3mm; text-align: center; font-size: 9pt; line-height: 1.3; background: #fff; }
.paper .copy-mark strong { display: block; font-size: 14pt; letter-spacing: .3em; text-indent: .3em; }
.paper .sample { margin-top: 8mm; text-align: center; color: #b00; font-size: 10pt; }
.paper { position: relative; }
`;

/** A whole page for the printer: no script, nothing from elsewhere. */
export const documentPage = (document: PaperDocument, marks: PaperMarks): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><title>${escapeHtml(document.title)} ${escapeHtml(document.number)}</title><style>html,body{margin:0;padding:0;background:#fff}${paperCss}</style></head><body>${documentHtml(document, marks)}</body></html>`;
