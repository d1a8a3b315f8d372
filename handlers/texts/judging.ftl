## Judging organisations: evaluation, the register, spot checks, the monthly notice.

### Words

judging-party-workers = 社工
judging-party-experts = 专家
judging-party-residents = 居民
judging-grade-a = 优
judging-grade-b = 良
judging-grade-c = 中
judging-grade-d = 差
judging-grade-none = 还没有等级
judging-mark-normal = ⚪ 普通
judging-mark-red = 🔴 红榜
judging-mark-watch = 🟡 观察
judging-mark-black = ⚫ 黑榜
judging-list-red = 红榜
judging-list-black = 黑榜
judging-list-abnormal = 异常名录
judging-cause-nothing = 没有上榜，按平常派单
judging-cause-red_list = 在红榜上
judging-cause-black_list = 在黑榜上
judging-cause-black_pending = 拟列入黑榜，等组织说明
judging-cause-abnormal_list = 在异常名录里
judging-cause-grade_a = 最近一轮评价为优
judging-cause-grade_d = 最近一轮评价为差
judging-cause-new = 刚登记，明天起计算
judging-verdict-good = 正常
judging-verdict-minor = 有小问题
judging-verdict-serious = 有大问题
judging-verdict-absent = 找不到人
judging-month = { $year }年{ $month }月
judging-nobody = 还没有
judging-no-round = 现在没有正在进行的评价。
judging-title = { $year }年第{ $quarter }季度评价

### The form

judging-criterion-answering = 接单、答复及时吗？
judging-criterion-quality = 活儿办得好吗？
judging-criterion-order = 守规矩吗？（不乱收费，资料齐）
judging-criterion-teamwork = 和社区配合得好吗？
judging-criterion-skill = 专业能力怎么样？
judging-criterion-management = 内部管理规范吗？
judging-criterion-safety = 安全做得到位吗？
judging-criterion-benefit = 给居民带来的好处大吗？
judging-short-answering = 及时
judging-short-quality = 质量
judging-short-order = 规矩
judging-short-teamwork = 配合
judging-short-skill = 专业
judging-short-management = 管理
judging-short-safety = 安全
judging-short-benefit = 效果
judging-score-said = { $what } { $score } 分
judging-score-list = 请给 { $count } 家组织打分，还有 { $left } 家没打。点一家开始，每家 4 个问题。
judging-score-all = { $count } 家都打好了，谢谢！想改的话，点一家重打。
judging-score-kept = ✅ { $name }记好了：{ $scores }。
judging-form-head = <b>{ $name }</b>（{ $category }）
judging-form-facts = 这一年居民确认办好 { $services } 件，手里 { $have } 件，居民评分 { $stars }（{ $ratings } 次）。
judging-form-before = 您上次打的：{ $scores }。
judging-form-question = 第 { $step } 题，共 { $of } 题：<b>{ $what }</b>
button-judging-score-5 = 5 分 很好
button-judging-score-4 = 4 分 好
button-judging-score-3 = 3 分 一般
button-judging-score-2 = 2 分 差
button-judging-score-1 = 1 分 很差
button-judging-score-one = ▫️ { $name }
button-judging-scored-one = ✅ { $name }
button-judging-score-list = 📝 打分名单
button-judging-score-back = ↩️ 上一题
button-judging-start = 📝 开始打分

### A resident

judging-question = 社区正在评一评各家组织。上回「{ $organisation }」给您办的事，您觉得怎么样？
    点一下就好。不想答，不用管。
judging-question-thanks = 记下了：「{ $organisation }」{ $answer }。谢谢您！
judging-question-over = 这一轮评价已经结束了，谢谢您。
button-judging-answer-5 = 😊 很好
button-judging-answer-3 = 😐 还行
button-judging-answer-1 = 🙁 不好

### An expert

command-score = 给组织打分
judging-welcome = 您好，{ $name }！您现在是{ $community }的评价专家了。开始评价的时候，我会告诉您。
judging-welcome-now = 您好，{ $name }！您现在是{ $community }的评价专家了。现在正在评价，请您打分。
judging-please-score = 「{ $title }」开始了，请您给各家组织打分。每家 4 个问题，点按钮就行。以后也可以发 /score 接着打。

