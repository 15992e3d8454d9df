import { useEffect, useState, type FormEvent } from "react";
import Button from "antd/es/button";
import Input from "antd/es/input";
import { useTranslation } from "react-i18next";
import { idReaderSettingsSchema, type StaffBridge } from "../../../shared/contract/ipc.ts";

/** Which serial port the ID card reader is at, and whether it answers. */
export const IdReaderPanel = ({ bridge }: { readonly bridge: StaffBridge }) => {
  const { t } = useTranslation();
  const [path, setPath] = useState<string | null>(null);
  const [ports, setPorts] = useState<readonly string[]>([]);
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly key: string } | null>(null);
  const [busy, setBusy] = useState<"save" | "test" | null>(null);

  useEffect(() => {
    void bridge["setup.getIdReader"]().then((kept) => setPath(kept.port ?? ""));
    void bridge["setup.serialPorts"]().then(setPorts);
  }, [bridge]);
  if (path === null) return null;

  const run = async (what: "save" | "test"): Promise<void> => {
    if (busy !== null) return;
    const settings = idReaderSettingsSchema.safeParse({ port: path.trim() === "" ? null : path.trim() });
    if (!settings.success) return setSaid({ ok: false, key: "setup:idReader.badPort" });
    setBusy(what);
    await bridge["setup.setIdReader"](settings.data);
    setSaid({ ok: true, key: "setup:idReader.saved" });
    if (what === "test") {
      const outcome = await bridge["setup.testIdReader"]();
      setSaid(
        outcome.ok
          ? { ok: true, key: "setup:idReader.answers" }
          : { ok: false, key: `staff:idReader.${outcome.error.code}` },
      );
    }
    setBusy(null);
  };

  return (
    <form
      className="staff-card"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void run("save");
      }}
    >
      <h2>{t("setup:idReader.heading")}</h2>
      <label className="staff-field">
        <span>{t("setup:idReader.port")}</span>
        <Input
          value={path}
          maxLength={200}
          spellCheck={false}
          list="serial-ports"
          placeholder={t("setup:idReader.none")}
          onChange={(event) => {
            setPath(event.target.value);
            setSaid(null);
          }}
        />
        <datalist id="serial-ports">
          {ports.map((port) => (
            <option key={port} value={port} />
          ))}
        </datalist>
      </label>
      <p role="status" className={said?.ok === false ? "setup-said setup-bad" : "setup-said setup-ok"}>
        {said === null ? "" : `${said.ok ? "✓" : "✕"} ${t(said.key)}`}
      </p>
      <div className="setup-buttons">
        <Button htmlType="submit" type="primary" loading={busy === "save"}>
          {t("setup:printer.save")}
        </Button>
        <Button disabled={path.trim() === ""} loading={busy === "test"} onClick={() => void run("test")}>
          {t("setup:idReader.test")}
        </Button>
      </div>
    </form>
  );
};
