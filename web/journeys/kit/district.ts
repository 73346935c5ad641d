import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clock } from './town';
import { binary } from './server';

const notice = fileURLToPath(new URL('../../../campaigns/baofeng-2023', import.meta.url));

/** The sample's district, its own town, and a second one that only tests know. */
export const district = '500118000000';
export const firstTown = '500118112000';
export const secondTown = 'shili-zhen';
export const secondVillage = 'shili-cun';
export const model = 'yongchuan-2023';
export const modelPath = (town: string, of = model): string => `/api/v1/models/${of}/towns/${town}`;
export const tighteningPath = (campaign: string): string => `/api/v1/campaigns/${campaign}/tightening`;

type Rewrite = (toml: string) => string;
/** Word files of the notice made anew, by their names in templates/. */
type Reforms = Record<string, (word: Uint8Array) => Uint8Array>;

/**
 * Loads the notice as a district would keep it for its towns, by the command, and with it a second town. `rewrite` makes another version
 * of campaign.toml, `reforms` of its forms. What the command says is answered; the server may run meanwhile.
 */
export function loadModel(data: string, rewrite: Rewrite = (toml) => toml, reforms: Reforms = {}): string {
  const places = [[secondTown, 'SL', 'town', '示例镇', '示例镇', district, 100], [secondVillage, 'SL-1', 'village', '示例村', '示例村', secondTown, 101]];
  return loadNotice(data, model, district, places, (toml) => rewrite(toml
    .replace('title = "宝峰镇2023年', 'title = "{town}2023年')
    .replace('title_en = "Baofeng town', 'title_en = "{town}')
    .replace('station_name = "镇消防工作站"', 'station_name = "{town}消防工作站"')), reforms);
}

/** Loads the notice as a campaign `id` of another town, by the command; `places` are rows of places.csv beside the notice's own. */
export function loadNotice(data: string, id: string, town: string, places: (string | number)[][], rewrite: Rewrite = (toml) => toml, reforms: Reforms = {}): string {
  const parent = mkdtempSync(join(tmpdir(), 'wujin-notice-'));
  const folder = join(parent, id);
  mkdirSync(folder);
  cpSync(join(notice, 'templates'), join(folder, 'templates'), { recursive: true });
  for (const [name, reform] of Object.entries(reforms)) {
    const file = join(folder, 'templates', name);
    writeFileSync(file, reform(readFileSync(file)));
  }
  const toml = readFileSync(join(notice, 'campaign.toml'), 'utf8')
    .replace(`town = "${firstTown}"`, `town = "${town}"`)
    .replace('document_number = "宝峰府发〔2023〕47号"', 'document_number = "示例发〔2023〕1号"');
  writeFileSync(join(folder, 'campaign.toml'), rewrite(toml));
  const own = readFileSync(join(notice, 'places.csv'), 'utf8').trimEnd();
  writeFileSync(join(folder, 'places.csv'), [own, ...places.map((row) => row.join(',')), ''].join('\n'));
  try {
    return execFileSync(binary(), ['load-campaign', folder, '--data', data, '--clock', clock], { encoding: 'utf8' });
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}
