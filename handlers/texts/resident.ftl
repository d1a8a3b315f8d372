## What residents see outside the free-text dialogue: welcome, own requests, ratings, menu, help, files.

start = 您好！这里是<b>{ $community }</b>。
    家里、小区里有什么事，用平常的话写给我就行，比如：

    • 我家水管漏了，8号楼2单元501
    • 我妈腿脚不好，想请人上门理发
    • 楼道灯不亮了

    我帮您找人办，办到哪一步都告诉您。
button-my-requests = 我的事
help = <b>怎么用</b>
    1. 直接写您的事，一句话就行。也可以发照片、语音、位置。
    2. 我问您缺的，您看一下，按<b>提交</b>。
    3. 每一步都有消息。办完请按<b>已解决</b>或<b>没解决</b>。

    /menu 看社区能帮什么忙
    /my 我的事办到哪了
    /notice 看每月公示
    /human 找社工
    /cancel 不办了
    /privacy 您的信息怎么保管

    值班电话：{ $phone }（{ $hours }）
    危险的时候先打 120、119 或 110。
my-head = <b>您的事</b>
my-none = 您还没有办过事。有什么需要，直接写给我。
button-my-open = { $item } { $number }
button-my-newer = ⬅️ 新一些
button-my-older = 早一些 ➡️
button-my-back = 返回列表
button-my-add = 补充
button-my-restore = 恢复办理
my-timeline = {" "}
    <b>经过</b>
my-note = 💬 { $words }
my-rating = 您的评价：{ $stars }
my-urged-short = 催过了
my-urged = 催过了：{ $item }（{ $number }）。承办的人已经收到。
my-cancel-sure = 要取消“{ $item }”（{ $number }）吗？
my-cannot-cancel = { $number } 现在取消不了。发 /my 看最新情况。
my-already-closed = 这件事已经结束了。
my-already-restored = 这件事没有取消，正在办。
my-already-solved = 已经记下您说解决了。
my-unsolved = 对不起，让您操心了。“{ $item }”（{ $number }）没解决，已请社工来看。
    还有哪里不好？写一句或发张照片，我一起转给社工。
my-add-ask = 要给“{ $item }”（{ $number }）补充什么？写下来，或发照片、语音。

button-unknown = 这个按钮用不了。直接写给我就行。
button-private = 这个按钮要在和我的私聊里点。请点我的头像，给我发消息。
button-old-short = 这是以前的按钮

rate-why = 您打了 { $stars }。哪里不好？可以多点几个，点完按“好了”。
rate-why-good = 您打了 { $stars }。哪里好？可以多点几个，点完按“好了”。
rate-picked = ✅ { $reason }
rate-unpicked = { $reason }
button-rate-end = 好了
button-rate-again = 改评价
rate-not-yet = 这件事还没办完。办好以后，我会请您评价。
rate-not-any-more = 这件事没有办成，不用评价了。有话想说，直接写给我。
rate-too-late = 您{ $when }打过 { $stars }，超过{ $days }天就不能改了。有话想说，直接写给我。
rate-thanks = 谢谢您的评价：{ $stars }
rating-reason-quick = 来得快
rating-reason-kind = 态度好
rating-reason-skilled = 手艺好
rating-reason-clean = 收拾得干净
rating-reason-late = 来得晚
rating-reason-rude = 态度差
rating-reason-poor = 没弄好
rating-reason-messy = 弄得乱
rating-reason-cost = 收费不清楚
rating-reason-absent = 约好没来

menu-mark = 📋 社区服务
menu-top = <b>{ $mark }</b>
    点一类看看，也可以直接写您的事。
menu-group = <b>{ $mark }</b> · { $group }
menu-item = <b>{ $mark }</b> · { $item }
    { $covers }

    { $providers }
menu-provider = 🤝 { $name }　{ $fee }
menu-no-provider = 现在没有固定的组织，写给我，社工帮您找人。
button-menu-file = 我要办这个
button-menu-back-top = ⬅️ 全部服务
button-menu-back-group = ⬅️ 返回

media-noted = 收到，已转给承办的人。
media-answered = 谢谢，已转给问您的组织。
media-place = 位置收到了，会一起转给来办事的人。
media-held-file = 收到。这是什么事？请写一句话，比如：楼道灯坏了。我会连同图片一起转交。
media-held-file-form = 收到，提交时一起转给承办的人。请接着回答上面的问题。
media-held-voice = 语音收到，会一起转交。我现在听不懂语音，请您再写几个字，说说是什么事。着急就发 /human。
media-held-voice-form = 语音收到，提交时一起转交。我现在听不懂语音，上面的问题请您写几个字回答。
text-cut = 您写得很长，我只记下前{ $count }个字。
unknown-command = 没有这个命令。直接写您的事就行，/help 看怎么用。
group-please-private = 请点我的头像私聊：@{ $bot }。您家的事，在私聊里说更方便。
