import { useEffect, useState, type FormEvent } from "react";
import Button from "antd/es/button";
import Input from "antd/es/input";
import { useTranslation } from "react-i18next";
import type { PrinterSettings, StaffBridge } from "../../../shared/contract/ipc.ts";
import { printFaultKey } from "./fault-key.ts";

const PORT = 9100;
/** As `printerSettingsSchema` has them. */
const DEVICE = /^\/dev\/[a-z]+\/?[a-z]*[0-9]+$/;
const QUEUE = /^[\p{L}\p{N}_.-]+$/u;

/** Which ticket printer this terminal has, and whether it prints. */
export const PrinterPanel = ({ bridge }: { readonly bridge: StaffBridge }) => {
  const { t } = useTranslation();
  const [printer, setPrinter] = useState<PrinterSettings | null>(null);
  const [port, setPort] = useState(String(PORT));
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly key: string } | null>(null);
  const [busy, setBusy] = useState<"save" | "test" | null>(null);

  useEffect(() => {
    void bridge["setup.getPrinter"]().then((kept) => {
      setPrinter(kept);
      setPort(String(kept.port));
    });
  }, [bridge]);
  if (printer === null) return null;

  const save = async (): Promise<boolean> => {
    const number = Number(port);
    const isTcp = printer.kind === "tcp";
    if (isTcp && (printer.host.trim() === "" || !Number.isInteger(number) || number < 1 || number > 65_535)) {
      setSaid({ ok: false, key: "setup:printer.addressMissing" });
      return false;
    }
    if (printer.kind === "queue" && !QUEUE.test(printer.queue.trim())) {
      setSaid({ ok: false, key: "setup:printer.queueMissing" });
      return false;
    }
    if (printer.kind === "usb" && !DEVICE.test(printer.device.trim())) {
      setSaid({ ok: false, key: "setup:printer.deviceMissing" });
      return false;
    }
    await bridge["setup.setPrinter"]({
      ...printer,
      host: printer.host.trim(),
      port: isTcp ? number : PORT,
      device: DEVICE.test(printer.device.trim()) ? printer.device.trim() : "/dev/usb/lp0",
      queue: QUEUE.test(printer.queue.trim()) ? printer.queue.trim() : "",
    });
    setSaid({ ok: true, key: "setup:printer.saved" });
    return true;
  };
  const run = async (what: "save" | "test"): Promise<void> => {
    if (busy !== null) return;
    setBusy(what);
    const saved = await save();
    if (what === "test" && saved) {
      const outcome = await bridge["setup.testPrint"]();
      setSaid(
        outcome.ok ? { ok: true, key: "setup:printer.printed" } : { ok: false, key: printFaultKey(outcome.error.code) },
      );
    }
    setBusy(null);
  };

  const kindNames = {
    none: t("setup:printer.none"),
    tcp: t("setup:printer.tcp"),
    usb: t("setup:printer.usb"),
    queue: t("setup:printer.queue"),
  };
  return (
    <form
      className="staff-card"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void run("save");
      }}
    >
      <h2>{t("setup:printer.heading")}</h2>
      <fieldset className="staff-options">
        <legend>{t("setup:printer.kind")}</legend>
        {(["none", "tcp", "usb", "queue"] as const).map((kind) => (
          <label key={kind} className="staff-option">
            <input
              type="radio"
              name="printer"
              checked={printer.kind === kind}
              onChange={() => {
                setPrinter({ ...printer, kind });
                setSaid(null);
              }}
            />
            <span>{kindNames[kind]}</span>
          </label>
        ))}
      </fieldset>
      {printer.kind === "tcp" ? (
        <div className="setup-address">
          <label>
            <span>{t("setup:printer.host")}</span>
            <Input
              value={printer.host}
              maxLength={255}
              spellCheck={false}
              placeholder="192.168.1.20"
              onChange={(event) => setPrinter({ ...printer, host: event.target.value })}
            />
          </label>
          <label>
            <span>{t("setup:printer.port")}</span>
            <Input value={port} inputMode="numeric" maxLength={5} onChange={(event) => setPort(event.target.value)} />
          </label>
        </div>
      ) : null}
      {printer.kind === "usb" ? (
        <div className="setup-address">
          <label>
            <span>{t("setup:printer.device")}</span>
            <Input
              value={printer.device}
              maxLength={60}
              spellCheck={false}
              placeholder="/dev/usb/lp0"
              onChange={(event) => setPrinter({ ...printer, device: event.target.value })}
            />
          </label>
        </div>
      ) : null}
      {printer.kind === "queue" ? (
        <div className="setup-address">
          <label>
            <span>{t("setup:printer.queueName")}</span>
            <Input
              value={printer.queue}
              maxLength={100}
              spellCheck={false}
              placeholder="POS80"
              onChange={(event) => setPrinter({ ...printer, queue: event.target.value })}
            />
          </label>
          <p>{t("setup:printer.queueNote")}</p>
        </div>
      ) : null}
      <p role="status" className={said?.ok === false ? "setup-said setup-bad" : "setup-said setup-ok"}>
        {said === null ? "" : `${said.ok ? "✓" : "✕"} ${t(said.key)}`}
      </p>
      <div className="setup-buttons">
        <Button htmlType="submit" type="primary" loading={busy === "save"}>
          {t("setup:printer.save")}
        </Button>
        <Button disabled={printer.kind === "none"} loading={busy === "test"} onClick={() => void run("test")}>
          {t("setup:printer.test")}
        </Button>
      </div>
    </form>
  );
};
