import { loginResponseSchema, type EnrolResponse } from "../../../shared/contract/api.ts";

export const CLERK = { clerkNo: "2001", name: "测速员", password: "bench-2001" };

/** Signs a clerk in at a terminal, the bench's own when none is named. @returns the clerk's id */
export const signIn = async (
  url: string,
  { deviceId, secret }: EnrolResponse,
  { clerkNo, password }: { readonly clerkNo: string; readonly password: string } = CLERK,
): Promise<string> => {
  const response = await fetch(new URL("/api/login", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ deviceId, secret, clerkNo, password }),
  });
  return loginResponseSchema.parse(await response.json()).clerkId;
};
