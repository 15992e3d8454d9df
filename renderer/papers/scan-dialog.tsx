import { useCallback, useEffect, useEffectEvent, useReducer, useRef, useState } from "react";
import { Button } from "../ui/staff/button.tsx";
import { useTranslation } from "react-i18next";
import { useTerminal } from "../ui/hooks.ts";
import type { KeepFault } from "../store/files/files.ts";
import { Dialog } from "../ui/staff/dialog.tsx";
import { CropEditor } from "./crop-editor.tsx";
import { fileRefOf, type FileRef } from "./file-ref.ts";
import { drawPage, takePicture } from "./page-picture.ts";
import { pdfOfPages } from "./pdf.ts";
import { forgetTaken, keepPages, keepTaken, readTaken } from "./scan-keep.ts";
import { emptyScan, MAX_PAGES, nextScan, turnSides, WHOLE, type ScanAct, type ScanPage } from "./scan-model.ts";
import { useCamera } from "./use-camera.ts";
import "./papers.css";

const SHOWN_PIXELS = 1_400;

interface ScanDialogProps {
  /** Name of the material, for the heading. */
  readonly name: string;
  /** Names the material among all: what was taken for it and not finished is there again, also after a cut power line. */
  readonly place: string;
  /** All pages as one PDF, kept on this terminal and on its way to the center; the dialog closes after it. */
  readonly onDone: (file: FileRef) => void;
  readonly onClose: () => void;
}

