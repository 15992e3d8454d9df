import { userInfo } from "node:os";
import { dirname } from "node:path";
import type { Language } from "../text.ts";
import { findChangedFiles, type PlainFs } from "./file-hashes.ts";
import { findLinuxLocks, linuxLockIds, type LinuxLockId, type LockState } from "./linux-locks.ts";

type Sentence = Readonly<Record<Language, string>>;

/** What each lock is for, and what to do where it is missing. Files named here come with the program (`kiosk/`). */
const LOCKS: Readonly<Record<LinuxLockId, Sentence>> = {
  user: {
    "zh-CN": "本终端用普通用户运行，不属于 sudo、wheel、adm 等管理组",
    en: "the terminal's user is a plain one and in no group of administrators",
  },
  program: { "zh-CN": "该用户不能改写程序目录", en: "that user cannot write to the program's folder" },
  alone: {
    "zh-CN": "屏幕上只有本程序，没有桌面环境（service-hall-kiosk.service）",
    en: "the program is alone on the screen, without a desktop (service-hall-kiosk.service)",
  },
  consoles: {
    "zh-CN": "键盘不能切换到控制台（xorg-locks.conf 放入 /etc/X11/xorg.conf.d/）",
    en: "no key leads to a console (xorg-locks.conf into /etc/X11/xorg.conf.d/)",
  },
  gettys: {
    "zh-CN": "控制台上没有登录提示（logind-locks.conf 放入 /etc/systemd/logind.conf.d/）",
    en: "no console offers a login (logind-locks.conf into /etc/systemd/logind.conf.d/)",
  },
  sysrq: {
    "zh-CN": "SysRq 组合键已关闭（sysctl-locks.conf 放入 /etc/sysctl.d/）",
    en: "the magic SysRq keys are off (sysctl-locks.conf into /etc/sysctl.d/)",
  },
  ctrlAltDel: {
    "zh-CN": "Ctrl+Alt+Del 不会重启（systemctl mask ctrl-alt-del.target）",
    en: "Ctrl+Alt+Del does not restart (systemctl mask ctrl-alt-del.target)",
  },
  usbStorage: {
    "zh-CN": "插入 U 盘无效（modprobe-locks.conf 放入 /etc/modprobe.d/）",
    en: "USB sticks are not mounted (modprobe-locks.conf into /etc/modprobe.d/)",
  },
  starts: {
    "zh-CN": "开机自动启动（systemctl enable service-hall-kiosk.service）",
    en: "the terminal starts with the computer (systemctl enable service-hall-kiosk.service)",
  },
};

const STATES: Readonly<Record<LockState, Sentence>> = {
  set: { "zh-CN": "已锁", en: "set" },
  missing: { "zh-CN": "缺失", en: "MISSING" },
  unknown: { "zh-CN": "无法判断", en: "cannot be told" },
};

const FILES: Sentence = {
  "zh-CN": "程序文件与打包时一致",
  en: "the program's files are as they were packed",
};
/** At most this many files are named. */
const NAMED_FILES = 5;

const FILE_STATES: Readonly<Record<LockState, Sentence>> = {
  set: { "zh-CN": "一致", en: "so" },
  missing: { "zh-CN": "不符", en: "CHANGED" },
  unknown: STATES.unknown,
};

const ELSEWHERE: Sentence = {
  "zh-CN": "本系统上不能自动检查，请按随程序提供的 kiosk/windows.md 逐项核对。",
  en: "Nothing can be looked up on this system: go through kiosk/windows.md, which comes with the program.",
};

export interface Diagnosis {
  readonly text: string;
  /** 0: nothing is missing; 1: a lock is; 2: it could not be looked up. */
  readonly exitCode: 0 | 1 | 2;
}

/**
 * What the system of a public terminal does not lock, and which files of the program were changed, in sentences.
 * @param fs that does not look into archives
 */
export const diagnose = async (language: Language, fs: PlainFs): Promise<Diagnosis> => {
  if (process.platform !== "linux") return { text: `${ELSEWHERE[language]}\n`, exitCode: 2 };
  const { uid, username } = userInfo();
  const programFolder = dirname(process.execPath);
  const locks = findLinuxLocks({ root: "/", env: process.env, uid, userName: username, programFolder });
  const lines = linuxLockIds.map((id) => `[${STATES[locks[id]][language]}] ${LOCKS[id][language]}`);
  const changed = await findChangedFiles(fs, programFolder);
  const files: LockState = changed === null ? "unknown" : changed.length === 0 ? "set" : "missing";
  const named = changed === null || changed.length === 0 ? "" : `: ${changed.slice(0, NAMED_FILES).join(", ")}`;
  lines.push(`[${FILE_STATES[files][language]}] ${FILES[language]}${named}`);
  const isMissing = files === "missing" || Object.values(locks).includes("missing");
  return { text: `${lines.join("\n")}\n`, exitCode: isMissing ? 1 : 0 };
};
