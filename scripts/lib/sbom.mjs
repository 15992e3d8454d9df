/** What the product is made of, for whoever has to know: a list of parts (CycloneDX) and their licences. */

const partOf = (path, { version, license, integrity, optional }) => {
  const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  const [algorithm, digest] = (integrity ?? "").split("-");
  return {
    type: "library",
    "bom-ref": `pkg:npm/${name.replace("@", "%40")}@${version}`,
    name,
    version,
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    scope: optional === true ? "optional" : "required",
    licenses: [{ expression: license ?? "NOASSERTION" }],
    ...(algorithm === "sha512"
      ? { hashes: [{ alg: "SHA-512", content: Buffer.from(digest, "base64").toString("hex") }] }
      : {}),
  };
};

/**
 * CycloneDX 1.6 of all packages that are part of the product, and of Electron around them; without those that only make or test it.
 * @param manifest package.json
 * @param lock package-lock.json
 */
export const sbomOf = (manifest, lock) => {
  const electron = lock.packages["node_modules/electron"];
  const parts = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== "" && entry.link !== true && entry.dev !== true && entry.devOptional !== true)
    .map(([path, entry]) => partOf(path, entry));
  if (electron !== undefined) parts.push({ ...partOf("node_modules/electron", electron), type: "framework" });
  const known = new Map(parts.map((part) => [part.purl, part]));
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { type: "application", name: manifest.name, version: manifest.version } },
    components: [...known.values()].sort((left, right) => (left.purl < right.purl ? -1 : 1)),
  };
};

/** One line a part: licence, name, version; sorted by licence. */
export const licenceList = ({ components }) =>
  components
    .map(({ name, version, licenses }) => `${licenses[0].expression}\t${name}\t${version}`)
    .sort()
    .join("\n")
    .concat("\n");
