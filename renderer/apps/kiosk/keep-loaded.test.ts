import { expect, test, vi } from "vitest";
import { keepLoaded } from "./keep-loaded.ts";

test("given a load that fails once, the next one who asks gets it, and it is kept from then on", async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error("cut off")).mockResolvedValue("words");
  const words = keepLoaded(load);
  await expect(words()).rejects.toThrow("cut off");
  await expect(words()).resolves.toBe("words");
  await expect(words()).resolves.toBe("words");
  expect(load).toHaveBeenCalledTimes(2);
});
