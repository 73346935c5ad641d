/** Every item of a list that comes in pages, each asked for by the cursor the one before ended with. */
export async function everyItem<Item>(page: (cursor?: string) => Promise<{ items: Item[]; next_cursor?: string | undefined }>): Promise<Item[]> {
  const all: Item[] = [];
  for (let cursor: string | undefined, more = true; more; more = !!cursor) {
    const got = await page(cursor);
    all.push(...got.items);
    cursor = got.next_cursor;
  }
  return all;
}
