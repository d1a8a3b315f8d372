## The conversation with leads of organisations.

lead-status-triage = 等社工处理
lead-status-offered = 等组织答复
lead-status-accepted = 已接单，还没开始
lead-status-in_progress = 办理中
lead-status-waiting_resident = 等居民回答
lead-status-done = 已办好，等居民确认
lead-status-confirmed = 居民确认解决了
lead-status-reopen_requested = 居民说没解决，社工在看

lead-card-emergency-waits = 🔁 从{ $when }等到现在，还没人接手。点“我来处理”以前，会一直重复通知

button-lead-ask = 问居民
button-lead-note = 留言/照片
button-lead-back = 退回
button-lead-tasks = 我的任务
button-lead-undo = 返回
button-lead-skip = 跳过
button-lead-enough = 好了
button-lead-reason-hands = 人手不够
button-lead-reason-time = 时间排不开
button-lead-reason-area = 不在服务范围
button-lead-reason-skill = 不会做
button-lead-reason-other = 其他
button-lead-hours = { $n }小时
button-lead-people = { $n }人

decline-reason-hands = 人手不够
decline-reason-time = 时间排不开
decline-reason-area = 不在服务范围
decline-reason-skill = 不会做

lead-open-offer = 📬 { $item } { $number }
lead-open-work = 🔧 { $item } { $number }
lead-page-back = ‹ 上一页
lead-page-on = 下一页 ›
lead-tasks-head = 📋 待答复 { $offered } 件，手上 { $work } 件
lead-no-tasks = 现在没有任务，歇一歇。有新任务我会叫您。
lead-no-such-task = 没找到这个编号的任务。请检查一下，或发 /tasks 看全部。

lead-note-question = ❓ 问居民：“{ $words }”
lead-note-answer = 💬 居民回答：“{ $words }”
lead-note-progress = 📝 组织留言：“{ $words }”
lead-note-proof = 📝 完成说明：“{ $words }”
lead-note-resident = 💬 居民补充：“{ $words }”
lead-note-change = ✏️ { $words }

lead-accepted-toast = 接单成功，谢谢您！
lead-accepted = 🎉 接单了，谢谢您！电话和门牌在下面。
lead-accepted-group = 🎉 { $name } 接单了，谢谢！电话和门牌已私信发过去。
lead-see-private = 👉 电话和门牌请到<a href="https://t.me/{ $bot }">和我的私聊</a>里看：发 /task { $number }
lead-open-private = 请先打开 @{ $bot } ，点“开始”，再发 /tasks，就能看到电话和门牌。
lead-earlier-file = 居民之前发来的（<code>{ $number }</code>）
lead-declined-toast = 好的，已转给别家
lead-ask-decline = 来不了没关系。请点一下原因：
lead-declined =
    好的，<b>{ $item }</b>（<code>{ $number }</code>）已经替 <b>{ $organisation }</b> 转出去了。
    下次再请您帮忙。
lead-why-words = 请写一句原因（<code>{ $number }</code>）：
lead-gone = 这件事现在不用答复了，谢谢您。
lead-gone-mine = 您已经接了这件事。
lead-gone-colleague = 您的同事已经接了，谢谢您。
lead-gone-declined = 这件事已经婉拒过了。
lead-gone-expired = 答复时间过了，已转给别家。没关系，下次再来。
lead-gone-taken = 别家快了一步，已经接了。谢谢您愿意帮忙！
lead-gone-cancelled = 这件事已经取消了，谢谢您。
lead-gone-reassigned = 社工已经另外安排了，谢谢您。
lead-gone-recategorised = 这件事换了服务项目，不用办了，谢谢您。
lead-gone-settled = 社工已经办好了，谢谢您。

lead-not-in-hand = 这件事现在不在您手上，请看最新情况。
lead-started-toast = 好的，已告诉居民
lead-started = 🚶 已告诉居民您开始办了。路上小心。
lead-started-already = 已经开始了
lead-question-words = 想问居民什么？请写下来，我转过去（<code>{ $number }</code>）：
lead-asked = 已经问了居民（<code>{ $number }</code>）。等回答的时间不算您超时。
lead-asked-already = 上一个问题居民还没回答，请再等等
lead-note-words = 请发文字、照片、语音、视频、文件或位置，我转给居民（<code>{ $number }</code>）：
lead-passed-on = 已转给居民（<code>{ $number }</code>）。
lead-cannot-pass-on = 这个我转不了。请发文字、照片、语音、视频、文件或位置。
lead-words-please = 请用文字写一句。
lead-reply-here = （在群里请长按这条消息，点“回复”再写）
lead-stopped = 好的，这一步取消了。
lead-ask-back = 办不了没关系，社工来安排。请点一下原因：
lead-gave-back = 好的，已经退给社工安排。您辛苦了。

lead-ask-hours = 办好了，辛苦！一共花了几小时？（<code>{ $number }</code>）
lead-hours-words = 请写一共几小时，比如 4 或 1.5（<code>{ $number }</code>）：
lead-hours-again = 没看懂几小时。请写一个数，比如 4 或 1.5。
lead-ask-people = 一共去了几个人？（<code>{ $number }</code>）
lead-people-words = 请写一共几个人，比如 8（<code>{ $number }</code>）：
lead-people-again = 没看懂几个人。请写一个数，比如 8。
lead-proof = 最后一步：发一张照片，或写一句话。也可以跳过（<code>{ $number }</code>）。
lead-proof-more = 收到，已转给居民。还有就接着发，没有了就点“好了”。
lead-done-toast = 辛苦了！
lead-done = ✅ <code>{ $number }</code> 已告诉居民，等居民确认。辛苦您了！

lead-emergency-over = 这件事已经处理好了，谢谢您。
lead-emergency-yours = 您已接手，请马上联系居民。
lead-emergency-taken =
    🆘 您已接手，请马上联系居民。

    { $card }
lead-emergency-late = 已经有人在处理，谢谢您！
lead-emergency-late-by = { $name } 已经在处理了，谢谢您赶来！

lead-for-leads-only = 这个按钮是给组织负责人用的。您要找人帮忙，私下发消息给我就行。

lead-welcome =
    🎉 { $name }，欢迎！您现在是 <b>{ $organisation }</b> 的负责人。
    有居民需要帮忙时，我会发任务给您。
    点“接单”就能看到电话和门牌；来不了就点“婉拒”，没关系。
    发 /tasks 看任务，发 /help 看用法。
lead-welcome-group =
    🎉 { $name } 是 <b>{ $organisation }</b> 的负责人，这个群也绑定好了。
    新任务会发到这里，负责人点按钮就行。
lead-start = 🤝 您是组织负责人：点“我的任务”看要办的事，发 /help 看用法。
lead-help =
    <b>组织负责人怎么用</b>
    /tasks 看待答复的和手上的任务
    /rectify 看社工请你们整改的事
    /task 编号 看一件任务（直接发编号也行）
    /why 编号 看手上的事为什么分过来
    <b>接单</b>：看到电话和门牌
    <b>婉拒</b>：转给别家，没关系
    <b>先问居民</b>：接单以前想知道什么，先问一句
    <b>开始</b>：告诉居民您上路了
    <b>问居民</b>：等回答的时间不算超时
    <b>留言/照片</b>：转给居民；直接“回复”我发的消息也行
    <b>不止一件事</b>、<b>转给别家</b>：告诉社工，社工来定
    <b>完成</b>：点几下，居民来确认
    <b>退回</b>：接了又来不了，交给社工
    每一步都可以点“取消”。
    您自己有事要帮忙，直接跟我说；发 /my 看您自己的事。
