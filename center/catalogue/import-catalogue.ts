import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  buildCatalogue,
  type BuildOptions,
  type PinyinFunction,
} from "../../shared/domain/catalogue/build-catalogue.ts";
import { projectRoot } from "../project-root.ts";
import type { CatalogueStore } from "./catalogue-store.ts";

const FILES = [
  "items.json",
  "packages.json",
  "business-rules.json",
  "life-events.json",
  "form-blocks.json",
  "item-forms.json",
] as const;

/** Bump when the builder gives another catalogue for the same files. */
export const BUILDER_VERSION = 3;

const sampleFolder = (): string => join(projectRoot(), "data", "sample");

/** The reader of Chinese characters. Its dictionary takes 40 MB: loaded only when there is something to build. */
export const readPinyin = async (): Promise<PinyinFunction> => {
  const { pinyin, polyphonic } = await import("pinyin-pro");
  return (text) => ({
    syllables: pinyin(text, { toneType: "none", type: "array", v: true }),
    alternatives: polyphonic(text, { toneType: "none", type: "array", v: true }),
  });
};

/** Which queue serves an item, which life event it belongs to, and the forms of the items that have one. */
export const readSampleRules = async (): Promise<Omit<BuildOptions, "pinyin">> => {
  const read = async (name: (typeof FILES)[number]): Promise<unknown> =>
    JSON.parse(await readFile(join(sampleFolder(), name), "utf8"));
  const [businessRules, lifeEvents, blocks, items] = await Promise.all([
    read("business-rules.json"),
    read("life-events.json"),
    read("form-blocks.json"),
    read("item-forms.json"),
  ]);
  return { businessRules, lifeEvents, forms: { blocks, items } };
};

export interface ImportReport {
  /** False: built from these very files before. */
  readonly changed: boolean;
  readonly version: string;
  readonly items: number;
  readonly packages: number;
  readonly rejected: number;
  readonly warnings: number;
}

/**
 * Builds the catalogue from a folder of source files and keeps it.
 * @param folder with items.json, packages.json, business-rules.json, life-events.json, form-blocks.json and item-forms.json; default: the sample's
 */
export const importCatalogue = async (
  store: CatalogueStore,
  now: number,
  folder: string = sampleFolder(),
): Promise<ImportReport | null> => {
  const texts = await Promise.all(FILES.map((file) => readFile(join(folder, file), "utf8")));
  const digest = createHash("sha256").update(String(BUILDER_VERSION));
  for (const text of texts) digest.update(text).update("\0");
  const source = digest.digest("hex");
  if (store.source === source) return null;
  const [items, packages, businessRules, lifeEvents, formBlocks, itemForms] = texts.map(
    (text) => JSON.parse(text) as unknown,
  );
  const { catalogue, issues } = buildCatalogue(items, packages, {
    pinyin: await readPinyin(),
    businessRules,
    lifeEvents,
    forms: { blocks: formBlocks, items: itemForms },
  });
  await store.put(catalogue, source, now);
  const rejected = issues.filter((issue) => issue.severity === "rejected").length;
  return {
    changed: true,
    version: catalogue.version,
    items: catalogue.items.length,
    packages: catalogue.packages.length,
    rejected,
    warnings: issues.length - rejected,
  };
};
