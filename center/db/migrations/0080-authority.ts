/**
 * The authority that vouches for this installation's servers, one for all of them. Its key is sealed. `announced` is whom
 * new terminals are told to believe: it, somebody else's, or nobody.
 */
export const sql = `
CREATE TABLE authority (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  cert text,
  sealed_key bytea,
  announced text
);
`;
