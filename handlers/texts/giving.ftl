## Giving out: why, pools, teams, claiming meetings, the backlog.

### 为什么派给它

score-answer-none = 还没答复过
score-answer-some = 问过 { $of } 次，按时答复 { $have } 次
score-solved-none = 还没有办完的
score-solved-some = 办过 { $of } 件，居民说解决了 { $have } 件
score-satisfied-none = 还没人打过分
score-satisfied-some = 打过分的 { $of } 位里，{ $have } 位满意
score-fairness-much = { $words }，最近派出去的 { $share }% 都是它的
score-hours-now-good = 现在有人
score-hours-wished-good = 要的时间有人
score-hours-wished-poor = 要的时间没人
score-hours-shut-poor = 现在不在服务时间
score-hours-unknown-good = 没写服务时间
score-standing-red = 上了红榜
score-standing-normal = 评价正常
score-standing-watch = 正在被观察（评价差，或者上了名录）
score-standing-black = 在黑榜上

score-name-fit = 对口
score-name-load = 手上的活
score-name-answer = 答复快慢
score-name-solved = 解决了多少
score-name-satisfied = 满意
score-name-fairness = 轮着来
score-name-area = 就近
score-name-hours = 服务时间
score-name-fee = 收费
score-name-standing = 红黑榜

why-how-direct = 🧭 { $when }，问最合适的一家{ $who }
why-how-pool = 📣 { $when }，点单认领：合适的都问，先接先得{ $who }
why-how-team = 👥 { $when }，组团{ $who }：第一家牵头
why-how-meeting = 🏛 { $when }，认领大会上定的{ $who }
why-how-backlog = 📦 { $when }，积压的一起派，总的最合适{ $who }
why-how-emergency = 🚨 { $when }，紧急：同时叫了所有应急组织{ $who }
why-how-worker = 👤 { $when }，社工指定{ $who }
why-how-before = ↩️ { $when }，还给原来接的那家{ $who }
why-how-handed_on = 🔀 { $when }，接的组织转给了别家{ $who }
why-how-nobody = 🕳 { $when }，一家能问的都没有{ $who }
why-chosen = <b>{ $name }</b>
why-others = 也想过：
why-other = · { $name } { $score } 分
why-other-behind = · { $name } { $score } 分，差在：{ $why }
why-others-more = · 另有 { $count } 家，分数更低
why-left-out = 没问（{ $why }）：{ $names }
why-left-out-many = 没问（{ $why }）：{ $names }等 { $count } 家
why-unfit = 其余 { $count } 家不做这类事。
why-out-paused = 暂停了
why-out-black = 在黑榜上
why-out-far = 不服务这个小区
why-out-full = 手上已满
why-out-asked = 已经问过
why-out-kept_out = 这次不再问
why-weights = 评分看什么（共 100）：{ $weights }

triage-why-waits_for_meeting = 等认领大会
triage-why-nobody_claimed = 没有组织认领
announce-triage-waits_for_meeting = 👀 这件事会放到认领大会上，由组织来认领。定了就告诉您。
announce-triage-nobody_claimed = 👀 暂时没有组织认领，社工正在帮您另外想办法，有消息就告诉您。

### 点单认领

giving-pool-task =
    📣 <b>点单认领</b>：这件事同时问了 { $count } 家，<b>{ $organisation }</b> 也在里面。
    愿意就点“接单”，先接先得。来不了就点“婉拒”，没关系。
giving-pool-next =
    📣 同时问了 { $count } 家组织，哪家先接就归哪家办。
    ⏳ { $when }前给您答复。有消息我马上告诉您。
giving-pool-resident =
    📌 <b>{ $item }</b>（<code>{ $number }</code>）
    📣 同时问了 { $count } 家组织，哪家先接就归哪家办。
    ⏳ { $when }前给您答复。

### 组团

giving-part-together = 一起帮忙办
giving-part-what = 👥 请你们做的：<b>{ $task }</b>
giving-part-task =
    👥 <b>组团办理</b>：<b>{ $lead }</b> 牵头，想请 <b>{ $organisation }</b> 一起来。
    能来就点“来”，来不了就点“来不了”，没关系。
