/** Screens by name: hanzi, initials or syllables. Records are looked for by the ledger itself. */

/** How the hanzi of the screens are read. */
const READINGS: Record<string, string> = {
  街道总览: 'jie dao zong lan',
  '一表通填表': 'yi biao tong tian biao',
  小区概况: 'xiao qu gai kuang',
  数据体检: 'shu ju ti jian',
  改造方案: 'gai zao fang an',
  前后对比: 'qian hou dui bi',
  打印: 'da yin',
  产权单位: 'chan quan dan wei',
  导入台账: 'dao ru tai zhang',
  操作记录: 'cao zuo ji lu',
  回收站: 'hui shou zhan',
  备份与恢复: 'bei fen yu hui fu',
  设置: 'she zhi',
  楼栋: 'lou dong',
  单元: 'dan yuan',
  房屋: 'fang wu',
  业主: 'ye zhu',
  产权关系: 'chan quan guan xi',
  住户: 'zhu hu',
  附属房与违建: 'fu shu fang yu wei jian',
  车棚: 'che peng',
  停车区: 'ting che qu',
  绿地: 'lv di',
  活动场地: 'huo dong chang di',
  设施: 'she shi',
  道路与消防通道: 'dao lu yu xiao fang tong dao',
  管线: 'guan xian',
}

/** Digits and Latin letters that were typed in 全角 are meant in 半角. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/g, '')
}

/** 0 for a screen called as typed, 1 when its name begins so, 2 when it holds it, none otherwise. */
export function screenRank(label: string, typed: string): number | undefined {
  const text = folded(typed)
  const syllables = READINGS[label]?.split(' ') ?? []
  const names = [folded(label), syllables.map((one) => one[0]).join(''), syllables.join('')].filter((name) => name !== '')
  if (names.includes(text)) return 0
  if (names.some((name) => name.startsWith(text))) return 1
  return text.length > 1 && names.some((name) => name.includes(text)) ? 2 : undefined
}
