## What community workers read: lists, cards, questions, reports, Excel sheets.

### Steps of a request, as told to those who work on it

admin-action-submit = 居民提出
admin-action-offer = 派给组织，等回复
admin-action-triage = 转社工处理
admin-action-refuse = 组织婉拒
admin-action-lapse = 组织没有答复
admin-action-accept = 组织接单
admin-action-start = 开始办理
admin-action-ask = 组织向居民提问
admin-action-answer = 居民补充
admin-action-complete = 报告办好了
admin-action-confirm = 确认已解决
admin-action-request_reopen = 居民说没解决
admin-action-reopen = 同意重开
admin-action-reject_reopen = 不重开
admin-action-cancel = 取消
admin-action-restore = 居民恢复办理
admin-action-decline = 答复不归社区办
admin-action-correct = 改了原话
admin-action-hand_back = 组织退回
admin-action-recategorise = 换服务项目
admin-action-assign = 社工派单
admin-action-merge = 并入同一件事

admin-status-submitted = 已受理，还没派
admin-status-triage = 等社工处理
admin-status-offered = 已派给组织，等答复
admin-status-accepted = 组织已接单
admin-status-in_progress = 正在办
admin-status-waiting_resident = 等居民补充
admin-status-done = 报告办好了，等居民确认
admin-status-confirmed = 居民确认已解决
admin-status-reopen_requested = 居民说没解决，等社工定
admin-status-cancelled = 已取消
admin-status-declined = 答复不归社区办
admin-status-merged = 已并入同一件事

admin-card-emergency-waits = 🔁 从{ $when }等到现在，还没人接手。点“我来处理”以前，会一直重复通知

### Excel: the list of organisations

sheet-name-organisations = 组织名单
sheet-name-notes = 填写说明
sheet-name-examples = 填写示例
sheet-name-choices = 选项
sheet-name-items = 服务项目表
sheet-head-name = 组织名称
sheet-head-category = 类别
sheet-head-items = 服务项目
sheet-head-areas = 服务小区
sheet-head-capacity = 同时能接几件
sheet-head-fee = 收费
sheet-head-phone = 电话
sheet-head-emergency = 应急组织
sheet-head-hours = 服务时间
sheet-head-intro = 简介
sheet-yes = 是
sheet-no = 否
sheet-everywhere = 全社区
sheet-any-compound = 本社区没有固定的小区名单，写居民平时的叫法
sheet-choose = 请从下拉列表里选一个。
sheet-items-group = 大类
sheet-items-name = 服务项目
sheet-items-category = 归在哪一类
sheet-items-covers = 包括什么

sheet-note-title = { $community } · 社会组织名单怎么填
sheet-note-1 = 1. 在“{ $sheet }”这一页填，一行一个组织，最多 { $limit } 行。第一行的表头请不要改。
sheet-note-2 = 2. 组织名称（必填）：写全称，一个组织只写一行。名称和系统里一样的，会更新；没有的，会新增。
sheet-note-3 = 3. 类别（必填）：从下拉列表里选。本社区的类别有：{ $categories }。
sheet-note-4 = 4. 服务项目：写“{ $items }”里的名称，几项之间用顿号“、”隔开。不填，就按类别派单。
sheet-note-5 = 5. 服务小区：几个小区之间用顿号隔开；写“全社区”或者不填，就是哪里都去。小区有：{ $compounds }。
sheet-note-6 = 6. 同时能接几件：1 到 1000 的整数，不填算 20 件。
sheet-note-7 = 7. 收费：免费、低偿、有偿里选一个，不填算免费。
sheet-note-8 = 8. 应急组织：选“是”的，遇到紧急求助会马上通知。不填算“否”。
sheet-note-9 = 9. 服务时间：比如“周一至周五 9:00-17:00，周六 9:00-12:00”或“每天 8:00-20:00”。不填也可以。
sheet-note-10 = 10. 请直接填文字和数字，不要用公式，不要合并单元格。填好存成 .xlsx，发给机器人。机器人先检查，您确认以后才会收进去。