button-giving-part-accept = 来
button-giving-part-decline = 来不了
button-giving-part-done = 我们这部分好了
button-giving-part-drop = 不等 { $name } 了
giving-part-accepted = 👥 <b>{ $organisation }</b> 来一起办：{ $item }（<code>{ $number }</code>）
giving-part-declined = 👥 <b>{ $organisation }</b> 来不了：{ $item }（<code>{ $number }</code>）。其他组织照常办。
giving-part-done = 👥 <b>{ $organisation }</b> 把自己那部分办好了：{ $item }（<code>{ $number }</code>）
giving-part-words = 他们说：“{ $words }”
giving-part-resident = 👥 <b>{ $organisation }</b> 也一起来办。{ $item }（<code>{ $number }</code>）
giving-part-dropped = <b>{ $item }</b>（<code>{ $number }</code>）你们那部分不用办了。谢谢你们愿意帮忙。
giving-part-dropped-toast = 好的，不等了
giving-part-over = 这部分现在不用办了，谢谢您。
giving-part-said-accepted = ✅ 说好了，你们也来。牵头的组织已经知道了。
giving-part-said-declined = 好的，没关系。已经告诉牵头的组织了。
giving-part-said-done = ✅ 记下了，你们这部分办好了。谢谢！
giving-part-now-declined = 这部分已经说过来不了了。
giving-part-now-done = 这部分已经办好了，谢谢。
giving-part-now-dropped = 这部分不用办了，谢谢您。
giving-team-head = <b>👥 一起办的</b>
giving-team-asked = ⏳ { $name }：{ $task }（还没答复）
giving-team-accepted = 🔨 { $name }：{ $task }（在办）
giving-team-declined = ✖️ { $name }：{ $task }（来不了）
giving-team-done = ✅ { $name }：{ $task }（好了）
giving-team-dropped = ➖ { $name }：{ $task }（不等了）
giving-parts-open = 👥 还有一起办的组织没办完。等他们办好，或者点“不等……了”，再点“完成”。
giving-parts-head = <b>👥 请你们一起办的</b>
button-giving-open-part = 👥 { $number } { $item }
error-parts-open = 一起办的组织还有没办完的，等他们办好，或者点“不等……了”，再点“完成”。

### 认领大会

giving-meeting-invited =
    🏛 <b>认领大会开始了</b>
    有 { $count } 件事 <b>{ $organisation }</b> 可以办。{ $when }前，把愿意办的勾上就行。
    几家都勾了的，到时间统一分，告诉大家结果。
button-giving-meeting-lots = 看看有哪些
giving-meeting-head =
    🏛 <b>认领大会</b>：{ $count } 件，已勾 { $ticked } 件
    ⏳ { $when }截止。点一下勾上，再点一下取消。
giving-lot = { $mark } { $n }. <b>{ $item }</b> { $place }
    “{ $words }”
giving-lot-of = { $mark } { $n }. <b>{ $item }</b> { $place }（{ $organisation }）
    “{ $words }”
giving-mark-on = ☑️
giving-mark-off = ⬜
button-giving-tick = ⬜ 第 { $n } 件
button-giving-untick = ☑️ 第 { $n } 件
button-giving-page-back = ⬅️ 上一页
button-giving-page-on = 下一页 ➡️
giving-ticked = 勾上了
giving-unticked = 取消了
giving-lot-gone = 这件事现在不能认领了
giving-meeting-over = 这次认领大会已经结束了，谢谢您。
giving-meeting-nothing = 这次认领大会里现在没有您可以办的事，谢谢您。
giving-meeting-won =
    🎉 认领大会结果：<b>{ $organisation }</b> 认领到 { $count } 件：
    { $lines }
    点下面的按钮看详情，跟居民联系。
giving-meeting-won-nothing = 🏛 认领大会结束了。<b>{ $organisation }</b> 勾的事，这次都分给了别家。谢谢你们愿意帮忙，下次再来！
giving-meeting-others = 另外勾的 { $count } 件分给了别家，谢谢你们。
giving-meeting-cancelled = 🏛 这次认领大会取消了。<b>{ $organisation }</b> 勾的不算数了，谢谢你们。
giving-meeting-left-resident =
    📌 <b>{ $item }</b>（<code>{ $number }</code>）
    这次认领大会上还没有组织认领，社工正在帮您另外想办法，有消息就告诉您。
giving-meeting-line = ✅ <code>{ $number }</code> { $item } → <b>{ $organisation }</b>
giving-meeting-ended-workers = 🏛 <b>认领大会结束了</b>：认领出去 { $won } 件，没人认领 { $left } 件。
giving-meeting-off-workers = 🏛 认领大会取消了，{ $left } 件事回到待处理。
giving-meeting-left =
    还等您处理：
    { $lines }
