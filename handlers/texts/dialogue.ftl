## What the free-text dialogue says: understanding, asking, the card, emergencies, requests that are filed already.

dialogue-bare = { $it }
bullet = • { $it }
two-items = { $one }、{ $other }
recipient-self = 本人

understood = 听明白了：<b>{ $item }</b>
understood-several = 听明白了，是这几件事：
    { $items }
    地址电话说一次就行。
one-more = 再加一件：<b>{ $item }</b>
corrected = 好，改成：<b>{ $item }</b>
withdrawn = 好，“{ $item }”不办了。
words-added = 记下了。
details-kept = 记下了：
    { $what }

    您要办什么事？用平常的话说就行，比如：水管漏水了。
details-kept-in-doubt = 地址电话记下了。
left-open = 上次的事还没说完，我们接着办。
back-to = 我们接着办：<b>{ $items }</b>
going-on = 好，接着办。

ask-address = <b>请问在哪里？</b>写几号楼、几单元、几室。
    比如：8号楼2单元501
ask-address-outside = <b>请问在哪里？</b>写几号楼，或者写个好找的地方。
    比如：8号楼门口，或者南门口路灯旁边
ask-address-rest = { $known }，<b>是几号楼？</b>
ask-address-again = 我没找到地址。请写几号楼，比如：<b>8号楼2单元501</b>
    没有楼号的，写个好找的地方，比如：菜市场对面。
ask-address-outside-again = 我没找到地方。请写几号楼，或者写在什么旁边，比如：<b>南门口路灯旁边</b>
ask-door-unit-room = <b>{ $known }几单元几室？</b>
ask-door-room = <b>{ $known }几室？</b>
ask-door-unit = <b>{ $known }，是几单元？</b>
ask-door-building-unit-room = <b>{ $known }，是几号楼几单元几室？</b>
ask-door-building-unit = <b>{ $known }，是几号楼几单元？</b>
ask-door-building-room = <b>{ $known }，是几号楼几室？</b>
ask-door-building = <b>{ $known }，是几号楼？</b>
ask-door-again = 我没找到门牌。只写数字就行，比如：<b>2单元501</b>
    不想写也可以，按下面的按钮。
ask-contact = <b>打哪个电话能找到您？</b>
    比如：13800001234
ask-contact-again = 我没看到电话号码。请写<b>11位手机号</b>，比如：13800001234
    不想留电话也可以，按下面的按钮。
ask-time = <b>您什么时候方便？</b>点一下，或者自己写。
    比如：后天上午九点
ask-time-again = 我没看懂时间。请点一个，或者写哪天、几点，比如：<b>后天上午九点</b>
ask-recipient = <b>是给谁办的？</b>点一下，或者自己写。
    比如：我姥姥
ask-recipient-again = 我没看懂是给谁办的。请点一个，或者写一个称呼，比如：<b>我姥姥</b>

button-saved-address = 📍 { $address }
button-saved-phone = 📞 { $phone }
button-no-phone = 不留电话
button-no-unit = 没有单元
button-no-door = 不写门牌
button-skip = 跳过
button-time-today-pm = 今天下午
button-time-tomorrow-am = 明天上午
button-time-tomorrow-pm = 明天下午
button-time-any = 随时都行
button-for-self = 我自己
button-for-mother = 我妈妈
button-for-father = 我爸爸
button-for-spouse = 我老伴
button-for-child = 我家孩子

almost = 还差一样，答完就能提交。
time-over = “{ $over }”已经过了。
not-an-answer = 不好意思，我没听懂。
without-contact = 没关系，不留电话也能办。
    问电话是为了上门前能找到您，只有接单的组织和社工看得到。这次有事就在这里给您发消息。
without-address = 没关系，先不写地址。社工会先看一看，再跟您联系。
without-door = 没关系，不写也能办。来的人会先打电话问您，门牌只有接单的组织和社工看得到。
without-door-and-phone = 没关系，不写也能办。来的人会先在这里问您。
without-unit = 好，没有单元。
without-time = 好，时间到时候再商量。
without-recipient = 好，这一项跳过。

card-to-submit = 请看一下对不对：

    { $body }

    { $tail }
card-for-human = 已经知道的都在这里，按<b>提交</b>就转给社工：

    { $body }

    { $tail }
