## The same thing twice: asked before filing, followed, merged; joint needs and their milestones.

# Asked before filing
same-shared =
    🔎 <b>是不是这件事？</b>已有 { $people } 位邻居反映。
    <b>{ $item }</b>{ $place }
    “{ $words }”
    { $when }报的，{ $status }。

    是同一件，点“跟着它”，有进展我也告诉您。
same-mine =
    🔎 <b>是不是这件事？</b>您已经跟着了（{ $number }）。
    <b>{ $item }</b>{ $place }
    “{ $words }”
    { $when }报的，{ $status }。
same-own =
    🔎 <b>这件事您{ $when }报过</b>（<code>{ $number }</code>）
    <b>{ $item }</b>
    “{ $words }”
    现在{ $status }。

    还是那件事，点一下，我把您刚说的补进去。
same-place = {" "}· { $address }
button-same-yes-shared = 是，跟着它
button-same-yes-mine = 是，就是它
button-same-yes-own = 是，就是那件
button-same-no = 不是，另外报
same-status-submitted = 正在找人办
same-status-triage = 社工正在看
same-status-offered = 正在找人办
same-status-accepted = 已经有人接了
same-status-in_progress = 正在办
same-status-waiting_resident = 正在办
same-status-reopen_requested = 社工正在看
same-followed-already = 好的，您一直跟着这件事（<code>{ $number }</code>）。有进展我告诉您。
same-added = 好的，补进“{ $item }”（<code>{ $number }</code>）了，不用再报一遍。

# Residents who follow
follow-now =
    🤝 您跟着这件事了，编号 <code>{ $number }</code>
    <b>{ $item }</b>
    连您在内，有 { $people } 位邻居反映。
    有进展我告诉您。发 /my 随时能看。
follow-accepted = 🎉 您跟着的 <b>{ $item }</b>（<code>{ $number }</code>），<b>{ $organisation }</b> 接了。
follow-started = 🚶 您跟着的 <b>{ $item }</b>（<code>{ $number }</code>），<b>{ $organisation }</b> 开始办了。
follow-done =
    ✅ 您跟着的 <b>{ $item }</b>（<code>{ $number }</code>），{ $who }说办好了。
    您那边好了没有？
follow-done-worker = 社工
follow-confirmed = 😊 您跟着的 <b>{ $item }</b>（<code>{ $number }</code>），报的邻居说解决了。您那边没好，点一下告诉我。
follow-reopen-asked = 🔁 您跟着的 <b>{ $item }</b>（<code>{ $number }</code>），有邻居说还没好。社工正在看。
follow-reopened = 🔁 您跟着的 <b>{ $item }</b>（<code>{ $number }</code>）重新办理了。
follow-cancelled =
    您跟着的 <b>{ $item }</b>（<code>{ $number }</code>），报的邻居取消了。
    您那边还没好？点一下，我接着替您报，不用再说一遍。
follow-cancelled-by-worker =
    您跟着的 <b>{ $item }</b>（<code>{ $number }</code>），社工取消了。
    您那边还没好？点一下，我接着替您报。
follow-declined =
    您跟着的 <b>{ $item }</b>（<code>{ $number }</code>）不归社区办，抱歉。
    该找：{ $whose }
follow-to-owner-unsolved =
    🔁 您报的 <b>{ $item }</b>（<code>{ $number }</code>），有一位邻居说还没好。
    社工会去看，您不用做什么。
follow-noted = 记下了：您那边的“{ $item }”（<code>{ $number }</code>）也没解决。社工正在看。
follow-to-worker-unsolved = 👣 是跟着这件事的邻居说的：{ $name }　📞 { $phone }
follow-solved = 😊 那就好，谢谢您告诉我。
follow-dropped = 好的，{ $number } 的消息不再发给您了。
follow-gone = 您没有跟着这件事。
follow-too-early = 这件事还没办完，办好了我来问您。
follow-too-late = 这件事已经有新的情况，发 /my 看看。
follow-card =
    <b>{ $item }</b>
    编号 <code>{ $number }</code>（您跟着的）
    { $people } 位邻居反映
