## What is kept of people: seeing it, a copy of it, being forgotten, agreeing.

privacy = <b>您的信息怎么保管</b>

    <b>记什么</b>：您写的话，发来的照片、语音，名字、电话、地址，事情办到哪一步，您的评价。
    <b>为什么记</b>：只为把您的事办好，办完有据可查。不卖，不做广告。
    <b>谁看得到</b>：社工，还有接了您这件事的组织。没接单的组织看不到电话、门牌和原话，只看到是什么事、哪个小区哪号楼。办完 { $sight } 天后，组织也看不到了。谁看过，都有记录。
    <b>记多久</b>：一件事办完 { $days } 天后，只留“有过这件事”，话、电话、门牌都删掉。聊天消息留 { $chat } 天。您 { $saved } 天没来，记着的地址电话也删掉。
    我听错、您改过来的话，去掉电话、门牌和姓名以后，社工可以拿来教我。

    想看、想改、想删，按下面的按钮，也可以打值班电话：{ $phone }
privacy-now = { $body }
privacy-kept-address = 现在记着的地址：{ $address }
privacy-kept-phone = 现在记着的电话：{ $phone }
privacy-leads = 您是组织的负责人，您接过的单、写过的回话也记着。
privacy-works = 您是社工，您办过的事记在台账里。
privacy-erasure = ⏳ 您要求删除，{ $when }开始删。
privacy-forgotten = 忘掉了。下次办事会重新问您。
privacy-withdrawn = 好，您不再同意了。记着的地址、电话已经忘掉。正在办的事接着办。下次要办事，我会先问您同不同意。
privacy-nothing-withdrawn = 您现在没有同意过什么，不用撤回。
button-forget-saved = 忘掉记着的地址电话
button-withdraw = 不再同意保存

button-own-data = 导出我的数据
own-data-coming = 正在整理，一会儿发给您两个文件：
    一个用来看（网页），一个给别的程序用（JSON）。
    里面有您的电话和地址，别转发给不认识的人。
own-data-elsewhere = 在这里发不了文件。请打值班电话：{ $phone }，社工给您。
own-data-page = 这是我们存着的您的数据，点开就能看。
own-data-json = 同样的内容，给别的程序读的。
own-data-page-file = 我的数据.html
own-data-json-file = 我的数据.json

button-erase = 删除我的数据
button-erase-sure = 确定删除
button-erase-keep = 不删了
button-erase-undo = 反悔，不删了
erase-what = <b>删除我的数据</b>

    <b>会删掉</b>：您的名字、电话、门牌，您写过的话，照片、语音，评价里的话，聊天消息，记着的东西。
    <b>会留下</b>：只剩数字，比如“8号楼有过一件水管的事，办完了”，看不出是谁。谁看过您的信息，这份记录也留着，里面没有您的话和电话。
    您自己手机上的聊天记录，要您自己清空。
erase-sure = 按下“确定删除”以后，{ $hours } 小时内还能反悔。
erase-leads = 您负责人的身份也会一起没有。
erase-works = 您作为社工办过的事要留账，不删。
erase-first = 还有事没办完，现在不能删。办完或者取消以后，再来 /privacy。
    { $body }
    有疑问打值班电话：{ $phone }
erase-danger = ⚠️ 里面有急事，人命要紧，办完以前不能删。
erase-open = • { $item }（{ $number }）
erase-organisation = • “{ $name }”还有事在办，负责人只有您一位。请社工先换一位负责人。
erase-standing = 您已经要求删除了，{ $when }开始删。
    要是改主意，按下面的按钮。
erase-asked = 记下了。{ $when }开始删，在那以前随时可以反悔。
erase-kept = 好，不删，都留着。
erase-undone = 好，不删了，一切照旧。
erase-too-late = 已经开始删了，收不回来。
erase-expired = 过了一会儿了，再看一遍，再按一次。
erase-waits = 您要求删除数据，可是又有事在办。等办完了再删。改主意了就按下面的按钮。
    { $body }
