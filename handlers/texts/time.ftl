## What time alone makes the program say

time-triage-soon = ⏰ <b>{ $item }</b>（<code>{ $number }</code>）还在等您安排，请在{ $when }前定下来。
time-triage-over =
    ⏰ <b>{ $item }</b>（<code>{ $number }</code>）等您安排，{ $when }就到时间了。
    再没有人管，就要记进问题台账。
time-reopen-soon = ⏰ 居民说 <b>{ $item }</b>（<code>{ $number }</code>）没解决，要不要重开，请在{ $when }前定下来。
time-reopen-over =
    ⏰ 居民说 <b>{ $item }</b>（<code>{ $number }</code>）没解决，要不要重开，{ $when }就该定下来了。
    再没有人管，就要记进问题台账。
time-late-held =
    ⏰ 超时了：<b>{ $item }</b>（<code>{ $number }</code>）
    { $organisation }（{ $phone }）答应{ $when }前办好。已经提醒过他们，请您打个电话问问。
time-late-nobody =
    ⏰ 超时了：<b>{ $item }</b>（<code>{ $number }</code>）
    答应居民{ $when }前办好，现在还没有组织接手。请您想想办法。
time-late-resident =
    🙏 对不起，<b>{ $item }</b>（<code>{ $number }</code>）答应您{ $when }前办好，现在还没有办好。
    { $held ->
        [yes] 已经请社工去催 { $organisation } 了，有消息马上告诉您。
       *[no] 已经请社工亲自安排了，有消息马上告诉您。
    }

## What waited for the morning

digest-head = ☀️ 早上好！夜里有{ $count }件事，没有打扰您：
digest-line = { $n }. { $title }
digest-foot = 想看哪一件，就点下面的数字。
# In the place of words that stand folded some day.
digest-private = 💬 居民说了新的情况
digest-title = { $what }（{ $item } { $number }）
button-digest-open = 第{ $n }件
digest-gone = 这条消息已经找不到了。
digest-moved-on = 这件事后来有了变化，不用再看这条了。
