## What stands beside each command in the messenger's menu.

command-menu = 看看社区能帮什么忙
command-my = 我提过的事办得怎样
command-human = 找社工
command-help = 怎么用
command-privacy = 您的信息怎么保管
command-tasks = 我的任务
command-rectify = 要整改的事
