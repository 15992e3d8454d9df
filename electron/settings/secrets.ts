import { randomBytes } from "node:crypto";
import { safeStorage } from "electron";
import type { KeyStore } from "../../shared/contract/ipc.ts";
import type { Sealed } from "./settings-schema.ts";

/**
 * Which key store the system offers. On Linux without a keyring Chromium falls back to a password that everybody knows
 * ("basic_text"): the secrets are then only hidden from a glance, and the screens say so. Ask only after `ready`.
 */
export const findKeyStore = (): KeyStore => {
  if (process.platform === "linux") {
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === "basic_text" || backend === "unknown") {
      safeStorage.setUsePlainTextEncryption(true);
      return safeStorage.isEncryptionAvailable() ? "weak" : "none";
    }
  }
  return safeStorage.isEncryptionAvailable() ? "system" : "none";
};

export const seal = (text: string, keyStore: KeyStore): Sealed =>
  keyStore === "none"
    ? { by: "nothing", data: Buffer.from(text, "utf8").toString("base64") }
    : { by: "safeStorage", data: safeStorage.encryptString(text).toString("base64") };

/** The secret, or null when the key store cannot open it (any more). */
export const findUnsealed = (sealed: Sealed): string | null => {
  const bytes = Buffer.from(sealed.data, "base64");
  if (sealed.by === "nothing") return bytes.toString("utf8");
  try {
    return safeStorage.decryptString(bytes);
  } catch {
    return null;
  }
};

/** 32 random bytes for AES-256, base64. */
export const newDataKey = (): string => randomBytes(32).toString("base64");

export const isDataKey = (text: string): boolean => Buffer.from(text, "base64").length === 32;
