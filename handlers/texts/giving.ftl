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
score-standing-watch = 在异常名录里
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