card-need = <b>{ $item }</b>
card-need-words = “{ $words }”
card-no-phone = 📞 没留电话，在这里联系
card-files = 📎 另有{ $count }份图片或语音，一起转交
card-how-to-change = 对就按<b>提交</b>。要改就直接写，比如：改到后天上午。
card-consent = 提交就表示同意我们为办这件事保存您写的内容。怎么保存：/privacy
card-intake-paused = ⏸ 现在暂停派单：{ $reason }。您的事会先记下。
detail-address = 📍 { $value }
detail-time = 🕒 { $value }
detail-recipient = 👤 { $value }
detail-contact = 📞 { $value }
detail-age = 👤 { $value }岁
what-is-wrong = 哪里不对？直接写正确的就行，比如：
    电话是13800001234
    改到后天上午
    不是修水管，是通下水道
button-back = 返回

ask-stop = “{ $items }”不办了吗？
button-stop-yes = 是的，不办了
button-go-on = 继续
stopped = 好，没有提交。以后有事，随时写给我。
ask-switch = 您正在办“{ $now }”，又说到“{ $new }”。先办哪个？
button-first-this = 先办完这个
button-rather-that = 换成那个
button-both = 两个都办

either-hom_electric-saf_lighting = 是哪里的灯？
button-hom_electric-not-saf_lighting = 我家里的灯
button-saf_lighting-not-hom_electric = 楼道或路上的灯
either-hom_electric-aid_rescue = 是只有您家没电，还是别人家也没电？
button-hom_electric-not-aid_rescue = 只有我家没电
button-aid_rescue-not-hom_electric = 别人家也没电
either-hom_plumbing-hom_leak = 水是从哪里漏出来的？
button-hom_plumbing-not-hom_leak = 家里的水管、龙头、马桶
button-hom_leak-not-hom_plumbing = 楼顶、外墙或公用的管子
either-hom_plumbing-aid_rescue = 是只有您家这样，还是别人家也这样？
button-hom_plumbing-not-aid_rescue = 只有我家
button-aid_rescue-not-hom_plumbing = 别人家也这样
either-hom_plumbing-way_parking = 是什么堵了？
button-hom_plumbing-not-way_parking = 下水道、马桶、水池
button-way_parking-not-hom_plumbing = 路或车被堵了
either-hom_leak-law_mediation = 您想先办哪样？
button-hom_leak-not-law_mediation = 找人来修漏水的地方
button-law_mediation-not-hom_leak = 请人跟邻居说和
either-hom_plumbing-law_mediation = 您想先办哪样？
button-hom_plumbing-not-law_mediation = 找人来修我家的水管
button-law_mediation-not-hom_plumbing = 请人跟邻居说和
either-hom_plumbing-env_cleaning = 是哪里的下水？
button-hom_plumbing-not-env_cleaning = 我家里的
button-env_cleaning-not-hom_plumbing = 外面公用的水沟
either-hom_locks-hom_property = 是哪个门？
button-hom_locks-not-hom_property = 我家的门窗或锁
button-hom_property-not-hom_locks = 单元门或门禁
either-edu_aftercare-edu_camp = 孩子什么时候要人看？
button-edu_aftercare-not-edu_camp = 平时放学以后
button-edu_camp-not-edu_aftercare = 寒假或暑假
either-edu_elder_class-edu_hobby = 是给老人学，还是给别的人学？
button-edu_elder_class-not-edu_hobby = 老人学
button-edu_hobby-not-edu_elder_class = 孩子或别的大人学
either-saf_noise-law_mediation = 您想先办哪样？
button-saf_noise-not-law_mediation = 找人来管一管吵闹
button-law_mediation-not-saf_noise = 请人跟邻居说和
either-law_consult-law_aid = 您想先办哪样？
button-law_consult-not-law_aid = 先问一问法律怎么说
button-law_aid-not-law_consult = 请不起律师，想要免费的
either-law_consult-law_family = 您想先办哪样？
button-law_consult-not-law_family = 问一问法律怎么说
button-law_family-not-law_consult = 请人给家里劝一劝
either-law_consumer-law_antifraud = 钱已经花出去了吗？
button-law_consumer-not-law_antifraud = 花了，想退钱
button-law_antifraud-not-law_consumer = 没花，怕是骗人的
either-eld_meal-aid_supplies = 您想要哪样？
button-eld_meal-not-aid_supplies = 做好的饭菜
button-aid_supplies-not-eld_meal = 米、面、油这些东西
either-eld_care-med_accompany = 您想要人做什么？
button-eld_care-not-med_accompany = 在家里照看
button-med_accompany-not-eld_care = 陪着去医院，或者拿药
either-eld_visit-eld_care = 您想要人做什么？
button-eld_visit-not-eld_care = 上门看看，说说话
button-eld_care-not-eld_visit = 一直有人照看
either-med_rehab-eld_bathing = 您想要人做什么？
button-med_rehab-not-eld_bathing = 换药、护理或康复
button-eld_bathing-not-med_rehab = 洗澡、擦身
either-env_waste-env_cleaning = 是怎么了？
button-env_waste-not-env_cleaning = 垃圾没有清走
button-env_cleaning-not-env_waste = 地方脏，没人打扫
either-env_encroach-saf_fire = 是怎么了？
button-env_encroach-not-saf_fire = 有人占地方、搭房子
button-saf_fire-not-env_encroach = 楼道堆了东西，怕着火
either-way_charging-saf_fire = 是怎么了？
button-way_charging-not-saf_fire = 充电不方便，或充电桩坏了
button-saf_fire-not-way_charging = 电动车进楼，怕着火
either-saf_pets-aid_missing = 丢的是什么？
button-saf_pets-not-aid_missing = 猫、狗
button-aid_missing-not-saf_pets = 别的
either-aid_hardship-aid_supplies = 您想要哪样？
button-aid_hardship-not-aid_supplies = 申请救助的钱
button-aid_supplies-not-aid_hardship = 米、面、衣服这些东西
either-job_vacancy-job_hardship = 您想先办哪样？
button-job_vacancy-not-job_hardship = 找一份工作
button-job_hardship-not-job_vacancy = 没工作了，想要帮扶
either-job_vacancy-job_training = 您想先办哪样？
button-job_vacancy-not-job_training = 找一份工作
button-job_training-not-job_vacancy = 先学一门手艺
which-of-these = 我没完全听懂。您要办的是哪一件？

    { $items }
