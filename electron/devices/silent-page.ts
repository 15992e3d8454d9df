import { BrowserWindow, session as sessions, type WebContents } from "electron";
import { DOCUMENT_PAGE } from "../security/app-scheme.ts";
import { noteDocument } from "../security/document-contents.ts";
import { within } from "./within.ts";

/** How large the page is. */
export interface SilentPageShape {
  readonly width: number;
  readonly height: number;
  /** It is drawn to be pictured, without a screen. */
  readonly isPictured: boolean;
  /** A page that has not been worked with by then never will be: the next one has its turn. */
  readonly limitMs: number;
}

/** Shows `html` to nobody, lets `work` do with it what it wants, and forgets it. One page at a time. */
export type SilentPages = <T>(
  html: string,
  work: (contents: WebContents, window: BrowserWindow) => Promise<T>,
) => Promise<T>;

/** Pages without scripts, in a session of their own without a network, of which nothing is left afterwards. */
export const openSilentPages = (partition: string, shape: SilentPageShape): SilentPages => {
  let page = "";
  let isReady = false;
  const session = () => {
    const own = sessions.fromPartition(partition);
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

  const show: SilentPages = async (html, work) => {
    const window = new BrowserWindow({
      show: false,
      width: shape.width,
      height: shape.height,
      useContentSize: true,
      webPreferences: {
        offscreen: shape.isPictured,
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
      const worked = window.loadURL(DOCUMENT_PAGE).then(() => work(window.webContents, window));
      return await within(shape.limitMs, worked);
    } finally {
      page = "";
      window.destroy();
    }
  };

  // One after the other: they share the page.
  let last: Promise<unknown> = Promise.resolve();
  return (html, work) => {
    const mine = last.then(() => show(html, work));
    last = mine.catch(() => undefined);
    return mine;
  };
};
