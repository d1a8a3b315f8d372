## The card of a request and its time line.

address-compound = { $value }
address-building = { $value }号楼
address-unit = { $value }单元
address-room = { $value }室
address-with-place = { $numbers }，{ $place }

card-urgent = 🆘 紧急{" "}
card-line = { $mark }<b>{ $number }</b> { $item }
    { $status }，{ $when }提出
card-head = { $mark }<b>{ $item }</b>
    编号 <code>{ $number }</code> · { $category }
    进度：{ $status }
card-words = “{ $words }”
card-address = 📍 { $value }
card-time = 🕒 { $value }
card-time-on = { $expr }（{ $day }）
card-day = { $month }月{ $day }日 { $weekday }
card-recipient = 👤 { $value }
card-age = （{ $age }岁）
card-phone = 📞 { $value }
card-no-door-phone = 🚪 没写门牌，上门前请先打电话问
card-no-door = 🚪 没写门牌，上门前请先在这里问居民
card-masked = 🔒 接单后可以看到电话和门牌号
card-masked-taken = 🔒 电话和门牌号只给接单的人看
card-organisation = 🤝 { $name }
card-answer-due = ⏳ { $when }前给答复
card-answer-due-late = ⏳ 原定{ $when }前答复，已超时
card-emergency-waits = 🔁 正在叫人，没人接手就一直叫
card-emergency-taken = 🙋 已经有人接手
card-clock-stopped = ⏸ 等您回答，这段时间不算在内
admin-card-clock-stopped = ⏸ 等居民回答，这段时间不算在内
lead-card-clock-stopped = ⏸ 等居民回答，这段时间不算在内
card-promise = ⏱ { $kind }：{ $answer }内答复，{ $resolve }内办好
class-emergency = 紧急求助
class-supply = 水电气梯
class-general = 一般事项
class-complex = 复杂事项
span-minutes = { $count }分钟
span-hours = { $count }小时
span-working-days = { $count }个工作日
card-resolve-due = ⏳ { $when }前办好
card-resolve-due-late = ⏳ 原定{ $when }前办好，已超时

timeline-step = • { $when }　{ $what }{ $reason }
timeline-reason = ：{ $reason }

action-submit = 您提出了需求
action-offer = 派给组织，等回复
action-triage = 转社工处理
action-refuse = 这家来不了
action-lapse = 这家没有答复
action-accept = 组织接单
action-start = 开始办理
action-ask = 组织问您一个问题
action-answer = 您补充了情况
action-complete = 组织说办好了
action-confirm = 确认已解决
action-request_reopen = 您说没解决
action-reopen = 社工同意重新办理
action-reject_reopen = 社工看过，没有重开
action-cancel = 取消
action-restore = 恢复办理
action-decline = 不归社区办
action-correct = 改了原话
action-hand_back = 组织退回，社工来安排
action-recategorise = 换了服务项目
action-assign = 社工派给
action-merge = 并入同一件事
