import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IntakeMaterial } from "../../../shared/domain/case/material.ts";
import { wayKey } from "./case-words.ts";
import { later } from "../later.tsx";

const FileView = later(async () => (await import("../../papers/file-view.tsx")).FileView);

/** The materials of an intake: what is there, how it came, and its pages where it is a file. */
export const MaterialList = ({ materials }: { readonly materials: readonly IntakeMaterial[] }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState<IntakeMaterial | null>(null);
  return (
    <ul className="case-materials">
      {materials.map((material) => {
        const { receipt } = material;
        const isThere = receipt !== null && receipt.way !== "follow";
        return (
          <li key={material.key} data-received={isThere}>
            <span>
              <span aria-hidden="true">{isThere ? "✓" : "○"}</span> {material.name}
            </span>
            <small>{t(wayKey(receipt?.way ?? null))}</small>
            {(receipt?.files.length ?? 0) > 0 ? (
              <button
                type="button"
                className="small-button"
                aria-label={`${t("papers:file.open")} ${material.name}`}
                onClick={() => setOpen(material)}
              >
                {t("papers:file.open")}
              </button>
            ) : null}
          </li>
        );
      })}
      {open?.receipt == null ? null : (
        <FileView name={open.name} files={open.receipt.files} onClose={() => setOpen(null)} />
      )}
    </ul>
  );
};
