## Messages about what somebody else did, by who reads them.

announce-soon = 尽快
announce-no-phone = 没有登记电话
announce-nothing = 没有
announce-colleague = 一位同事
announce-worker = 社工
announce-a-file = （一个文件或照片）

button-announce-urge-nth = 催办 第{ $n }件
button-announce-cancel-nth = 取消 第{ $n }件
button-announce-restore = 恢复办理
button-announce-reply = 回复
button-announce-stars-1 = 1 ⭐
button-announce-stars-2 = 2 ⭐
button-announce-stars-3 = 3 ⭐
button-announce-stars-4 = 4 ⭐
button-announce-stars-5 = 5 ⭐
button-announce-show-task = 看这件事
button-announce-recategorise = 换类别
button-announce-not-ours = 不归我们
button-announce-reopen-yes = 同意重开
button-announce-reopen-no = 不重开

## To residents

announce-filed =
    ✅ 帮您记下了，编号 <code>{ $number }</code>
    <b>{ $item }</b>
    归在：{ $category }
announce-filed-many = ✅ 您说的{ $count }件事都记下了：
announce-filed-nth =
    { $n }. <b>{ $item }</b>
    编号 <code>{ $number }</code> · { $category }
announce-offered =
    🤝 已经交给 <b>{ $organisation }</b>
    ⏳ { $when }前给您答复。有消息我马上告诉您。
announce-triage-low_confidence = 👀 社工会先亲自看一看，定好找谁办就告诉您。
announce-triage-nobody_to_offer = 👀 一时没有合适的组织有空，社工正在帮您想办法，有消息就告诉您。
announce-triage-handed_back = 👀 原来接单的组织来不了了，很抱歉。社工正在帮您另外安排。
announce-triage-asked_for_human = 👀 社工正在亲自处理，有消息就告诉您。
announce-triage-intake_paused = 👀 现在暂停派单，您的事已经排上了。恢复以后社工马上处理。

announce-hotlines = ☎️ 还没打电话的话，请现在就打 { $numbers }。
announce-help-coming = 🚑 有人来了：<b>{ $organisation }</b> 正在处理。请保持电话畅通。

announce-about = 📌 <b>{ $item }</b>（<code>{ $number }</code>）
announce-next-asked =
    📌 <b>{ $item }</b>（<code>{ $number }</code>）
    前一家这次抽不开身，已经接着问 <b>{ $organisation }</b> 了。
    ⏳ { $when }前给您答复，您不用做什么。
announce-assigned =
    📌 <b>{ $item }</b>（<code>{ $number }</code>）
    🤝 社工已经交给 <b>{ $organisation }</b>，{ $when }前给您答复。
announce-accepted =
    🎉 <b>{ $organisation }</b> 接单了。
    { $item }（<code>{ $number }</code>）
    他们会跟您联系，请留意电话。
announce-organisation-phone = 📞 他们的电话：{ $phone }
announce-resolve-by = ⏳ 预计{ $when }前办好。
announce-started =
    🚶 <b>{ $organisation }</b> 开始办了。
    { $item }（<code>{ $number }</code>）
announce-question =
    ❓ <b>{ $organisation }</b> 想问您：
    “{ $question }”
    关于：{ $item }（<code>{ $number }</code>）
    直接发给我就行，我转过去。
announce-note =
    💬 <b>{ $organisation }</b> 说：
    “{ $words }”
    关于：{ $item }（<code>{ $number }</code>）
announce-note-file =
    📎 <b>{ $organisation }</b> 发来的
    关于：{ $item }（<code>{ $number }</code>）
announce-done =
    ✅ <b>{ $organisation }</b> 说办好了。
    { $item }（<code>{ $number }</code>）
announce-done-worker =
    ✅ 社工说办好了。
    { $item }（<code>{ $number }</code>）
announce-done-words = 他们留言：“{ $words }”
announce-is-it-solved = 您看解决了没有？点一下就行。
announce-ask-solved =
    想问问您：<b>{ $item }</b>（<code>{ $number }</code>）解决了没有？
    没解决也没关系，点“没解决”，我们接着办。
announce-ask-solved-last =
    再打扰您一次：<b>{ $item }</b>（<code>{ $number }</code>）解决了没有？
    您说了才算数。
announce-thanks =
    😊 谢谢您告诉我们。
    { $item }（<code>{ $number }</code>）办得怎么样？点几颗星就行。
announce-reopened = 🔁 <b>{ $item }</b>（<code>{ $number }</code>）社工同意重新办理。
announce-not-reopened = 社工看过了，<b>{ $item }</b>（<code>{ $number }</code>）这次没有重新办理。
announce-reason = 原因：{ $reason }
announce-ask-duty = 还有疑问，可以打社区值班电话 { $phone }。
announce-recategorised =
    🗂 社工帮您换了服务项目，这样找得更准：
    { $old } → <b>{ $item }</b>
    编号 <code>{ $number }</code> 不变，归在：{ $category }