sheet-example-1-name = 巧手便民服务队（示例）
sheet-example-1-capacity = 10
sheet-example-1-fee = 免费
sheet-example-1-phone = 0574-86000000
sheet-example-1-emergency = 否
sheet-example-1-hours = 周一至周五 9:00-17:00，周六 9:00-12:00
sheet-example-1-intro = 每周二、四上门，小修小补不收钱
sheet-example-2-name = 邻里互助社（示例）
sheet-example-2-capacity = 20
sheet-example-2-fee = 低偿
sheet-example-2-phone = 13800000000
sheet-example-2-emergency = 是
sheet-example-2-hours = 每天 8:00-20:00
sheet-example-2-intro = 十五位志愿者，白天都有人

sheet-at-row = 第 { $row } 行：{ $words }
sheet-at-cell = 第 { $row } 行“{ $column }”：{ $words }
sheet-problem-too-big = 文件超过 5 MB，太大了。请删掉图片和多余的页，或者分成几份再发。
sheet-problem-old-format = 这是旧版 Excel（.xls）或者加了密码的文件，打不开。请用 Excel 或 WPS 打开，去掉密码，“另存为”.xlsx 再发。
sheet-problem-not-xlsx = 这不是 Excel 的 .xlsx 文件。只改文件名不行，请用 Excel 或 WPS 打开，“另存为”.xlsx 再发。
sheet-problem-bomb = 这个文件解开以后太大，为了安全没有打开。请把内容复制到新的模板里再发。
sheet-problem-broken = 文件坏了，读不出来。请重新下载模板，把内容复制过去再发。
sheet-problem-wrong-sheet = 没找到组织名单。表头里要有：{ $wanted }。请用模板填写。
sheet-problem-empty = 名单是空的，一个组织都没有填。
sheet-problem-merged = 有合并的单元格，请取消合并，每格单独填。
sheet-problem-unknown-column = 不认识“{ $value }”这一列，请删掉它，表头用模板里的。
sheet-problem-double-column = 这一列出现了两次，请留一列。
sheet-problem-too-many-rows = 超过 { $limit } 行了，请分成几份再发。
sheet-problem-more = 后面还有问题，请先改好上面这些再发。
sheet-problem-missing = 没有填，这一格必须填。
sheet-problem-double-name = 和第 { $first } 行是同一个组织，请只留一行。
sheet-problem-not-allowed = “{ $value }”不能用，请选：{ $allowed }。
sheet-problem-unknown-item = 没有“{ $value }”这项服务，是不是：{ $near }？
sheet-problem-unknown-item-bare = 没有“{ $value }”这项服务，请看模板里的“服务项目表”。
sheet-problem-unknown-area = 没有“{ $value }”这个小区，是不是：{ $near }？
sheet-problem-unknown-area-bare = 没有“{ $value }”这个小区，请看模板里的“填写说明”。
sheet-problem-bad-number = “{ $value }”不行，请填 1 到 { $limit } 的整数。
sheet-problem-bad-phone = “{ $value }”不像电话号码，请填手机号或座机号。
sheet-problem-bad-hours = “{ $value }”看不懂，请写成“周一至周五 9:00-17:00，周六 9:00-12:00”或“每天 8:00-20:00”
sheet-problem-formula = 这里是公式，请直接填文字或数字。
sheet-problem-error-value = 这里是 Excel 的出错标记，请重新填。
sheet-problem-date = 这里变成了日期，请改成文字再填。
sheet-problem-too-long = 字太多了，最多 { $limit } 个字。

### Excel: the ledger of requests

sheet-name-requests = 诉求台账
sheet-name-history = 办理过程
ledger-requests-number = 编号
ledger-requests-created = 提出时间
ledger-requests-item = 服务项目
ledger-requests-group = 大类
ledger-requests-category = 类别
ledger-requests-status = 进度
ledger-requests-urgent = 紧急
ledger-requests-organisation = 承办组织
ledger-requests-description = 诉求内容
ledger-requests-compound = 小区
ledger-requests-building = 楼号
ledger-requests-unit = 单元
ledger-requests-room = 房号
ledger-requests-place = 地点（文字）
ledger-requests-phone = 联系电话
ledger-requests-time = 希望时间
ledger-requests-recipient = 服务对象
ledger-requests-age = 年龄
ledger-requests-answer_due = 答复期限
ledger-requests-resolve_due = 办结期限
ledger-requests-done = 办好时间
ledger-requests-urges = 催办次数
ledger-requests-followers = 同求人数
ledger-requests-stars = 评分
ledger-requests-reasons = 评价原因
ledger-requests-words = 评价留言
ledger-history-number = 编号
ledger-history-at = 时间
ledger-history-action = 步骤
ledger-history-from = 之前
ledger-history-to = 之后
ledger-history-role = 谁
ledger-history-reason = 说明

