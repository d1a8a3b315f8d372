### What somebody hears who goes on and on, and what workers decide

conduct-warning = 请不要再这样写。社工会看到；再这样，机器人就不回答您了。遇到危险照样可以求助。
conduct-noticed = ⚠️ <b>{ $name }</b> 一天里发了 { $times } 次{ $kind }。要不要让机器人不再回答这个人？紧急求助照样处理。
conduct-muted = 🔇 已屏蔽，机器人不再回答这个人。紧急求助照样处理。
conduct-unmuted = 🔈 已取消屏蔽。
conduct-left = 好，先不管。
conduct-emergency =
    🆘 <b>请马上看一眼：这个人一天里第 { $times } 次紧急求助</b>
    先打电话问清楚。是真的就点“叫所有人”；{ $minutes } 分钟里没有人点，机器人会自己叫所有人。
conduct-everybody-called = 📢 已经叫了所有人。
button-conduct-mute = 屏蔽
button-conduct-unmute = 取消屏蔽
button-conduct-leave = 先不管
button-conduct-everybody = 叫所有人
triage-why-many_emergencies = 一天里多次紧急求助
announce-triage-many_emergencies = 👀 社工正在看您的求助，马上联系您。
