/** npm run sbom: what the product is made of (CycloneDX) and under which licences, below release/; npm run pack makes both too. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMain, main, readJson, ROOT, say } from "./lib/base.mjs";
import { licenceList, sbomOf } from "./lib/sbom.mjs";

/** Writes both files and returns the folder. */
export const writeSbom = () => {
  const sbom = sbomOf(
    readJson(join(ROOT, "package.json"), {}),
    readJson(join(ROOT, "package-lock.json"), { packages: {} }),
  );
  const folder = join(ROOT, "release");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "sbom.cdx.json"), `${JSON.stringify(sbom, null, 1)}\n`);
  writeFileSync(join(folder, "licences.tsv"), licenceList(sbom));
  return folder;
};

if (isMain(import.meta.url)) {
  await main(() => {
    say(`Written: sbom.cdx.json and licences.tsv in ${writeSbom()}.`);
    return 0;
  });
}