### Commands and /help

admin-group-daily = <b>每天看一看</b>
admin-group-dispatch = <b>派给谁</b>
admin-group-decide = <b>办结和处理</b>
admin-group-organisations = <b>社会组织</b>
admin-group-reports = <b>统计和台账</b>
admin-group-reader = <b>教阅读器</b>
admin-group-everybody = <b>通知和开关</b>
admin-command-desk = 工作台，所有按钮都在这里
admin-command-triage = 等您处理的事
admin-command-late = 超时的事
admin-command-find = 按编号、电话、楼号或字词查找
admin-command-request = 看一件事的全部情况
admin-command-assign = 把一件事派给一家组织
admin-command-recategorise = 换服务项目
admin-command-why = 为什么听成这一项、派给这家
admin-command-confirm = 电话回访：居民说解决了
admin-command-close = 替居民取消，写明原因
admin-command-decline = 不归我们，写明该找谁
admin-command-mute = 屏蔽发这件事的人
admin-command-unmute = 取消屏蔽
admin-command-orgs = 所有组织和手上的事
admin-command-org = 看一家组织
admin-command-invite = 邀请组织负责人
admin-command-import = 用 Excel 导入组织名单
admin-command-stats = 统计和图表
admin-command-export = 导出 Excel 台账
admin-command-teach = 看看读错了的话，挑出来教阅读器
admin-command-model = 阅读器学到哪儿了，重新学习、换回上一个
admin-command-broadcast = 给所有居民发通知
admin-command-pause = 暂停受理新的事
admin-command-resume = 恢复受理
admin-start = 🗂 您是社工：发 /desk 打开工作台，发 /help 看全部命令。
admin-help-head = 🗂 <b>社工能用的命令</b>
admin-help-line = /{ $name }　{ $what }
admin-help-foot =
    编号可以只写后面的数字，比如 /request 7 就是今天的第 7 件。
    不想记命令，发 /desk 点按钮就行。
    您自己家有事，直接写给我，和居民一样。
admin-only-private = 这条命令会显示居民的电话和住址，请在和我的私聊里用。

### The desk

admin-desk =
    🗂 <b>{ $community } 工作台</b>
    🆘 没人接手的紧急求助：<b>{ $emergencies }</b>
    👀 等社工处理：<b>{ $waiting }</b>
    🔁 居民说没解决：<b>{ $reopen }</b>
    ⏰ 超时：<b>{ $late }</b>
    ✉️ 没处理成的消息：<b>{ $dead }</b>
admin-desk-paused = ⏸ 现在暂停受理：{ $reason }
button-admin-triage = 👀 待处理
button-admin-late = ⏰ 超时
button-admin-find = 🔍 查找
button-admin-orgs = 🤝 组织
button-admin-all-orgs = 🤝 全部组织
button-admin-stats = 📊 统计
button-admin-export = 📄 导出台账
button-admin-template = 📥 导入组织
button-desk-meeting = 🎪 认领大会
button-desk-backlog = 🧮 积压的一起派
button-desk-joint = 🏗 立项
button-admin-broadcast = 📣 发通知
button-admin-pause = ⏸ 暂停受理
button-admin-resume = ▶️ 恢复受理
button-admin-help = ❔ 全部命令
admin-pause-reason = 社区临时有事，暂停派单
admin-pause-too-long = 原因太长了，请写在 { $limit } 个字以内，比如：/pause 台风天，组织暂停上门
admin-paused =
    ⏸ 已暂停受理。居民会看到：“{ $reason }”
    新的事先排着队，紧急求助照常处理。
admin-resumed = ▶️ 已恢复受理。暂停期间收到的事在“待处理”里，请看一看。
admin-not-paused = 现在没有暂停，一切正常。

