import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StaffBridge } from "../../../shared/contract/ipc.ts";
import type { PrinterSettings } from "../../../shared/contract/device-settings.ts";
import { AddressFields, Choices, DevicePanel, portOf, TextField, type Said } from "./device-panel.tsx";
import { printFaultKey } from "./fault-key.ts";

const PORT = 9100;
/** As `printerSettingsSchema` has them. */
const DEVICE = /^\/dev\/[a-z]+\/?[a-z]*[0-9]+$/;
const QUEUE = /^[\p{L}\p{N}_.-]+$/u;

type Draft = Omit<PrinterSettings, "port"> & { readonly port: string };

/** What is typed as it can be kept, or the key of what is wrong with it. */
const settingsOf = (draft: Draft): PrinterSettings | string => {
  const port = portOf(draft.host, draft.port);
  const [device, queue] = [draft.device.trim(), draft.queue.trim()];
  if (draft.kind === "tcp" && port === null) return "setup:printer.addressMissing";
  if (draft.kind === "queue" && !QUEUE.test(queue)) return "setup:printer.queueMissing";
  if (draft.kind === "usb" && !DEVICE.test(device)) return "setup:printer.deviceMissing";
  return {
    ...draft,
    host: draft.host.trim(),
    port: draft.kind === "tcp" && port !== null ? port : PORT,
    device: DEVICE.test(device) ? device : "/dev/usb/lp0",
    queue: QUEUE.test(queue) ? queue : "",
  };
};

/** Which ticket printer this terminal has, and whether it prints. */
export const PrinterPanel = ({ bridge }: { readonly bridge: StaffBridge }) => {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Draft | null>(null);
  useEffect(() => {
    void bridge["setup.getPrinter"]().then((kept) => setDraft({ ...kept, port: String(kept.port) }));
  }, [bridge]);
  if (draft === null) return null;

  const save = async (): Promise<Said> => {
    const settings = settingsOf(draft);
    if (typeof settings === "string") return { ok: false, key: settings };
    await bridge["setup.setPrinter"](settings);
    return { ok: true, key: "setup:printer.saved" };
  };
  const test = async (): Promise<Said> => {
    const outcome = await bridge["setup.testPrint"]();
    return outcome.ok
      ? { ok: true, key: "setup:printer.printed" }
      : { ok: false, key: printFaultKey(outcome.error.code) };
  };
  return (
    <DevicePanel
      heading={t("setup:printer.heading")}
      draft={draft}
      save={save}
      saveLabel={t("setup:printer.save")}
      test={{ label: t("setup:printer.test"), isOff: draft.kind === "none", run: test }}
    >
      <Choices
        legend={t("setup:printer.kind")}
        name="printer"
        options={[
          ["none", t("setup:printer.none")],
          ["tcp", t("setup:printer.tcp")],
          ["usb", t("setup:printer.usb")],
          ["queue", t("setup:printer.queue")],
        ]}
        value={draft.kind}
        onChange={(kind) => setDraft({ ...draft, kind })}
      />
      {draft.kind === "tcp" ? (
        <AddressFields
          labels={{ host: t("setup:printer.host"), port: t("setup:printer.port") }}
          host={draft.host}
          port={draft.port}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
      ) : null}
      {draft.kind === "usb" ? (
        <div className="setup-address">
          <TextField
            label={t("setup:printer.device")}
            value={draft.device}
            maxLength={60}
            placeholder="/dev/usb/lp0"
            onChange={(device) => setDraft({ ...draft, device })}
          />
        </div>
      ) : null}
      {draft.kind === "queue" ? (
        <div className="setup-address">
          <TextField
            label={t("setup:printer.queueName")}
            value={draft.queue}
            maxLength={100}
            placeholder="POS80"
            onChange={(queue) => setDraft({ ...draft, queue })}
          />
          <p>{t("setup:printer.queueNote")}</p>
        </div>
      ) : null}
    </DevicePanel>
  );
};
