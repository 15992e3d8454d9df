import type { PaperDocument } from "../../../shared/domain/document/document.ts";
import type { PaperMarks, QrPoints } from "../../../shared/domain/document/document-html.ts";
import { printDocument, saveDocument } from "../../papers/print-document.ts";
import type { Terminal } from "../../store/terminal.ts";

/** Key of what to say once a paper was printed or kept; null: the person thought better of it. */
export type Said = string | null;

/** Does something with a paper of the desk. @param qr the code of its `progress` address */
export type PaperAct = (terminal: Terminal, paper: PaperDocument, qr?: QrPoints) => Promise<Said>;

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

export const printPaper: PaperAct = async (terminal, paper, qr) => {
  const outcome = await printDocument(paper, marksWith(qr ?? null), offsetOf(terminal));
  return outcome.ok ? "orders:paper.printed" : `papers:fault.${outcome.error.code}`;
};

/** Keeps it as PDF where the person says. */
export const savePaper: PaperAct = async (terminal, paper, qr) => {
  const outcome = await saveDocument(paper, marksWith(qr ?? null), offsetOf(terminal));
  return outcome === null ? null : outcome === "kept" ? "orders:paper.kept" : "orders:paper.notSaved";
};
