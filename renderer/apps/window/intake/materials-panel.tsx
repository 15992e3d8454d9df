import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isWantedDifferently } from "../../../../shared/domain/case/merge-package.ts";
import type { Receipt, Requirement } from "../../../../shared/domain/case/material.ts";
import type { AppliedItem } from "../../../../shared/domain/case/intake.ts";
import { PickFile } from "../../../papers/pick-file.tsx";
import { wayKey } from "../../../ui/cases/case-words.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { paperReceipt, scanPlace } from "./draft.ts";
import { later } from "../../../ui/later.tsx";

type Way = Receipt["way"];
const ways: readonly Way[] = ["paper", "upload", "scan", "follow", "licence"];

interface RowProps {
  readonly requirement: Requirement;
  readonly receipt: Receipt | undefined;
  readonly items: readonly AppliedItem[];
  readonly locked: boolean;
  readonly onReceipt: (receipt: Receipt | null) => void;
  readonly onScan: () => void;
  readonly onLicence: () => void;
}

/** What differs from item to item: who wants it when not all do, and who wants it differently. */
const Wishes = ({ requirement, items }: Pick<RowProps, "requirement" | "items">) => {
  const { t } = useTranslation();
  const { wishes } = requirement;
  if (items.length < 2 || (wishes.length === items.length && !isWantedDifferently(requirement))) return null;
  const nameOf = (caseId: string): string => items.find((item) => item.caseId === caseId)?.itemName ?? "";
  return (
    <details className="material-wishes">
      <summary>{t("intake:material.wantedBy", { n: wishes.length, all: items.length })}</summary>
      <ul>
        {wishes.map((wish) => (
          <li key={wish.caseId}>
            {nameOf(wish.caseId)}
            <small>
              {wish.necessity === 1
                ? t("intake:necessity.required")
                : wish.necessity === 2
                  ? t("intake:necessity.optional")
                  : t("intake:necessity.mayFollow")}
              {wish.copies > 0 ? ` · ${t("intake:material.copies", { n: wish.copies })}` : ""}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
};

const filesReceipt = (way: "upload" | "scan", files: Receipt["files"]): Receipt => ({
  way,
  copies: 0,
  originalChecked: false,
  files,
  authorisation: null,
  defect: null,
});

const withFile = (files: Receipt["files"], file: Receipt["files"][number]): Receipt["files"] =>
  files.some(({ hash }) => hash === file.hash) ? files : [...files, file];

const stateOf = (
  requirement: Requirement,
  receipt: Receipt | undefined,
): "ok" | "follow" | "wrong" | "missing" | "optional" => {
  if (receipt === undefined) return requirement.necessity === 2 ? "optional" : "missing";
  if (receipt.way === "follow") return "follow";
  // A file that is still to be chosen is not there.
  if ((receipt.way === "upload" || receipt.way === "scan") && receipt.files.length === 0) return "missing";
  if (receipt.defect !== null || (receipt.way === "paper" && receipt.copies < requirement.copies)) return "wrong";
  return "ok";
};
const signs = { ok: "✓", follow: "→", wrong: "!", missing: "○", optional: "–" } as const;

const MaterialRow = ({ requirement, receipt, items, locked, onReceipt, onScan, onLicence }: RowProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const state = stateOf(requirement, receipt);
  const choose = (way: Way | ""): void => {
    if (way === "") onReceipt(null);
    else if (way === "paper") onReceipt(paperReceipt(requirement.copies));
    else if (way === "follow") onReceipt({ ...paperReceipt(0), way, originalChecked: false });
    else if (way === "licence") onLicence();
    else if (way === "scan") onScan();
    else onReceipt(filesReceipt(way, []));
  };
  return (
    <li className="material" data-state={state}>
      <div className="material-head">
        <span className="material-sign" aria-hidden="true">
          {signs[state]}
        </span>
        <span className="material-name">
          {requirement.name}
          {requirement.necessity === 1 ? null : (
            <span className="mark">
              {requirement.necessity === 2 ? t("intake:necessity.optional") : t("intake:necessity.mayFollow")}
            </span>
          )}
        </span>
      </div>
      <div className="material-acts">
        <select
          className="form-select"
          aria-label={t("intake:material.way", { name: requirement.name })}
          disabled={locked}
          value={receipt?.way ?? ""}
          onChange={(event) => choose(event.target.value as Way | "")}
        >
          <option value="">{t("intake:way.none")}</option>
          {ways.map((way) => (
            <option key={way} value={way}>
              {t(wayKey(way))}
            </option>
          ))}
        </select>
        {receipt?.way === "paper" ? (
          <>
            <label className="material-copies">
              <input
                type="number"
                min={0}
                max={99}
                disabled={locked}
                value={receipt.copies}
                aria-label={t("intake:material.copiesOf", { name: requirement.name })}
                onChange={(event) => {
                  const copies = Math.min(99, Math.max(0, Math.trunc(Number(event.target.value) || 0)));
                  onReceipt({ ...receipt, copies });
                }}
              />
              {requirement.copies === 0
                ? t("intake:material.copiesTaken")
                : t("intake:material.ofCopies", { n: requirement.copies })}
            </label>
            <label className="material-check">
              <input
                type="checkbox"
                disabled={locked}
                checked={receipt.originalChecked}
                onChange={(event) => onReceipt({ ...receipt, originalChecked: event.target.checked })}
              />
              {t("intake:material.original")}
            </label>
          </>
        ) : null}
        {receipt !== undefined && receipt.files.length > 0 ? (
          <span className="material-files">
            {t("intake:material.files", {
              n: receipt.files.length,
              percent: Math.floor(
                (100 * receipt.files.reduce((sum, { hash }) => sum + terminal.files.progressOf(hash), 0)) /
                  receipt.files.length,
              ),
            })}
          </span>
        ) : null}
        {receipt?.way === "upload" && !locked ? (
          <PickFile onDone={(file) => onReceipt(filesReceipt("upload", withFile(receipt.files, file)))} />
        ) : null}
        {receipt?.way === "scan" && !locked ? (
          <button type="button" className="small-button" onClick={onScan}>
            {t("intake:material.scanMore")}
          </button>
        ) : null}
      </div>
      {receipt === undefined || receipt.way === "follow" ? null : (
        <label className="material-defect">
          <span>{t("intake:material.defect")}</span>
          <input
            type="text"
            maxLength={100}
            disabled={locked}
            list="material-defects"
            value={receipt.defect ?? ""}
            placeholder={t("intake:material.noDefect")}
            onChange={(event) =>
              onReceipt({ ...receipt, defect: event.target.value === "" ? null : event.target.value })
            }
          />
        </label>
      )}
      <Wishes requirement={requirement} items={items} />
    </li>
  );
};

interface MaterialsPanelProps {
  readonly intakeId: string;
  readonly requirements: readonly Requirement[];
  readonly receipts: Readonly<Record<string, Receipt>>;
  readonly items: readonly AppliedItem[];
  /** Those whose receipt may be changed now. */
  readonly open: readonly string[];
  /** The intake is accepted: what was said to follow is to come now. */
  readonly isLater: boolean;
  readonly onReceipt: (key: string, receipt: Receipt | null) => void;
  /** What the applicant authorised, to travel beside the receipt. */
  readonly onLicence: (recordId: string, licence: string) => void;
}

const ScanDialog = later(async () => (await import("../../../papers/scan-dialog.tsx")).ScanDialog);
const loadDialogs = () => import("./material-dialogs.tsx");
const LicenceMaterial = later(async () => (await loadDialogs()).LicenceMaterial);

/** The one list of materials of an intake: each once, with how it came in. */
export const MaterialsPanel = ({
  intakeId,
  requirements,
  receipts,
  items,
  open,
  isLater,
  onReceipt,
  onLicence,
}: MaterialsPanelProps) => {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<{ readonly kind: "scan" | "licence"; readonly about: Requirement } | null>(null);
  const isOut = (receipt: Receipt | undefined): boolean =>
    receipt === undefined || (isLater && receipt.way === "follow");
  const received = requirements.filter((each) => stateOf(each, receipts[each.key]) === "ok").length;
  return (
    <section className="materials" aria-label={t("intake:material.label")}>
      <h2>
        {t("intake:material.heading", { n: received, all: requirements.length })}
        {open.length === 0 ? null : (
          <button
            type="button"
            className="small-button"
            onClick={() => {
              for (const each of requirements)
                if (open.includes(each.key) && isOut(receipts[each.key]))
                  onReceipt(each.key, paperReceipt(each.copies));
            }}
          >
            {t("intake:material.allPaper")}
          </button>
        )}
      </h2>
      {requirements.length === 0 ? <p className="intake-quiet">{t("window:guide.noMaterials")}</p> : null}
      <ul>
        {requirements.map((requirement) => (
          <MaterialRow
            key={requirement.key}
            requirement={requirement}
            receipt={receipts[requirement.key]}
            items={items}
            locked={!open.includes(requirement.key)}
            onReceipt={(receipt) => onReceipt(requirement.key, receipt)}
            onScan={() => setDialog({ kind: "scan", about: requirement })}
            onLicence={() => setDialog({ kind: "licence", about: requirement })}
          />
        ))}
      </ul>
      <datalist id="material-defects">
        {(["expired", "illegible", "noSeal", "noSignature", "incomplete"] as const).map((kind) => (
          <option key={kind} value={t(`intake:defect.${kind}`)} />
        ))}
      </datalist>
      {dialog === null ? null : dialog.kind === "scan" ? (
        <ScanDialog
          name={dialog.about.name}
          place={scanPlace(intakeId, dialog.about.key)}
          onDone={(file) =>
            onReceipt(dialog.about.key, filesReceipt("scan", withFile(receipts[dialog.about.key]?.files ?? [], file)))
          }
          onClose={() => setDialog(null)}
        />
      ) : (
        <LicenceMaterial
          name={dialog.about.name}
          onDone={(receipt, recordId, licence) => {
            onLicence(recordId, licence);
            onReceipt(dialog.about.key, receipt);
          }}
          onClose={() => setDialog(null)}
        />
      )}
    </section>
  );
};
