import { useEffect, useState } from "react";

/** What takes no longer than this is over before anybody could read that it is under way. */
const NOTICED_MS = 150;

/**
 * True once something has been under way so long that it should be said. Redrawing at once for an answer that is there a few
 * milliseconds later would only keep the answer waiting.
 */
export const useLasting = (isUnderWay: boolean): boolean => {
  const [isLasting, setLasting] = useState(false);
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const timer = setTimeout(() => setLasting(true), NOTICED_MS);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [isUnderWay]);
  return isLasting;
};