### Words that many screens share

button-admin-yes = 确定
button-admin-back = ↩️ 看这件事
button-admin-more = 再看 { $left } 件
button-admin-previous = ⬅️ 上一页
button-admin-next = 下一页 { $page }/{ $pages } ➡️
admin-number-please = 请在命令后面写编号，比如：{ $example }（今天的第 7 件），或者写全 20261121-0007。
admin-number-unknown = 没有编号 { $number } 这件事。请看看数字对不对，或者用 /find 找一找。
admin-words-please = 请用文字写给我。不想写了，发“取消”。
admin-words-too-long = 太长了，请写在 { $limit } 个字以内，再发一次。
admin-stopped = 好的，不做了。
admin-moved-on = ℹ️ 这一步现在做不了。下面是最新情况：
admin-too-late = ℹ️ 这一步已经过去了，什么都没有改。下面是最新情况：
admin-done = 好了
admin-kept = 好的，没有改动。
admin-about = 📌 <code>{ $number }</code>
admin-organisation-gone = 这家组织找不到了，请重新选一家。

### The card of a request

admin-card-waits = 👀 <b>为什么等您看</b>：{ $why }
admin-card-resident = 🙋 提出人：<a href="tg://user?id={ $id }">{ $name }</a>
admin-card-muted = 🔇 这位居民已被屏蔽
admin-card-urges = 🔔 催过 { $count } 次
admin-card-followers = 👥 还有 { $count } 人有同样的需要
admin-card-report = 📋 办理：{ $hours } 小时，{ $people } 人。{ $words }
admin-card-rating = 居民评价：{ $stars } { $reasons } { $words }
admin-timeline =
    <b>办理过程</b>
    { $steps }
admin-step-by = { $who }，{ $why }
admin-named = { $words }（{ $name }）
admin-step-emergency = 紧急，同时通知所有应急组织
button-admin-confirm = ✅ 居民说解决了
button-admin-release = 就这样派
button-admin-close = 替居民取消
button-admin-settle = 我办好了
button-admin-history = 🕘 过程
button-admin-why = ❓ 为什么
button-admin-mute = 🔇 屏蔽
button-admin-unmute = 🔈 取消屏蔽

### /triage

admin-triage-nothing = ✅ 现在没有等您处理的事。
admin-triage-head =
    <b>等您处理</b>
    🆘 紧急 { $emergencies } 件 · 👀 待处理 { $waiting } 件 · 🔁 居民说没解决 { $reopen } 件
admin-triage-more = 后面还有 { $left } 件。
admin-triage-end = 没有更多了。
admin-dead-head = ✉️ <b>这些消息机器人没处理成</b>，可以再试一次：
admin-dead-line = { $n }. { $when }收到　<code>{ $error }</code>
admin-unsent-head = 📮 <b>这些消息没能送到人手上</b>（最近一周）：
admin-unsent-line = • { $when }　对话 <code>{ $chat }</code>　<code>{ $error }</code>
admin-dead-none = ✉️ 没处理成的消息都清完了。
button-admin-retry = 🔄 再试第 { $n } 条
admin-retried = 已经重新排队
admin-retry-gone = 这一条已经处理过了
admin-released-offered = ✅ 已经派出去了。
admin-released-triage = ⚠️ 暂时没有能接的组织，请您亲自派单。

### 派单

admin-assign-head =
    <b>派给哪一家？</b>
    { $item }（<code>{ $number }</code>）
    下面是合适的组织，最合适的在前：
admin-assign-nobody =
    { $item }（<code>{ $number }</code>）
    没有合适的组织了：有的问过了，有的忙不过来。可以按名字找一家。
admin-assign-line =
    { $n }. <b>{ $name }</b>（{ $category }）合适度 { $score } 分
    { $facts }
button-admin-assign-to = 派单 { $n }. { $name }
button-admin-search = 🔍 按名字找
button-admin-suggest = 看推荐
admin-search-please = 请写组织名称里的几个字，比如“义工”。不想找了，发“取消”。
admin-search-nothing = 没有名字里带“{ $words }”的组织（暂停的不算）。换几个字试试？
admin-search-found =
    <code>{ $number }</code> 派给哪一家？
    { $lines }
