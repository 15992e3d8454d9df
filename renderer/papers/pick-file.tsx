import { useLayoutEffect, useRef, useState } from "react";
import { Button } from "../ui/staff/button.tsx";
import { useTranslation } from "react-i18next";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import { useTerminal } from "../ui/hooks.ts";
import type { KeepFault } from "../store/files/files.ts";
import { countPdfPages, fileRefOf, type FileRef } from "./file-ref.ts";
import "./papers.css";

const ACCEPTED = "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png";

/** The stick may be gone before the file is read. */
const bytesOf = (file: File): Promise<Uint8Array<ArrayBuffer> | null> =>
  file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  );

/** A file that the applicant brought on a stick or sent: PDF or picture, told apart by what is in it. */
export const PickFile = ({ onDone }: { readonly onDone: (file: FileRef) => void }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<KeepFault | "unreadable" | null>(null);
  const [busy, setBusy] = useState(false);
  // The form may have changed while the file was being stored.
  const latest = useRef(onDone);
  useLayoutEffect(() => {
    latest.current = onDone;
  });
  const store = async (file: File): Promise<Result<FileRef, KeepFault | "unreadable">> => {
    const bytes = await bytesOf(file);
    if (!bytes) return err("unreadable");
    // Texts of this program are files too, but none that a person brings.
    if (bytes[0] === 0x7b) return err("wrong_type");
    const kept = await terminal.files.keep(bytes);
    if (!kept.ok) return kept;
    return ok(fileRefOf(kept.value, kept.value.type === "application/pdf" ? countPdfPages(bytes) : 1));
  };
  const take = async (file: File): Promise<void> => {
    setBusy(true);
    const stored = await store(file);
    setBusy(false);
    setFault(stored.ok ? null : stored.error);
    if (stored.ok) latest.current(stored.value);
  };
  return (
    <span className="pick-file" aria-busy={busy}>
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPTED}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again after a fault.
          event.target.value = "";
          if (file) void take(file);
        }}
      />
      <Button busy={busy} onClick={() => input.current?.click()}>
        {t("papers:pick.button")}
      </Button>
      {fault !== null && (
        <span className="paper-fault" role="alert">
          {t(`papers:fault.${fault}`)}
        </span>
      )}
    </span>
  );
};
