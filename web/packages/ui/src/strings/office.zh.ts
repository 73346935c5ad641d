export const officeZh = {
  'nav.office.board': '工作总览',
  'nav.office.filing': '报送情况',
  'nav.office.plans': '活动计划',
  'nav.office.activities': '活动台账',
  'nav.office.mail': '邮件收件',
  'nav.office.people': '人员账号',
  'nav.office.campaign': '工作方案',
  'nav.office.settings': '系统设置',

  'btn.return': '退回补正',
  'btn.accept': '审核通过',
  'btn.for_village': '代{place}补录',
  'btn.copy_remind': '复制提醒文字',

  'empty.review': '没有等您审核的材料。',
  'empty.mail': '邮箱里没有待确认的邮件。',
  'empty.gaps': '本期各村（社区）都有活动记录。',

  // What is asked for, {name}, comes from the campaign.


  'cov.gap': '近两周没有记录：{places}。可能已开展未记录，也可能确未开展，请先联系了解。',
} as const;

export type OfficeKey = keyof typeof officeZh;
