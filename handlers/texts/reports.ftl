### /stats: numbers, pictures, and the list behind each number

## Days
span-words-week = week 周 本周 这周 一周
span-words-month = month 月 本月 这个月 当月
span-words-lastweek = lastweek 上周 上星期 上个星期
span-words-lastmonth = lastmonth 上月 上个月
span-words-year = year 年 今年 本年
span-words-yesterday = yesterday 昨天 昨日
span-words-today = today 今天 今日
span-sign-year = 年
span-sign-month = 月份 月
span-sign-day = 日 号
span-sign-to = 到 至
span-units = 天 日 days day d
span-today = 今天
span-days = 最近 { $days } 天
span-so-many = { $days } 天
span-week = 本周
span-month = 本月
span-lastweek = 上周
span-lastmonth = 上月
span-year = 今年
span-day = { $month }月{ $day }日
span-day-year = { $year }年{ $month }月{ $day }日
span-dates = { $first } – { $last }

## The numbers
stats-title = { $community } · { $span }
stats-title-of = { $community } · { $cut } · { $span }
stats-head =
    📊 <b>{ $title }</b>
    { $dates }
stats-nothing = 这段时间没有收到诉求。
stats-counts = 收到 <b>{ $total }</b> 件，其中紧急 { $urgent } 件，超时 { $late } 件
stats-standing = 在办 { $open } 件，等居民确认 { $done } 件，居民确认解决 <b>{ $sure }</b> 件
stats-rate-response = 响应率
stats-rate-solved = 解决率
stats-rate-satisfied = 满意率
stats-rate = • { $name }：<b>{ $share }</b>（{ $part }/{ $whole }）
stats-stars = • 平均 { $stars } 星（{ $count } 人评价）
stats-hours = • 服务时间一共 { $hours } 小时
stats-top-group = <b>大类</b>：{ $entries }
stats-top-category = <b>组织类别</b>：{ $entries }
stats-top-organisation = <b>办得多的组织</b>：{ $entries }
stats-top-compound = <b>小区</b>：{ $entries }
stats-entry = { $name } { $count }
stats-nobody = 社工办或未派
stats-elsewhere = 其他地方
stats-span-please =
    没看懂要哪几天、看什么。可以这样写：
    /stats 7　最近 7 天（最多 { $longest } 天）
    /stats 本月、/stats 上周、/stats 10月、/stats 11-01 到 11-15
    /stats 30 小区、/stats 本月 热力图、/stats 今年 走势
    /stats 30 老有所依，也可以写小区、组织、项目的名字
stats-drawing = 正在画图，马上就来。

## How to look at it: words that may be typed
stats-words-trend = 走势 趋势 trend
stats-words-group = 大类 按大类 group groups
stats-words-category = 类别 组织类别 按类别 category
stats-words-organisation = 组织 按组织 org orgs
stats-words-compound = 小区 按小区 compound
stats-words-heat = 热力图 热图 heat
stats-words-rates = 三率 比率 响应率 解决率 满意率 rates
stats-words-day = 按天 每天
stats-words-week = 按周 每周
stats-words-month = 按月 每月

## Buttons
button-stats-7 = 7 天
button-stats-30 = 30 天
button-stats-week = 本周
button-stats-month = 本月
button-stats-lastmonth = 上月
button-stats-year = 今年
button-stats-part-all = 📋 全部 { $count }
button-stats-part-urgent = 紧急 { $count }
button-stats-part-late = 超时 { $count }
button-stats-part-open = 在办 { $count }
button-stats-part-done = 等确认 { $count }
button-stats-part-sure = 已确认 { $count }
button-stats-of-response = 响应 { $part }/{ $whole }
button-stats-of-solved = 解决 { $part }/{ $whole }
button-stats-of-satisfied = 满意 { $part }/{ $whole }
button-stats-by-trend = 📈 走势
button-stats-by-group = 🗂 大类
button-stats-by-category = 🏷 类别
button-stats-by-organisation = 👥 组织
button-stats-by-compound = 🏘 小区
button-stats-by-heat = 🌡 热力图
button-stats-by-rates = ⭐ 各组织三率
button-stats-unit-day = 按天
button-stats-unit-week = 按周
button-stats-unit-month = 按月
button-stats-rows = 📋 全部列出来
button-stats-entry = { $name } { $count }
button-stats-name = { $name }
button-stats-place = 🏘 { $place }
button-stats-cell = { $place }·{ $group } { $count }
button-stats-numbers = 📊 看数字
button-stats-further = 下一页 ▶
button-stats-see-response0 = 看没按时答复的
button-stats-see-response1 = 看按时答复的
button-stats-see-solved0 = 看还没确认解决的
button-stats-see-solved1 = 看确认解决的
button-stats-see-satisfied0 = 看不满意的
button-stats-see-satisfied1 = 看满意的

## The list behind a number
stats-list-head =
    📋 <b>{ $section }</b>
    { $title }（{ $dates }）
stats-list-all = 全部诉求
stats-list-urgent = 紧急的
stats-list-late = 超时的
stats-list-open = 在办的
stats-list-done = 等居民确认的
stats-list-sure = 居民确认解决的
stats-list-response1 = 按时答复的
stats-list-response0 = 没有按时答复的
stats-list-solved1 = 居民说解决了的
stats-list-solved0 = 问过居民、还没说解决的
stats-list-satisfied1 = 评四星、五星的
stats-list-satisfied0 = 评三星以下的
stats-list-nothing = 一件也没有。
stats-list-page = 第 { $page } 页，后面还有。
stats-list-end = 到底了，一共 { $count } 件。
stats-list-offers = 一家组织的响应率按派单次数算：一件事派过它两次，就算两次，名单里只列一次。
stats-row = • { $name }：收到 <b>{ $total }</b>，确认解决 { $sure }，超时 { $late }
stats-rates-row = • <b>{ $name }</b>：响应 { $response }，解决 { $solved }，满意 { $satisfied }

## Pictures
stats-caption =
    <b>{ $section }</b>
    { $title }（{ $dates }）
    点下面的按钮，看是哪几件。
stats-no-picture =
    { $caption }
    （图没有画出来，请过一会儿再试。）
stats-chart-caption = { $title }（{ $dates }）
chart-total = 收到
chart-urgent = 紧急
chart-late = 超时
chart-stars = 平均星级
chart-received = 收到
chart-confirmed = 居民确认解决
chart-by-day = 每天收到几件
chart-by-week = 每周收到几件
chart-by-month = 每月收到几件
chart-label-day = { $month }/{ $day }
chart-label-month = { $year }年{ $month }月
chart-groups = 哪些大类
chart-rates = 办得怎么样
chart-which-group = 哪些大类多
chart-which-item = 哪些项目多
chart-which-category = 哪些组织类别多
chart-which-organisation = 哪些组织办得多
chart-which-compound = 哪些小区多
chart-heat = 哪个小区、哪类事多
chart-rates-of = 各组织办得怎么样
chart-sum = 合计
chart-more = 还有 { $count } 个没有画，点“全部列出来”
