## What stands beside each command in the messenger's menu.

command-menu = 看看社区能帮什么忙
command-my = 我提过的事办得怎样
command-human = 找社工
command-help = 怎么用
command-privacy = 您的信息怎么保管
command-tasks = 我的任务
command-triage = 等人工看的事
command-late = 超时的事
command-find = 找一件事
command-stats = 数字和图表
command-orgs = 所有组织
command-invite = 请负责人加入
command-assign = 派单
command-recategorise = 换服务项目
command-why = 为什么派给它
command-export = 导出台账
command-import = 导入组织名单
command-pause = 暂停受理
command-broadcast = 给居民发通知
