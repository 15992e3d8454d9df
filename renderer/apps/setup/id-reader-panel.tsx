import { useEffect, useState } from "react";
import { TextInput } from "../../ui/staff/text-input.tsx";
import { useTranslation } from "react-i18next";
import { type StaffBridge } from "../../../shared/contract/ipc.ts";
import { idReaderSettingsSchema } from "../../../shared/contract/device-settings.ts";
import { DevicePanel, type Said } from "./device-panel.tsx";

/** Which serial port the ID card reader is at, and whether it answers. */
export const IdReaderPanel = ({ bridge }: { readonly bridge: StaffBridge }) => {
  const { t } = useTranslation();
  const [path, setPath] = useState<string | null>(null);
  const [ports, setPorts] = useState<readonly string[]>([]);
  useEffect(() => {
    void bridge["setup.getIdReader"]().then((kept) => setPath(kept.port ?? ""));
    void bridge["setup.serialPorts"]().then(setPorts);
  }, [bridge]);
  if (path === null) return null;

  const save = async (): Promise<Said> => {
    const settings = idReaderSettingsSchema.safeParse({ port: path.trim() === "" ? null : path.trim() });
    if (!settings.success) return { ok: false, key: "setup:idReader.badPort" };
    await bridge["setup.setIdReader"](settings.data);
    return { ok: true, key: "setup:idReader.saved" };
  };
  const test = async (): Promise<Said> => {
    const outcome = await bridge["setup.testIdReader"]();
    return outcome.ok
      ? { ok: true, key: "setup:idReader.answers" }
      : { ok: false, key: `staff:idReader.${outcome.error.code}` };
  };
  return (
    <DevicePanel
      heading={t("setup:idReader.heading")}
      draft={path}
      save={save}
      saveLabel={t("setup:printer.save")}
      test={{ label: t("setup:idReader.test"), isOff: path.trim() === "", run: test }}
    >
      <label className="staff-field">
        <span>{t("setup:idReader.port")}</span>
        <TextInput
          value={path}
          maxLength={200}
          spellCheck={false}
          list="serial-ports"
          placeholder={t("setup:idReader.none")}
          onChange={(event) => setPath(event.target.value)}
        />
        <datalist id="serial-ports">
          {ports.map((port) => (
            <option key={port} value={port} />
          ))}
        </datalist>
      </label>
    </DevicePanel>
  );
};