judging-still-to-score = 「{ $title }」还等着您打分，有空的时候点一下就能接着打。

### Rounds, for workers

judging-still-open = 「{ $title }」已经开了 { $days } 天，还有 { $waiting } 位专家没打完。打够了就可以结束。

admin-group-judging = <b>评价和公示</b>
admin-command-evaluate = 三方评价：开一轮、打分、看结果
admin-command-register = 红榜、黑榜、异常名录、沉睡组织
admin-command-checks = 每周抽查
admin-command-publish = 每月公示
admin-command-donation = 登记捐赠
admin-command-price = 登记收费项目和价格
judging-none-open = <b>三方评价</b>
    现在没有正在进行的评价。
    专家：{ $experts }
judging-progress = <b>{ $title }</b>
    { $since }开始
judging-progress-party = { $party }（占 { $weight }%）：{ $done }/{ $of } 家有分，共 { $forms } 份
judging-progress-residents = 居民（占 { $weight }%）：问了和打过分的 { $asked } 人，{ $answered } 人说了，{ $done }/{ $of } 家有声音
judging-progress-experts = 专家：{ $names }
judging-sure-open = 要开始「{ $title }」吗？
    · { $experts } 位专家会收到打分的请求。
    · 每家组织最近三个月办好过事、还没评过星的居民，问最多 5 位，每人只问一次。
    · 这段时间居民评的星，也算进去。
judging-sure-close = 结束以后按现有的表计算，分数就定下来了，不能再改。各家组织会收到自己的结果。

    { $progress }
judging-sure-drop = 以后不再请{ $name }打分吗？已经打的分照算。
judging-expert-name = 请写专家的姓名，例如“周老师”。
judging-expert-link = 请把这个链接发给{ $name }。只能用一次，{ $until }前有效：
    { $link }
    专家点开以后，每家组织答 { $questions } 个问题。
judging-results-head = <b>{ $title }</b>结果：{ $ranked } 家有名次，共 { $of } 家
judging-line = { $rank }. { $name }　<b>{ $total }</b> { $grade }{ $few }
    　　{ $parts }
judging-unranked = 材料不够，不排名的 { $count } 家：{ $names }
judging-line-part = { $party } { $points }
judging-line-few = ⚠️一年 { $services } 次
judging-results-there = 「{ $title }」结束了，{ $ranked } 家组织有名次。
button-judging-open = ▶️ 开一轮评价
button-judging-open-yes = 开始
button-judging-close = ⏹ 结束本轮，出结果
button-judging-close-yes = 结束，出结果
button-judging-expert = 👩‍🏫 邀请专家
button-judging-expert-drop = ✖️ 不再请{ $name }
button-judging-earlier = 📊 { $title }的结果
button-judging-results = 📊 看结果
button-judging-picture = 🖼 发成图片
button-judging-register = 📒 名录
button-judging-evaluate = 🗳 三方评价

button-judging-form = 🖨 打印的表
judging-being-made = 正在做，马上发来
judging-form-few = 一年不到 { $least } 次
judging-form-result-title = 社会组织三方评价结果
judging-form-result-file = { $community }{ $title }结果.xlsx
judging-form-result-rank = 名次
judging-form-result-organisation = 组织
judging-form-result-category = 类别
judging-form-result-workers = 社工分
judging-form-result-experts = 专家分
judging-form-result-residents = 居民分
judging-form-result-voices = 表数
judging-form-result-total = 总分
judging-form-result-grade = 等级
judging-form-result-services = 一年服务数
judging-form-result-remark = 备注
judging-form-result-sum = 共 { $of } 家，有名次 { $ranked } 家：优 { $a }，良 { $b }，中 { $c }，差 { $d }
judging-form-register-title = 社会组织红黑榜和异常名录
judging-form-register-file = { $community }组织名录.xlsx
judging-form-register-span = 全部，包括已经移出的
judging-form-register-no = 序号
judging-form-register-organisation = 组织
judging-form-register-list = 名录
judging-form-register-reason = 理由
judging-form-register-entered = 列入时间
judging-form-register-answer = 组织的说明
judging-form-register-decided = 维持时间
judging-form-register-removed = 移出时间
judging-form-register-why = 移出的理由
judging-form-register-sum = 共 { $of } 条，现在红榜 { $red } 家，黑榜 { $black } 家，异常名录 { $abnormal } 家

