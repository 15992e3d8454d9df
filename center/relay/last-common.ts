type HashAt = (seq: number) => Promise<string | null | undefined>;

/**
 * The last event that two logs have in common; 0: none. Each hash stands for everything before it, so halving finds it.
 * @param upTo no event after it is in both
 */
export const lastCommon = async (upTo: number, there: HashAt, here: HashAt): Promise<number> => {
  let common = 0;
  let different = upTo + 1;
  while (different - common > 1) {
    const middle = Math.floor((common + different) / 2);
    const hash = await there(middle);
    if (hash != null && hash === (await here(middle))) common = middle;
    else different = middle;
  }
  return common;
};
