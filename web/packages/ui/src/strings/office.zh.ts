export const officeZh = {
  'nav.office.board': '工作总览',
  'nav.office.filing': '报送情况',
  'nav.office.plans': '活动计划',
  'nav.office.activities': '活动台账',
  'nav.office.people': '人员账号',
  'nav.office.campaign': '工作方案',
  'nav.office.settings': '系统设置',

  'btn.return': '退回补正',
  'btn.accept': '审核通过',
  'btn.for_village': '代{place}补录',
  'btn.copy_remind': '复制提醒文字',

  'empty.review': '没有等您审核的材料。',
  'empty.gaps': '本期各村（社区）都有活动记录。',

  'rem.before': '各村（社区）：{month}月消防宣传“五进”工作情况请于{date}（{weekday}）前报送。还未报送的有：{places}。已在系统里记录的，点链接核对后报送即可，不用另做Word。{link}',
  'rem.before_none': '各村（社区）：{month}月工作情况已全部报送，谢谢大家。',
  'rem.after': '{place}：{month}月消防宣传“五进”工作情况原定{date}前报送，目前还未收到。有困难请回复，工作站可以帮助补录。{link}',
  'rem.plan': '各村（社区）：请于{date}前报送消防宣传“五进”计划表（附件1）。填写请点：{link}；习惯用Word的，也可以把填好的表发到工作站邮箱。',

  'ret.r1': '{week}缺活动文字，请补两三句。',
  'ret.r2': '{n}张照片与{date}的活动重复，请核对；没有别的照片可以不放。',
  'ret.r3': '活动时间不在{month}月，请核对。',
  'ret.r4': '活动内容与消防宣传无关，请核对。',
  'ret.free': '其他（请写明改哪里）',

  'cov.gap': '近两周没有记录：{places}。可能已开展未记录，也可能确未开展，请先联系了解。',
} as const;

export type OfficeKey = keyof typeof officeZh;
