"""The typefaces and sizes of Chinese official documents (GB/T 9704-2012), by name: they are licensed and not shipped."""

# Sizes in half-points: 2 is 22 pt, 3 is 16 pt, 4 is 14 pt, 5 is 10.5 pt.
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 44, 32, 28, 21
BODY_FONT, TITLE_FONT, HEADING_FONT, SUBHEADING_FONT, PAGE_FONT = (
    "仿宋_GB2312",
    "方正小标宋简体",
    "黑体",
    "楷体_GB2312",
    "宋体",
)

FONTS = {
    # name: (other names of the same face, taken where the first is not installed)
    BODY_FONT: "FangSong,仿宋,STFangsong",
    TITLE_FONT: "FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体",
    HEADING_FONT: "SimHei,STHeiti",
    SUBHEADING_FONT: "KaiTi_GB2312,楷体,KaiTi,STKaiti",
    PAGE_FONT: "SimSun,STSong",
}