announce-declined =
    您说的 <b>{ $item }</b>（<code>{ $number }</code>）不归社区办，抱歉。
    该找：{ $whose }
announce-cancelled =
    好的，<b>{ $item }</b>（<code>{ $number }</code>）取消了。
    点错了也不要紧，一天之内可以恢复。
announce-cancelled-by-worker = 社工取消了 <b>{ $item }</b>（<code>{ $number }</code>）。
announce-restored = 🔁 <b>{ $item }</b>（<code>{ $number }</code>）恢复办理了。

## To the leads of an organisation

announce-task =
    📬 有位居民想请 <b>{ $organisation }</b> 帮忙。
    能去就点“接单”，来不了就点“婉拒”，没关系。
announce-task-reminder =
    ⏰ <b>{ $item }</b>（<code>{ $number }</code>）还在等 <b>{ $organisation }</b> 的答复。
    { $when }前没有答复，会转给别家。
announce-task-expired =
    <b>{ $item }</b>（<code>{ $number }</code>）等到了时间，已经另外找人办。
    没关系，下次再请 <b>{ $organisation }</b> 帮忙。
announce-colleague-declined = 您的同事婉拒了 <b>{ $item }</b>（<code>{ $number }</code>）。
announce-colleague-gave-back = <b>{ $item }</b>（<code>{ $number }</code>）已退给社工安排。
announce-colleague-accepted = { $name } 接下了 <b>{ $item }</b>（<code>{ $number }</code>）。
announce-withdrawn-taken = <b>{ $item }</b>（<code>{ $number }</code>）已经有别家接了，谢谢你们愿意帮忙。
announce-withdrawn-cancelled = <b>{ $item }</b>（<code>{ $number }</code>）取消了，不用去了。谢谢。
announce-withdrawn-reassigned = <b>{ $item }</b>（<code>{ $number }</code>）社工另外安排了，不用去了。谢谢。
announce-withdrawn-recategorised = <b>{ $item }</b>（<code>{ $number }</code>）换了服务项目，不用办了。谢谢。
announce-withdrawn-declined = <b>{ $item }</b>（<code>{ $number }</code>）不归社区办，不用去了。谢谢。
announce-withdrawn-settled = <b>{ $item }</b>（<code>{ $number }</code>）社工已经办好了，不用去了。谢谢。
announce-withdrawn-other = <b>{ $item }</b>（<code>{ $number }</code>）不用办了。谢谢。
announce-resident-added = 💬 居民补充了情况：<b>{ $item }</b>（<code>{ $number }</code>）
announce-resident-resident =
    💬 居民补充：“{ $words }”
    { $item }（<code>{ $number }</code>）
announce-resident-answer =
    💬 居民回答了：“{ $words }”
    { $item }（<code>{ $number }</code>）
announce-resident-file = 📎 居民发来的，关于 { $item }（<code>{ $number }</code>）
announce-confirmed = 🎉 居民说 <b>{ $item }</b>（<code>{ $number }</code>）解决了。辛苦你们！
announce-rated = 居民给 <b>{ $item }</b>（<code>{ $number }</code>）打了 { $stars }
announce-rated-words = 居民说：“{ $words }”
announce-rated-reasons = 因为：{ $reasons }
announce-unsolved = 居民说 <b>{ $item }</b>（<code>{ $number }</code>）还没解决。社工先看一看，你们等消息就好。
announce-unsolved-words = 居民的话：“{ $words }”
announce-task-reopened = <b>{ $item }</b>（<code>{ $number }</code>）社工决定重新办理，另外安排人去。谢谢你们之前的帮忙。
announce-task-not-reopened = 社工看过了，<b>{ $item }</b>（<code>{ $number }</code>）不用重新办理。
announce-task-cancelled = 居民取消了 <b>{ $item }</b>（<code>{ $number }</code>），不用去了。谢谢。
announce-changed = ✏️ 居民改了 <b>{ $item }</b>（<code>{ $number }</code>）
announce-changed-words = 原话：{ $old } → <b>{ $new }</b>
announce-note-corrected =
    ✏️ { $who }改了一句话：{ $item }（<code>{ $number }</code>）
    原来：“{ $old }”
    改成：“<b>{ $new }</b>”
