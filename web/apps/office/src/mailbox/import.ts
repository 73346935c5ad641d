/** What is dragged onto the desk: the same as what may be attached to a mail, and mails saved as files. */
export const accepted = ['.docx', '.doc', '.wps', '.xlsx', '.xls', '.et', '.pdf', '.zip', '.eml', '.jpg', '.jpeg', '.png', '.webp', '.gif', '.heic', '.heif', '.bmp'] as const;
export const mostFiles = 100;
export const mostBytes = 64 * 1024 * 1024;

const endingOf = (name: string): string => name.toLowerCase().replace(/^.*(?=\.)/s, '');
export const isAccepted = (name: string): boolean => (accepted as readonly string[]).includes(endingOf(name));
const carriesWords = (name: string): boolean => ['.docx', '.doc', '.wps', '.xlsx', '.xls', '.et', '.pdf', '.zip', '.eml'].includes(endingOf(name));

export interface Sorted { taken: File[]; refused: { name: string; why: 'kind' | 'size' | 'count' }[] }

export function sortFiles(files: Iterable<File>): Sorted {
  const sorted: Sorted = { taken: [], refused: [] };
  for (const file of files) {
    const why = !isAccepted(file.name) ? 'kind' : file.size > mostBytes || file.size === 0 ? 'size' : sorted.taken.length >= mostFiles ? 'count' : undefined;
    if (why) sorted.refused.push({ name: file.name, why });
    else sorted.taken.push(file);
  }
  return sorted;
}

/** Several documents may be several places' reports: then somebody has to say. Pictures alone are one month's of one place. */
export const mayBeSeveral = (files: readonly File[]): boolean => files.filter((file) => carriesWords(file.name)).length > 1;

/** The letters the files become. Each document is its own when they are apart; loose pictures then are one more. */
export function lettersOf(files: readonly File[], apart: boolean): File[][] {
  if (!apart) return files.length ? [[...files]] : [];
  const loose = files.filter((file) => !carriesWords(file.name));
  return [...files.filter((file) => carriesWords(file.name)).map((file) => [file]), ...(loose.length ? [loose] : [])];
}