### Results, for a lead

judging-result = 「{ $title }」结果出来了。{ $organisation }得了 <b>{ $total }</b> 分，第 { $rank } 名（共 { $of } 家），等级：<b>{ $grade }</b>。
judging-result-none = 「{ $title }」结果出来了。{ $organisation }的材料不够，这次不排名。
judging-result-few = ⚠️ 这一年居民确认办好的只有 { $services } 件，要求至少 { $least } 件。
judging-result-then-a = 从明天起，派单会优先考虑你们。
judging-result-then-d = 从明天起，派单会往后排。有问题请和社区联系。
judging-points = { $party }：{ $points } 分（{ $voices } 份）
judging-points-few = { $party }：只有 { $voices } 份，不到 { $least } 份，不计入
judging-points-none = { $party }：没有收到

### The register

judging-register = <b>组织名录</b>
    红榜 { $red } 家，黑榜 { $black } 家，异常名录 { $abnormal } 家
    沉睡（{ $days } 天没动静）{ $dormant } 家，一年不到 { $least } 次服务 { $few } 家

    看某一家或者要列入：/register 组织名
judging-list-head-red = <b>红榜</b>，{ $count } 家
judging-list-head-black = <b>黑榜</b>，{ $count } 家
judging-list-head-abnormal = <b>异常名录</b>，{ $count } 家
judging-list-head-dormant = <b>沉睡组织</b>，{ $count } 家。只列出来，不会删掉
judging-list-head-few = <b>服务太少的组织</b>，{ $count } 家
judging-entry = · { $name }：{ $reason }（{ $state }）
judging-state-since = { $when }列入
judging-state-removed = { $when }移出
judging-state-upheld = { $when }社工维持
judging-state-answered = 组织已说明，等社工定
judging-state-open = 组织可在{ $when }前说明
judging-state-silent = 组织没有说明
judging-dormant-line = · { $name }：上次有动静是{ $when }
judging-few-line = · { $name }：一年 { $services } 次
judging-known-head = <b>{ $name }</b>（{ $category }）
judging-known-standing = 现在：{ $standing }，{ $cause }
judging-known-grade = 最近一轮评价：{ $grade }
judging-known-services = 这一年居民确认办好：{ $services } 件
judging-known-few = ⚠️ 一年不到 { $least } 次
judging-known-dormant = 💤 沉睡：上次有动静是{ $when }
judging-known-entry = · { $list }：{ $reason }（{ $state }）
judging-why-red = 为什么把{ $name }列入红榜？请写理由，居民在公示里看得到名字。
judging-why-black = 为什么把{ $name }列入黑榜？请写理由，组织会收到，7 天内可以说明。维持以后不再派单给它，公示里会写出来。
judging-why-abnormal = 为什么把{ $name }列入异常名录？请写理由，组织会收到，7 天内可以说明。
judging-why-remove = 为什么把{ $name }移出{ $list }？请写理由，例如“整改好了，已经复查”。
judging-entered = 已列入{ $list }。从明天起影响派单；要马上停派，请用 /org 暂停它。
judging-card = <b>{ $name }</b>　{ $list }
    理由：{ $reason }
    列入：{ $when }
    现在：{ $state }
judging-card-answer = 组织的说明：{ $words }
judging-card-removed = 移出的理由：{ $words }
judging-too-early = 组织还没说明，期限也没到
button-judging-list-red = 🔴 红榜 { $count }
button-judging-list-black = ⚫ 黑榜 { $count }
button-judging-list-abnormal = 🟡 异常名录 { $count }
button-judging-list-dormant = 💤 沉睡 { $count }
button-judging-list-few = ⚠️ 服务太少 { $count }
button-judging-org = { $name }
button-judging-org-back = 这家组织
button-judging-entry = 📄 { $name }
button-judging-enter-red = 列入红榜
button-judging-enter-black = 列入黑榜
button-judging-enter-abnormal = 列入异常名录
button-judging-uphold = 维持
button-judging-remove = 移出
button-judging-show-listing = 📄 看一看
button-judging-dormant = 💤 沉睡名单

