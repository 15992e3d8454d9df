import { useEffect, useState } from "react";
import { REVIEW_CODE_PATH, reviewCodeSchema } from "../../../shared/contract/desk-reviews.ts";
import { askNode } from "../../store/http.ts";
import { useTerminal } from "../hooks.ts";

const environment = {
  fetch: globalThis.fetch.bind(globalThis),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** The address behind which a person may review on their own phone; null while there is none, e.g. without the node. */
export const useReviewCode = (reviewId: string | null): string | null => {
  const { info } = useTerminal();
  const [found, setFound] = useState<{ readonly reviewId: string; readonly url: string } | null>(null);
  useEffect(() => {
    if (reviewId === null || info.nodeUrl === null) return undefined;
    let isOver = false;
    void askNode(environment, `${info.nodeUrl}${REVIEW_CODE_PATH}`, { ...info.credentials, reviewId }).then(
      (answer) => {
        const code = answer.ok ? reviewCodeSchema.safeParse(answer.value) : null;
        if (!isOver && code?.success === true) setFound({ reviewId, url: code.data.url });
      },
    );
    return () => {
      isOver = true;
    };
  }, [reviewId, info]);
  return found !== null && found.reviewId === reviewId ? found.url : null;
};
