import { useEffect, useState } from "react";
import { REVIEW_CODE_PATH, reviewCodeSchema } from "../../../shared/contract/desk-reviews.ts";
import { useTerminal } from "../hooks.ts";

/** The address behind which a person may review on their own phone; null while there is none, e.g. without the node. */
export const useReviewCode = (reviewId: string | null): string | null => {
  const terminal = useTerminal();
  const [found, setFound] = useState<{ readonly reviewId: string; readonly url: string } | null>(null);
  useEffect(() => {
    if (reviewId === null) return undefined;
    let isOver = false;
    void terminal.askAs(REVIEW_CODE_PATH, { reviewId }).then((answer) => {
      const code = answer.ok ? reviewCodeSchema.safeParse(answer.value) : null;
      if (!isOver && code?.success === true) setFound({ reviewId, url: code.data.url });
    });
    return () => {
      isOver = true;
    };
  }, [reviewId, terminal]);
  return found !== null && found.reviewId === reviewId ? found.url : null;
};