### The register, for leads and workers who are told

judging-listed-red = 🎉 { $organisation }列入红榜了：{ $reason }
    从明天起，派单会优先考虑你们。谢谢！
judging-listed-abnormal = ⚠️ { $organisation }被列入异常名录，理由是：{ $reason }
    从明天起，派单会往后排。您可以在{ $until }前说明情况。
judging-listed-black = ⚠️ { $organisation }拟列入黑榜，理由是：{ $reason }
    您可以在{ $until }前说明情况，社工看过再定。到期没有说明，就不再派单了。
button-judging-appeal = ✍️ 我要说明
judging-appeal-words = 列入的理由是：{ $reason }
    请写您的说明，发一条就行。不写了，发“取消”。
judging-appeal-kept = 您的说明交给社工了，有结果会告诉您。
judging-appeal-stopped = 好的，不写了。
judging-appeal-length = 请写 1 到 { $limit } 个字。
judging-appeal-late = 说明的期限已经过了，或者社工已经定了。有话请打社区电话。
judging-appeal-gone = 这一条已经不在名录上了。
judging-answered = { $organisation }对「{ $list }」作了说明。
    列入的理由：{ $reason }
    组织说：{ $answer }
judging-upheld = 社工看过了，维持把{ $organisation }列入{ $list }。整改好以后，请联系社区复查。
judging-removed = ✅ { $organisation }已移出{ $list }。理由：{ $why }
judging-call = 📞 { $organisation }在这里联系不上，请打电话告诉他们上了名录：{ $phone }
judging-standing-red = 从今天起，派单优先考虑{ $organisation }（{ $cause }）。
judging-standing-watch = 从今天起，派给{ $organisation }的单往后排（{ $cause }）。
judging-standing-black = 从今天起，不再派单给{ $organisation }（{ $cause }）。
judging-standing-normal = 从今天起，{ $organisation }的派单恢复平常（{ $cause }）。
judging-standings-changed = 今天起，{ $count } 家组织的派单次序变了：
judging-standings-line = · { $name } → { $standing }（{ $cause }）
judging-dormant = 💤 新发现 { $count } 家组织 { $days } 天没有动静：{ $names }

judging-org-standing = 名录：{ $standing }
button-judging-known = 📒 评价和名录

### Spot checks

judging-drawn = 🎲 本周抽查抽到：{ $names }。请去看一看，或者打个电话，把结果记下来。
judging-drawn-left = 以前抽到的还有 { $left } 家没查，发 /checks 看。
judging-checks = <b>抽查</b>，{ $left } 家没查
judging-no-checks = 还没有抽查。每周一早上自动抽 { $count } 家。
judging-check-open = · { $name }：{ $week }那周抽到，还没查
judging-check-done = · { $name }：{ $week }那周，{ $verdict }，{ $words }
judging-check-card = <b>抽查：{ $name }</b>
    电话：{ $phone }
    负责人：{ $leads }
    手里 { $have } 件，居民确认办好 { $confirmed } 件，居民评分 { $stars }
    看一看：人在不在，手里的活有没有人管，收费有没有写明，上次的问题改了没有。
judging-check-words = 结果：{ $verdict }。看到了什么？请写一两句。
judging-check-kept = 记下了：{ $verdict }。组织会收到结果。
judging-check-late = 这次抽查已经有人记过了。
judging-checked = 社区这周抽查了{ $organisation }，结果：<b>{ $verdict }</b>。
judging-checked-words = 社工写的：{ $words }
button-judging-checks = 🎲 抽查
button-judging-check = 🔎 { $name }
button-judging-check-end = 不写了，就这样记
button-judging-check-back = ↩️ 换一个结果
button-judging-verdict-good = ✅ 正常
button-judging-verdict-minor = 🟡 有小问题
button-judging-verdict-serious = 🔴 有大问题
button-judging-verdict-absent = ❔ 找不到人

### The monthly notice

