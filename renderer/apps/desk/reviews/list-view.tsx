import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays, clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { ListedReview } from "../../../../shared/contract/desk-reviews.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { readList } from "./desk-api.ts";
import { WordsPanel } from "./words-panel.tsx";

const filters = ["all", "bad", "flagged"] as const;

/** Every review of the last month as it was given; who gave it is not there. */
export const ListView = () => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const offset = terminal.hall.get().plan?.utcOffsetMinutes ?? 480;
  const [only, setOnly] = useState<(typeof filters)[number]>("all");
  const [reviews, setReviews] = useState<readonly ListedReview[] | null>(null);
  const [chosen, setChosen] = useState<ListedReview | null>(null);
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    const to = dayOf(terminal.now(), offset);
    void readList(terminal, { from: addDays(to, -29), to }, only).then((answer) => {
      setFailed(!answer.ok);
      if (answer.ok) setReviews(answer.value.reviews);
    });
  }, [terminal, offset, only]);
  return (
    <div className="reviews-scroll" role="region" aria-label={t("deskReviews:tab.list")} tabIndex={0}>
      <div className="reviews-range" role="group" aria-label={t("deskReviews:list.filter")}>
        {filters.map((each) => (
          <button
            key={each}
            type="button"
            className="small-button"
            aria-pressed={only === each}
            onClick={() => setOnly(each)}
          >
            {t(`deskReviews:list.${each}`)}
          </button>
        ))}
      </div>
      {isFailed ? <p className="reviews-fault">{t("deskReviews:figures.failed")}</p> : null}
      {reviews?.length === 0 ? <p className="desk-empty">{t("deskReviews:list.none")}</p> : null}
      {chosen === null ? null : <WordsPanel key={chosen.seq} reviewId={chosen.reviewId} isNamed={chosen.hasPhone} />}
      <table className="reviews-table">
        <thead>
          <tr>
            <th scope="col">{t("deskReviews:list.time")}</th>
            <th scope="col">{t("deskReviews:list.number")}</th>
            <th scope="col">{t("deskReviews:fact.level")}</th>
            <th scope="col">{t("deskReviews:fact.tags")}</th>
            <th scope="col">{t("deskReviews:list.flags")}</th>
            <th scope="col">{t("deskReviews:list.words")}</th>
          </tr>
        </thead>
        <tbody>
          {reviews?.map((review) => (
            <tr key={review.seq}>
              <td>
                {dayOf(review.at, offset)} {clockOf(review.at, offset)}
              </td>
              <th scope="row">{review.number ?? "–"}</th>
              <td>
                {t(`review:level.${String(review.level)}`)}
                {review.isFirst ? null : <small> {t("deskReviews:list.addition")}</small>}
                {review.counts ? null : <small> {t("deskReviews:list.excluded")}</small>}
              </td>
              <td>{review.tags.map((code) => t(`review:tag.${code}`)).join(t("deskReviews:comma"))}</td>
              <td>{review.flags.map((flag) => t(`deskReviews:flag.${flag}`)).join(t("deskReviews:comma"))}</td>
              <td>
                {review.hasText || review.hasPhone ? (
                  <button type="button" className="small-button" onClick={() => setChosen(review)}>
                    {t("deskReviews:list.look", { number: review.number ?? "–" })}
                  </button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
