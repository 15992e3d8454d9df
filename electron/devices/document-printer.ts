import { join } from "node:path";
import { mkdir } from "node:fs/promises";
import type { WebContents } from "electron";
import { createDurably } from "../../center/durable-file.ts";
import { err, ok } from "../../shared/basics/result.ts";
import type { DocumentPrint, DocumentPrintOutcome, SystemPrinter } from "../../shared/contract/ipc.ts";
import type { DocumentPrinterSettings } from "../../shared/contract/device-settings.ts";
import { documentPage } from "../../shared/domain/document/document-html.ts";
import { documentFileName } from "./document-file-name.ts";
import { openSilentPages } from "./silent-page.ts";

/** A print server that does not answer must not hold up the next paper for ever. */
const PRINT_MS = 60_000;

export interface DocumentPrinter {
  print(paper: DocumentPrint): Promise<DocumentPrintOutcome>;
  /** The paper as a PDF file's bytes. */
  toPdf(paper: DocumentPrint): Promise<Uint8Array>;
  printers(): Promise<readonly SystemPrinter[]>;
}

/** Prints papers in silent pages of an A4 sheet's size. */
export const openDocumentPrinter = (settings: () => DocumentPrinterSettings): DocumentPrinter => {
  const withPage = openSilentPages("documents", { width: 794, height: 1123, isPictured: false, limitMs: 2 * PRINT_MS });

  const pdfOf = (contents: WebContents): Promise<Uint8Array> =>
    contents.printToPDF({ printBackground: true, preferCSSPageSize: true });

  const toFolder = async (
    paper: DocumentPrint,
    folder: string,
    contents: WebContents,
  ): Promise<DocumentPrintOutcome> => {
    const pdf = await pdfOf(contents);
    await mkdir(folder, { recursive: true });
    await createDurably(join(folder, documentFileName(paper, Date.now())), pdf);
    return ok(null);
  };

  const toPrinter = async (name: string, contents: WebContents): Promise<DocumentPrintOutcome> => {
    const known = await contents.getPrintersAsync();
    if (known.length === 0 || (name !== "" && !known.some((each) => each.name === name)))
      return err({ code: "no_printer" });
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(err({ code: "failed" })), PRINT_MS);
      contents.print({ silent: true, printBackground: true, pageSize: "A4", deviceName: name }, (isPrinted) => {
        clearTimeout(timer);
        resolve(isPrinted ? ok(null) : err({ code: "failed" }));
      });
    });
  };

  return {
    print: (paper) =>
      withPage(documentPage(paper.document, paper.marks), (contents) => {
        const { kind, name } = settings();
        return kind === "pdf" ? toFolder(paper, name, contents) : toPrinter(name, contents);
      }),
    toPdf: (paper) => withPage(documentPage(paper.document, paper.marks), pdfOf),
    printers: () =>
      withPage("<!doctype html>", async (contents) =>
        (await contents.getPrintersAsync()).map(({ name, displayName }) => ({ name, displayName })),
      ),
  };
};
