import { useState, type FormEvent } from "react";
import { TextInput } from "../../../ui/staff/text-input.tsx";
import { useTranslation } from "react-i18next";
import type { Receipt } from "../../../../shared/domain/case/material.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { DialogFoot } from "../../../ui/staff/dialog-foot.tsx";
import { Dialog } from "../../../ui/staff/dialog.tsx";
import { readLicenceCode } from "./scanner.ts";

interface LicenceMaterialProps {
  readonly name: string;
  readonly onDone: (receipt: Receipt, recordId: string, licence: string) => void;
  readonly onClose: () => void;
}

/** A licence out of the licence library: the applicant shows the code and so authorises this counter, for this, once. */
export const LicenceMaterial = ({ name, onDone, onClose }: LicenceMaterialProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const licence = readLicenceCode(text.trim());
    if (licence === null) {
      setWrong(true);
      return;
    }
    const recordId = terminal.newId();
    onClose();
    onDone(
      {
        way: "licence",
        copies: 0,
        originalChecked: false,
        files: [],
        authorisation: { at: terminal.now(), recordId },
        defect: null,
      },
      recordId,
      JSON.stringify({ ...licence, purpose: name }),
    );
  };
  return (
    <Dialog title={t("intake:licence.title", { name })} onClose={onClose}>
      <form onSubmit={submit}>
        <p className="staff-hint">{t("intake:licence.hint")}</p>
        <label className="staff-field">
          <span>{t("intake:licence.code")}</span>
          <TextInput
            large
            data-autofocus
            value={text}
            autoComplete="off"
            spellCheck={false}
            maxLength={500}
            {...(wrong ? { wrong: true, "aria-describedby": "licence-fault" } : {})}
            onChange={(event) => {
              setText(event.target.value);
              setWrong(false);
            }}
          />
        </label>
        <p id="licence-fault" role="alert" className="staff-error">
          {wrong ? t("intake:identity.badCode") : ""}
        </p>
        <DialogFoot confirm={t("intake:licence.authorise")} disabled={text.trim() === ""} onBack={onClose} />
      </form>
    </Dialog>
  );
};
