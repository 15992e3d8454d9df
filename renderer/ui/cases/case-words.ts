import type { Receipt } from "../../../shared/domain/case/material.ts";

/** States of a case that need nothing any more. */
export const isOver = (state: string): boolean => ["refused", "withdrawn", "handedOut", "delivered"].includes(state);

/** The word for a case's state; a node may know states that this program does not. */
export const caseStateKey = (state: string): string => {
  switch (state) {
    case "intake":
      return "cases:state.intake";
    case "refused":
      return "cases:state.refused";
    case "withdrawn":
      return "cases:state.withdrawn";
    case "inTray":
      return "cases:state.inTray";
    case "returned":
      return "cases:state.returned";
    case "special":
      return "cases:state.special";
    case "decided":
      return "cases:state.decided";
    case "sent":
      return "cases:state.sent";
    case "delivered":
      return "cases:state.delivered";
    case "handedOut":
      return "cases:state.handedOut";
    default:
      return "cases:state.unknown";
  }
};

/** The word beside a light's colour. */
export const lightKey = (light: "none" | "green" | "yellow" | "red" | "paused" | "unknown"): string => {
  switch (light) {
    case "none":
      return "cases:light.none";
    case "green":
      return "cases:light.green";
    case "yellow":
      return "cases:light.yellow";
    case "red":
      return "cases:light.red";
    case "paused":
      return "cases:light.paused";
    case "unknown":
      return "cases:light.unknown";
  }
};

/** The word for how a material came in; null: not yet. */
export const wayKey = (way: Receipt["way"] | null): string => {
  switch (way) {
    case null:
      return "intake:way.none";
    case "paper":
      return "intake:way.paper";
    case "upload":
      return "intake:way.upload";
    case "scan":
      return "intake:way.scan";
    case "follow":
      return "intake:way.follow";
    case "licence":
      return "intake:way.licence";
  }
};
