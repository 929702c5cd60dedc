"""Whether a text is in simplified or traditional characters."""

from __future__ import annotations

__all__ = ["detect_script"]

_SAMPLE = 3000
# Common characters that exist in one script only, in pairs by position.
_SIMPLIFIED = "国会发实业务区强学产动进万与专东丝严个义为乐习书买乱争亏云亚产亲亿从仓们价众优传伟伤体党关兴养内军农决况冻净减划创剧办务动劳势医华协单卖卢卫厂历压厅县参双变听启员响图团围园圆报场坏块坚坛声处备复头夹奋奖妇妈孙宁宝实宠审宪宫宽宾对寻导将尔尘层属岁岛岭币师帐带帮干广庄庆库应庙废开异张弹强归录彻径忆忧怀态总恋恶悬惊惧惯愤愿懒戏战户执扩扫扬扰抚报担择挡据损换术机杀杂权条来杨极构标栋树样档桥检楼榄欢欧欢历归残殴毁毕气汇汉汤沟没泪泽洁测济浏浑浓涛涝润涨渊渐渔湾湿满滚灭灯灵灾点炼烂烦热爱爷牵犹独狭环现电画畅疗监盖盘着睁矿码砖础确码礼祸离种积称稳穷窃竞笔类粮紧红纪约级纳纯纲纵纷纸纹线练组细织终绍经结绕绘给络绝统继续维综缓编缘缩罗罚职联聪肃肠肤胁胜脑脸节艺苏药获莲营萧蓝虑虽蚀补衣装见观规视览觉计订认讨让训议讯记讲许论设访证评识诉词译试诗诚话诞询该详语误说请诸读课调谈谋谢谦财责败账货质贫购贯贵贷贸费资赏赔赛赞赵赶趋跃踪车转轮软轻载较辅辆辈辉输边达迁过迈运还这进远违连迟适选递逻遗邓邮郑释里钟钢钱铁银铺链销锋错键镇长门问闭闻间阅队阳阴阵阶际陆陈险随隐难雾静韩页顶项顺须顾预领频题颜风飞饭饮馆驻驾验鱼鲜鸟鸡龙龄"
_TRADITIONAL = "國會發實業務區強學產動進萬與專東絲嚴個義為樂習書買亂爭虧雲亞親億從倉們價眾優傳偉傷體黨關興養內軍農決況凍淨減劃創劇辦勞勢醫華協單賣盧衛廠歷壓廳縣參雙變聽啟員響圖團圍園圓報場壞塊堅壇聲處備復頭夾奮獎婦媽孫寧寶寵審憲宮寬賓對尋導將爾塵層屬歲島嶺幣師帳帶幫幹廣莊慶庫應廟廢開異張彈歸錄徹徑憶憂懷態總戀惡懸驚懼慣憤願懶戲戰戶執擴掃揚擾撫擔擇擋據損換術機殺雜權條來楊極構標棟樹樣檔橋檢樓歡歐殘毆毀畢氣匯漢湯溝沒淚澤潔測濟瀏渾濃濤澇潤漲淵漸漁灣濕滿滾滅燈靈災點煉爛煩熱愛爺牽猶獨狹環現電畫暢療監蓋盤著睜礦碼磚礎確禮禍離種積稱穩窮竊競筆類糧緊紅紀約級納純綱縱紛紙紋線練組細織終紹經結繞繪給絡絕統繼續維綜緩編緣縮羅罰職聯聰肅腸膚脅勝腦臉節藝蘇藥獲蓮營蕭藍慮雖蝕補裝見觀規視覽覺計訂認討讓訓議訊記講許論設訪證評識訴詞譯試詩誠話誕詢該詳語誤說請諸讀課調談謀謝謙財責敗賬貨質貧購貫貴貸貿費資賞賠賽贊趙趕趨躍蹤車轉輪軟輕載較輔輛輩輝輸邊達遷過邁運還這遠違連遲適選遞邏遺鄧郵鄭釋裡鐘鋼錢鐵銀鋪鏈銷鋒錯鍵鎮長門問閉聞間閱隊陽陰陣階際陸陳險隨隱難霧靜韓頁頂項順須顧預領頻題顏風飛飯飲館駐駕驗魚鮮鳥雞龍齡"
_ONLY_TRADITIONAL = frozenset(_TRADITIONAL) - frozenset(_SIMPLIFIED) - frozenset("著裡幹復系")
_ONLY_SIMPLIFIED = frozenset(_SIMPLIFIED) - frozenset(_TRADITIONAL) - frozenset("着里干系征衣没内")


def detect_script(text: str) -> str | None:
    """``zh-Hans``, ``zh-Hant``, or ``None`` when the text holds no character that tells (no Chinese, a line of figures)."""
    sample = text[:_SAMPLE]
    traditional = sum(character in _ONLY_TRADITIONAL for character in sample)
    simplified = sum(character in _ONLY_SIMPLIFIED for character in sample)
    if not traditional and not simplified:
        return None
    return "zh-Hant" if traditional > simplified else "zh-Hans"
