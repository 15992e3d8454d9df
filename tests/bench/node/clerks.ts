import { loginResponseSchema, type EnrolResponse } from "../../../shared/contract/api.ts";

export const CLERK = { clerkNo: "2001", name: "测速员", password: "bench-2001" };

/** Signs the bench's clerk in at a terminal. @returns the clerk's id */
export const signIn = async (url: string, { deviceId, secret }: EnrolResponse): Promise<string> => {
  const { clerkNo, password } = CLERK;
  const response = await fetch(new URL("/api/login", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ deviceId, secret, clerkNo, password }),
  });
  return loginResponseSchema.parse(await response.json()).clerkId;
};
