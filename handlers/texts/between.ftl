## Between resident and organisation: questions, corrections, splitting, handing on, whose it is, hurry.

### Steps of the history

timeline-split-of = 从 { $number } 拆出来
changed-field-address = 地址
changed-field-phone = 电话
changed-field-time = 时间
changed-field-recipient = 给谁
action-change = 您改了内容
admin-action-change = 居民改了内容
lead-card-urges = 🔔 居民催过{ $count }次
action-urge = 您催办了
action-split = 拆成了两件
action-propose_split = 组织说不止一件事
action-propose_hand_on = 组织想转给别家
action-refuse_hand_on = 社工请原来的组织接着办
admin-action-urge = 居民催办
admin-action-split = 社工拆成了两件
admin-action-propose_split = 组织说不止一件事
admin-action-propose_hand_on = 组织想转给别家
admin-action-refuse_hand_on = 社工没同意转给别家

### To residents

announce-need-moved =
    🗂 改好了：{ $old } → <b>{ $item }</b>
    编号 <code>{ $number }</code> 不变，归在：{ $category }
announce-need-told =
    🗂 记下了：不是{ $old }，是<b>{ $new }</b>（<code>{ $number }</code>）
    已经告诉正在办的{ $organisations }，社工也会看到。
announce-split-resident =
    ✂️ 您说的事是两件，社工分开办，两件都会有人管：
    1. <b>{ $item }</b>，编号 <code>{ $number }</code>，照常办
    2. <b>{ $new }</b>，编号 <code>{ $other }</code>
    { $next }

### To leads

announce-need-told-lead =
    ✏️ 居民说 <b>{ $old }</b>（<code>{ $number }</code>）弄错了，其实是 <b>{ $new }</b>：
    “{ $words }”
    能办就接着办；办不了请点“退回”，社工来安排。
announce-split-lead =
    ✂️ 社工把 <b>{ $item }</b>（<code>{ $number }</code>）拆成了两件。
    另一件“{ $new }”（<code>{ $other }</code>）另外派人，你们只办这一件就行。
announce-hand-on-refused =
    <b>{ $item }</b>（<code>{ $number }</code>）社工没有转给 { $to }，请你们接着办。有难处可以点“退回”。
announce-withdrawn-handed_on = <b>{ $item }</b>（<code>{ $number }</code>）已经转给别家，不用去了。谢谢你们。
announce-resident-added-words =
    💬 居民补充：“{ $words }”
    <b>{ $item }</b>（<code>{ $number }</code>）。电话和门牌接单后能看到。
announce-resident-added-file = 📎 居民发来了照片、语音或位置：<b>{ $item }</b>（<code>{ $number }</code>）。接单后能看到。

### To workers

announce-need-told-admin =
    🗂 居民说 <b>{ $old }</b>（<code>{ $number }</code>）弄错了，其实是 <b>{ $new }</b>：
    “{ $words }”
    { $organisations }正在办。要换类别就点下面，不换就让他们接着办。
announce-split-proposed =
    ✂️ <b>{ $organisation }</b> 说 <b>{ $item }</b>（<code>{ $number }</code>）不止一件事：
    “{ $words }”
announce-hand-on-proposed =
    🔀 <b>{ $organisation }</b> 想把 <b>{ $item }</b>（<code>{ $number }</code>）转给 <b>{ $to }</b>：
    “{ $reason }”
    在您决定以前，还是他们在办。
button-announce-split = 拆成两件
button-announce-hand-on = 同意转
button-announce-hand-keep = 不转，接着办

### Hurry

urge-enough =
    您今天已经为“{ $item }”（{ $number }）催过{ $count }次，承办的人都收到了，不用再催。
    { $next }
my-urge-enough = 今天催过{ $count }次了，承办的人都收到了。着急请打值班电话：{ $phone }

### A lead's questions before a yes, splitting, handing on

