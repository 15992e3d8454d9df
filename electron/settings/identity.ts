import { basename, dirname } from "node:path";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import type { KeyStore, TerminalInfo } from "../../shared/contract/ipc.ts";
import type { Logger } from "../logging/logger.ts";
import { noticeText } from "../text.ts";
import { findKeyStore, findUnsealed, isDataKey, newDataKey, seal } from "./secrets.ts";
import { openSettings, setSettingsAside, type Enrolment, type SettingsStore } from "./settings.ts";

export interface Credentials {
  readonly deviceId: string;
  readonly secret: string;
}

/** What the terminal is, opened and unsealed: held in the memory of the main process only. */
export interface Identity {
  readonly settings: SettingsStore;
  readonly keyStore: KeyStore;
  readonly dataKey: string;
  readonly notices: TerminalInfo["notices"];
  enrolment(): Enrolment | null;
  credentials(display: "main" | "second"): Credentials | null;
  /** @param authority that alone may vouch for the node from now on, PEM; null: whomever the system believes */
  enrol(nodeUrl: string, terminalName: string, response: EnrolResponse, authority: string | null): void;
  leave(): void;
}

interface Opened {
  readonly dataKey: string;
  readonly main: Credentials | null;
  readonly second: Credentials | null;
}

/** Null when the key store cannot open one of the sealed values. */
const unsealAll = (store: SettingsStore): Opened | null => {
  const { dataKey: sealedKey, enrolment } = store.get();
  const dataKey = sealedKey ? findUnsealed(sealedKey) : newDataKey();
  if (dataKey === null || !isDataKey(dataKey)) return null;
  if (!enrolment) return { dataKey, main: null, second: null };
  const secret = findUnsealed(enrolment.secret);
  const reviewSecret = enrolment.review ? findUnsealed(enrolment.review.secret) : null;
  if (secret === null || (enrolment.review && reviewSecret === null)) return null;
  return {
    dataKey,
    main: { deviceId: enrolment.deviceId, secret },
    second:
      enrolment.review && reviewSecret !== null ? { deviceId: enrolment.review.deviceId, secret: reviewSecret } : null,
  };
};

/** Opens settings and secrets below `folder`. Never fails for a broken file or a changed key store: says so instead. */
export const openIdentity = (folder: string, log: Logger): Identity => {
  const keyStore = findKeyStore();
  const notices: TerminalInfo["notices"][number][] = [];
  const { store: firstStore, setAside } = openSettings(folder);
  let store = firstStore;
  const language = store.get().language;
  if (setAside) {
    const file = basename(setAside.file);
    log.write("settings.setAside", { file, reason: setAside.reason });
    notices.push({ code: "settings_set_aside", detail: noticeText("settingsSetAside", file, language) });
  }
  let opened = unsealAll(store);
  if (!opened) {
    // Not deleted: with the old key store back, a person can put the file back and nothing is lost.
    const { printer } = store.get();
    const file = basename(setSettingsAside(dirname(store.file), "sealed"));
    ({ store } = openSettings(folder));
    store.update({ printer, language });
    log.write("settings.sealLost", { file });
    notices.push({ code: "key_store_changed", detail: noticeText("sealLost", file, language) });
    opened = { dataKey: newDataKey(), main: null, second: null };
  }
  const settings = store;
  let current: Opened = opened;
  if (!settings.get().dataKey) settings.update({ dataKey: seal(current.dataKey, keyStore) });
  if (keyStore !== "system") notices.push({ code: "key_store_weak", detail: keyStore });
  return {
    settings,
    keyStore,
    dataKey: current.dataKey,
    notices,
    enrolment: () => settings.get().enrolment,
    credentials: (display) => (display === "main" ? current.main : current.second),
    enrol(nodeUrl, terminalName, { hallId, hallName, deviceId, secret, role, counterId, review }, authority) {
      const enrolment: Enrolment = {
        nodeUrl,
        hallId,
        hallName,
        terminalName,
        role,
        counterId,
        deviceId,
        secret: seal(secret, keyStore),
        authority,
        review: review ? { deviceId: review.deviceId, secret: seal(review.secret, keyStore) } : null,
      };
      settings.update({ enrolment });
      current = { ...current, main: { deviceId, secret }, second: review };
      log.write("enrol.done", { role, deviceId });
    },
    leave() {
      settings.update({ enrolment: null });
      current = { ...current, main: null, second: null };
      log.write("enrol.left");
    },
  };
};
