import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Names that one program alone sees, in a name space of its own: its file of hosts is ours, and behind it stands a name server that nobody runs. No question
 * leaves this machine. Needs Linux and root.
 */
export class OwnNames {
  private readonly hosts: string;
  private readonly servers: string;

  constructor(private readonly folder: string) {
    this.hosts = join(folder, "hosts");
    this.servers = join(folder, "resolv.conf");
    writeFileSync(this.servers, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
    this.point({});
  }

  /** Why this machine cannot give a program names of its own, or null when it can. */
  static impossible(): string | null {
    if (process.platform !== "linux" || process.getuid?.() !== 0) return "needs Linux and root";
    try {
      execFileSync("unshare", ["-m", "true"], { stdio: "ignore" });
      return null;
    } catch (error) {
      return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    }
  }

  /** From now on names mean these addresses, and no others mean anything. */
  point(names: Readonly<Record<string, string>>): void {
    // In place: the program sees this very file.
    writeFileSync(
      this.hosts,
      ["127.0.0.1 localhost", ...Object.entries(names).map(([name, at]) => `${at} ${name}`), ""].join("\n"),
    );
  }

  /** @returns a program that starts the given one where these names hold */
  readonly around = (program: string): string => {
    const file = join(this.folder, "start");
    const bind = `mount --bind '${this.hosts}' /etc/hosts && mount --bind '${this.servers}' /etc/resolv.conf && exec "$0" "$@"`;
    writeFileSync(
      file,
      `#!/bin/sh\nexec unshare -m sh -c "${bind.replaceAll('"', '\\"').replaceAll("$", "\\$")}" '${program}' "$@"\n`,
    );
    chmodSync(file, 0o755);
    return file;
  };
}
