// English -> Chinese for the pages' own sentences (words.js).

export const CHINESE = {
  // Frame
  "Field reports": "现场填报",
  "Safemonth": "安全月",
  "Main site": "主站",
  "English": "English",
  "No network. You can go on: everything is kept on this phone and sent later.":
    "当前没有网络。可以照常填报：内容保存在本机，有网络后自动发送。",
  "Everything is kept on this phone until it is sent.": "发送成功之前，内容都保存在本机。",
  "This browser keeps nothing (a private window?). Open the page in an ordinary window before you fill anything in.":
    "浏览器无法在本机保存内容（可能是无痕窗口）。请先在普通窗口打开本页，再填报。",
  "This browser cannot open the page without a network. Use a newer one in the field.":
    "此浏览器不能离线使用。下乡前请换用较新的浏览器。",
  "Ready for use without a network.": "已可离线使用。",
  "Getting ready for use without a network …": "正在准备离线使用……",
  "There is little room left on this phone ({free} free). Free some before you take photos.":
    "本机存储空间不足（剩余 {free}）。拍照前请先清理空间。",
  // Signatures
  "Sign on the screen": "在屏幕上签名",
  "Sign here with a finger": "请用手指在此签名",
  "Wipe": "重写",
  "Cancel": "取消",
  "Signed": "签好了",
  // Forms
  "Fill in": "填报",
  "No forms are here yet. Open this page once with a network and signed in.":
    "本机还没有表单。请在有网络时登录并打开一次本页。",
  "The office has no form open for you.": "目前没有开放给您的表单。",
  "Forms of {time}": "表单更新于 {time}",
  "Forms never brought up to date": "表单尚未更新",
  "Update": "更新",
  "Updating …": "正在更新……",
  "Forms are up to date.": "表单已是最新。",
  "The forms could not be updated: no network. Those kept here can be used.": "没有网络，表单未能更新。可继续使用本机已有的表单。",
  "activity report": "活动报告",
  "return": "报表",
  "inspection": "检查",
  "recheck": "复查",
  "village stop": "宣传车到村",
  "supervision visit": "督查",
  "other": "其他",
  // Drafts
  "Begun": "未填完",
  "Last changed {time}": "最近修改 {time}",
  "Continue": "继续填写",
  "Delete": "删除",
  "Delete this draft? What was filled in is lost.": "删除这份草稿？已填内容将丢失。",
  // The outbox
  "Waiting and sent": "待发送与已发送",
  "Nothing is waiting.": "没有待发送的内容。",
  "{count} waiting": "{count} 份待发送",
  "{count} not taken": "{count} 份未被接收",
  "Send now": "立即发送",
  "waiting": "待发送",
  "sending": "发送中",
  "sent": "已发送",
  "not taken": "未被接收",
  "Filled in {time}": "填报于 {time}",
  "Sent {time}": "发送于 {time}",
  "1 photo, {size}": "照片 1 张，{size}",
  "{count} photos, {size}": "照片 {count} 张，{size}",
  "no photos": "无照片",
  "Version {version}": "版本 {version}",
  "Photos sent: {share} %": "照片已发送 {share}%",
  "Filled in by {user}: sent when they sign in here.": "由 {user} 填报：该用户在本机登录后发送。",
  "Nobody is signed in: sign in to send.": "尚未登录：登录后即可发送。",
  "Sign in to send": "登录后发送",
  "The office's server does not answer; it is tried again by itself.": "服务器暂无响应，稍后自动重试。",
  "Try again": "重试",
  "Save as a file": "存为文件",
  "Remove from this phone": "从本机移除",
  "Remove this from the phone? It was not taken by the office; save it as a file first if it matters.":
    "从本机移除？这份内容没有被接收；如仍有用，请先存为文件。",
  "Sent in the last 30 days ({count})": "近 30 天已发送（{count}）",
  "“{title}” has arrived.": "“{title}”已送达。",
  // Filling
  "Back to the list": "返回列表",
  "Saved on this phone {time}": "已保存在本机 {time}",
  "Loading the form …": "正在打开表单……",
  "This form is not on this phone. Open the list once with a network.": "本机没有这份表单。请在有网络时打开一次列表。",
  "This draft is not on this phone.": "本机没有这份草稿。",
  "The form could not be opened. Tell the office: {reason}": "表单无法打开，请告知办公室：{reason}",
  "It could not be kept: this phone is full. Free some room, then submit again; leave this page open.":
    "本机存储空间已满，未能保存。请清理空间后再提交；不要关闭本页。",
  "It could not be kept on this phone: {reason}. Leave this page open and try again.":
    "未能保存在本机：{reason}。请不要关闭本页，再试一次。",
  "The photo {name} has {size}; at most 25 MB are taken. Choose a smaller one.":
    "照片 {name} 有 {size}，最大 25 MB。请换一张较小的照片。",
  "This form is filled by version {version}; the office has a newer one now.": "此草稿用的是版本 {version}，办公室已有更新的版本。",
  "Close": "关闭",
  "More for {title}": "更多操作：{title}",
  "Form widget: ODK Web Forms": "表单组件：ODK Web Forms",
};