button-lead-ask-before = 先问居民
button-lead-split = 不止一件事
button-lead-hand = 转给别家
lead-ask-before-words = 接单以前想问居民什么？请写下来，我转过去（<code>{ $number }</code>）。答复的时间照常算。
lead-asked-before = 已经问了居民（<code>{ $number }</code>）。居民一回答就转给您。答复的时间照常算。
lead-split-words = 还有哪件事要另外派人？请写一句，社工来拆（<code>{ $number }</code>）：
lead-split-told = 已经告诉社工（<code>{ $number }</code>）。在社工拆开以前，这件事还是你们办。
lead-hand-whom = 转给谁合适？点一个。社工看过再定，定下来以前还是你们办。
lead-hand-whom-directly = 转给谁合适？点一个，写一句原因，就转过去。
lead-hand-nobody = 现在没有别家能接。办不了请点“退回”，社工来安排。
button-lead-hand-to = { $name }
lead-hand-why = 为什么要转给别家？请写一句（<code>{ $number }</code>）：
lead-hand-told = 已经请社工看了（<code>{ $number }</code>）。定下来以前，还是你们办。
lead-hand-done = 转过去了。谢谢你们，辛苦了。

### At the workers' desk

admin-command-split = 一件事其实是两件：拆开办
button-admin-split = 拆成两件
admin-split-words =
    <code>{ $number }</code>：“{ $words }”
    要拆出去的是哪件事？请写一句，居民会看到。比如：楼道灯也不亮
admin-split-item =
    从 <code>{ $number }</code> 拆出去的“{ $words }”，是哪一项？
    想换个说法，就发 /split { $number } 再写一句。
admin-sure-split =
    把 <code>{ $number }</code> 拆成两件？
    1. { $item }：照常办
    2. <b>{ $new }</b>：“{ $words }”，另外派人
    居民会收到两个编号。
admin-did-split = ✂️ 拆好了：<code>{ $number }</code> 照常办，下面是新的 <code>{ $other }</code>。居民和组织都会收到消息。
admin-did-hand-on = 🔀 转给 { $name } 了，原来的组织和居民都会收到消息。
admin-did-hand-keep = 没有转给 { $name }，已经告诉原来的组织接着办。

whose-with-phone = { $name }，电话 { $phone }
whose-ask-duty = { $name }。不知道电话就打社区值班电话 { $phone } 问
button-whose-hotline = 12345
button-whose-property = 物业
button-whose-street = 街道
button-whose-police = 派出所
button-whose-power = 供电
button-whose-water = 供水
button-whose-gas = 燃气
button-whose-heating = 供热
button-whose-telecom = 电信网络
button-whose-urban = 城管
button-whose-consumer = 消费投诉
button-whose-labour = 劳动保障
button-whose-legal = 法律援助
button-whose-health = 卫生健康
whose-name-hotline = 政务服务热线
whose-name-property = 小区物业
whose-name-street = 街道办事处
whose-name-police = 派出所
whose-name-power = 供电公司
whose-name-water = 自来水公司
whose-name-gas = 燃气公司
whose-name-heating = 供热公司
whose-name-telecom = 电信运营商
whose-name-urban = 城市管理部门
whose-name-consumer = 消费者投诉热线
whose-name-labour = 劳动保障热线
whose-name-legal = 法律援助热线
whose-name-health = 卫生健康热线

### In the dialogue

button-pick-all = 都是
changed-ask-door = { $building }几单元几室？请再写一下，比如：<b>2单元501</b>
change-done =
    “{ $item }”（{ $number }）那边说已经办好了，现在改不了。
    没办好就按<b>没解决</b>，我们接着办。要办新的事，直接写给我。

note-none = 您现在没有在办的事。有什么需要，直接写给我。
note-which = 这句话是补充哪一件？

    { $lines }
note-added-unasked =
    已转给“{ $item }”（{ $number }）承办的人。
    要是说的是另一件事，就按下面的按钮，或者换个说法再写一次。
button-note-file-anew = 另外报一件
file-none = 您现在没有在办的事。有什么需要，直接写给我。
file-which = 收到。这是给哪一件事的？

    { $lines }
this-phone =
    我这里看不到您的手机号。请把<b>11位手机号</b>写给我，比如：13800001234
    写不来也可以点输入框旁的📎，选“联系人”，把自己发给我。
media-place-of-pin = 见发来的位置
media-place-what =
    位置收到了，会一起转给来办事的人。
    <b>这里出了什么事？</b>请写一句话，比如：路灯不亮了。
