import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildCatalogue } from "../../../shared/domain/catalogue/build-catalogue.ts";
import { mergeMaterials } from "../../../shared/domain/case/merge-package.ts";
import { caseFormOf } from "../../../shared/domain/form/case-form.ts";
import type { Bench } from "../lib/bench.ts";
import { below, percentile } from "../lib/measure.ts";
import { ROOT } from "../lib/paths.ts";

const P95_MS = 5;
const ITEMS = 8;
const TIMES = 300;

/** The hardest package that the sample has: the eight items with forms whose lists of materials are the longest. */
export const mergePackage: Bench = {
  ids: ["merge-package"],
  run: async () => {
    const read = async (name: string): Promise<unknown> =>
      JSON.parse(await readFile(join(ROOT, "data/sample", name), "utf8")) as unknown;
    const { catalogue } = buildCatalogue(await read("items.json"), await read("packages.json"), {
      pinyin: (text) => ({ syllables: [...text] }),
      businessRules: await read("business-rules.json"),
      lifeEvents: await read("life-events.json"),
      forms: { blocks: await read("form-blocks.json"), items: await read("item-forms.json") },
    });
    const items = catalogue.items
      .filter(({ form }) => form !== null)
      .sort((left, right) => right.materials.length - left.materials.length)
      .slice(0, ITEMS);
    const wanted = items.map(({ code, materials }) => ({ caseId: code, materials }));
    const times: number[] = [];
    let lines = 0;
    let sections = 0;
    for (let time = 0; time < TIMES; time += 1) {
      const since = performance.now();
      lines = mergeMaterials(wanted).length;
      sections = caseFormOf(catalogue.formBlocks, items, "legal").length;
      times.push(performance.now() - since);
    }
    const materials = wanted.reduce((sum, each) => sum + each.materials.length, 0);
    return [
      below(
        {
          id: "merge-package",
          ours: percentile(times, 0.95),
          unit: "ms p95",
          note: `${String(ITEMS)} items with ${String(materials)} materials into ${String(lines)} lines and ${String(sections)} sections of one form; first time, cold: ${(times[0] ?? 0).toFixed(1)} ms`,
        },
        P95_MS,
      ),
    ];
  },
};
