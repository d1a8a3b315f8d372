### Weekly letters to leads and workers

letter-head =
    📮 <b>每周来信 · { $about }</b>
    上周（{ $dates }）
letter-quiet =
    上周没有新的事，手上也没有没办完的。
    好好歇一歇，有事我会马上告诉您。
letter-counts-all = 收到 <b>{ $total }</b> 件（前一周 { $before } 件），居民确认解决 { $sure } 件，超时 { $late } 件
letter-counts-own = 派给您们 <b>{ $total }</b> 件（前一周 { $before } 件），居民确认解决 { $sure } 件，超时 { $late } 件
letter-rate = • { $name }：<b>{ $share }</b>（{ $part }/{ $whole }），前一周 { $before }
letter-open = 现在还有 <b>{ $open }</b> 件没办完。
letter-open-late = 现在还有 <b>{ $open }</b> 件没办完，其中 <b>{ $late }</b> 件已经超时，请先看这些。
letter-none-all = 现在没有没办完的事，大家辛苦了。
letter-none-own = 手上没有没办完的事，谢谢您们。
letter-list-head =
    📋 <b>{ $what }</b>
    上周（{ $dates }）
letter-state-on = 📮 每周一早上给您发一封信，说说上周办得怎么样。现在：<b>发</b>。
letter-state-off = 📮 每周一早上的信，说的是上周办得怎么样。现在：<b>不发</b>。
letter-stopped = 好的，以后不发每周来信了。想要的时候按下面的按钮，或者发 /letters。
letter-wanted = 好的，以后每周一早上给您发信。
letter-writing = 正在写信，马上就来。
button-letter-stop = 以后不用发了
button-letter-again = 以后还是发给我
button-letter-now = 现在看上周的
button-letter-numbers = 📊 看数字和名单
command-letters = 每周来信
admin-command-letters = 每周来信：看上周的，或者不再收
