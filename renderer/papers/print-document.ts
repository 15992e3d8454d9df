import { create } from "qrcode";
import { err, ok } from "../../shared/basics/result.ts";
import type { DocumentPrintOutcome } from "../../shared/contract/ipc.ts";
import type { PaperDocument } from "../../shared/domain/document/document.ts";
import { documentHtml, paperCss, type PaperMarks, type QrPoints } from "../../shared/domain/document/document-html.ts";
import { findStaffBridge } from "../ui/staff/bridge.ts";
import { adoptStyle } from "./adopt-style.ts";

/** The QR code of an address, as points. */
export const qrPointsOf = (url: string): QrPoints => {
  const { modules } = create(url, { errorCorrectionLevel: "M" });
  let points = "";
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1) points += modules.get(row, column) ? "1" : "0";
  return { size: modules.size, points };
};

/** In a plain browser: the paper alone on the page while its own print dialog is open. It does not tell what came of it. */
const printInBrowser = (document: PaperDocument, marks: PaperMarks): void => {
  const sheet = globalThis.document.createElement("div");
  sheet.className = "print-sheet";
  sheet.innerHTML = documentHtml(document, marks);
  const takeOut = adoptStyle(
    `${paperCss} @media screen { .print-sheet { display: none } } @media print { body > *:not(.print-sheet) { display: none !important } html, body { height: auto !important; overflow: visible !important } }`,
  );
  globalThis.document.body.append(sheet);
  try {
    window.print();
  } finally {
    sheet.remove();
    takeOut();
  }
};

/** Prints a document: through the main process where there is one. @param utcOffsetMinutes the hall's, for the name of a file */
export const printDocument = async (
  document: PaperDocument,
  marks: PaperMarks,
  utcOffsetMinutes: number,
): Promise<DocumentPrintOutcome> => {
  const bridge = findStaffBridge();
  try {
    if (bridge) return await bridge["document.print"]({ document, marks, utcOffsetMinutes });
    printInBrowser(document, marks);
    return ok(null);
  } catch {
    return err({ code: "failed" });
  }
};

/**
 * Keeps a paper as PDF where the person says. A plain browser asks for that in its own print dialog.
 * @returns null when the person thought better of it, or when nobody can tell what came of it
 */
export const saveDocument = async (
  document: PaperDocument,
  marks: PaperMarks,
  utcOffsetMinutes: number,
): Promise<"kept" | "failed" | null> => {
  const bridge = findStaffBridge();
  try {
    if (bridge) return (await bridge["document.save"]({ document, marks, utcOffsetMinutes })) ? "kept" : null;
    printInBrowser(document, marks);
    return null;
  } catch {
    return "failed";
  }
};
