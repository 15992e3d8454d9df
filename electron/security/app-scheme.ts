import { extname, sep } from "node:path";
import { protocol, type ProtocolResponse, type Session } from "electron";
import type { Preloads } from "../windows/preloads.ts";
import { openAppFiles } from "./app-files.ts";
import { serveVideo, VIDEOS } from "./board-videos.ts";

export const APP_ORIGIN = "app://service-hall";
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/** The one page of the session that prints papers; an origin of its own. */
export const DOCUMENT_PAGE = "app://documents/document.html";

const MAX_PATH = 512;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".opus": "audio/ogg",
  ".wav": "audio/wav",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
};

/** Must run before the app is ready: our pages get an origin of their own, with none of file:'s powers. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: "app",
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
};

/**
 * The file below `root` that a URL of ours names, or null. The path is taken from the text of the URL, decoded once; only
 * plain names are let through, so that no other spelling of ".." is left to be understood by anybody.
 */
export const findAppPath = (url: string): string | null => {
  if (!url.startsWith(`${APP_ORIGIN}/`)) return null;
  const raw = url.slice(APP_ORIGIN.length + 1).replace(/[?#].*$/s, "");
  if (raw.length > MAX_PATH) return null;
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return null;
  }
  const parts = (path === "" ? "index.html" : path).split("/");
  return parts.every((part) => /^[\w@~-][\w.@~-]*$/.test(part)) ? parts.join(sep) : null;
};

const notFound = (): ProtocolResponse => ({
  statusCode: 404,
  headers: { "content-type": "text/plain", "x-content-type-options": "nosniff" },
  data: Buffer.from("not found"),
});

interface ServedApp {
  readonly session: Session;
  readonly root: string;
  /** Folder of the board's films, served below `videos/`. */
  readonly videoRoot: string;
  /** The content security policy of the session's pages at this moment. */
  readonly policy: () => string;
  /** The permissions policy of the session's pages at this moment. */
  readonly permissions: () => string;
  /** What the page will ask for. */
  readonly preloads: () => Preloads;
}

/** Serves the built pages below `root` to a session, and nothing else. */
export const serveApp = ({ session, root, videoRoot, policy, permissions, preloads }: ServedApp): void => {
  const files = openAppFiles(root);
  // Once the window has been told to open, and before its new process can ask: until it does, the disk has answered.
  setImmediate(() => files.readAhead(preloads().files));
  const serve = async (url: string, method: string): Promise<ProtocolResponse> => {
    if (method !== "GET" && method !== "HEAD") return notFound();
    const path = findAppPath(url);
    const type = path === null ? undefined : TYPES[extname(path)];
    if (path === null || type === undefined) return notFound();
    const body = await files.read(path);
    if (body === null) return notFound();
    return {
      statusCode: 200,
      data: method === "HEAD" ? Buffer.alloc(0) : body,
      headers: {
        "content-type": type,
        "content-length": String(body.length),
        "cache-control": path.startsWith(`assets${sep}`) ? "max-age=31536000, immutable" : "no-cache",
        "content-security-policy": policy(),
        ...(path === "index.html" ? { link: preloads().link } : {}),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "x-dns-prefetch-control": "off",
        "permissions-policy": permissions(),
      },
    };
  };
  // Not protocol.handle: its Request and Response make Node load its whole fetch, 40 ms before the first byte of the page.
  const isServed = session.protocol.registerBufferProtocol("app", ({ url, method, headers }, answer) => {
    const path = findAppPath(url);
    if (path?.startsWith(VIDEOS + sep)) {
      const range = headers["Range"] ?? headers["range"];
      void serveVideo(videoRoot, path.slice(VIDEOS.length + 1), method, range).then((video) =>
        answer(video ?? notFound()),
      );
    } else void serve(url, method).then(answer);
  });
  if (!isServed) throw new Error("app: could not be registered");
};
