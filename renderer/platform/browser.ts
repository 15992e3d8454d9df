import { plainScreen } from "../../shared/contract/screen-settings.ts";
import { z } from "zod";
import { enrolResponseSchema } from "../../shared/contract/api.ts";
import type { TerminalInfo } from "../../shared/contract/ipc.ts";
import { terminalRoleSchema } from "../../shared/domain/identity/roles.ts";
import type { Platform } from "./platform.ts";

const KEPT = "service-hall-terminal";
const VERSION = "browser";

/** What a browser keeps of an enrolled terminal. One entry for each role, so that a page of each may be open at once. */
const keptSchema = z.object({
  deviceId: z.string(),
  secret: z.string(),
  role: terminalRoleSchema,
  counterId: z.string().nullable(),
  terminalName: z.string(),
  hallName: z.string(),
  dataKey: z.string(),
});
type Kept = z.infer<typeof keptSchema>;

const languageSchema = z.enum(["zh-CN", "en"]);

const readKept = (role: string | null): Kept | null => {
  const roles = role === null ? terminalRoleSchema.options : [role];
  for (const each of roles) {
    try {
      const kept = keptSchema.safeParse(JSON.parse(localStorage.getItem(`${KEPT}-${each}`) ?? "null"));
      if (kept.success) return kept.data;
    } catch {
      continue;
    }
  }
  return null;
};

const newDataKey = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));

/** Enrols this browser with the code of the page's address. */
const enrol = async (code: string, name: string): Promise<Kept | null> => {
  const response = await fetch("/api/enrol", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code, name }),
  });
  if (!response.ok) return null;
  const enrolled = enrolResponseSchema.parse(await response.json());
  const kept: Kept = {
    deviceId: enrolled.deviceId,
    secret: enrolled.secret,
    role: enrolled.role,
    counterId: enrolled.counterId,
    terminalName: name,
    hallName: enrolled.hallName,
    dataKey: newDataKey(),
  };
  localStorage.setItem(`${KEPT}-${kept.role}`, JSON.stringify(kept));
  return kept;
};

/** The code goes out of the address at once: it is worth nothing twice, and a reload must not try it again. */
const takeParameters = (): { role: string | null; code: string | null; name: string | null } => {
  const url = new URL(location.href);
  const [role, code, name] = ["role", "enrol", "name"].map((key) => url.searchParams.get(key));
  if (code !== null) {
    url.searchParams.delete("enrol");
    url.searchParams.delete("name");
    history.replaceState(null, "", url);
  }
  return { role: role ?? null, code: code ?? null, name: name ?? null };
};

const readInfo = async (): Promise<TerminalInfo> => {
  const { role, code, name } = takeParameters();
  let kept = code === null ? readKept(role) : null;
  if (code !== null) {
    try {
      kept = await enrol(code, name ?? `${role ?? "browser"} ${new Date().toISOString().slice(0, 16)}`);
    } catch {
      kept = null;
    }
    kept ??= readKept(role);
  }
  if (kept !== null && new URL(location.href).searchParams.get("role") !== kept.role) {
    const url = new URL(location.href);
    url.searchParams.set("role", kept.role);
    history.replaceState(null, "", url);
  }
  const language = languageSchema.safeParse(localStorage.getItem("service-hall-language"));
  // Asks the browser not to throw the outbox away when the disk runs low.
  void navigator.storage?.persist?.().catch(() => false);
  return {
    role: kept?.role ?? "setup",
    display: "main",
    appVersion: VERSION,
    nodeUrl: location.origin,
    credentials: kept === null ? null : { deviceId: kept.deviceId, secret: kept.secret },
    terminalName: kept?.terminalName ?? null,
    hallName: kept?.hallName ?? null,
    counterId: kept?.counterId ?? null,
    language: language.success ? language.data : "zh-CN",
    screen: plainScreen,
    keyStore: "weak",
    dataKey: kept?.dataKey ?? newDataKey(),
    notices: [{ code: "key_store_weak", detail: "" }],
  };
};

/** A page that the node serves: no printer, no key store, and the key beside the data (docs/decisions). */
export const browserPlatform = (): Platform => ({
  kind: "browser",
  journal: null,
  info: readInfo,
  newSession: null,
  machine: null,
  // A browser shows a page of its own instead of one whose server it does not believe.
  isNodeTrusted: () => Promise.resolve(true),
  log: (code, fields) => {
    // eslint-disable-next-line no-console -- a browser has no other log
    console.info(code, fields);
  },
  readPersonCard: () => Promise.resolve({ ok: false, error: { code: "no_reader" } }),
  cancelPersonCard: () => undefined,
  print: () => Promise.resolve({ ok: false, error: { code: "no_printer" } }),
  keepLanguage: (language) => localStorage.setItem("service-hall-language", language),
});
