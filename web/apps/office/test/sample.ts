import type { Activity, Campaign, Me, PlanRow } from '../src/desk/api';

/** Small records of an invented town, for tests. */
export function sampleCampaign(): Campaign {
  return {
    id: 'probe', version: 1, etag: '"1"', document_number: '示府发〔2023〕1号', title: '示例方案', year: 2023, town: 't', town_name: '示例镇', station_name: '示例站',
    starts_on: '2023-08-07', ends_on: '2023-12-31', sample: true, brief: '{date}{place}', merged_report: true, has_map: false, appraises: true, phases: [], kinds: [], forms: [], audiences: [], topics: [], settings: [], sectors: [], quotas: [], deadlines: [],
    entries: [{ id: 'school', name: '进学校' }, { id: 'household', name: '进家庭' }],
    work_items: [], report_periods: [{ month: '2023-10', title: '10月', from: '2023-10-01', to: '2023-10-31', weeks: [
      { index: 1, label: '10月第一周', from: '2023-10-01', to: '2023-10-08' }, { index: 2, label: '10月第二周', from: '2023-10-09', to: '2023-10-15' },
      { index: 3, label: '10月第三周', from: '2023-10-16', to: '2023-10-22' }, { index: 4, label: '10月第四周', from: '2023-10-23', to: '2023-10-31' }] }],
    return_reasons: [
      { id: 'wordless', text: '{week}缺活动文字，请补两三句。' }, { id: 'twins', text: '{n}张照片与{date}的活动重复，请核对。' },
      { id: 'month', text: '活动时间不在{month}月，请核对。' }, { id: 'free', text: '其他', free: true }],
    options: { print_attachment_label: true, sign_off: false, entry_heading: 'entry', picture_grid: 'two_columns', due_soon_days: 3, return_days: 3,
      week_label: 'plain', empty_week: '', keep_originals: false, supplement_rule: 'same_month' },
  };
}

export const sampleRow = (change: Partial<PlanRow> = {}): PlanRow => ({
  id: '00000000-0000-4000-8000-000000000001', month: '2023-10', week_label: '10月第一周', from: '2023-10-01', to: '2023-10-08', places: ['a'], focus: '三组', topic: '',
  in_charge: '示例甲', order: 1, etag: '"1"', done: [], updated_at: '2023-10-01T09:00:00+08:00', ...change });

export const sampleActivity = (change: Partial<Activity> = {}): Activity => ({
  id: '00000000-0000-4000-8000-000000000002', etag: '"1"', campaign: 'probe', place: 'a', place_name: '甲村', entry: 'school', started_at: '2023-10-09T09:30:00+08:00',
  title: '讲防火', text: '讲了。', photos: [], organizer: 'village', received_at: '2023-10-09T12:00:00+08:00', updated_at: '2023-10-09T12:00:00+08:00', recorded_by: '示例甲',
  month: '2023-10', supplement: false, may: ['edit'], ...change });

export const sampleMe = (change: Partial<Me> = {}): Me => ({
  id: '00000000-0000-4000-8000-000000000003', login: 'shili', display_name: '示例甲', language: 'zh-CN', grants: [{ role: 'station', place: 't', place_name: '示例镇', place_kind: 'town' }],
  may: ['record', 'review'], town: 't', town_name: '示例镇', server_time: '2023-10-26T09:00:00+08:00', demo: false, secure: true, ...change });
