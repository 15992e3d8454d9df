import type { PaperDocument } from "../../../shared/domain/document/document.ts";
import type { PaperMarks, QrPoints } from "../../../shared/domain/document/document-html.ts";
import { printDocument, saveDocument } from "../../papers/print-document.ts";
import type { Terminal } from "../../store/terminal.ts";

/** Key of what to say once a paper was printed or kept; null: the person thought better of it. */
export type Said = string | null;

/** A paper without a signature or a copy mark. */
const marksWith = (qr: QrPoints | null): PaperMarks => ({
  copy: 0,
  printedAt: "",
  qr,
  review: null,
  signature: null,
  copyMark: "",
});

const offsetOf = (terminal: Terminal): number => terminal.hall.get().plan?.utcOffsetMinutes ?? 480;

/** Prints a paper of the desk. @param qr the code of its `progress` address */
export const printPaper = async (
  terminal: Terminal,
  paper: PaperDocument,
  qr: QrPoints | null = null,
): Promise<Said> => {
  const outcome = await printDocument(paper, marksWith(qr), offsetOf(terminal));
  return outcome.ok ? "orders:paper.printed" : `papers:fault.${outcome.error.code}`;
};

/** Keeps a paper of the desk as PDF where the person says. @param qr the code of its `progress` address */
export const savePaper = async (
  terminal: Terminal,
  paper: PaperDocument,
  qr: QrPoints | null = null,
): Promise<Said> => {
  const outcome = await saveDocument(paper, marksWith(qr), offsetOf(terminal));
  return outcome === null ? null : outcome === "kept" ? "orders:paper.kept" : "orders:paper.notSaved";
};
