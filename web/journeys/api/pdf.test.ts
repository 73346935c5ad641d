import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { officeStandIn, wordWithin } from '../kit/office';
import { Town } from '../kit/people';
import { appraisalPath, campaign, mergedPath, planPath, reportPath, summaryPath } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';
import { wordText } from '../kit/word';

// Every Word file as a PDF, on servers of their own: one with a stand-in for LibreOffice, one without any.

const month = '2023-09';
let data: string;
let server: RunningServer;
let station: Caller;
let own: string;

/** All that is had as Word: the drafts, what was handed in, the town's merged report and the appraisal. */
const documents = (): string[] => [
  planPath(own, '/document.docx'), planPath(own, '/versions/1/document.docx'),
  reportPath(own, month, '/document.docx'), reportPath(own, month, '/versions/1/document.docx'), mergedPath(month),
  summaryPath(own, '/document.docx'), summaryPath(own, '/versions/1/document.docx'), appraisalPath('/document.docx'),
];
const asPdf = (path: string) => path.replace('.docx', '.pdf');

async function start(office: string): Promise<void> {
  server = await startTown(data, ['--libreoffice', office]);
  const town = new Town(server.origin, data);
  station = await town.as('station');
  own = town.account('village').place;
  const summary = await station.get<Wire<'Summary'>>(summaryPath(own));
  if (!summary.versions.length) await (await town.as('village')).expects('POST', summaryPath(own, '/submission'), 200);
}

beforeAll(() => { data = copyTown(inject('sample')); });
afterAll(() => rmSync(data, { recursive: true, force: true }));

describe('with LibreOffice', () => {
  beforeAll(() => start(officeStandIn()), 120_000);
  afterAll(() => server.stop());

  it('every Word file is had as a PDF of the same content and name', async () => {
    for (const path of documents()) {
      const word = await station.expects('GET', path, 200);
      const pdf = await station.expects('GET', asPdf(path), 200);
      expect(pdf.headers['content-type']).toBe('application/pdf');
      expect(pdf.headers['content-disposition']).toBe(word.headers['content-disposition'].replaceAll('.docx', '.pdf'));
      expect(wordText(wordWithin(pdf.bytes)), path).toBe(wordText(word.bytes));
    }
  });

  it('who may not have the Word file has no PDF either', async () => {
    const town = new Town(server.origin, data);
    for (const path of documents()) {
      await town.nobody().get(asPdf(path), 401);
      await station.get(asPdf(path).replace(campaign, 'none-2023'), 404);
    }
    await (await town.as('village')).get(asPdf(mergedPath(month)), 403);
    await station.get(asPdf(planPath(own, '/versions/9999/document.docx')), 404);
    await station.expects('GET', `${asPdf(appraisalPath('/document.docx'))}?version=x`, 422, { broken: true });
  });
});

describe('without LibreOffice', () => {
  beforeAll(() => start('/nowhere/soffice'), 120_000);
  afterAll(() => server.stop());

  it('who asks for a PDF is told what to do, and gets the Word file all the same', async () => {
    for (const path of documents()) {
      const { json } = await station.expects<Wire<'Problem'>>('GET', asPdf(path), 501);
      expect(json.code).toBe('converter_missing');
      expect(json.title).toContain('libreoffice-writer-nogui');
    }
    await station.expects('GET', documents()[0], 200);
  });
});
