/** What must hold of the packages that the program is made of, read from package.json and package-lock.json alone. */

/** Licences under which a package may be part of what is given to a hall. Another one needs somebody to read it first. */
const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "PostgreSQL",
]);

const EXACT = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Whether one of the licences in an SPDX expression of "OR" is allowed. */
const isAllowed = (licence) =>
  typeof licence === "string" &&
  licence
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((each) => ALLOWED.has(each.trim()));

const nameOf = (path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

/**
 * Sentences about what is wrong; none when all is well.
 * @param manifest package.json
 * @param lock package-lock.json
 */
export const dependencyFaults = (manifest, lock) => {
  const faults = [];
  const asked = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const [name, version] of Object.entries(asked)) {
    if (!EXACT.test(version)) faults.push(`${name} is not pinned to one version: "${version}"`);
    if (!lock.packages[`node_modules/${name}`]) faults.push(`${name} is not in package-lock.json`);
  }
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === "" || entry.link === true || entry.inBundle === true) continue;
    const name = nameOf(path);
    const what = `${name} ${entry.version}`;
    // A tool's own build for another system has none in the lock that npm writes; it is not installed here.
    const isForeignTool = entry.dev === true && entry.optional === true;
    if (!entry.integrity && !isForeignTool) faults.push(`${what} has no checksum in package-lock.json`);
    if (entry.dev !== true && !isAllowed(entry.license))
      faults.push(`${what} comes under "${entry.license ?? "no licence"}", which nobody has allowed`);
    if (entry.hasInstallScript === true && entry.optional !== true && manifest.allowScripts?.[name] === undefined)
      faults.push(`${what} runs a script when it is installed, and allowScripts says neither yes nor no`);
  }
  return faults;
};

/**
 * What `npm audit --json` has said.
 * @returns serious: packages with a known hole that is high or critical; unavailable: why there was no answer
 */
export const readAudit = (output) => {
  let report;
  try {
    report = JSON.parse(output);
  } catch {
    return { serious: [], unavailable: "npm audit gave no answer" };
  }
  if (report.vulnerabilities === undefined)
    return { serious: [], unavailable: report.message ?? report.error?.summary ?? "npm audit gave no answer" };
  const serious = Object.values(report.vulnerabilities)
    .filter(({ severity }) => severity === "high" || severity === "critical")
    .map(({ name, severity, range }) => `${name} ${range}: ${severity}`);
  return { serious, unavailable: null };
};