follow-card-place = 📍 { $place }
follow-card-status = 现在：{ $status }
follow-card-organisation = 🤝 { $name }
follow-status-submitted = 正在找人办
follow-status-triage = 社工正在看
follow-status-offered = 正在找人办
follow-status-accepted = 已经有人接了
follow-status-in_progress = 正在办
follow-status-waiting_resident = 正在办
follow-status-done = 办的人说办好了
follow-status-confirmed = 已解决
follow-status-reopen_requested = 有人说没解决，社工正在看
follow-status-cancelled = 已取消
follow-status-declined = 不归社区办
follow-status-merged = 并入了同一件事
follow-list-head = <b>您跟着的</b>
follow-line = { $number } { $item } · { $status }
button-follow-open = 👣 { $item } { $number }
button-follow-drop = 不跟了
button-follow-solved = 好了
button-follow-unsolved = 也没解决
button-follow-anew = 没好，接着报

# Residents whose request was merged
merged-owner =
    🔗 您报的 <b>{ $item }</b>（<code>{ $number }</code>），和 <code>{ $into }</code> 是同一件事，社工并在一起办了。
    有进展我一样告诉您。不是同一件，请直接写给我。
merged-own-twice = 🔗 您报的 <b>{ $item }</b>（<code>{ $number }</code>）和您的 <code>{ $into }</code> 是同一件事，并在一起办了。
merged-follower = 🔗 您跟着的 <b>{ $item }</b>（<code>{ $number }</code>）并到了 <code>{ $into }</code>，有进展我一样告诉您。
merged-urgent =
    🔗 您报的紧急情况（<code>{ $number }</code>）和 <code>{ $into }</code> 是同一处，救助的人已经知道。
    还有危险，请马上再打 120、119 或 110，也再写给我。
unmerged-owner = 📌 您报的 <b>{ $item }</b>（<code>{ $number }</code>）单独办理了。
announce-withdrawn-merged = <b>{ $item }</b>（<code>{ $number }</code>）和另一件事是同一件，并在一起办了，这一件不用去了。谢谢。

# Whoever works on it
follow-to-lead =
    👥 又有一位邻居反映同一件事，现在共 { $people } 位。
    <b>{ $item }</b>（<code>{ $number }</code>）

# Workers
alike-found =
    🔗 <b>看着像同一件事</b>
    { $lines }
alike-found-urgent =
    🆘 <b>可能是同一处险情</b>，两件都在办，没有并：
    { $lines }
alike-line = • <code>{ $number }</code> { $item } · { $status }{ $people }
    “{ $words }”
alike-people = （{ $count }位邻居跟着）
alike-resident-no = （居民说不是同一件）
alike-head = 🔗 <b>可能是同一件事：</b>
button-alike-merge = 并到 { $number }
button-alike-different = 和 { $number } 不是一回事
merge-usage = 请写两个编号，前一个并到后一个，比如：/merge 12 7
unmerge-usage = 请写并走的那个编号，比如：/unmerge 12
merge-same = 这是同一个编号，不用并。
merge-sure =
    把 <code>{ $number }</code> 并到 <code>{ $into }</code>？
    “{ $words }”
    ↓
    “{ $into_words }”

    并了以后，<code>{ $number }</code> 不再派人，居民跟着 <code>{ $into }</code> 听消息。
merge-sure-urgent =
    🆘 <b>这是紧急求助！</b>把 <code>{ $number }</code> 并到 <code>{ $into }</code>，就不再为它叫人。
    “{ $words }”
    ↓
    “{ $into_words }”

    请先打电话问清楚，确实是同一处再并。
merge-urgent-into-calm = <code>{ $number }</code> 是紧急求助，只能并到另一件紧急求助。
merge-not-now = <code>{ $number }</code> 现在不能并：{ $status }。
merge-into-not-now = <code>{ $number }</code> 已经结束了，不能再并进去。
merge-done = 🔗 <code>{ $number }</code> 并到 <code>{ $into }</code> 了，双方都会收到消息。
merge-different = 好的，记下了：不是一回事。
unmerge-sure = 把 <code>{ $number }</code> 单独拿出来，重新派单？
unmerge-done = 📌 <code>{ $number }</code> 单独办理了，已经重新派单。
unmerge-not = <code>{ $number }</code> 没有并到别的事里。
merge-card-into = 🔗 并到了 <code>{ $number }</code>
merge-card-parts = 🔗 并进来的：{ $numbers }
button-merge-yes = 确定合并
button-merge-no = 不并
button-unmerge = 拿出来单独办
button-unmerge-yes = 确定

