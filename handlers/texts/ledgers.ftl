## The call-back list and the three ledgers, for workers and leads.

### 回访

button-call-list = 📞 回访名单
button-call-open = { $number } { $item }
button-call-solved = 解决了
button-call-unsolved = 没解决
button-call-missed = 没打通
button-call-stars = { $stars }分
button-call-no-stars = 没有说
button-call-note = ✍️ 记几句
button-call-next = 📞 下一位
button-call-other = 换一家再办
button-call-same = 请原来的再去

call-sample-drawn = 🎲 这周从{ $among }件居民已经点了“解决”的事里，抽了{ $drawn }件电话回访。
call-nothing = 📞 现在没有要回访的。
call-nothing-now = 📞 现在没有要回访的。还有{ $later }位没打通，明天再打。
call-head = 📞 <b>回访名单</b>：现在要打{ $now }个电话，点一个看怎么问。
call-line = { $reason } <code>{ $number }</code> { $item } · { $organisation } · { $when }{ $tries }
call-tries = · 打过{ $tries }次
call-mark-silent = 🔕
call-mark-sample = 🎲
call-legend = 🔕 办完没有回音　🎲 本周抽查
call-card-head = 📞 <b>回访</b> <code>{ $number }</code> { $item }
call-why-silent = 办完以后在这里问过，居民没有回话。
call-why-blocked = 居民停用了机器人，消息发不到，只能打电话。
call-why-sample = 本周抽查：居民点过“解决了”，再听一句真话。
call-who = 👤 { $name }　📞 { $phone }
call-no-phone = 没有留电话
call-where = 📍 { $address }
call-words = 居民的话：“{ $words }”
call-done = { $organisation }说{ $when }办好了{ $report }
call-report = ：{ $words }
call-tried = 已经打过{ $tries }次，没打通。
call-script =
    <b>这样问</b>
    ① 您好，我是{ $community }的。您之前说的“{ $item }”，{ $organisation }说办好了，<b>解决了没有</b>？
    ② 解决了的话：<b>满意吗</b>，1到5分打几分？
    ③ 还有什么想说的？
call-by-worker = 社工
call-heard-solved = ✅ 记下了：居民说解决了。满意吗，打几分？
call-heard-stars = ✅ 记下了：{ $stars }分。还有要记的吗？
call-own-stars = 居民自己打过{ $stars }分，照居民打的算。还有要记的吗？
call-heard-note = ✅ 记下了。
call-ask-note = ✍️ 居民还说了什么？请写一句发给我。
call-ask-unsolved =
    居民说没解决，会马上重新办理。
    请写一句居民的话（不写也行），再点由谁去办。
call-unsolved-words = 居民的话：“{ $words }”。由谁去办？
call-heard-unsolved = 🔁 记下了：没解决，已经重新办理（<code>{ $number }</code>）。
call-missed-again = 📵 记下了：第{ $tries }次没打通，明天上午再打。
call-missed-last = 📵 记下了：打了{ $tries }次都没打通，不再打了。这件事算“联系不上”，不算解决。
call-decided = 这一位已经有结果了：{ $outcome }。
call-outcome-solved = 居民说解决了
call-outcome-unsolved = 居民说没解决
call-outcome-unreachable = 联系不上
call-outcome-answered = 居民自己回了话
call-words-too-long = 太长了，请不要超过{ $limit }个字。

### 早上

day-head = ☀️ <b>今天要办的</b>
day-calls = 📞 要回访{ $count }位居民
day-unchecked = 🔍 有{ $count }件整改等您复查
day-late = ⏰ 有{ $count }件整改过了期限

### 问题和整改

button-problem-close = 就此了结
button-problem-rectify = 要整改
button-problem-request = 看这件事
button-problem-by-org = 由组织整改
button-problem-by-me = 我来整改
button-problem-days = { $days }天
button-rectify-look = 看这件整改
button-rectify-done = ✅ 整改好了
button-rectify-good = 复查合格
button-rectify-bad = 还不行
button-problem-open = 📕 问题{ $id }

