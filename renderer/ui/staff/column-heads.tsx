/** The head of a table: a title over each column. */
export const ColumnHeads = ({ titles }: { readonly titles: readonly string[] }) => (
  <thead>
    <tr>
      {titles.map((title, at) => (
        <th key={at} scope="col">
          {title}
        </th>
      ))}
    </tr>
  </thead>
);