admin-command-merge = 两件是一回事：前一件并到后一件
admin-command-unmerge = 并错了：拿出来单独办
admin-command-joint = 好多人要同一样：立成项目

# Joint needs
joint-found =
    📣 <b>{ $compound }有 { $people } 位居民想要：{ $item }</b>
    要不要立成一个小项目，一起办？

    { $lines }
joint-day = { $month }月{ $day }日
joint-line = • { $day } “{ $words }”
joint-more = …还有 { $count } 条
joint-list-head = <b>汇需成项</b>
joint-list-none = 现在没有可以立项的事，也没有正在办的项目。
joint-list-suggested = 📣 { $compound } · { $item }：{ $people } 位居民
joint-list-project = 📁 <code>{ $number }</code> { $compound } · { $item }：{ $people } 位居民，{ $status }，{ $done }/{ $all } 步
button-joint-open = { $n }. 看一看
button-joint-accept = 立项
button-joint-dismiss = 不用立项
button-joint-merge = 立项，没办的并进来
button-joint-apart = 立项，各单照办
button-joint-back = ⬅️ 汇需成项
joint-how =
    <b>怎么立项？</b>
    • 并进来：还没办完的单子都并到项目里，一起办。
    • 各单照办：每家的事照样办，另外立一个项目。
    两样都行，居民都会收到项目的消息。
joint-accepted = 📁 立项了，编号 <code>{ $number }</code>。正在找组织认领。
joint-dismissed = 好的，这一批不立项。又有这么多新的居民提出来，我再告诉您。
joint-decided = 这件事已经有人定过了。
joint-words = { $compound }{ $people }位居民需要{ $item }，想请一个组织一起办。
joint-to-residents =
    📁 您提过的 <b>{ $item }</b>，{ $compound }有 { $people } 位居民都需要，社区立成了一个小项目，编号 <code>{ $number }</code>。
    办到哪一步，我都告诉您。
joint-merged-owner =
    📁 您报的 <b>{ $item }</b>（<code>{ $number }</code>），有 { $people } 位居民都需要，社区立成了一个小项目，一起办。
    项目编号 <code>{ $into }</code>，办到哪一步我都告诉您。只想单独办，请直接写给我。
joint-plan-please =
    📁 这是一个小项目。请写下打算怎么办，一行一步，能写日期就写上，比如：

    11月25日 上门摸底
    12月1日 集中理发
    12月3日 回访
joint-plan-unclear = 没看出步骤。请一行写一步，最多{ $most }步，每步不超过{ $longest }个字。
joint-plan-kept = 记下了，居民也会看到。办完一步，就点一下那一步。
joint-plan-head = 📁 <b>项目 <code>{ $number }</code></b>　{ $item }
joint-plan-none = 还没有写步骤。
joint-step-open = ▫️ { $n }. { $what }{ $due }
joint-step-done = ✅ { $n }. { $what }（{ $day }）{ $note }
joint-step-due = （{ $day }前）
joint-step-note = ：{ $note }
joint-step-reached = 记下了。要给居民留一句话吗？写下来，或者按“不用”。
joint-step-noted = 记下了，居民会收到消息。
joint-step-gone = 这一步已经改了，请看最新的。
button-joint-plan = 写步骤
button-joint-replan = 改后面的步骤
button-joint-tick = ✔️ { $n }. { $what }
button-joint-skip = 不用
button-joint-project = 📁 项目步骤
joint-plan-to-residents =
    📁 <b>{ $organisation }</b> 打算这样办 <b>{ $item }</b>（<code>{ $number }</code>）：
    { $lines }
joint-steps-due =
    ⏰ 项目 <b>{ $item }</b>（<code>{ $number }</code>）有步骤到日子了：
    { $lines }
    办好了就点一下；要改日子，点“项目步骤”。
joint-step-to-residents =
    ✅ <b>{ $item }</b>（<code>{ $number }</code>）办好一步：
    { $what }
joint-step-note-to-residents = “{ $note }”