problem-head = 📕 <b>问题{ $id }</b>：{ $kind }
problem-about = <code>{ $number }</code> { $item }
problem-no-request = 没有单号
problem-organisation = 有关组织：{ $name }
problem-words = “{ $words }”
problem-at = 记于{ $when }
problem-closed = ✅ { $when }了结：{ $words }
problem-ask-close = 为什么不用整改？请写一句，会记在台账里。
problem-did-close = ✅ 已了结，记在台账里。
problem-closed-already = 这一条已经了结，或者正在整改。整改要复查合格才算完。
problem-ask-who = 由谁整改？
problem-ask-task = 要改什么？请写一句发给我，比如“三天内上门重新疏通，并向居民说明”。
problem-ask-days = 几天内改好？
problem-entered = 📕 已记进问题台账。
problem-open-already = 这件事已经有一条没了结的投诉，先处理那一条。
problem-please = 请写上单号和一句话，比如 { $example }
problem-words-please = 请写一句话，不超过{ $limit }个字。

rectify-task =
    要改：{ $task }
    期限：{ $when }
rectify-asked = 🛠 <b>社工请你们整改一件事</b>
rectify-about = 说的是 { $item }（<code>{ $number }</code>）：{ $kind }
rectify-opened = 🛠 已记进整改台账。
rectify-reported =
    🔍 { $who }说整改好了，请您复查。
    要改：{ $task }
    说明：{ $evidence }
rectify-good = ✅ 整改复查合格，这件事了结了：{ $task }
rectify-bad =
    🛠 复查还不行：{ $words }
    { $task }
rectify-soon = ⏰ 整改期限是{ $when }，快到了：{ $task }
rectify-late = ⏰ 整改期限{ $when }已经过了，请尽快：{ $task }
rectify-head = 🛠 <b>整改{ $id }</b>（问题{ $problem }）
rectify-who = 由谁：{ $who }
rectify-state = 情况：{ $state }
rectify-state-open = 正在整改
rectify-state-reported = 说改好了，等复查
rectify-state-closed = 复查合格，已了结
rectify-state-late = 正在整改，已过期限
rectify-evidence = 说明：{ $evidence }
rectify-photo = 📷 有照片
rectify-photo-caption = 整改{ $id }的照片
rectify-returned = 退回过{ $count }次
rectify-checked = 复查：{ $words }
rectify-ask-evidence = 怎么改好的？请写一句，或者发一张照片。
rectify-evidence-please = 请写一句话，或者发一张照片。
rectify-thanks = ✅ 记下了，等社工复查。
rectify-thanks-worker = ✅ 记下了。要由另一位社工复查，才算完。
rectify-ask-bad = 哪里还不行？请写一句，整改的人会看到。
rectify-did-good = ✅ 复查合格，问题也了结了。
rectify-did-bad = 已退回，请他们接着改。
rectify-moved-on = 这件整改已经到了下一步。

### 台账

button-ledger-open = 📒 三本台账
button-ledger-needs = 📒 需求台账
button-ledger-problems = 📕 问题台账
button-ledger-rectifications = 🛠 整改台账
button-ledger-month = 🗓 { $value }
button-ledger-state = 📌 { $value }
button-ledger-kind = 🗂 { $value }
button-ledger-org = 🏢 { $value }
button-ledger-place = 🏘 { $value }
button-ledger-choice = { $value }
button-ledger-xlsx = 📄 Excel 表
button-ledger-newer = ⬅️ 上一页
button-ledger-older = 下一页 { $page }/{ $pages } ➡️
button-ledger-back = ↩️ 回台账
button-ledger-entry = { $value }

