import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findLinuxLocks, linuxLockIds, type LinuxMachine } from "./linux-locks.ts";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "service-hall-doctor-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

/** One of the files that come with the program, where it belongs. */
const install = (name: string, file: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  cpSync(join(import.meta.dirname, "../../packaging/linux", name), join(root, file));
};

const machine = (change: Partial<LinuxMachine> = {}): LinuxMachine => ({
  root,
  env: {},
  uid: 1001,
  userName: "hall-kiosk",
  programFolder: join(root, "opt/none"),
  ...change,
});

const installAll = (): void => {
  put("etc/group", "sudo:x:27:admin\nhall-kiosk:x:1001:\nvideo:x:44:hall-kiosk\n");
  put("proc/sys/kernel/sysrq", "0\n");
  install("xorg-locks.conf", "etc/X11/xorg.conf.d/10-locks.conf");
  install("logind-locks.conf", "etc/systemd/logind.conf.d/10-locks.conf");
  install("modprobe-locks.conf", "etc/modprobe.d/10-locks.conf");
  install("service-hall-kiosk.service", "etc/systemd/system/graphical.target.wants/service-hall-kiosk.service");
  symlinkSync("/dev/null", join(root, "etc/systemd/system/ctrl-alt-del.target"));
};

describe("the locks of a Linux system", () => {
  it("are all found where the files that come with the program are in their places", () => {
    installAll();
    const locks = findLinuxLocks(machine());
    expect(Object.entries(locks).filter(([, state]) => state !== "set")).toEqual([]);
    expect(Object.keys(locks)).toEqual([...linuxLockIds]);
  });

  it("are missed one by one on a system as it was installed", () => {
    put("etc/group", "sudo:x:27:admin,hall-kiosk\n");
    put("proc/sys/kernel/sysrq", "438\n");
    put("etc/X11/xorg.conf", '# Option "DontVTSwitch" "true"\nOption "DontZap" "false"\n');
    put("etc/systemd/logind.conf", "[Login]\n#NAutoVTs=0\nReserveVT=0\n");
    mkdirSync(join(root, "opt/program"), { recursive: true });
    chmodSync(join(root, "opt/program"), 0o777);
    const env = { XDG_CURRENT_DESKTOP: "GNOME" };
    const locks = findLinuxLocks(machine({ env, programFolder: join(root, "opt/program") }));
    expect(new Set(Object.values(locks))).toEqual(new Set(["missing"]));
  });

  it("counts root as no user for a terminal, and says where a compositor does not tell", () => {
    installAll();
    const locks = findLinuxLocks(machine({ uid: 0, env: { WAYLAND_DISPLAY: "wayland-0" } }));
    expect(locks).toMatchObject({ user: "missing", consoles: "unknown", gettys: "set" });
  });
});
