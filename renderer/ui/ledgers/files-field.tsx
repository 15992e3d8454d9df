import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fileMarkOf, readFileMark, type LedgerFile } from "../../../shared/domain/ledger/file-mark.ts";
import { later } from "../later.tsx";

const PickFile = later(async () => (await import("../../papers/pick-file.tsx")).PickFile);
const ScanDialog = later(async () => (await import("../../papers/scan-dialog.tsx")).ScanDialog);
const FileView = later(async () => (await import("../../papers/file-view.tsx")).FileView);

const filesIn = (marks: readonly string[]): readonly LedgerFile[] => marks.flatMap((mark) => readFileMark(mark) ?? []);

/** Files of a field, to be looked at; the node notes who reads them. */
export const FilesShown = ({ name, marks }: { readonly name: string; readonly marks: readonly string[] }) => {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const files = filesIn(marks);
  return (
    <>
      <button type="button" className="small-button" onClick={() => setOpen(true)}>
        {t("ledgers:files.look", { n: files.length })}
      </button>
      {isOpen ? <FileView name={name} files={files} onClose={() => setOpen(false)} /> : null}
    </>
  );
};

/** Whether a file that was picked for the form is still being stored. */
export const isStoringFile = (form: HTMLFormElement): boolean =>
  form.querySelector('.ledger-files [aria-busy="true"]') !== null;

/** Takes files for a field: from a stick or by the camera. They are kept here and on their way to the node at once. */
export const FilesField = ({
  id,
  name,
  describedBy,
  place,
  marks,
  onChange,
}: {
  readonly id: string;
  readonly name: string;
  readonly describedBy: string;
  /** Where what was scanned and not finished is kept; see `scanPlace`. */
  readonly place: string;
  readonly marks: readonly string[];
  /** The files may have changed while one was being stored. */
  readonly onChange: (change: (before: readonly string[]) => readonly string[]) => void;
}) => {
  const { t } = useTranslation();
  const [isScanning, setScanning] = useState(false);
  const add = (file: LedgerFile): void => {
    const mark = fileMarkOf(file);
    onChange((before) => (before.includes(mark) ? before : [...before, mark]));
  };
  return (
    <span id={id} role="group" aria-label={name} aria-describedby={describedBy} className="ledger-files">
      {filesIn(marks).map((file, index) => (
        <span key={file.hash} className="ledger-file">
          {t("ledgers:files.one", { n: index + 1, pages: file.pages, kb: Math.ceil(file.bytes / 1024) })}
          <button
            type="button"
            className="small-button"
            aria-label={t("ledgers:files.leaveOut", { n: index + 1 })}
            onClick={() => onChange((before) => before.filter((mark) => readFileMark(mark)?.hash !== file.hash))}
          >
            ×
          </button>
        </span>
      ))}
      <PickFile onDone={add} />
      <button type="button" className="small-button" onClick={() => setScanning(true)}>
        {t("ledgers:files.scan")}
      </button>
      {isScanning ? <ScanDialog name={name} place={place} onDone={add} onClose={() => setScanning(false)} /> : null}
    </span>
  );
};
