import { join } from "node:path";
import { mkdir } from "node:fs/promises";
import { BrowserWindow, session as sessions, type WebContents } from "electron";
import { createDurably } from "../../center/durable-file.ts";
import { err, ok } from "../../shared/basics/result.ts";
import type {
  DocumentPrint,
  DocumentPrinterSettings,
  DocumentPrintOutcome,
  SystemPrinter,
} from "../../shared/contract/ipc.ts";
import { documentPage } from "../../shared/domain/document/document-html.ts";
import { DOCUMENT_PAGE } from "../security/app-scheme.ts";
import { noteDocument } from "../security/document-contents.ts";

/** A print server that does not answer must not hold up the next paper for ever. */
const PRINT_MS = 60_000;

export interface DocumentPrinter {
  print(paper: DocumentPrint): Promise<DocumentPrintOutcome>;
  /** The paper as a PDF file's bytes. */
  toPdf(paper: DocumentPrint): Promise<Uint8Array>;
  printers(): Promise<readonly SystemPrinter[]>;
}

/** A name that every file system takes; two papers of one number are told apart by the copy and the time. */
export const documentFileName = ({ document, marks }: DocumentPrint, now: Date): string => {
  const number = document.number.replaceAll(/[^\p{L}\p{N}〔〕-]+/gu, "_").slice(0, 60);
  const copy = marks.copy === 0 ? "" : ` 副本${String(marks.copy)}`;
  return `${number}${copy} ${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}.pdf`;
};

/** Prints papers in a page without scripts, in a session without a network, of which nothing is left afterwards. */
export const openDocumentPrinter = (settings: () => DocumentPrinterSettings): DocumentPrinter => {
  let page = "";
  let isReady = false;
  const session = () => {
    const own = sessions.fromPartition("documents");
    if (isReady) return own;
    isReady = true;
    own.setPermissionRequestHandler((_contents, _permission, answer) => {
      answer(false);
    });
    own.webRequest.onBeforeRequest(({ url }, answer) => {
      answer({ cancel: url !== DOCUMENT_PAGE && !url.startsWith("data:image/png;base64,") });
    });
    own.protocol.registerBufferProtocol("app", ({ url }, answer) => {
      if (url !== DOCUMENT_PAGE) answer({ statusCode: 404, data: Buffer.alloc(0) });
      else
        answer({
          statusCode: 200,
          headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
          data: Buffer.from(page),
        });
    });
    return own;
  };

  const withPage = async <T>(html: string, work: (contents: WebContents) => Promise<T>): Promise<T> => {
    const window = new BrowserWindow({
      show: false,
      width: 794,
      height: 1123,
      webPreferences: {
        session: session(),
        sandbox: true,
        contextIsolation: true,
        javascript: false,
        webviewTag: false,
      },
    });
    noteDocument(window.webContents);
    page = html;
    try {
      await window.loadURL(DOCUMENT_PAGE);
      return await work(window.webContents);
    } finally {
      page = "";
      window.destroy();
    }
  };

  const pdfOf = (contents: WebContents): Promise<Uint8Array> =>
    contents.printToPDF({ printBackground: true, preferCSSPageSize: true });

  const toFolder = async (
    paper: DocumentPrint,
    folder: string,
    contents: WebContents,
  ): Promise<DocumentPrintOutcome> => {
    const pdf = await pdfOf(contents);
    await mkdir(folder, { recursive: true });
    await createDurably(join(folder, documentFileName(paper, new Date())), pdf);
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

  // One after the other: they share the page.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };

  return {
    print: (paper) =>
      inTurn(() =>
        withPage(documentPage(paper.document, paper.marks), (contents) => {
          const { kind, name } = settings();
          return kind === "pdf" ? toFolder(paper, name, contents) : toPrinter(name, contents);
        }),
      ),
    toPdf: (paper) => inTurn(() => withPage(documentPage(paper.document, paper.marks), pdfOf)),
    printers: () =>
      inTurn(() =>
        withPage("<!doctype html>", async (contents) =>
          (await contents.getPrintersAsync()).map(({ name, displayName }) => ({ name, displayName })),
        ),
      ),
  };
};
