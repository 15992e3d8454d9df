import type { Duty } from "./roles.ts";

/** Who shows a code of an authenticator app besides the password: nobody, duty managers and technicians, everybody who signs in. */
export const secondFactorRules = ["off", "managers", "all"] as const;
export type SecondFactorRule = (typeof secondFactorRules)[number];

/** Whether a clerk with this duty needs one. @param rule of the plan; absent: nobody does */
export const needsSecondFactor = (rule: SecondFactorRule | undefined, duty: Duty): boolean =>
  rule === "all" || (rule === "managers" && duty !== "clerk");