erase-done = 您的数据删掉了。这是最后一条消息。
    您手机上的聊天记录，要您自己清空。
    以后有事，随时再写给我，我们重新认识。
erase-lead-gone = “{ $organisation }”的一位负责人删除了自己的数据，不再是负责人。还有 { $left } 位。
erase-last-lead-gone = “{ $organisation }”的负责人删除了自己的数据，现在没有负责人了。发 /orgs 再邀请一位。

consent-after = 刚才的急事先替您报上去了，没来得及问您：
    我们为办这件事，存了您写的话、地址和电话。同意吗？
    怎么保管、怎么删除：/privacy
button-consent = 同意
button-refuse = 不同意
consent-thanks = 谢谢，记下了。
consent-refused = 好。急事的记录要留到办完，办完以后您可以删掉：发 /privacy，按“删除我的数据”。
    下次办别的事，我会先问您。

card-wiped = （内容已删除，只留这件事本身）

## The page of one's own data.
own-data-title = 我的数据
own-data-made = { $when } 整理，{ $community }
own-data-note = 这里是社区服务机器人存着的、和您有关的全部内容。同样的内容也在 JSON 文件里。
own-data-nothing = 没有存着什么。
own-data-yes = 是
own-data-no = 否
own-data-section-people = 您是谁
own-data-section-requests = 您报的事
own-data-section-history = 每件事的经过
own-data-section-notes = 补充、回话、照片
own-data-section-offers = 问过哪些组织
own-data-section-work_reports = 组织办完写的
own-data-section-ratings = 您的评价
own-data-section-readings = 机器人当时怎么听的
own-data-section-calls = 社工回访
own-data-section-problems = 投诉和问题
own-data-section-rectifications = 整改
own-data-section-team_parts = 几家一起办的
own-data-section-followers = 您跟着的事
own-data-section-volunteers = 您报名志愿者
own-data-section-offences = 被提醒过的广告和骂人的话（只记哪天）
own-data-section-experts = 您是评审专家
own-data-section-expert_invites = 专家邀请
own-data-section-evaluation_forms = 您打过的分
own-data-section-leads = 您负责的组织
own-data-section-invites = 负责人邀请
own-data-section-letter_stops = 不收周报
own-data-section-meeting_ticks = 认领会上勾过的
own-data-section-listings = 您替组织回应过的
own-data-section-milestones = 您报过的进度
own-data-section-trackers = 聊到一半的事
own-data-section-inbox = 您最近发来的消息

own-data-column-request_id = 哪件事
own-data-column-number = 编号
own-data-column-item = 什么事
own-data-column-description = 您写的
own-data-column-status = 办到哪一步
own-data-column-compound = 小区
own-data-column-building = 楼
own-data-column-unit = 单元
own-data-column-room = 门牌
own-data-column-place = 位置
own-data-column-phone = 电话
own-data-column-time_expr = 时间
own-data-column-recipient = 给谁办
own-data-column-age = 年龄
own-data-column-created_at = 报的时间
own-data-column-done_at = 办完时间
own-data-column-name = 名字
own-data-column-saved = 记着的
own-data-column-address = 地址
own-data-column-consented_at = 同意的时间
own-data-column-seen_at = 最近一次来
own-data-column-at = 时间
own-data-column-to_status = 变成
own-data-column-reason = 说明
own-data-column-actor_role = 谁做的
own-data-column-author_role = 谁写的
own-data-column-text = 内容
own-data-column-words = 写的话
own-data-column-stars = 几颗星
own-data-column-task = 要做什么
own-data-column-closing = 怎么了结的
own-data-column-evidence = 整改说明
own-data-column-since = 从什么时候
own-data-column-details = 当时留的
own-data-column-raw = 您写的
own-data-column-received_at = 收到的时间
own-data-column-note = 说明
own-data-column-filed_as = 按什么报的
own-data-column-heard = 机器人听成
own-data-column-hours = 用了几小时
own-data-column-people = 去了几个人
