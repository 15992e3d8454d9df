import { useState } from "react";
import { useTranslation } from "react-i18next";
import { mayRelease } from "../../../../shared/domain/identity/permissions.ts";
import { DialogFoot } from "../../../ui/staff/dialog-foot.tsx";
import { Dialog } from "../../../ui/staff/dialog.tsx";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { hashOf } from "../route.ts";
import { useDeskActor } from "../use-desk-actor.ts";
import { ReleaseCard } from "./release-card.tsx";
import { haltRelease, stageRelease } from "./releases-api.ts";
import { StageDialog, type NextStage } from "./stage-dialog.tsx";
import { useReleases, type Releases } from "./use-releases.ts";
import "./releases.css";

type Wish =
  | { readonly kind: "stage"; readonly version: string; readonly stage: NextStage }
  | { readonly kind: "resume"; readonly version: string };

/** Versions of the terminal's program: given out in stages, halted, let go on. */
export const ReleasesView = () => {
  const { t } = useTranslation();
  const offset = useLive(useTerminal().hall).plan?.utcOffsetMinutes ?? 480;
  const actor = useDeskActor();
  const { value: list, isFailed, order } = useReleases();
  const [wish, setWish] = useState<Wish | null>(null);
  const [isRefused, setRefused] = useState(false);
  const mayChange = mayRelease(actor, "change");
  const give = (ask: Parameters<Releases["order"]>[0]): void => {
    setRefused(false);
    void order(ask).then((isDone) => setRefused(!isDone));
  };
  const close = (): void => setWish(null);
  const back = (
    <p>
      <a href={hashOf("terminals")}>{t("releases:back")}</a>
    </p>
  );
  if (list === null)
    return (
      <section className="releases" aria-label={t("releases:view")}>
        {back}
        <p className="desk-empty" role="status">
          {t(isFailed ? "releases:failed" : "releases:loading")}
        </p>
      </section>
    );
  return (
    <section className="releases" aria-label={t("releases:view")}>
      {back}
      <h2>{t("releases:view")}</h2>
      <p className="desk-more">{t("releases:about")}</p>
      {isFailed || isRefused ? (
        <p className="release-fault" role="alert">
          {t(isRefused ? "releases:notDone" : "releases:stale")}
        </p>
      ) : null}
      {mayChange ? null : <p className="desk-more">{t("releases:lookOnly")}</p>}
      {list.releases.length === 0 ? <p className="desk-empty">{t("releases:none")}</p> : null}
      {list.releases.map((release) => (
        <ReleaseCard
          key={release.version}
          release={release}
          list={list}
          offset={offset}
          mayChange={mayChange}
          onStage={(stage) => setWish({ kind: "stage", version: release.version, stage })}
          onHalt={(isHalted) => {
            if (isHalted) give((terminal) => haltRelease(terminal, release.version, true));
            else setWish({ kind: "resume", version: release.version });
          }}
        />
      ))}
      {wish?.kind === "stage" ? (
        <StageDialog
          version={wish.version}
          stage={wish.stage}
          list={list}
          onConfirm={(reach) => give((terminal) => stageRelease(terminal, wish.version, reach))}
          onClose={close}
        />
      ) : null}
      {wish?.kind === "resume" ? (
        <Dialog title={t("releases:ask.resume", { version: wish.version })} onClose={close}>
          <p>{t("releases:resumeMeans")}</p>
          <DialogFoot
            confirm={t("releases:act.resume")}
            autoFocus
            onConfirm={() => {
              close();
              give((terminal) => haltRelease(terminal, wish.version, false));
            }}
            onBack={close}
          />
        </Dialog>
      ) : null}
    </section>
  );
};
