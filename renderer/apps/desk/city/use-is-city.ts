import { useEffect, useState } from "react";
import { hallInfoSchema } from "../../../../shared/contract/api.ts";
import { useLink, useTerminal } from "../../../ui/hooks.ts";

/** Whether the center that this desk is homed at is a city's, and so knows all halls. */
export const useIsCity = (): boolean => {
  const { info } = useTerminal();
  const link = useLink();
  const [isCity, setCity] = useState(false);
  useEffect(() => {
    if (link !== "online" || info.nodeUrl === null) return undefined;
    const abort = new AbortController();
    fetch(`${info.nodeUrl}/api/hall`, { signal: abort.signal })
      .then(async (response) => hallInfoSchema.parse(await response.json()))
      .then(
        ({ mode }) => setCity(mode === "city"),
        () => undefined, // asked again when the line is back
      );
    return () => abort.abort();
  }, [info.nodeUrl, link]);
  return isCity;
};
