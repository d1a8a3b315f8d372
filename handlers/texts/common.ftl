## Words that all audiences share: statuses, fees, days, units, the fixed buttons.

day-yesterday = 昨天 { $clock }
day-0 = 今天 { $clock }
day-1 = 明天 { $clock }
day-2 = 后天 { $clock }
day-date = { $month }月{ $day }日 { $weekday } { $clock }
day-date-year = { $year }年{ $month }月{ $day }日 { $clock }
weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日

status-submitted = 已受理
status-triage = 社工正在看
status-offered = 已派给组织，等回复
status-accepted = 已接单
status-in_progress = 正在办
status-waiting_resident = 等您补充
status-done = 组织说办好了，等您确认
status-confirmed = 已解决
status-reopen_requested = 还没解决，社工正在看
status-cancelled = 已取消
status-declined = 不归社区办
status-merged = 已并入同一件事

fee-free = 免费
fee-low = 低偿
fee-paid = 有偿

edit-noted = ✏️ 改过来了，对方也会看到（<code>{ $number }</code>）。
edit-too-late = 这件事已经办结，或者不在您手上了，这句话改不了。有话想说，直接写给我。

role-resident = 居民
role-lead = 组织
role-admin = 社工
role-system = 系统

triage-why-low_confidence = 机器人拿不准
triage-why-nobody_to_offer = 没有能接的组织
triage-why-handed_back = 组织退回
triage-why-asked_for_human = 要人工看
triage-why-intake_paused = 暂停受理期间收到

button-submit = 提交
button-other = 换一项
button-cancel = 取消
button-solved = 已解决
button-unsolved = 没解决
button-urge = 催办
button-accept = 接单
button-decline = 婉拒
button-start = 开始
button-done = 完成
button-assign = 派单
button-take = 我来处理
button-human = 转人工
