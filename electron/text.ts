import type { StartRole } from "./args.ts";

/** The few sentences that the main process says by itself: window titles and what went wrong with the node. */
export type Language = "zh-CN" | "en";

type Sentence = Readonly<Record<Language, string>>;

const PRODUCT: Sentence = { "zh-CN": "政务大厅终端", en: "Service Hall" };

const ROLE_NAMES: Readonly<Record<StartRole | "second", Sentence>> = {
  window: { "zh-CN": "综合窗口", en: "Counter" },
  kiosk: { "zh-CN": "自助取号", en: "Kiosk" },
  review: { "zh-CN": "好差评", en: "Review" },
  display: { "zh-CN": "叫号大屏", en: "Board" },
  desk: { "zh-CN": "值班台", en: "Duty desk" },
  setup: { "zh-CN": "装机", en: "Set-up" },
  launcher: { "zh-CN": "演示大厅", en: "Demo hall" },
  second: { "zh-CN": "窗口副屏", en: "Applicant's screen" },
};

export const windowTitle = (
  role: StartRole,
  display: "main" | "second",
  hallName: string | null,
  language: Language,
): string => [ROLE_NAMES[display === "second" ? "second" : role][language], hallName ?? PRODUCT[language]].join(" · ");

/** Reasons of the main process' own; others come from the node with their code. */
export type NodeFault =
  | "bad_url"
  | "insecure_url"
  | "unreachable"
  | "untrusted"
  | "code_needed"
  | "not_a_node"
  | "enrol_code_unknown"
  | "too_many_requests"
  | "wrong_name"
  | "key_store_failed"
  | "node_error";

const NODE_FAULTS: Readonly<Record<NodeFault, Sentence>> = {
  bad_url: {
    "zh-CN": "地址不对：请填写大厅服务器的完整地址，例如 https://hall.example.gov.cn:7443。",
    en: "This is not an address: give the whole address of the hall's server, such as https://hall.example.gov.cn:7443.",
  },
  insecure_url: {
    "zh-CN": "为保护个人信息，除本机外只能用 https:// 地址连接大厅服务器。",
    en: "To protect personal data the hall's server is reached by https:// only, except on this very computer.",
  },
  unreachable: {
    "zh-CN": "连不上大厅服务器：请检查地址、网线和服务器是否开机。",
    en: "The hall's server cannot be reached: check the address, the cable and whether the server is on.",
  },
  untrusted: {
    "zh-CN": "服务器证书与本大厅不符，已拒绝连接：请核对地址、注册码和本机时间；确已更换证书的，请重新注册本机。",
    en: "The server's certificate is not this hall's; the connection was refused. Check the address, the code and this computer's clock; if the hall really has a new authority, enrol this terminal again.",
  },
  code_needed: {
    "zh-CN": "服务器已连上，本机还不知道该信任谁：请填写完整的注册码再测试。",
    en: "The server was reached, but this terminal does not know yet whom to trust: type the whole code and test again.",
  },
  not_a_node: {
    "zh-CN": "这个地址上不是大厅服务器。",
    en: "What answers at this address is not a hall's server.",
  },
  enrol_code_unknown: {
    "zh-CN": "注册码不对、已用过或已过期：请向大厅管理员要一个新的。",
    en: "The code is wrong, used or expired: ask the hall's administrator for a new one.",
  },
  too_many_requests: {
    "zh-CN": "试得太多了：请等一分钟再试。",
    en: "Too many tries: wait a minute and try again.",
  },
  wrong_name: { "zh-CN": "请给终端起个名字（1 到 60 个字）。", en: "Give the terminal a name of 1 to 60 characters." },
  key_store_failed: {
    "zh-CN": "本机的密钥库不能保存密钥，未完成注册。",
    en: "The key store of this computer could not keep the secret; the terminal was not enrolled.",
  },
  node_error: {
    "zh-CN": "大厅服务器出错了，请稍后再试。",
    en: "The hall's server reported an error; try again later.",
  },
};

export const nodeFaultText = (code: NodeFault, language: Language): string => NODE_FAULTS[code][language];

const NOTICES = {
  settingsSetAside: {
    "zh-CN": "设置文件读不出来，已另存为",
    en: "The settings could not be read and were kept as",
  },
  sealLost: {
    "zh-CN": "密钥库打不开原来的密钥（更换了系统或账户），旧设置已另存为",
    en: "The key store cannot open the old keys (another system or account); the old settings were kept as",
  },
  roleDiffers: { "zh-CN": "本终端注册的岗位是", en: "This terminal is enrolled as" },
} as const satisfies Readonly<Record<string, Sentence>>;

export const noticeText = (name: keyof typeof NOTICES, detail: string, language: Language): string =>
  `${NOTICES[name][language]} ${detail}`;

export const roleName = (role: StartRole, language: Language): string => ROLE_NAMES[role][language];
