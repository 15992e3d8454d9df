import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";

const run = (command: string, args: readonly string[]): string =>
  execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** EXT4_IOC_SHUTDOWN with NOLOGFLUSH: the file system stops as if the power went; what was not synced is gone. */
const SHUTDOWN = `open(my $dir, "<", $ARGV[0]) or die "$!"; my $flag = pack("L", 2); ioctl($dir, 0x8004587D, $flag) or die "$!";`;

const UNMOUNTED_WITHIN_MS = 10_000;

/** An ext4 disk in a file whose power can be cut. Needs root and loop devices. */
export class LoopDisk {
  readonly path: string;
  private readonly image: string;

  private constructor(folder: string, name: string) {
    this.image = join(folder, `${name}.img`);
    this.path = join(folder, name);
  }

  static create(folder: string, name: string, megabytes: number): LoopDisk {
    const disk = new LoopDisk(folder, name);
    mkdirSync(disk.path, { recursive: true });
    run("truncate", ["-s", `${String(megabytes)}M`, disk.image]);
    // No blocks of root's own: a full disk is full for every program.
    run("mkfs.ext4", ["-q", "-F", "-m", "0", disk.image]);
    disk.mount();
    return disk;
  }

  /** Why this machine cannot cut the power, or null when it can. */
  static impossible(): string | null {
    if (process.platform !== "linux" || process.getuid?.() !== 0) return "needs Linux and root";
    try {
      run("losetup", ["-f"]);
      run("mkfs.ext4", ["-V"]);
      run("perl", ["-e", "1"]);
      return null;
    } catch (error) {
      return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    }
  }

  mount(): void {
    run("mount", ["-o", "loop", this.image, this.path]);
  }

  /**
   * Cuts the power; `remount` gives it back. Whoever had files open there must be gone by then. Linux answers a sync that is
   * under way as the cut begins as if it were done, though its data is gone: what is confirmed once this was called was
   * confirmed by a machine that a real cut would have ended (docs/faults.md tells what was measured).
   */
  cutPower(): void {
    run("perl", ["-e", SHUTDOWN, this.path]);
  }

  /**
   * The disk's journal gives up: from now on it can only be read, also through files that are open. `remount` heals it. A
   * sync that is under way is answered as by `cutPower`.
   */
  turnReadOnly(): void {
    run("mount", ["-o", "remount,abort", this.path]);
  }

  /** The killed may have processes of their own that are not gone yet: as long as one holds a file there, this waits. */
  async remount(): Promise<void> {
    const latest = performance.now() + UNMOUNTED_WITHIN_MS;
    for (;;) {
      try {
        run("umount", [this.path]);
        break;
      } catch (error) {
        if (performance.now() > latest) throw error;
        await new Promise((done) => setTimeout(done, 50));
      }
    }
    this.mount();
  }

  /** Room for whoever is not root, in millions of bytes. */
  freeMb(): number {
    const { bavail, bsize } = statfsSync(this.path);
    return Math.round((bavail * bsize) / 1_000_000);
  }

  /** Fills the disk but for some kilobytes, with one file. @returns gives the space back */
  fill(): () => void {
    const ballast = join(this.path, "ballast");
    const { bavail, bsize } = statfsSync(this.path);
    const bytes = Math.max(0, bavail - 8) * bsize;
    if (bytes > 0) run("fallocate", ["-l", String(bytes), ballast]);
    return () => rmSync(ballast, { force: true });
  }

  remove(): void {
    try {
      run("umount", [this.path]);
    } catch {
      run("umount", ["-l", this.path]);
    }
    rmSync(this.image, { force: true });
  }
}
