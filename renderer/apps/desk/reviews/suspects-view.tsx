import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { SuspectReview } from "../../../../shared/domain/review/review.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { FaultLine } from "./orders-view.tsx";
import { useDeskAct, type RunAct } from "./use-desk-act.ts";

const SuspectCard = ({
  suspect,
  offset,
  run,
  isBusy,
}: {
  readonly suspect: SuspectReview;
  readonly offset: number;
  readonly run: RunAct;
  readonly isBusy: boolean;
}) => {
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState("");
  const isShort = reason.trim().length < 4;
  const judge = (counts: boolean): void =>
    void run("JudgeReview", { reviewId: suspect.id, counts, reason: reason.trim() });
  return (
    <li className="desk-card">
      <p>
        <b>{suspect.number ?? "–"}</b> {t(`review:level.${String(suspect.level)}`)}{" "}
        <small>
          {dayOf(suspect.at, offset)} {clockOf(suspect.at, offset)} ·{" "}
          {t("deskReviews:suspects.counter", { counter: suspect.counterId ?? "–" })}
        </small>
      </p>
      <ul className="reviews-flags">
        {suspect.flags.map((flag) => (
          <li key={flag}>
            <b>{t(`deskReviews:flag.${flag}`)}</b> {t(`deskReviews:flagWhy.${flag}`)}
          </li>
        ))}
      </ul>
      <label htmlFor={id}>{t("deskReviews:suspects.reason")}</label>
      <textarea id={id} rows={2} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
      <div className="reviews-words-acts">
        <button type="button" className="small-button" disabled={isShort || isBusy} onClick={() => judge(true)}>
          {t("deskReviews:suspects.counts")}
        </button>
        <button type="button" className="small-button" disabled={isShort || isBusy} onClick={() => judge(false)}>
          {t("deskReviews:suspects.excluded")}
        </button>
      </div>
    </li>
  );
};

/** Flagged reviews that are not bad: each says why it is doubted, and stays in the score until somebody decides. */
export const SuspectsView = () => {
  const { t } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const { run, fault, isBusy } = useDeskAct();
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const suspects = [...hall.suspects.values()].sort((left, right) => left.at - right.at);
  return (
    <div className="reviews-scroll" role="region" aria-label={t("deskReviews:tab.suspects")} tabIndex={0}>
      <p className="desk-more">{t("deskReviews:suspects.rule")}</p>
      <FaultLine fault={fault} />
      {suspects.length === 0 ? <p className="desk-empty">{t("deskReviews:suspects.none")}</p> : null}
      <ul className="reviews-cards plain-fields">
        {suspects.map((suspect) => (
          <SuspectCard key={suspect.id} suspect={suspect} offset={offset} run={run} isBusy={isBusy} />
        ))}
      </ul>
    </div>
  );
};
