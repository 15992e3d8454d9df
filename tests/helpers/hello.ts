import { PROTOCOL_VERSION, type TerminalMessage } from "../../shared/contract/api.ts";

/** The first words of a terminal that holds nothing yet, or everything up to `since` of `epoch`. */
export const helloOf = (
  { deviceId, secret }: { readonly deviceId: string; readonly secret: string },
  appVersion: string,
  since = 0,
  epoch: string | null = null,
): TerminalMessage => ({ kind: "hello", protocol: PROTOCOL_VERSION, deviceId, secret, since, epoch, appVersion });
