import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Nobody's number on any system: the program may not lean on an account. */
const UID = 64_213;

/** Who is not root, with a folder of their own. */
export interface Person {
  readonly folder: string;
  /** Why they cannot run the program sandboxed here; null: they can. */
  readonly cannot: string | null;
  /** @returns a script that starts the program as this person */
  startsAs(executable: string): string;
  forget(): void;
}

/** Who runs the tests, or somebody made up when that is root, whom Chromium gives no sandbox. */
export const somebodyElse = (): Person => {
  const isRoot = process.getuid?.() === 0;
  const folder = mkdtempSync(join(tmpdir(), "service-hall-person-"));
  const as = ["--reuid", String(UID), "--regid", String(UID), "--clear-groups"];
  const run = (command: string, ...args: string[]): boolean =>
    (isRoot ? spawnSync("setpriv", [...as, command, ...args]) : spawnSync(command, args)).status === 0;
  const script = join(folder, "start");
  if (isRoot) chownSync(folder, UID, UID);
  const cannot = (): string | null => {
    if (process.platform !== "linux") return "what is looked at here is in /proc";
    if (!run("true")) return "this machine does not let root become somebody else";
    if (!run("test", "-r", import.meta.filename)) return "somebody else cannot read this checkout";
    if (!run("unshare", "--user", "--pid", "--net", "--fork", "true"))
      return "this machine lets nobody make name spaces, which Chromium's sandbox is made of";
    return null;
  };
  return {
    folder,
    cannot: cannot(),
    startsAs: (executable) => {
      // Playwright gives root's programs no sandbox, whoever they then become.
      const strip = 'for arg do shift; [ "$arg" = --no-sandbox ] || set -- "$@" "$arg"; done';
      writeFileSync(
        script,
        `#!/bin/sh\n${strip}\nexec ${isRoot ? `setpriv ${as.join(" ")} ` : ""}"${executable}" "$@"\n`,
      );
      chmodSync(script, 0o755);
      return script;
    },
    forget: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** Which name space of a kind a process is in. */
export const namespaceOf = (pid: number, kind: string): string => readlinkSync(`/proc/${String(pid)}/ns/${kind}`);