/** Address of a page's picture as it is now; null while it is being drawn. */
const usePicture = (taken: ReadonlyMap<string, Blob>, page: ScanPage | undefined, isCropped: boolean) => {
  const [shown, setShown] = useState<{ readonly key: string; readonly url: string } | null>(null);
  const key = page === undefined ? "" : JSON.stringify([page, isCropped]);
  useEffect(() => {
    const blob = page && taken.get(page.id);
    if (!page || !blob) return undefined;
    let url: string | null = null;
    let isOver = false;
    void drawPage(blob, isCropped ? page : { ...page, crop: WHOLE }, SHOWN_PIXELS).then((drawn) => {
      if (isOver) return;
      url = URL.createObjectURL(drawn.blob);
      setShown({ key, url });
    });
    return () => {
      isOver = true;
      if (url !== null) URL.revokeObjectURL(url);
    };
    // The key says all that matters of the page.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [taken, key]);
  return shown?.key === key ? shown.url : null;
};

const Thumb = ({
  taken,
  page,
  label,
}: {
  readonly taken: ReadonlyMap<string, Blob>;
  readonly page: ScanPage;
  readonly label: string;
}) => {
  const url = usePicture(taken, page, true);
  return url === null ? <span className="scan-thumb" /> : <img className="scan-thumb" src={url} alt={label} />;
};

/** Several pages under the document camera, put in order, turned and cropped, as one material. */
export const ScanDialog = ({ name, place, onDone, onClose }: ScanDialogProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const { video, cameras, chosen, choose, fault, isLive, again } = useCamera();
  const [taken] = useState(() => new Map<string, Blob>());
  const [model, dispatch] = useReducer(nextScan, emptyScan);
  const [isCropping, setIsCropping] = useState(false);
  const [keepFault, setKeepFault] = useState<KeepFault | "nothing_yet" | null>(null);
  const [busy, setBusy] = useState<"shoot" | "keep" | null>(null);
  const shutter = useRef<HTMLButtonElement>(null);
  const page = model.pages.find(({ id }) => id === model.chosen);
  const picture = usePicture(taken, page, !isCropping);
  const at = model.pages.findIndex(({ id }) => id === model.chosen);

  const { pages } = model;
  useEffect(() => {
    void readTaken(terminal, place).then((found) => {
      if (found.length === 0) return;
      for (const each of found) taken.set(each.page.id, each.picture);
      dispatch({ do: "restore", pages: found.map((each) => each.page) });
    });
  }, [terminal, place, taken]);
  useEffect(() => {
    // Before the first page there is nothing to keep, and what is being read must not be written over.
    if (taken.size > 0) void keepPages(terminal, place, pages, [...taken.keys()]).catch(() => setKeepFault("not_kept"));
  }, [terminal, place, taken, pages]);

  const act = useCallback((next: ScanAct): void => {
    setKeepFault(null);
    dispatch(next);
  }, []);
  /** On the disk before it is seen: what stands in the list survives a cut power line. */
  const keep = async (id: string, shot: Blob): Promise<void> => {
    const added = { id, turns: 0 as const, crop: WHOLE };
    try {
      await keepTaken(terminal, id, shot);
      await keepPages(terminal, place, [...pages, added], [...taken.keys(), id]);
    } catch {
      setKeepFault("not_kept");
    }
  };
  const shoot = async (): Promise<void> => {
    const element = video.current;
    if (busy !== null || !isLive || !element || model.pages.length >= MAX_PAGES) return;
    setBusy("shoot");
    try {
      const id = terminal.newId();
      const shot = await takePicture(element);
      setKeepFault(null);
      await keep(id, shot);
      taken.set(id, shot);
      dispatch({ do: "add", id });
      setIsCropping(false);
    } catch {
      setKeepFault("nothing_yet");
    }
    setBusy(null);
    shutter.current?.focus();
  };
  const finish = async (): Promise<void> => {
    if (busy !== null || model.pages.length === 0) return;
    setBusy("keep");
    const drawn = [];
    for (const each of model.pages) {
      const blob = taken.get(each.id);
      if (blob) drawn.push(await drawPage(blob, each));
    }
    const kept = await terminal.files.keep(pdfOfPages(drawn));
    setBusy(null);
    if (!kept.ok) return setKeepFault(kept.error);
    void forgetTaken(terminal, place);
    onDone(fileRefOf(kept.value, drawn.length));
    onClose();
  };
  const press = useEffectEvent((event: KeyboardEvent): void => {
    if (isCropping || event.target instanceof HTMLSelectElement) return;
    const { key } = event;
    const isOnButton = event.target instanceof HTMLButtonElement;
    if (key === " " && !isOnButton) void shoot();
    else if (key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) act({ do: "undo" });
    else if (event.ctrlKey || event.metaKey) return;
    else if (!page) return;
    else if (key.toLowerCase() === "r") act({ do: "turn", id: page.id });
    else if (key.toLowerCase() === "c") setIsCropping(true);
    else if (key === "Delete") act({ do: "remove", id: page.id });
    else if (event.altKey && key === "ArrowUp") act({ do: "move", id: page.id, by: -1 });
    else if (event.altKey && key === "ArrowDown") act({ do: "move", id: page.id, by: 1 });
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => press(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <Dialog title={t("papers:scan.title", { name })} onClose={onClose} wide>
      <div className="scan">
        <section className="scan-stage" aria-label={t("papers:scan.stage")}>
          {isCropping && page ? (
            picture === null ? (
              <p className="paper-wait">{t("papers:loading")}</p>
            ) : (
              <CropEditor
                key={page.id}
                picture={picture}
                sides={turnSides(page.crop, page.turns)}
                onDone={(sides) => {
                  act({ do: "crop", id: page.id, crop: turnSides(sides, -page.turns) });
                  setIsCropping(false);
                }}
                onBack={() => setIsCropping(false)}
              />
            )
          ) : null}
          {/* Stays while a page is cropped: a new <video> would not have the camera's picture. */}
          <div className="scan-views" hidden={isCropping}>
            <div className="scan-camera">
              <video ref={video} muted playsInline aria-label={t("papers:camera.live")} />
              {fault !== null && (
                <div className="scan-fault" role="alert">
                  <p>{t(`papers:camera.${fault}`)}</p>
                  <Button onClick={again}>{t("papers:camera.again")}</Button>
                </div>
              )}
            </div>
            {page && picture !== null && (
              <div className="scan-page">
                <img src={picture} alt={t("papers:scan.pageOf", { n: at + 1 })} />
              </div>
            )}
          </div>
        </section>
        <aside className="scan-pages">
          <h3>{t("papers:scan.pages", { count: model.pages.length })}</h3>
          <ol>
            {model.pages.map((each, index) => (
              <li key={each.id}>
                <button
                  type="button"
                  aria-current={each.id === model.chosen}
                  onClick={() => act({ do: "choose", id: each.id })}
                >
                  <Thumb taken={taken} page={each} label={t("papers:scan.pageOf", { n: index + 1 })} />
                  <span>{index + 1}</span>
                </button>
              </li>
            ))}
          </ol>
          {model.pages.length === 0 && <p className="paper-quiet">{t("papers:scan.empty")}</p>}
        </aside>
      </div>
      {keepFault !== null && (
        <p className="paper-fault" role="alert">
          {keepFault === "nothing_yet" ? t("papers:camera.failed") : t(`papers:fault.${keepFault}`)}
        </p>
      )}
      <div className="paper-acts paper-acts-row">
        <Button
          ref={shutter}
          large
          main
          data-autofocus
          aria-keyshortcuts="Space"
          // Not disabled while the camera starts: the focus would go to the next button, and the space bar to it.
          aria-disabled={!isLive}
          disabled={isCropping || model.pages.length >= MAX_PAGES}
          busy={busy === "shoot"}
          onClick={() => void shoot()}
        >
          {t("papers:scan.shoot")}
        </Button>
        <Button
          large
          disabled={!page || isCropping}
          aria-keyshortcuts="R"
          onClick={() => page && act({ do: "turn", id: page.id })}
        >
          {t("papers:scan.turn")} <kbd>R</kbd>
        </Button>
        <Button large disabled={!page || isCropping} aria-keyshortcuts="C" onClick={() => setIsCropping(true)}>
          {t("papers:scan.crop")} <kbd>C</kbd>
        </Button>
        <Button
          large
          disabled={at <= 0 || isCropping}
          aria-keyshortcuts="Alt+ArrowUp"
          onClick={() => page && act({ do: "move", id: page.id, by: -1 })}
        >
          {t("papers:scan.earlier")}
        </Button>
        <Button
          large
          disabled={at < 0 || at >= model.pages.length - 1 || isCropping}
          aria-keyshortcuts="Alt+ArrowDown"
          onClick={() => page && act({ do: "move", id: page.id, by: 1 })}
        >
          {t("papers:scan.later")}
        </Button>
        <Button
          large
          danger
          disabled={!page || isCropping}
          aria-keyshortcuts="Delete"
          onClick={() => page && act({ do: "remove", id: page.id })}
        >
          {t("papers:scan.remove")} <kbd>Del</kbd>
        </Button>
        <Button
          large
          disabled={model.before.length === 0 || isCropping}
          aria-keyshortcuts="Control+Z"
          onClick={() => act({ do: "undo" })}
        >
          {t("papers:scan.undo")} <kbd>Ctrl Z</kbd>
        </Button>
        {cameras.length > 1 && (
          <label className="scan-choice">
            <span>{t("papers:camera.which")}</span>
            <select value={chosen} onChange={(event) => choose(event.target.value)}>
              {cameras.map(({ deviceId, label }) => (
                <option key={deviceId} value={deviceId}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
        <span className="paper-gap" />
        <Button large onClick={onClose}>
          {t("papers:scan.cancel")}
        </Button>
        <Button
          large
          main
          disabled={model.pages.length === 0 || isCropping}
          busy={busy === "keep"}
          onClick={() => void finish()}
        >
          {t("papers:scan.done", { count: model.pages.length })}
        </Button>
      </div>
    </Dialog>
  );
};