and-more = { $things }等
choice = { $n }. <b>{ $item }</b>：{ $covers }
button-item = { $item }
button-none-of-these = 都不是
say-it-otherwise = 请换个说法，说说出了什么事、想要怎样。
    比如：我家厕所的水下不去，想找人来通一通。
what-else = 那您要办的是哪一件？点一下，或者直接写。
which-to-drop = 哪一件不办？也可以直接写要改的地方。
button-drop-item = 不办：{ $item }
button-all-services = 看全部服务
handed-over = 我没能听懂，已经请社工来看您的消息。
    也可以直接打值班电话：{ $phone }
duty-name = { $community }值班电话

emergency-call = 🆘 <b>马上拨打 { $numbers }</b>
    { $what }
emergency-do-120 = 守在旁边，电话开免提，听医生怎么说。
emergency-do-119 = 人先到安全的地方，别回去拿东西。
emergency-do-110 = 先到安全、有人的地方，别硬拼。
emergency-do-12356 = 您不是一个人。请打这个电话，有人愿意听您说。
danger-fire = 人先离开，别拿东西，别坐电梯。烟大就捂住口鼻，弯着腰走。出不去就关紧门，到窗口喊人。
danger-gas = 别开灯，别碰开关，别点火。开窗，关上气阀，人都出去。到了外面再打电话。
danger-co = 开窗，把人移到外面透气。别开灯，别点火。人没反应就告诉 120。
danger-fumes = 马上离开那里，到透气的地方。眼睛难受，用清水一直冲。
danger-wire = 别靠近，别碰，离远一点。也拦住别人。
danger-shock = 先拉电闸。没断电之前，别用手碰他。断了电，再看他有没有呼吸。
danger-water = 不会救人就别下水。大声喊人，扔救生圈、绳子或长杆给他。
danger-lift = 按电梯里的报警按钮。别扒门，别跳，靠墙站稳，等人来救。
danger-collapse = 人快离开，站远一点，别回去拿东西。也拦住别人。
danger-stuck = 别硬拉。陪着他说话，等人来救。
danger-taken = 告诉医生吃了什么、吃了多少。别一个人待着，让身边的人过来陪着。
danger-jumping = 陪着他，别吵，别硬拉，慢慢跟他说话，等人来。
danger-choking = 咳得出声，就让他使劲咳。咳不出声，从背后抱住，在肚脐上面一点往里往上猛压。一岁以内的，趴在胳膊上拍背。
danger-poison = 别催吐，别再喂东西。留着药瓶，告诉医生吃了什么、吃了多少。
danger-silent = 接着敲门、喊人。问问家里人和物业有没有钥匙，别自己爬窗。
danger-unconscious = 拍肩膀喊他。没反应、没呼吸，就在胸口正中用力快按，别停。电话开免提，医生教您。
danger-seizure = 让他侧着躺，挪开旁边的东西。别按住他，别往嘴里塞东西。
danger-stroke = 让他侧着躺下，别喂水，别喂药。记住是几点开始的。
danger-heart = 让他坐着或半躺着，松开领口，别走动。别自己送医院，等救护车。
danger-violence = 先躲到安全、有人的地方，别还手，别争。不方便出声，就发短信到 12110。
danger-bleeding = 用干净的布使劲压住伤口，别松手。
danger-burn = 用凉的自来水一直冲。别抹牙膏，别撕粘住的衣服。
danger-birth = 让她侧着躺下，别走动，别自己去医院。
danger-fall = 别急着扶，别硬拉。让他躺着别动，盖件衣服，问他哪里疼。
danger-fraud = 别再转钱，别听对方的话。马上给银行打电话，请他们冻结账户。
danger-missing = 不用等24小时，现在就报警。找一张近照，想想今天穿什么衣服、最后在哪里看见的。
danger-intruder = 别开门，别跟他争，躲到锁得住的屋里或邻居家。不方便出声，就发短信到 12110。
danger-suicide = 您不是一个人。请打这个电话，有人愿意听您说。把药和刀放远一点，让身边的人来陪着您。
hotline-120 = 120 急救
hotline-119 = 119 火警
hotline-110 = 110 报警
hotline-12356 = 12356 心理援助
emergency-filed = 🆘 已经登记，编号 { $number }。应急组织和社工都通知了，谁来马上告诉您。
emergency-filed-workers = 🆘 已经登记，编号 { $number }。社工都通知了，谁来马上告诉您。
emergency-ask-address = <b>人在哪里？</b>请写几号楼几单元几室，我马上转给来帮忙的人。
emergency-ask-address-again = 还不知道<b>人在哪里</b>。写个楼号就行，或者发个位置。
emergency-ask-contact = <b>打哪个电话能找到您？</b>
emergency-joined = 新情况记下了，帮忙的人都看得到。
emergency-passed-on = 已转给来帮忙的人。还没打电话的，请先打 <b>{ $numbers }</b>。
emergency-over = 没事就好。要不要让帮忙的人不用来了？
button-emergency-over = 没事了，不用来
button-emergency-not-over = 还需要帮忙
emergency-closed = 这件紧急的事（{ $number }）已经结束。有新情况请再写给我，危急时先打 120、119 或 110。

