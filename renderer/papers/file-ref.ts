import type { Receipt } from "../../shared/domain/case/material.ts";
import type { KeptFile } from "../store/files/files.ts";

/** A file as a material's receipt names it. */
export type FileRef = Receipt["files"][number];

const MOST_PAGES = 500;

export const fileRefOf = ({ hash, size, type }: KeptFile, pages: number): FileRef => ({
  hash,
  bytes: size,
  mime: type,
  pages: Math.min(MOST_PAGES, Math.max(1, pages)),
});

/** Pages of a PDF as far as they can be counted without reading it all: packed ones are not seen and count as one. */
export const countPdfPages = (bytes: Uint8Array): number =>
  (new TextDecoder("latin1").decode(bytes).match(/\/Type\s*\/Page(?![a-zA-Z])/g) ?? []).length;
