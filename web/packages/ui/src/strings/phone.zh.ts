export const phoneZh = {
  'nav.phone.today': '今日',
  'nav.phone.record': '记一场',
  'nav.phone.reports': '报送',
  'nav.phone.mine': '我的',

  'rec.draft': '草稿',
  'rec.saved_local': '已存在本机',
  'rec.waiting': '待上传',
  'rec.sending': '正在上传 {done}/{total}张',
  'rec.sent': '已上传',
  'rec.failed': '没传上去，点此重试',
  'rec.rejected': '需要改一处：{reason}',
  'rec.conflict': '别人也改过，请选一份',

  'btn.from_album': '从相册补记',
  'btn.camera': '拍照',
  'btn.save_next': '保存，再记一场',
  'btn.copy_brief': '复制一段简讯',

  'f.text_hint': '点键盘上的话筒可以直接说。',

  'empty.today': '今天没有安排。遇到宣传活动，随时记一场。',

  'msg.saved_offline': '已存在本机。有网时自动上传，不用守着。',
  'msg.saved': '已保存。本月工作情况里已经有这一场了。',
  'msg.uploaded_all': '{n}场活动、{p}张照片都已上传。',
  'msg.storage_warn': '还有{n}场没上传，请先不要清理浏览器数据或微信存储。',
  'msg.wechat': '在微信里打开，没有信号时可能打不开本页。点右上角“…”，选“在浏览器打开”更稳妥。',
  'msg.session': '登录已过期，本机的记录都在。重新登录后继续上传。',
  'msg.submit_confirm': '报送后，{station}就能看到。审核前可以撤回修改。',
  'msg.receipt': '已收到{place}{month}工作情况，{time}，按时报送。',
  'msg.receipt_late': '已收到{place}{month}工作情况，{time}，逾期{n}天。有特殊情况可在下方说明。',
  'msg.returned': '{station}退回了{month}工作情况：{reason}。请于{date}前补正，原报送时间不变。',

} as const;

export type PhoneKey = keyof typeof phoneZh;
