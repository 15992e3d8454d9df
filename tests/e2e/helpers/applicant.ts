import { expect, type Page } from "@playwright/test";

/** Reads a paper on the second screen to its end and goes to the place for the signature. */
export const readToEnd = async (applicant: Page): Promise<void> => {
  const toSign = applicant.getByRole("button", { name: "已读完，去签名" });
  await applicant.locator(".scroll-area-view").evaluate((view) => view.scrollTo(0, view.scrollHeight));
  await toSign.click();
};

/** One stroke of a pen over the field; `from` and `to` as shares of its width. */
export const stroke = async (applicant: Page, from: number, to: number): Promise<void> => {
  const field = await applicant.locator(".signature-field").boundingBox();
  if (!field) throw new Error("no field");
  await applicant.mouse.move(field.x + field.width * from, field.y + field.height * 0.3);
  await applicant.mouse.down();
  for (let step = 1; step <= 12; step += 1)
    await applicant.mouse.move(
      field.x + field.width * (from + ((to - from) * step) / 12),
      field.y + field.height * (0.3 + 0.4 * Math.abs(Math.sin(step))),
    );
  await applicant.mouse.up();
};

/** Reads, signs and confirms, as somebody does who agrees. */
export const signPaper = async (applicant: Page): Promise<void> => {
  await expect(applicant.locator(".applicant-paper")).toBeVisible();
  await readToEnd(applicant);
  await stroke(applicant, 0.2, 0.5);
  await stroke(applicant, 0.5, 0.8);
  await applicant.getByRole("button", { name: "确认签名" }).click();
};