announce-note-corrected-short = ✏️ 居民改了补充的话：<b>{ $item }</b>（<code>{ $number }</code>）
announce-changed-address = 地址：{ $old } → <b>{ $new }</b>
announce-changed-phone = 电话：{ $old } → <b>{ $new }</b>
announce-changed-time = 时间：{ $old } → <b>{ $new }</b>
announce-changed-recipient = 给谁：{ $old } → <b>{ $new }</b>
announce-urged = 🔔 居民第{ $count }次来问 <b>{ $item }</b>（<code>{ $number }</code>）。答应的时间：{ $when }
announce-urged-late = 🔔 居民第{ $count }次来问 <b>{ $item }</b>（<code>{ $number }</code>）。答应的是{ $when }，已经过了，麻烦你们快一点。
announce-urged-emergency = 🔔 居民第{ $count }次来问 <b>{ $item }</b>（<code>{ $number }</code>）。紧急求助，还没有人接手，请马上联系居民。
announce-resolve-half = ⏰ <b>{ $item }</b>（<code>{ $number }</code>）答应{ $when }前办好，时间过了一半。
announce-resolve-soon = ⏰ <b>{ $item }</b>（<code>{ $number }</code>）答应{ $when }前办好，快到时间了。
announce-resolve-late = ⏰ <b>{ $item }</b>（<code>{ $number }</code>）答应{ $when }前办好，已经过了。有难处就点“退回”，社工来想办法。

announce-problem = 📕 <b>{ $item }</b>（<code>{ $number }</code>）记进了问题台账：{ $kind }。

problem-late = 超过了答应的时间
problem-refused = 没有组织肯接
problem-unsolved = 居民说没解决
problem-complaint = 居民投诉
problem-reopened_twice = 重开了两次
problem-unanswered = 没有人答复

## Emergencies, to leads, groups and workers

announce-emergency = 🆘🆘 <b>紧急！可能有生命危险，请马上联系居民</b>
announce-emergency-again = 🆘🆘 <b>已经{ $minutes }分钟没有人接手！请马上联系居民</b>
announce-emergency-no-place = 📍 还不知道人在哪里
announce-emergency-no-phone = 📞 还没有留电话
announce-emergency-kept-place = 以前登记的地址：{ $value }（人不一定在那里）
announce-emergency-kept-phone = 以前登记的电话：{ $value }
announce-emergency-who = 🙋 求助的人：<a href="tg://user?id={ $id }">{ $name }</a>
announce-emergency-hotlines = 已经请居民拨打 { $numbers }
announce-emergency-changed = 🆘 <b>居民补充了情况，请看最新的地址和电话</b>
announce-emergency-taken = ✅ 紧急求助 { $item }（<code>{ $number }</code>）：{ $organisation }的 { $name } 正在处理，其他人可以放心了。
announce-emergency-note =
    🆘 居民又说：“{ $words }”
    { $item }（<code>{ $number }</code>）
announce-emergency-declined = 🆘 <b>{ $organisation }</b>{ $who }来不了（{ $reason }）：{ $item }（<code>{ $number }</code>）
announce-emergency-joined = 🆘 <b>{ $organisation }</b> 也接手了：{ $item }（<code>{ $number }</code>）

## To community workers

announce-needs-human = 👀 <b>请您看一下</b>：{ $why }
announce-refusal-declined = • { $organisation }{ $who }婉拒：{ $reason }
announce-refusal-expired = • { $organisation }没有答复
announce-refusal-handed-back = • { $organisation }{ $who }接了又退回：{ $reason }
announce-reopen-request = 🔁 <b>居民说没解决，要不要重开？</b>
announce-urged-worker = 🔔 居民第{ $count }次催办，已经超时：{ $item }（<code>{ $number }</code>），在 { $organisations } 手上。
announce-urged-nobody = 🔔 居民第{ $count }次催办：{ $item }（<code>{ $number }</code>）。现在没有组织在办，请您看一下。
announce-note-for-worker =
    💬 居民补充：“{ $words }”
    { $item }（<code>{ $number }</code>），现在没有组织在办。
announce-bad-rating = 😟 居民给 { $organisation } 打了{ $stars }星：{ $item }（<code>{ $number }</code>）
announce-human-wanted = 🙋 居民 <a href="tg://user?id={ $id }">{ $name }</a> 想找人工。
announce-their-words = “{ $words }”
announce-voice-volunteer = 🙌 <a href="tg://user?id={ $id }">{ $name }</a> 想当志愿者。
announce-voice-proposal = 💡 <a href="tg://user?id={ $id }">{ $name }</a> 提了建议。
announce-voice-start_org = 🌱 <a href="tg://user?id={ $id }">{ $name }</a> 想成立社会组织。
announce-voice-praise = 🌹 <a href="tg://user?id={ $id }">{ $name }</a> 送来表扬。
announce-voice-complaint = 📣 <a href="tg://user?id={ $id }">{ $name }</a> 有意见要说。
announce-voice-other = 📨 <a href="tg://user?id={ $id }">{ $name }</a> 有话要说。
announce-unreachable = 📵 { $name } 收不到消息了（停用了机器人）。这些事需要打电话：
announce-unreachable-request = • { $item }（<code>{ $number }</code>）📞 { $phone }
announce-call-organisation =
    📵 <b>{ $organisation }</b> 没有人能在这里收到消息。
    请打电话 { $phone }，告诉他们：{ $item }（<code>{ $number }</code>）