judging-notice-words = 公示 看公示 每月公示 社区公示 看看公示 本月公示 上个月公示
judging-notice-marks = 。！？!?.
command-notice = 看每月公示
judging-rate-response = 响应率
judging-rate-solved = 解决率
judging-rate-satisfied = 满意率
judging-item = · { $words }
judging-more = ……还有 { $count } 条
judging-price = { $organisation }　{ $item }　{ $words }
judging-donation = { $donor }　{ $gift }　{ $purpose }
judging-no-purpose = 没有指定用途
judging-notice-head = <b>{ $community }{ $month }公示</b>
judging-notice-counts = 收到居民诉求 { $total } 件，其中紧急 { $urgent } 件，{ $organisations } 家组织参与办理。
judging-notice-groups = 最多的是：{ $entries }
judging-notice-rate = { $name }：<b>{ $share }</b>（{ $part }/{ $whole }）
judging-notice-how = 响应率：派出去的，第一次答复按时的。解决率：问得到的居民里，说解决了的。满意率：评分里四星和五星的。
judging-notice-prices = <b>收费的服务</b>（各组织报来的价格）
judging-notice-donations = <b>收到的捐赠</b>
judging-notice-red = <b>红榜</b>
judging-notice-black = <b>黑榜</b>
judging-notice-listed = { $name }：{ $reason }
judging-notice-none = 没有
judging-notice-foot = 对公示有疑问，请打 { $phone }。
judging-notice-ready = { $month }的公示可以看了。看过没有问题，就可以发布。
judging-notice-not-yet = 还没有发布过公示。每月初会发布上个月的。
judging-unpriced = ⚠️ 收费、却还没登记价格的组织：{ $names }。请用 /price 登记，公示才完整。
judging-is-draft = 这是草稿，居民还看不到。点“发布”以后，数字就定下来了。
judging-is-published = 已经发布，居民发 /notice 就能看到。
judging-is-running = 这个月还没过完，月初再发布。
judging-sure-publish = 要发布{ $month }的公示吗？发布以后居民发 /notice 就能看到，数字不再变。
judging-published = { $month }的公示发布了。居民发 /notice 就能看到。
judging-month-please = 请写月份，例如：/publish { $example }
judging-picture-caption = { $community }{ $month }公示
judging-donations = <b>这个月的捐赠</b>
judging-donations-none = 这个月还没有登记捐赠。
judging-donation-please = 登记捐赠，请写：/donation 捐赠人 金额或物品 用途
    例如：/donation 丰和超市 2000元 助老餐
judging-donation-kept = 记下了：{ $entry }
judging-donation-dropped = 已撤回：{ $entry }
judging-prices = <b>收费的服务</b>
judging-prices-none = 还没有登记收费的服务。
judging-price-please = 登记价格，请写：/price 组织 服务项目 价格
    例如：/price 银发理发站 上门理发 10元一次
judging-price-which-organisation = 没找到这家组织，或者不止一家。请写全名，名字里不要有空格。
judging-price-which-item = 没找到这个服务项目，或者不止一个。请写服务菜单里的名称。
judging-price-kept = 记下了：{ $entry }
judging-price-dropped = 已取消：{ $entry }
button-judging-month = { $month }
button-judging-draft = 👀 看一看
button-judging-publish = 📢 发布
button-judging-publish-yes = 发布
button-judging-read = 看公示
button-judging-undo-donation = ↩️ 写错了，撤回
button-judging-drop-donation = ✖️ { $donor } { $gift }
button-judging-undo-price = ↩️ 写错了，撤回
button-judging-drop-price = ✖️ { $entry }
judging-board-title = { $community }公示
judging-board-of = { $community } · 三方评价
judging-board-total = 收到诉求
judging-board-urgent = 紧急
judging-board-organisations = 参与组织
judging-board-groups = 哪类最多
judging-board-group = 类别
judging-board-count = 件数
judging-board-rates = 办得怎么样
judging-board-prices = 收费的服务
judging-board-organisation = 组织
judging-board-item = 项目
judging-board-price = 价格
judging-board-donations = 收到的捐赠
judging-board-donor = 捐赠人
judging-board-gift = 金额或物品
judging-board-purpose = 用途
judging-board-ranking = 名次
judging-board-ranked = 有名次
judging-board-nobody = 还没有组织有名次
judging-board-rank = 名次
judging-board-workers = 社工
judging-board-experts = 专家
judging-board-residents = 居民
judging-board-total-points = 总分
judging-board-grade = 等级
