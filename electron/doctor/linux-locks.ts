import { accessSync, constants, existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** What a public terminal's system has to lock, because full screen is not a lock (docs/operations.md). */
export const linuxLockIds = [
  "user",
  "program",
  "alone",
  "consoles",
  "gettys",
  "sysrq",
  "ctrlAltDel",
  "usbStorage",
  "starts",
] as const;
export type LinuxLockId = (typeof linuxLockIds)[number];

/** Whether a lock is there; "unknown" where the system does not say. */
export type LockState = "set" | "missing" | "unknown";

export interface LinuxMachine {
  /** "/" but in tests. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly uid: number;
  readonly userName: string;
  /** Folder that the program is installed in. */
  readonly programFolder: string;
}

const POWERFUL_GROUPS = ["sudo", "wheel", "admin", "adm", "disk", "docker", "lxd"];

const readText = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

/** The files of a folder, one after the other, without comments. */
const readFolder = (folder: string): string => {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".conf"));
    return withoutComments(names.map((name) => readText(join(folder, name))).join("\n"));
  } catch {
    return "";
  }
};

const withoutComments = (text: string): string => text.replaceAll(/^\s*[#;].*$/gm, "");

const lock = (isSet: boolean): LockState => (isSet ? "set" : "missing");

const isWritable = (file: string): boolean => {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

const linkOf = (file: string): string => {
  try {
    return readlinkSync(file);
  } catch {
    return "";
  }
};

/** Groups of a user beside the own one, as /etc/group tells them. */
const groupsOf = (text: string, userName: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.split(":"))
    .filter(([, , , members]) => members?.split(",").includes(userName) === true)
    .map(([name = ""]) => name);

/** Looks at the system as it is now; changes nothing. */
export const findLinuxLocks = (machine: LinuxMachine): Readonly<Record<LinuxLockId, LockState>> => {
  const at = (file: string): string => join(machine.root, file);
  const xorg = withoutComments(readText(at("etc/X11/xorg.conf"))) + readFolder(at("etc/X11/xorg.conf.d"));
  const logind = withoutComments(readText(at("etc/systemd/logind.conf"))) + readFolder(at("etc/systemd/logind.conf.d"));
  const sysrq = readText(at("proc/sys/kernel/sysrq")).trim();
  const groups = groupsOf(readText(at("etc/group")), machine.userName);
  const isOn = (option: string): boolean =>
    new RegExp(`^\\s*Option\\s+"${option}"(\\s+"(true|on|yes|1)")?\\s*$`, "im").test(xorg);
  const isWayland = (machine.env["WAYLAND_DISPLAY"] ?? "") !== "";
  const unit = "service-hall-kiosk.service";
  return {
    user: lock(machine.uid !== 0 && !groups.some((group) => POWERFUL_GROUPS.includes(group))),
    program: lock(!isWritable(machine.programFolder)),
    alone: lock((machine.env["XDG_CURRENT_DESKTOP"] ?? "") === ""),
    // A Wayland compositor answers for the consoles itself and does not tell anybody.
    consoles: isWayland ? "unknown" : lock(isOn("DontVTSwitch") && isOn("DontZap")),
    gettys: lock(/^\s*NAutoVTs\s*=\s*0\s*$/m.test(logind) && /^\s*ReserveVT\s*=\s*0\s*$/m.test(logind)),
    // Absent where the kernel was made without it.
    sysrq: lock(sysrq === "0" || sysrq === ""),
    ctrlAltDel: lock(linkOf(at("etc/systemd/system/ctrl-alt-del.target")) === "/dev/null"),
    usbStorage: lock(
      /^\s*install\s+usb[-_]storage\s+\/(usr\/)?bin\/(false|true)\s*$/m.test(readFolder(at("etc/modprobe.d"))),
    ),
    starts: lock(
      ["graphical.target.wants", "multi-user.target.wants"].some((wants) =>
        existsSync(at(join("etc/systemd/system", wants, unit))),
      ),
    ),
  };
};
