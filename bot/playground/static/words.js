// What the playground's refusals mean, in the words of the people who read them.

const MEANINGS = [
  [/failed to fetch|networkerror|load failed/i, "演示台没有回应。等它回来，再试一次。"],
  [/no PNG, JPEG/, "这张照片打不开。可以当文件发。"],
  [/has blocked the bot/, "您停用了机器人。先重新启用它。"],
  [/not in the group/, "您不在这个群里。"],
  [/too old to be edited/, "过了两天的消息不能再改。"],
  [/can't be edited/, "这条消息不能改。"],
  [/no such message/i, "这条消息已经不在了。"],
  [/empty message/, "还没有写字。"],
  [/album has 2 to 10/, "一次最多发 10 个。"],
  [/no such chat|no such person/, "没有这个聊天了。刷新一下页面。"],
  [/needs a name|needs a title/, "名字还没有写。"],
  [/HTTP 413/, "文件太大了，发不了。"],
];

/** The Chinese of an error's message; the message itself when nobody has put it into words. */
export function inWords(message) {
  return MEANINGS.find(([pattern]) => pattern.test(message))?.[1] ?? message;
}