admin-search-line = { $n }. { $name }（{ $category }）
admin-sure-assign =
    <code>{ $number }</code> 现在由 <b>{ $holder }</b> 在办。
    要改派给 <b>{ $name }</b> 吗？原来的组织会收到通知。
admin-assigned-toast = 派好了
admin-assigned = ✅ 已派给 <b>{ $name }</b>，等它答复。派错了可以再点“派单”改派。

score-fit-good = 专门做这一项
score-fit-poor = 只做相近的事
score-load-some = 手上 { $have } 件，最多 { $of } 件
score-record-none = 还没派过单
score-record-some = 派过 { $of } 次，接了 { $have } 次
score-fairness-never = 从来没派过，该给机会
score-fairness-today = 今天刚派过
score-fairness-days = { $days } 天没派过了
score-area-good = 就在这个小区服务
score-area-poor = 没有写明服务这个小区

### 换类别

admin-item-suggest =
    <code>{ $number }</code> 现在归在 <b>{ $item }</b>
    “{ $words }”
    机器人猜，也可能是下面几项：
admin-item-choose =
    <code>{ $number }</code> 现在归在 <b>{ $item }</b>
    “{ $words }”
    请从全部大类里选：
admin-item-groups = <code>{ $number }</code> 归到哪一大类？
admin-item-in-group = <code>{ $number }</code> · <b>{ $group }</b>，选一项：
admin-item-found = <code>{ $number }</code> 换成哪一项？和“{ $words }”有关的有：
admin-item-nothing = 没有和“{ $words }”有关的服务项目，请从全部大类里选。
admin-item-same = ℹ️ 已经是这一项了。
admin-sure-item =
    <code>{ $number }</code> 要换项目吗？
    { $old } → <b>{ $new }</b>（{ $category }）
    居民会收到通知，会另外找组织。
button-admin-item = { $name } · { $group }
button-admin-group = { $name }
button-admin-groups = 📚 全部大类
admin-refiled-toast = 换好了
admin-refiled-offered = ✅ 已换项目，并且派出去了。
admin-refiled-triage = ✅ 已换项目。⚠️ 暂时没有能接的组织，请您派单。

### Decisions

admin-example-confirm = /confirm 7
admin-example-close = /close 7 电话里说不用来了
admin-example-decline = /decline 7 供电公司，电话 95598
admin-example-mute = /mute 7
admin-ask-reopen_no = <code>{ $number }</code> 为什么不重开？请写一句原因，居民会看到。
admin-ask-decline = <code>{ $number }</code> 该找谁？点一个，或者写清楚单位和电话，居民会看到。比如：供电公司，电话 95598
admin-ask-cancel = <code>{ $number }</code> 为什么取消？请写一句原因，居民会看到。
admin-ask-settle = <code>{ $number }</code> 怎么办好的？请写一句，居民会看到，也会问居民解决了没有。
admin-sure-reopen_no =
    <b>不重开</b> { $item }（<code>{ $number }</code>）？
    会告诉居民：“{ $words }”
admin-sure-decline =
    <b>答复不归我们</b>：{ $item }（<code>{ $number }</code>）？
    会告诉居民该找：“{ $words }”
    这件事就办结了。
admin-sure-cancel =
    <b>替居民取消</b> { $item }（<code>{ $number }</code>）？
    会告诉居民：“{ $words }”
admin-sure-confirm =
    { $name } 在电话里说 <b>{ $item }</b>（<code>{ $number }</code>）解决了，是吗？
    确定以后就办结了。
admin-sure-settle =
    您已经办好 <b>{ $item }</b>（<code>{ $number }</code>）了？
    会告诉居民：“{ $words }”，并问一声解决了没有。
admin-sure-mute =
    要屏蔽 <b>{ $name }</b> 吗？
    以后这个人写来的话，机器人不再回答；紧急求助照样处理。随时可以取消屏蔽。
admin-did-reopen_no = ✅ 没有重开，已经告诉居民。
admin-did-decline = ✅ 已答复居民该找谁。
admin-did-cancel = ✅ 已取消，居民和组织都会收到通知。
admin-did-confirm = ✅ 已办结。
admin-did-settle = ✅ 记下了，正在问居民解决了没有。
admin-did-mute = 🔇 已屏蔽。点“取消屏蔽”就恢复。
admin-did-unmute = 🔈 已取消屏蔽。