status-none = 您还没有办过事。有什么需要，直接写给我。
status-none-yet = 您还没有办过别的事。
status-answer = { $lines }
status-line = { $line }
    { $next }
button-see-request = 看 { $number }
next-urgent = ➡️ 应急组织和社工都通知了，谁来马上告诉您。危险就先打 120、119 或 110。
next-submitted-plain = ➡️ 正在找合适的组织
next-triage-plain = ➡️ 社工正在看，看完会告诉您
next-offered = ➡️ 组织在{ $when }前答复
next-offered-late = ➡️ 原定{ $when }前答复，已经超时，可以催办
next-offered-plain = ➡️ 等组织答复
next-accepted = ➡️ 接单了，{ $when }前办好
next-accepted-late = ➡️ 原定{ $when }前办好，已经超时，可以催办
next-accepted-plain = ➡️ 接单了，组织会联系您
next-in_progress = ➡️ 正在办，{ $when }前办好
next-in_progress-late = ➡️ 原定{ $when }前办好，已经超时，可以催办
next-in_progress-plain = ➡️ 正在办
next-waiting_resident-plain = ➡️ 组织问了您一个问题，等您回答
next-done-plain = ➡️ 组织说办好了，等您说一声“已解决”还是“没解决”
next-confirmed-plain = ➡️ 已经办完
next-reopen_requested-plain = ➡️ 社工正在看您说的问题
next-cancelled-plain = ➡️ 已经取消
next-declined-plain = ➡️ 不归社区办
next-merged-plain = ➡️ 已并入同一件事，有进展一起告诉您

urge-none = 您现在没有在办的事。有什么需要，直接写给我。
urge-which = 催哪一件？

    { $lines }
