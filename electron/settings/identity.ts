import { basename, dirname } from "node:path";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import type { KeyStore, TerminalInfo } from "../../shared/contract/ipc.ts";
import type { Logger } from "../logging/logger.ts";
import type { DeviceProof } from "../node/session-tokens.ts";
import { newDeviceKey } from "../security/device-key.ts";
import { noticeText } from "../text.ts";
import { findKeyStore, findUnsealed, isDataKey, newDataKey, seal } from "./secrets.ts";
import type { Enrolment, Sealed } from "./settings-schema.ts";
import { openSettings, setSettingsAside, type SettingsStore } from "./settings.ts";

/** What a device presents now. */
export interface Credentials {
  readonly deviceId: string;
  readonly secret: string;
}

export type Display = "main" | "second";

/** What the terminal is, opened and unsealed: held in the memory of the main process only. */
export interface Identity {
  readonly settings: SettingsStore;
  readonly keyStore: KeyStore;
  readonly dataKey: string;
  readonly notices: TerminalInfo["notices"];
  enrolment(): Enrolment | null;
  credentials(display: Display): Credentials | null;
  /** What proves one of this computer's devices to the node. */
  proof(display: Display): DeviceProof | null;
  /** From now on the display presents this. */
  present(display: Display, secret: string): void;
  /**
   * @param key whose public half was sent along
   * @param authority that alone may vouch for the node from now on, PEM; null: whomever the system believes
   */
  enrol(nodeUrl: string, terminalName: string, response: EnrolResponse, key: string, authority: string | null): void;
  /** Believes the authority that the one believed until now has named to come after it. */
  believe(authority: string): void;
  /** Belongs to no hall any more. What was sealed until now opens for nobody. */
  leave(): void;
}

interface Opened {
  readonly dataKey: string;
  readonly key: string | null;
  readonly main: Device | null;
  readonly second: Device | null;
}

interface Device {
  readonly deviceId: string;
  /** What it was enrolled with before there were keys. */
  readonly secret: string | null;
  presented: string;
}

/** A device that has a key presents nothing before it has got a token. */
const unsealDevice = (device: { readonly deviceId: string; readonly secret: Sealed | null }): Device | null => {
  const secret = device.secret && findUnsealed(device.secret);
  if (device.secret && secret === null) return null;
  return { deviceId: device.deviceId, secret, presented: secret ?? "" };
};

/** Null when the key store cannot open one of the sealed values. */
const unsealAll = (store: SettingsStore): Opened | null => {
  const { dataKey: sealedKey, enrolment } = store.get();
  const dataKey = sealedKey ? findUnsealed(sealedKey) : newDataKey();
  if (dataKey === null || !isDataKey(dataKey)) return null;
  if (!enrolment) return { dataKey, key: null, main: null, second: null };
  const key = enrolment.key && findUnsealed(enrolment.key);
  const main = unsealDevice(enrolment);
  const second = enrolment.review && unsealDevice(enrolment.review);
  if (main === null || (enrolment.key && key === null) || (enrolment.review && second === null)) return null;
  return { dataKey, key, main, second };
};

/** Opens settings and secrets below `folder`. Never fails for a broken file or a changed key store: says so instead. */
export const openIdentity = (folder: string, log: Logger): Identity => {
  const keyStore = findKeyStore();
  const notices: TerminalInfo["notices"][number][] = [];
  const { store: firstStore, setAside, notUnderstood } = openSettings(folder);
  let store = firstStore;
  const language = store.get().language;
  if (setAside) {
    const file = basename(setAside.file);
    log.write("settings.setAside", { file, reason: setAside.reason });
    notices.push({ code: "settings_set_aside", detail: noticeText("settingsSetAside", file, language) });
  }
  if (notUnderstood.length > 0) {
    const names = notUnderstood.join(", ");
    log.write("settings.notUnderstood", { names });
    notices.push({ code: "settings_not_understood", detail: names });
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
    opened = { dataKey: newDataKey(), key: null, main: null, second: null };
  }
  const settings = store;
  let current: Opened = opened;
  if (!settings.get().dataKey) settings.update({ dataKey: seal(current.dataKey, keyStore) });
  if (keyStore !== "system") notices.push({ code: "key_store_weak", detail: keyStore });
  const giveKey = (enrolment: Enrolment): void => {
    const key = newDeviceKey();
    settings.update({ enrolment: { ...enrolment, key: seal(key, keyStore) } });
    current = { ...current, key };
  };
  const enrolled = settings.get().enrolment;
  if (enrolled && current.key === null) giveKey(enrolled);
  const of = (display: Display) => (display === "main" ? current.main : current.second);
  return {
    settings,
    keyStore,
    get dataKey() {
      return current.dataKey;
    },
    notices,
    enrolment: () => settings.get().enrolment,
    credentials(display) {
      const device = of(display);
      return device && { deviceId: device.deviceId, secret: device.presented };
    },
    proof(display) {
      const device = of(display);
      if (!device || current.key === null) return null;
      return { deviceId: device.deviceId, key: current.key, secret: device.secret };
    },
    present(display, secret) {
      const device = of(display);
      if (device) device.presented = secret;
    },
    enrol(nodeUrl, terminalName, response, key, authority) {
      const { hallId, hallName, deviceId, role, counterId, review, expiresInMs } = response;
      // A node of before there were keys gives secrets that are good for ever.
      const isForEver = expiresInMs === null;
      const sealSecret = (secret: string) => (isForEver ? seal(secret, keyStore) : null);
      const deviceOf = (id: string, presented: string): Device => ({
        deviceId: id,
        secret: isForEver ? presented : null,
        presented,
      });
      const enrolment: Enrolment = {
        nodeUrl,
        hallId,
        hallName,
        terminalName,
        role,
        counterId,
        enrolledAs: null,
        deviceId,
        key: seal(key, keyStore),
        secret: sealSecret(response.secret),
        authority,
        review: review ? { deviceId: review.deviceId, secret: sealSecret(review.secret) } : null,
      };
      settings.update({ enrolment });
      current = {
        ...current,
        key,
        main: deviceOf(deviceId, response.secret),
        second: review && deviceOf(review.deviceId, review.secret),
      };
      log.write("enrol.done", { role, deviceId });
    },
    believe(authority) {
      const { enrolment } = settings.get();
      if (enrolment === null || enrolment.authority === null || enrolment.authority === authority) return;
      settings.update({ enrolment: { ...enrolment, authority } });
      log.write("enrol.authorityChanged");
    },
    leave() {
      current = { dataKey: newDataKey(), key: null, main: null, second: null };
      settings.update({ enrolment: null, dataKey: seal(current.dataKey, keyStore) });
      log.write("enrol.left");
    },
  };
};
