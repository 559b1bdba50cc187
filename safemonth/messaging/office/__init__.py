"""What offices use among themselves: WeCom, DingTalk, Feishu and mail, by Apprise."""
