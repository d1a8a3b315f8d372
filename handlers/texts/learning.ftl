## What workers read about the reader's lessons: corrections to be looked at, models, trainings.

### /teach

button-teach-list = 📚 教阅读器
teach-nothing = ✅ 没有等您看的更正。居民点“换一项”、社工用 /recategorise 换类别，都会记到这里。
teach-counts = 还有 <b>{ $waiting }</b> 条等您看，已采纳 { $accepted } 条，没采纳 { $rejected } 条。
teach-card =
    📚 居民说：
    <blockquote>{ $words }</blockquote>
    阅读器听成：{ $heard }
    { $who }：<b>{ $meant }</b>
    { $when }
teach-runner-up = { $heard }（也想过：{ $second }）
teach-who-chosen = 居民改选了
teach-who-refiled = 社工换成了
teach-who-declined = 社工说不归社区，像是
teach-near-same = ℹ️ 例句里已有几乎一样的话：“{ $words }”，也是{ $label }。采纳了用处不大。
teach-near-other = ⚠️ 例句里有几乎一样的话：“{ $words }”，却是{ $label }。请想清楚再采纳。
teach-near-test = ⚠️ 这句和考阅读器的题几乎一样。采纳了也不会拿来学，免得分数作假。
teach-ask = 教它“{ $meant }”对吗？
button-teach-yes = ✅ 采纳
button-teach-no = ❌ 不采纳
button-teach-other = 🔁 换成别的
button-teach-next = ⏭ 下一条
button-teach-undo = ↩️ 撤销刚才那条
button-teach-acts = 💬 不是诉求
button-teach-label = { $name }
button-teach-back = ⬅️ 回到这一条
teach-groups = 应该归到哪一大类？
teach-in-group = <b>{ $group }</b>，选一项：
teach-acts = 它不是诉求，那是什么？
teach-accepted = ✅ 采纳了：{ $label }
teach-rejected = ❌ 没有采纳。
teach-undone = ↩️ 撤销了，请再看一遍。
teach-decided = 这条已经有人看过了
teach-no-such-label = 没有这一项

### Messages that want no service

act-status = 查询进度
act-urge = 催办
act-cancel = 撤销
act-change = 修改
act-complaint = 不满意
act-praise = 表扬
act-menu = 问能办什么
act-human = 找人工
act-volunteer = 想当志愿者
act-proposal = 提建议
act-start_org = 想办社团
act-greet = 问好
act-thanks = 道谢告别
act-affirm = 说“是”
act-deny = 说“不”
act-government = 政务事项，不归社区
act-chitchat = 闲聊
act-advert = 广告
act-abuse = 骂人
act-noise = 没有意思的话

### /model

button-model-show = 🧠 阅读器
model-none = 这里看不到阅读器的情况。
model-head = 🧠 <b>阅读器 · { $version }</b>
model-version = 第 { $number } 版
model-version-first = 最早的一版
model-learned-at = { $when }学会的
model-messages = 学过 { $messages } 句例句，还有社工采纳的 { $corrections } 句更正
model-lessons = 更正：{ $waiting } 条等您看，已采纳 { $accepted } 条
model-scores = 考试成绩（百分）：
model-no-scores = 它还没有考过试。点“重新学习”，学完会考一次。
model-score = { $name } { $value }
model-last-taken = { $when }学了一次，没有哪一项变差太多，换上了{ $version }。
model-last-kept = { $when }学了一次，<b>没有换</b>：{ $names }变差太多，还用原来的。
model-now-back = 现在用的是换回来的一版（{ $when }换的）。
model-learning = 🎓 正在学习：{ $step }
button-model-learn = 🎓 重新学习
button-model-compare = 📋 上次的比较
button-model-back = ⏪ 换回上一个
button-model-back-yes = 确定换回
model-busy = 已经在学了，一次只能学一个。请等它学完。
model-progress =
    🎓 <b>阅读器正在学习</b>
    { $bar } { $percent }%
    { $step }
    要几分钟。这时候居民照常用，不耽误。
model-failed =
    ⚠️ <b>没有学成</b>，还用原来的，什么都没有动。
    { $why }
model-taken =
    ✅ <b>学好了，已换上第 { $number } 版</b>
    { $changes }
model-kept =
    ⏸ <b>学完了，没有换</b>
    { $names }变差太多，还用原来的。
    可以在 /teach 里看看最近采纳的更正有没有放错的。
model-better = 变好的：{ $names }
model-no-better = 没有哪一项变好。
model-worse = 差了一点点的（在允许的范围里）：{ $names }
model-left-out = 有 { $count } 句更正和考题几乎一样，没有学。
model-compare-head = 📋 <b>{ $when }的比较</b>，{ $messages } 道题
model-compare-line = { $mark } { $name } { $before } → { $after }
model-compare-first = { $name } { $after }
model-compare-none = 还没有学过，没有可看的比较。
model-no-before = 没有旧模型可比：{ $why }
model-back-sure = 换回{ $version }？现在用的会留着，还可以再换过来。
model-back-none = { $why }
model-back-done = ⏪ 已换回{ $version }。再点“换回上一个”就又换过来。
model-news =
    🧠 <b>阅读器换成了{ $version }</b>（{ $when }）
    { $changes }
    看看它：/model
model-news-bare = 🧠 <b>阅读器换成了{ $version }</b>（{ $when }）。看看它：/model
model-news-back = 🧠 <b>阅读器换回了{ $version }</b>（{ $when }）。看看它：/model
model-refused =
    ⚠️ <b>新的阅读器没有换上</b>，还用原来的，居民照常用。
    { $why }
    可以在 /model 里重新学习，或换回上一个。