giving-line = · <code>{ $number }</code> { $item }
giving-lines-more = …… 还有 { $count } 件
button-giving-open-task = 📄 看 { $number }
button-giving-backlog = 📦 一起派
button-giving-triage = 📋 一件件看

### 社工：点单认领、组团、一起派、认领大会

admin-command-pool = 点单认领：合适的组织都问，先接先得
admin-command-team = 组团：几家一起办，一家牵头
admin-command-meeting = 认领大会：一批事让组织来勾
admin-command-backlog = 积压的事一起派，总的最合适
button-giving-pool = 📣 点单认领
button-giving-team = 👥 组团
giving-pool-sure =
    📣 <b>点单认领</b> <code>{ $number }</code>
    同时问 { $count } 家，先接先得：{ $names }
giving-held = ⚠️ 现在由 <b>{ $holder }</b> 在办，改了它会收到通知。
button-giving-pool-yes = 就这么问
giving-pool-nobody = <code>{ $number }</code> 没有能问的组织了：有的问过了，有的忙不过来。
giving-pool-done = ✅ 都问了，哪家先接就归哪家。到时间没人接，会回到您这里。
giving-not-urgent = 🚨 紧急的事已经同时叫了所有应急组织，不用再这样派。
giving-team-pick =
    👥 <b>组团</b> { $item }（<code>{ $number }</code>）
    点一下选上，再点一下去掉。先选的那家牵头，全程由它负责。
giving-team-few =
    👥 { $item }（<code>{ $number }</code>）能问的组织不到两家，组不成团。
    也可以按名字组团，先写的牵头，比如：/team 7 巧手理发队 爱心服务队=打扫
giving-team-which = 名字里带“{ $name }”的不止一家，请写全一点。
giving-team-unknown = 没有叫“{ $name }”的组织（暂停的不算）。
giving-team-two = 组团至少要两家。
button-giving-choose = ⬜ { $name } { $score } 分
button-giving-chosen = ☑️ { $name }
button-giving-chosen-first = ☑️ 牵头：{ $name }
button-giving-team-ask = 就这 { $count } 家，去问
giving-team-asked-all = ✅ 都问了。牵头的接了就开始办，一起办的各自答复。
giving-plan-head =
    📦 <b>积压的一起派</b>：{ $waiting } 件等着，能派 { $count } 件，平均合适度 { $mean } 分
giving-plan-line = · <code>{ $number }</code> { $item } → { $organisation }（{ $score } 分）
giving-plan-load = { $name } { $count } 件
giving-plan-loads = 各家：{ $loads }
giving-plan-full = ⏳ { $count } 件合适的组织都满了：{ $numbers }
giving-plan-nobody = 🕳 { $count } 件没有能问的组织了：{ $numbers }
giving-plan-nothing = 👍 没有积压。拿不准的、等认领大会的、紧急的，要一件件看，不在这里。
giving-plan-changed = ⚠️ 这会儿情况变了，下面是新的派法：
giving-plan-done = ✅ 派出去 { $count } 件，还剩 { $left } 件。派错了可以一件件改派。
button-giving-plan-yes = ✅ 就这么派 { $count } 件
giving-meeting-none = 没有可以拿到认领大会上的事。拿不准的请先看一看再派。
giving-meeting-sure =
    🏛 <b>开认领大会</b>：{ $count } 件
    { $lines }
    开多久？到时间自动分，人人都收到结果。
button-giving-meeting-open = 开 { $hours } 小时
giving-meeting-opened = ✅ 开始了，能办的组织都收到通知了。
giving-meeting-state =
    🏛 <b>认领大会</b>：{ $count } 件，有人勾的 { $ticked } 件
    ⏳ { $when }截止
    { $lines }
giving-meeting-lot = ☑️ <code>{ $number }</code> { $item } { $place }：{ $count } 家
giving-meeting-lot-none = · <code>{ $number }</code> { $item } { $place }
button-giving-meeting-draw = 马上分
button-giving-meeting-off = 取消大会
button-giving-meeting-again = 🔄 再看一眼
giving-meeting-sure-draw = 现在就按勾的分吗？分完大会就结束了。
giving-meeting-sure-off = 取消这次认领大会吗？勾过的都不算数，事情回到待处理。
giving-meeting-closed = 好的，结果马上发给大家。
