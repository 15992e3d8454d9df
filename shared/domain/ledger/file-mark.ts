import type { Receipt } from "../case/material.ts";

/** A file as receipts of materials name it too. */
export type LedgerFile = Receipt["files"][number];

const MARK = /^([0-9a-f]{64}) (application\/pdf|image\/jpeg|image\/png) ([1-9]\d{0,8}) ([1-9]\d{0,2})$/;

/** A file as a value of an entry writes it: hash, type, bytes, pages. */
export const fileMarkOf = ({ hash, mime, bytes, pages }: LedgerFile): string =>
  `${hash} ${mime} ${String(bytes)} ${String(pages)}`;

export const isFileMark = (text: unknown): text is string => typeof text === "string" && MARK.test(text);

/** The file that a mark names; undefined: it is none. */
export const readFileMark = (text: string): LedgerFile | undefined => {
  const [, hash, mime, bytes, pages] = MARK.exec(text) ?? [];
  if (hash === undefined) return undefined;
  return { hash, mime: mime as LedgerFile["mime"], bytes: Number(bytes), pages: Number(pages) };
};