### Looking things up

admin-late-head = ⏰ <b>超时的有 { $count } 件</b>，最久的在前：
admin-late-nothing = ✅ 没有超时的事。
admin-find-please = 找什么？可以写编号、电话、楼号，或者话里的几个字。比如：8号楼 漏水
admin-find-head = 🔍 “{ $words }”找到 { $count } 件：
admin-find-since = 找到{ $since }为止，更早的还没找。
admin-find-no-more = 更早的也没有“{ $words }”了。
admin-find-again = 请再发一次 /find
button-admin-find-further = 🔍 再往前找
admin-find-nothing = 没找到“{ $words }”。可以写编号、电话、楼号，或者话里的几个字，比如：/find 8号楼 漏水
admin-why-head =
    <b>为什么派给这些组织</b>
    { $item }（<code>{ $number }</code>）
admin-why-nobody = <code>{ $number }</code> 还没有派给过哪家组织。
admin-why-offer = <b>{ $name }</b>，{ $when }派的
admin-why-score = 合适度 { $score } 分（满分 100）
admin-why-for = 👍 { $facts }
admin-why-against = 👎 { $facts }
admin-why-no-score = 👤 不是机器人排出来的：社工指定，或者紧急时同时通知
admin-outcome-open = ⏳ 等答复，{ $when }到时间
admin-outcome-accepted = ✅ { $when }接单{ $who }
admin-outcome-declined = ❌ { $when }婉拒{ $who }：{ $reason }
admin-outcome-expired = ⌛ { $when }到时间，没有答复
admin-outcome-withdrawn = ↩️ { $when }收回：{ $reason }
admin-withdrawn-taken = 别家先接了
admin-withdrawn-reassigned = 社工改派
admin-withdrawn-recategorised = 换了服务项目
admin-withdrawn-declined = 不归社区办
admin-withdrawn-cancelled = 取消了
admin-withdrawn-settled = 社工已经办好
admin-withdrawn-other = 情况有变

### Organisations

admin-orgs-head = 🤝 <b>共 { $count } 家组织</b>　第 { $page }/{ $pages } 页
admin-orgs-category = <b>{ $category }</b>
admin-orgs-line = • { $name }　手上 { $have }/{ $of }
admin-orgs-line-paused = • ⏸ { $name }　手上 { $have }/{ $of }，暂停接单
admin-orgs-nothing = 还没有组织。发 /import 可以用 Excel 导入。
admin-org-please = 请在命令后面写组织的名字或编号，比如：/org 义工队。发 /orgs 看全部。
admin-org-nothing = 没有叫“{ $words }”的组织。发 /orgs 看全部。
admin-org-several = 带“{ $words }”的有 { $count } 家，是哪一家？
admin-org-head =
    🤝 <b>{ $name }</b>
    { $category } · 编号 { $id }
admin-org-items = 🧰 { $items }
admin-org-all-items = 按类别接单
admin-org-areas = 📍 { $areas }
admin-org-fee = 💰 { $fee }
admin-org-load = 📦 手上 { $have } 件，最多同时 { $of } 件
admin-org-record = 📈 派过 { $offered } 次，接了 { $accepted } 次，居民确认解决 { $confirmed } 件
admin-org-rating = ⭐ 平均 { $stars } 分（{ $count } 人评价）
admin-org-intro = “{ $words }”
admin-org-emergency = 🆘 应急组织，紧急求助会马上通知
admin-org-sample = 🧪 这是示例数据
admin-org-paused = ⏸ 暂停接单，手上的事照办
admin-org-no-leads = 👤 还没有负责人，点“邀请负责人”
admin-org-leads = 👤 负责人：
admin-org-lead = • <a href="tg://user?id={ $id }">{ $name }</a>
admin-org-lead-unreachable = • { $name }（停用了机器人，收不到消息）
admin-org-lead-gone = ℹ️ 这个人已经不是负责人了。
admin-org-did-pause = ⏸ { $name } 已暂停接单，手上的事照办。点“恢复接单”就能恢复。
admin-org-did-resume = ▶️ { $name } 恢复接单了。
admin-org-did-drop = ✅ 已移除负责人。需要时可以再邀请。
admin-sure-drop = 要移除 <b>{ $organisation }</b> 的负责人 <b>{ $name }</b> 吗？移除以后，这个人看不到任务了。
button-admin-invite = ✉️ 邀请负责人
button-admin-org-pause = ⏸ 暂停接单
button-admin-org-resume = ▶️ 恢复接单
button-admin-drop = 移除 { $name }
admin-invite-please = 请写要邀请哪家组织的负责人，比如：/invite 义工队。发 /orgs 看全部。
admin-invite =
    ✉️ <b>{ $name }</b> 的邀请
    请转发给负责人，点一下就加入：
    { $link }
    想在组织的群里收任务，由负责人点这个，选群：
    { $group_link }
    链接点不开，就把这一句发给机器人：
    <code>/start lead_{ $token }</code>
    上面用哪一种都行，一共只能用一次，{ $until }前有效。再邀请人，请再要一个。

