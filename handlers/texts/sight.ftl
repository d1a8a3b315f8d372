# What leads read when their time with phone and door is over, and what workers read in the audit.

lead-folded = { $card }

    🔒 这件事已经办结，或者不再由您办理。
    为了保护居民，电话、门牌和原话已经收起。
    还需要的话，请找社区工作者。
lead-folded-file = 🔒 单号 { $number } 的这份材料已经收起

### /audit

admin-command-audit = 谁看过电话和住址，谁改过什么
audit-head = 📒 <b>留痕</b>（最近的在前，谁也改不了）
audit-head-request = 📒 <b>{ $number } 的留痕</b>：谁看过电话、门牌和原话
audit-nothing = 还没有记录。
audit-line = • { $when }　{ $who }{ $what }{ $number }{ $facts }
audit-number = 　{ $number }
audit-facts = （{ $facts }）
audit-comma = 、
audit-who = { $name }（{ $role }）
audit-group = 组织的群
audit-program = 系统
audit-role-resident = 居民
audit-role-lead = 负责人
audit-role-admin = 社工
audit-role-expert = 专家
audit-role-system = 系统
audit-fact-count = { $value } 件
audit-fact-people = { $value } 人
audit-fact-added = 新增 { $value } 家
audit-fact-updated = 更新 { $value } 家
audit-fact-rows = { $value } 条
audit-act-other = 做了一件事
audit-act-opened = 看了全部内容
audit-act-accepted = 接了单，可以看电话和门牌
audit-act-alarmed = 收到紧急求助，看到了全部内容
audit-act-passed_on = 收到了居民的原话或材料
audit-act-call_list = 打开了回访，看到了电话
audit-act-searched = 用查找看了名单
audit-act-exported = 导出了台账
audit-act-lead_invited = 发出了负责人邀请
audit-act-invites_revoked = 作废了没用过的邀请
audit-act-lead_joined = 成了负责人
audit-act-lead_removed = 取消了一位负责人
audit-act-expert_invited = 发出了专家邀请
audit-act-expert_joined = 成了专家
audit-act-expert_removed = 取消了一位专家
audit-act-organisation_rested = 暂停或恢复了给组织派单
audit-act-organisations_imported = 导入了组织名单
audit-act-muted = 屏蔽了一个人
audit-act-unmuted = 取消了屏蔽
audit-act-paused = 暂停了受理
audit-act-resumed = 恢复了受理
audit-act-broadcast = 给大家发了通知
audit-act-consented = 同意保存资料
audit-act-consent_withdrawn = 收回了同意
audit-act-own_data_exported = 导出了自己的资料
audit-act-deletion_asked = 要求删除自己的资料
audit-act-deletion_undone = 取消了删除
audit-act-deleted = 自己的资料删除了
audit-act-retention = 按期限清理了旧资料
audit-act-keys_rotated = 换了密钥
button-audit-further = ⏪ 更早的