ledger-title-needs = 需求台账
ledger-title-problems = 问题台账
ledger-title-rectifications = 整改台账
ledger-head = <b>{ $title }</b> · { $month }
ledger-filters = 只看：{ $filters }
ledger-total = 共 { $total } 件{ $parts }
ledger-part = 　{ $name } { $count }
ledger-none = 没有符合的记录。
ledger-need-line = { $line }{ $organisation }{ $marks }
ledger-organisation = 　🏢 { $name }
ledger-mark-call = 　📞 { $state }
ledger-call-waits = 待回访
ledger-mark-problem = 　📕 { $kinds }
ledger-mark-rectify = 　🛠 { $state }
ledger-problem-line = 📕 <b>{ $id }</b> { $kind } · { $about } · { $when }{ $state }
ledger-problem-closed = 　✅ 已了结
ledger-problem-rectified = 　🛠 { $state }
ledger-rectify-line = 🛠 <b>{ $id }</b> { $task } · { $who } · { $when }前　{ $state }
ledger-month = { $year }年{ $month }月
ledger-all-months = 全部时间
ledger-all = 全部
ledger-choose-month = 看哪个月？
ledger-choose-state = 看哪一种情况？
ledger-choose-kind = 看哪一类？
ledger-choose-org = 看哪个组织？
ledger-choose-place = 看哪个小区？
ledger-any-state = 全部情况
ledger-any-kind = 全部类别
ledger-any-org = 全部组织
ledger-any-place = 全部小区
ledger-state-n-wait = 还没人接
ledger-state-n-work = 正在办
ledger-state-n-done = 等居民确认
ledger-state-n-again = 居民说没解决
ledger-state-n-sure = 已解决
ledger-state-n-over = 取消、不受理、合并
ledger-state-p-open = 没了结
ledger-state-p-closed = 已了结
ledger-state-r-open = 没了结
ledger-state-r-check = 等复查
ledger-state-r-closed = 已了结
ledger-wait = 正在做《{ $title }》，做好了发给您。
ledger-card = 📕 { $kind }{ $state }
ledger-file = { $community }{ $title }{ $month }.xlsx
ledger-caption = { $title } · { $month } · { $count } 件
ledger-too-big = 记录太多，一张表装不下。请选一个月，或者选一个组织、小区再导出。

### 打印的表

form-unit = 填报单位：{ $community }
form-date = 填报日期：{ $year }年{ $month }月{ $day }日
form-span = 范围：{ $month }{ $filters }
form-total = 合计
form-total-needs = { $total }件，其中已解决{ $solved }件，正在办{ $work }件，问题{ $problems }件
form-total-problems = { $total }件，其中已了结{ $closed }件，没了结{ $open }件
form-total-rectifications = { $total }件，其中复查合格{ $closed }件，整改中{ $open }件
form-sign = 填表人：　　　　　　　　审核人：　　　　　　　　负责人（签字）：　　　　　　　　日期：　　　年　　月　　日
form-page = 第 &P 页　共 &N 页
form-need-no = 序号
form-need-number = 单号
form-need-filed = 提出时间
form-need-resident = 居民
form-need-phone = 联系电话
form-need-place = 地点
form-need-item = 服务项目
form-need-words = 需求内容
form-need-organisation = 承办组织
form-need-status = 办理情况
form-need-done = 办结时间
form-need-stars = 满意度
form-need-problems = 问题
form-need-rectified = 整改
form-problem-no = 序号
form-problem-id = 问题编号
form-problem-at = 发现时间
form-problem-kind = 问题类别
form-problem-number = 关联单号
form-problem-item = 服务项目
form-problem-organisation = 有关组织
form-problem-words = 问题说明
form-problem-rectified = 整改情况
form-problem-closed = 了结时间
form-problem-closing = 了结说明
form-rectify-no = 序号
form-rectify-id = 整改编号
form-rectify-problem = 问题编号
form-rectify-kind = 问题类别
form-rectify-number = 关联单号
form-rectify-task = 整改内容
form-rectify-who = 责任单位（人）
form-rectify-due = 整改期限
form-rectify-evidence = 整改说明
form-rectify-reported = 报告时间
form-rectify-checker = 复查人
form-rectify-result = 复查结果

### 命令

admin-command-callback = 回访名单：给没有回音的居民打电话
admin-command-ledger = 需求、问题、整改三本台账，可以导出打印
admin-command-problem = 把一件事记进问题台账，如 /problem 7 居民来电投诉
admin-example-problem = /problem 7 居民来电说态度不好

### 负责人看的整改

button-rectify-mine-done = ✅ 整改{ $id }好了
rectify-mine-nothing = 🛠 现在没有要整改的事。
rectify-mine-head = 🛠 <b>要整改的事</b>：{ $count }件
rectify-mine-line =
    <b>{ $id }</b> { $task }
    期限：{ $when }

### 错误

error-same-person = 自己做的要请另一位社工来复查，这样才算数。
