import { pinyin, polyphonic } from "pinyin-pro";
import businessRulesText from "../../../data/sample/business-rules.json?raw";
import formBlocksText from "../../../data/sample/form-blocks.json?raw";
import itemFormsText from "../../../data/sample/item-forms.json?raw";
import itemsText from "../../../data/sample/items.json?raw";
import lifeEventsText from "../../../data/sample/life-events.json?raw";
import packagesText from "../../../data/sample/packages.json?raw";
import { buildCatalogue, type BuildOptions, type BuiltCatalogue, type PinyinFunction } from "./build-catalogue.ts";

/** The dictionary of the center, for tests only: shared/ itself carries none. */
export const pinyinPro: PinyinFunction = (text) => ({
  syllables: pinyin(text, { toneType: "none", type: "array", v: true }),
  alternatives: polyphonic(text, { toneType: "none", type: "array", v: true }),
});

export const rawSampleItems = (): { note: string; items: Record<string, unknown>[] } =>
  JSON.parse(itemsText) as { note: string; items: Record<string, unknown>[] };

export const rawSamplePackages = (): unknown => JSON.parse(packagesText) as unknown;

export const sampleOptions = (): BuildOptions => ({
  pinyin: pinyinPro,
  businessRules: JSON.parse(businessRulesText) as unknown,
  lifeEvents: JSON.parse(lifeEventsText) as unknown,
  forms: { blocks: JSON.parse(formBlocksText) as unknown, items: JSON.parse(itemFormsText) as unknown },
});

/** The sample hall's catalogue, built from the project's own data. */
export const buildSampleCatalogue = (): BuiltCatalogue =>
  buildCatalogue(rawSampleItems(), rawSamplePackages(), sampleOptions());