urged = 催过了：{ $item }（{ $number }）。承办的人已经收到。
    { $next }
cancel-none = 您现在没有可以取消的事。
cancel-which = 取消哪一件？

    { $lines }
cancel-sure = 要取消“{ $item }”（{ $number }）吗？
button-cancel-yes = 是的，取消
button-cancel-no = 不取消
cancel-kept = 好，不取消，照常办。
change-none = 您现在没有可以改的事。要办新的事，直接写给我。
change-which = 改哪一件？

    { $lines }
change-to-what = “{ $item }”（{ $number }）要改成什么样？直接写，比如：改到后天上午。
changed = 改好了：{ $item }（{ $number }）
    { $lines }
    承办的人会看到。
changed-words = 记下了，已加到“{ $item }”（{ $number }）里，承办的人会看到。
changed-line = { $what }：{ $old } → <b>{ $new }</b>
unknown-before = 没写
field-address = 地址
field-contact = 电话
field-time = 时间
field-recipient = 给谁
field-age = 年龄
button-pick-request = { $n }. { $item } { $number }
answer-passed-on = 谢谢，您的回答已转给承办的组织（{ $number }）。
solved-which = 哪一件解决了？
button-solved-which = { $item } { $number }
unsolved-noted = 对不起，让您操心了。“{ $item }”（{ $number }）没解决，已请社工来看，看完告诉您怎么办。
unsolved-words-noted = 记下了，已转给社工（{ $number }）。
note-added = 已转给“{ $item }”（{ $number }）承办的人。
note-too-late = { $number } 已经结束，没有转出去。有新的事请直接写给我。
complaint-noted = 对不起，让您不满意了。您说的已经转给社工，会有人跟进。
praise-noted = 谢谢您的夸奖，一定转给他们。
praise-is-it-solved = 谢谢您的夸奖，一定转给他们。
    “{ $item }”（{ $number }）这件事解决了吗？

human-is-told = 已经告诉社工，会有人来找您。
    着急就打值班电话：<b>{ $phone }</b>（{ $hours }）
human-is-told-at-night = 记下了。现在是夜里，社工早上{ $morning }以后看到，会来找您。
    着急就打值班电话：<b>{ $phone }</b>（{ $hours }）。有危险请马上打 110、119、120。
volunteer-ask-contact = 谢谢您愿意出力！留个<b>电话</b>，社工好跟您约时间。
volunteer-noted = 谢谢您！已经转给社工，会有人跟您联系。
start_org-ask-contact = 想办社团，好事。留个<b>电话</b>，社工告诉您怎么登记。
start_org-noted = 记下了，已转给社工，会有人跟您联系。
proposal-ask-words = 好，请说说具体是什么事、您希望怎么办。
proposal-noted = 谢谢您的提议，已转给社工，会放进议题里。

reply-greet = 您好！有什么事，直接写给我就行。
    比如：我家水管漏了，8号楼2单元501
reply-thanks = 不客气。以后有事，随时写给我。
reply-menu = 社区里的大小事都可以写给我：修水电、陪看病、理发、送餐、带孩子、邻居有矛盾……
    点下面看全部服务。
reply-government = 这件事要到社区办公室或政务窗口办，也可以打 <b>12345</b> 问。
    我这里办不了。要人帮您问，就说“转人工”。
reply-chat = 这个我答不好。家里和小区里的事，我能帮您找人办。
reply-who = 我是社区的机器人，帮您记事、找人办。要找真人，就说“转人工”。
reply-advert = 这里不发广告，这条没有转给任何人。
reply-abuse = 您心里有气，我懂。说说是什么事，我帮您找人办。
reply-lost-1 = 我没看懂。请用一句话说说是什么事，比如：楼道灯不亮了。
reply-lost-2 = 还是没看懂，不要紧。就像跟邻居说话那样写，比如：
    我家厕所堵了
    想请人陪我妈去医院
    也可以点下面看全部服务。
reply-lost-3 = 我一直没看懂，别耽误您的事。按<b>转人工</b>，社工来找您。
    也可以直接打值班电话：{ $phone }
reply-noise = 我没看懂。请用一句话说说是什么事。
nothing-open = 现在没有要确认的事。有什么需要，直接写给我。
old-button = 这是以前的按钮，看下面新的。
old-button-nothing-open = 这是以前的按钮，那件事已经办过了。/my 看您的事。
