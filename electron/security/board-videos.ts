import { open, readdir, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import type { ProtocolResponse } from "electron";

/** The path below which a board's films are served. */
export const VIDEOS = "videos";
const LIST = "index.json";
const TYPES: Readonly<Record<string, string>> = { ".mp4": "video/mp4", ".webm": "video/webm" };
/** As in app-scheme.ts: plain names only. */
const NAME = /^[\w@~-][\w.@~-]*$/;
/** A film is handed out in parts, however long it is. */
const PART = 2 * 1024 * 1024;

const headers = (type: string, length: number): Record<string, string> => ({
  "content-type": type,
  "content-length": String(length),
  "cache-control": "no-cache",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
});

const isFilm = (name: string): boolean => NAME.test(name) && TYPES[extname(name).toLowerCase()] !== undefined;

const listFilms = async (root: string): Promise<readonly string[]> => {
  try {
    return (await readdir(root, { withFileTypes: true }))
      .filter((entry) => entry.isFile() && isFilm(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch {
    return []; // no folder, no films
  }
};

/** First and last byte of what `Range` asks for, at most one part; null when it asks for nothing that there is. */
export const partOf = (
  range: string | undefined,
  size: number,
): { readonly from: number; readonly to: number } | null => {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? "bytes=0-");
  if (!asked || size === 0) return null;
  const [, first = "", last = ""] = asked;
  if (first === "" && last === "") return null;
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = Math.min(first === "" || last === "" ? size - 1 : Number(last), size - 1, from + PART - 1);
  return from <= to ? { from, to } : null;
};

const serveFilm = async (root: string, name: string, range: string | undefined): Promise<ProtocolResponse | null> => {
  const [base, path] = await Promise.all([realpath(root), realpath(join(root, name))]);
  // A symbolic link in the folder must not lead out of it.
  if (!path.startsWith(base + sep)) return null;
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const part = partOf(range, size);
    if (part === null) return { statusCode: 416, headers: { "content-range": `bytes */${String(size)}` } };
    const data = Buffer.alloc(part.to - part.from + 1);
    await file.read(data, 0, data.length, part.from);
    return {
      statusCode: 206,
      data,
      headers: {
        ...headers(TYPES[extname(name).toLowerCase()] ?? "", data.length),
        "accept-ranges": "bytes",
        "content-range": `bytes ${String(part.from)}-${String(part.to)}/${String(size)}`,
      },
    };
  } finally {
    await file.close();
  }
};

/**
 * A film of the folder, or the list of them (`index.json`); null when there is no such thing.
 * @param range the request's Range header
 */
export const serveVideo = async (
  root: string,
  name: string,
  method: string,
  range: string | undefined,
): Promise<ProtocolResponse | null> => {
  if (method !== "GET") return null;
  if (name === LIST) {
    const data = Buffer.from(JSON.stringify(await listFilms(root)));
    return { statusCode: 200, data, headers: headers("application/json; charset=utf-8", data.length) };
  }
  if (!isFilm(name)) return null;
  try {
    return await serveFilm(root, name, range);
  } catch {
    return null;
  }
};
