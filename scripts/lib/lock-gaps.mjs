/**
 * Reads why `npm ci` refuses the lock file. Written on a registry that lacks some platforms' packages, the lock does not list
 * them and npm ci refuses it whole, though nothing that this machine needs is missing.
 * @param output what npm said
 * @param lock the lock file
 * @returns the optional packages of locked ones that the lock does not list; null when package.json and it differ in anything else
 */
export const unlistedOptionals = (output, lock) => {
  const complaints = output.match(/(?:Missing|Invalid): .*/g) ?? [];
  const names = complaints.map((line) => /^Missing: (@?[^@\s]+)@\S* from lock file/.exec(line)?.[1]);
  const optional = new Set(
    Object.values(lock.packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies)),
  );
  return names.length > 0 && names.every((name) => optional.has(name)) ? names : null;
};
