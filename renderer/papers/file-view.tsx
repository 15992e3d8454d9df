import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReadFault } from "../store/files/files.ts";
import type { Terminal } from "../store/terminal.ts";
import { useTerminal } from "../ui/hooks.ts";
import { Dialog } from "../ui/staff/dialog.tsx";
import type { FileRef } from "./file-ref.ts";
import { picturesOfPdf } from "./pdf.ts";
import "./papers.css";

type Shown = { readonly urls: readonly string[] } | { readonly fault: ReadFault | "noPictures" };

const shownOf = async (terminal: Terminal, { hash, mime }: FileRef): Promise<Shown> => {
  const read = await terminal.files.read(hash);
  if (!read.ok) return { fault: read.error };
  const isPdf = mime === "application/pdf";
  const pictures = isPdf ? picturesOfPdf(read.value) : [read.value];
  if (pictures.length === 0) return { fault: "noPictures" };
  const type = isPdf ? "image/jpeg" : mime;
  return { urls: pictures.map((picture) => URL.createObjectURL(new Blob([picture], { type }))) };
};

interface FileViewProps {
  readonly name: string;
  readonly files: readonly FileRef[];
  readonly onClose: () => void;
}

/** The pages of a material, one below the other. The node notes who reads them. */
export const FileView = ({ name, files, onClose }: FileViewProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [shown, setShown] = useState<readonly Shown[] | null>(null);
  useEffect(() => {
    let isOver = false;
    const reading = Promise.all(files.map((file) => shownOf(terminal, file)));
    void reading.then((read) => {
      if (!isOver) setShown(read);
    });
    return () => {
      isOver = true;
      void reading.then((read) => {
        for (const each of read) if ("urls" in each) each.urls.forEach((url) => URL.revokeObjectURL(url));
      });
    };
  }, [terminal, files]);
  const urls = shown?.flatMap((each) => ("urls" in each ? each.urls : [])) ?? [];
  return (
    <Dialog title={t("papers:file.title", { name })} onClose={onClose} wide>
      <div className="file-view" tabIndex={0} role="region" aria-label={name} data-autofocus>
        {shown === null ? <p className="paper-wait">{t("papers:file.loading")}</p> : null}
        {urls.map((url, at) => (
          <img key={url} src={url} alt={t("papers:file.page", { n: at + 1, all: urls.length })} />
        ))}
        {shown?.map((each, at) =>
          "fault" in each ? (
            <p key={files[at]?.hash} role="alert" className="paper-fault">
              {each.fault === "noPictures" ? t("papers:file.noPictures") : t(`papers:fault.${each.fault}`)}
            </p>
          ) : null,
        )}
      </div>
    </Dialog>
  );
};