### /export

button-admin-export-these = 📄 导出这些天的台账
export-wait = 📄 正在做{ $span }（{ $dates }）的台账，做好就发给您。里面有居民的电话和住址，请保管好。
export-span-please = 请写天数，比如 /export 30（最多 { $longest } 天），也可以写 /export 本月。
export-file = { $community }诉求台账_{ $first }_{ $last }.xlsx
export-caption = 📄 { $dates }，共 { $count } 件。里面有居民的电话和住址，请保管好。
export-too-big = 这段时间的台账超过 50 MB，发不出来。请少选几天，比如 /export 30。

### /import

import-how = 📥 正在发模板给您。填好以后把文件直接发给我，我先检查，您确认了才收进去。
import-file = { $community }组织名单模板.xlsx
import-caption = 📥 组织名单模板。请先看“填写说明”这一页。填好直接发回来。
import-not-fetched = 文件没有取下来，请再发一次。
import-problems = ⚠️ <b>有 { $count } 处要改</b>，名单还没有收进去：
import-problem = • { $words }
import-more-problems = 还有 { $left } 处，改好上面的再看。
import-again = 改好以后，把文件再发给我就行。
import-preview =
    ✅ 检查过了，{ $count } 家组织都没有问题。
    新增 <b>{ $added }</b> 家，更新 <b>{ $updated }</b> 家。
import-names-new = 新增：{ $names }
import-names-known = 更新：{ $names }
import-and-more = 等
import-sure = 要收进去吗？
button-import-yes = 收进去
import-done = ✅ 收好了：新增 { $added } 家，更新 { $updated } 家。发 /orgs 看全部。
import-dropped = 好的，没有收进去。
import-too-late = ℹ️ 这份名单已经处理过，或者放得太久了。需要的话，请把文件再发一次。

### /broadcast

broadcast-words-status = status 进度
broadcast-please = 📣 要通知大家什么？请把内容发给我，我先给您看一遍。不发了，写“取消”。
broadcast-message =
    📣 <b>{ $community }通知</b>
    { $words }
broadcast-too-long = 太长了：{ $length } 个字，最多 { $limit } 个字。请改短再发。
broadcast-nobody = 现在还没有能收到通知的居民。
broadcast-sure =
    👆 居民会看到上面这一条。
    要发给 <b>{ $count }</b> 个人吗？大约 { $minutes } 分钟发完，发出去就收不回来了。
button-broadcast-yes = 发给 { $count } 个人
button-broadcast-status = 📈 看进度
broadcast-started = ✅ 开始发了，一共 { $count } 个人。中途停了也会接着发，谁也不会收到两遍。
broadcast-dropped = 好的，没有发。
broadcast-too-late = ℹ️ 这条通知已经发过，或者放得太久了。需要的话，请重新写一条。
broadcast-none = 没有找到这条通知。发 /broadcast 可以写一条。
broadcast-progress =
    📣 第 { $id } 条通知，{ $when }发的
    “{ $words }”
    已发 <b>{ $sent }</b> 人，等着发 { $waiting } 人，发不到 { $failed } 人（停用了机器人）
