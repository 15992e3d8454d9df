import { useEffect, useState, type FormEvent } from "react";
import Button from "antd/es/button";
import Input from "antd/es/input";
import { useTranslation } from "react-i18next";
import type { DocumentPrinterSettings, StaffBridge, SystemPrinter } from "../../../shared/contract/ipc.ts";

/** Where A4 documents of this terminal go: a printer of the system, or a folder as PDF. */
export const DocumentPrinterPanel = ({ bridge }: { readonly bridge: StaffBridge }) => {
  const { t } = useTranslation();
  const [printers, setPrinters] = useState<readonly SystemPrinter[]>([]);
  const [kept, setKept] = useState<DocumentPrinterSettings | null>(null);
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly key: string } | null>(null);

  useEffect(() => {
    void bridge["setup.getDocumentPrinter"]().then(setKept);
    void bridge["setup.printers"]().then(setPrinters);
  }, [bridge]);
  if (kept === null) return null;

  const change = (next: DocumentPrinterSettings): void => {
    setKept(next);
    setSaid(null);
  };
  const save = async (): Promise<void> => {
    const name = kept.name.trim();
    if (kept.kind === "pdf" && !/^([A-Za-z]:[\\/]|[\\/])/.test(name))
      return setSaid({ ok: false, key: "setup:documentPrinter.folderMissing" });
    await bridge["setup.setDocumentPrinter"]({ ...kept, name });
    setSaid({ ok: true, key: "setup:documentPrinter.saved" });
  };
  return (
    <form
      className="staff-card"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{t("setup:documentPrinter.heading")}</h2>
      <fieldset className="staff-options">
        <legend>{t("setup:documentPrinter.kind")}</legend>
        {(["system", "pdf"] as const).map((kind) => (
          <label key={kind} className="staff-option">
            <input
              type="radio"
              name="document-printer"
              checked={kept.kind === kind}
              onChange={() => change({ kind, name: "" })}
            />
            <span>{kind === "system" ? t("setup:documentPrinter.system") : t("setup:documentPrinter.pdf")}</span>
          </label>
        ))}
      </fieldset>
      {kept.kind === "pdf" ? (
        <label>
          <span>{t("setup:documentPrinter.folder")}</span>
          <Input
            value={kept.name}
            maxLength={300}
            spellCheck={false}
            onChange={(event) => change({ ...kept, name: event.target.value })}
          />
        </label>
      ) : (
        <label className="setup-field">
          <span>{t("setup:documentPrinter.which")}</span>
          <select value={kept.name} onChange={(event) => change({ ...kept, name: event.target.value })}>
            <option value="">{t("setup:documentPrinter.usual")}</option>
            {printers.map(({ name, displayName }) => (
              <option key={name} value={name}>
                {displayName}
              </option>
            ))}
          </select>
        </label>
      )}
      {kept.kind === "system" && printers.length === 0 ? (
        <p className="setup-said">{t("setup:documentPrinter.none")}</p>
      ) : null}
      <p role="status" className={said?.ok === false ? "setup-said setup-bad" : "setup-said setup-ok"}>
        {said === null ? "" : `${said.ok ? "✓" : "✕"} ${t(said.key)}`}
      </p>
      <div className="setup-buttons">
        <Button htmlType="submit" type="primary">
          {t("setup:documentPrinter.save")}
        </Button>
      </div>
    </form>
  );
};
