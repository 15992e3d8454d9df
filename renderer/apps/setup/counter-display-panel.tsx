import { useEffect, useState, type FormEvent } from "react";
import Button from "antd/es/button";
import Input from "antd/es/input";
import { useTranslation } from "react-i18next";
import type { CounterDisplaySettings, StaffBridge } from "../../../shared/contract/ipc.ts";

/** The string of LEDs over a window terminal's counter: where it is, how long it is, and whether it can be reached. */
export const CounterDisplayPanel = ({ bridge }: { readonly bridge: StaffBridge }) => {
  const { t } = useTranslation();
  const [display, setDisplay] = useState<CounterDisplaySettings | null>(null);
  const [port, setPort] = useState("");
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly key: string } | null>(null);
  const [busy, setBusy] = useState<"save" | "test" | null>(null);

  useEffect(() => {
    void bridge["setup.getCounterDisplay"]().then((kept) => {
      setDisplay(kept);
      setPort(String(kept.port));
    });
  }, [bridge]);
  if (display === null) return null;

  const isTcp = display.kind === "tcp";
  const save = async (): Promise<boolean> => {
    const number = Number(port);
    if (isTcp && (display.host.trim() === "" || !Number.isInteger(number) || number < 1 || number > 65_535)) {
      setSaid({ ok: false, key: "setup:counterDisplay.addressMissing" });
      return false;
    }
    await bridge["setup.setCounterDisplay"]({
      ...display,
      host: display.host.trim(),
      port: isTcp ? number : display.port,
    });
    setSaid({ ok: true, key: "setup:counterDisplay.saved" });
    return true;
  };
  const run = async (what: "save" | "test"): Promise<void> => {
    if (busy !== null) return;
    setBusy(what);
    if ((await save()) && what === "test") {
      const outcome = await bridge["setup.testCounterDisplay"]();
      setSaid({ ok: outcome.ok, key: outcome.ok ? "setup:counterDisplay.tested" : "setup:counterDisplay.offline" });
    }
    setBusy(null);
  };
  const change = (part: Partial<CounterDisplaySettings>): void => {
    setDisplay({ ...display, ...part });
    setSaid(null);
  };

  return (
    <form
      className="staff-card"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void run("save");
      }}
    >
      <h2>{t("setup:counterDisplay.heading")}</h2>
      <fieldset className="staff-options">
        <legend>{t("setup:counterDisplay.kind")}</legend>
        {(["none", "tcp"] as const).map((kind) => (
          <label key={kind} className="staff-option">
            <input
              type="radio"
              name="counter-display"
              checked={display.kind === kind}
              onChange={() => change({ kind })}
            />
            <span>{kind === "none" ? t("setup:counterDisplay.none") : t("setup:counterDisplay.tcp")}</span>
          </label>
        ))}
      </fieldset>
      {isTcp ? (
        <>
          <fieldset className="staff-options">
            <legend>{t("setup:counterDisplay.length")}</legend>
            {([8, 12] as const).map((cells) => (
              <label key={cells} className="staff-option">
                <input
                  type="radio"
                  name="counter-display-cells"
                  checked={display.cells === cells}
                  onChange={() => change({ cells })}
                />
                <span>{t("setup:counterDisplay.cells", { n: cells })}</span>
              </label>
            ))}
          </fieldset>
          <div className="setup-address">
            <label>
              <span>{t("setup:counterDisplay.host")}</span>
              <Input
                value={display.host}
                maxLength={255}
                spellCheck={false}
                onChange={(event) => change({ host: event.target.value })}
              />
            </label>
            <label>
              <span>{t("setup:counterDisplay.port")}</span>
              <Input value={port} inputMode="numeric" maxLength={5} onChange={(event) => setPort(event.target.value)} />
            </label>
          </div>
        </>
      ) : null}
      <p role="status" className={said?.ok === false ? "setup-said setup-bad" : "setup-said setup-ok"}>
        {said === null ? "" : `${said.ok ? "✓" : "✕"} ${t(said.key)}`}
      </p>
      <div className="setup-buttons">
        <Button htmlType="submit" type="primary" loading={busy === "save"}>
          {t("setup:counterDisplay.save")}
        </Button>
        <Button disabled={!isTcp} loading={busy === "test"} onClick={() => void run("test")}>
          {t("setup:counterDisplay.test")}
        </Button>
      </div>
    </form>
  );
};
