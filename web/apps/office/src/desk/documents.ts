import { settleWhole } from '@wujin/api';
import { patientApi } from './api';

/** The name an answer gives its file (RFC 6266, filename*). */
export function fileNameOf(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  try {
    return encoded ? decodeURIComponent(encoded) : '';
  } catch {
    return '';
  }
}

/** Saves the PDF of a document; `at` is its address without the extension, one of the contract's with everything filled in. */
export async function savePdf(at: string, query = ''): Promise<void> {
  const address = `${at}.pdf${query}` as '/api/v1/plans/{campaign}/{place}/document.pdf';
  const { data, response } = await settleWhole(patientApi.GET(address, { params: { path: { campaign: '', place: '' } }, parseAs: 'blob' }));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(data as unknown as Blob);
  link.download = fileNameOf(response.headers.get('content-disposition'));
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
