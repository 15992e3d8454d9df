import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StaffBridge, SystemPrinter } from "../../../shared/contract/ipc.ts";
import type { DocumentPrinterSettings } from "../../../shared/contract/device-settings.ts";
import { Choices, DevicePanel, TextField, type Said } from "./device-panel.tsx";

/** Where A4 documents of this terminal go: a printer of the system, or a folder as PDF. */
export const DocumentPrinterPanel = ({ bridge }: { readonly bridge: StaffBridge }) => {
  const { t } = useTranslation();
  const [printers, setPrinters] = useState<readonly SystemPrinter[]>([]);
  const [draft, setDraft] = useState<DocumentPrinterSettings | null>(null);
  useEffect(() => {
    void bridge["setup.getDocumentPrinter"]().then(setDraft);
    void bridge["setup.printers"]().then(setPrinters);
  }, [bridge]);
  if (draft === null) return null;

  const save = async (): Promise<Said> => {
    const name = draft.name.trim();
    if (draft.kind === "pdf" && !/^([A-Za-z]:[\\/]|[\\/])/.test(name))
      return { ok: false, key: "setup:documentPrinter.folderMissing" };
    await bridge["setup.setDocumentPrinter"]({ ...draft, name });
    return { ok: true, key: "setup:documentPrinter.saved" };
  };
  return (
    <DevicePanel
      heading={t("setup:documentPrinter.heading")}
      draft={draft}
      save={save}
      saveLabel={t("setup:documentPrinter.save")}
    >
      <Choices
        legend={t("setup:documentPrinter.kind")}
        name="document-printer"
        options={[
          ["system", t("setup:documentPrinter.system")],
          ["pdf", t("setup:documentPrinter.pdf")],
        ]}
        value={draft.kind}
        onChange={(kind) => setDraft({ kind, name: "" })}
      />
      {draft.kind === "pdf" ? (
        <TextField
          label={t("setup:documentPrinter.folder")}
          value={draft.name}
          maxLength={300}
          onChange={(name) => setDraft({ ...draft, name })}
        />
      ) : (
        <label className="setup-field">
          <span>{t("setup:documentPrinter.which")}</span>
          <select value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })}>
            <option value="">{t("setup:documentPrinter.usual")}</option>
            {printers.map(({ name, displayName }) => (
              <option key={name} value={name}>
                {displayName}
              </option>
            ))}
          </select>
        </label>
      )}
      {draft.kind === "system" && printers.length === 0 ? (
        <p className="setup-said">{t("setup:documentPrinter.none")}</p>
      ) : null}
    </DevicePanel>
  );
};
