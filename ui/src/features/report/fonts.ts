/** Names of shipped fonts as people know them. */
const NAMES: Record<string, string> = {
  'Noto Sans CJK SC': '思源黑体',
  'Noto Sans SC': '思源黑体',
  'Noto Serif CJK SC': '思源宋体',
  'Noto Serif SC': '思源宋体',
  FangSong: '仿宋',
  FangSong_GB2312: '仿宋',
  SimSun: '宋体',
  SimHei: '黑体',
  KaiTi: '楷体',
  KaiTi_GB2312: '楷体',
  'FZXiaoBiaoSong-B05S': '方正小标宋',
  'FZXiaoBiaoSong-B05': '方正小标宋',
  'Microsoft YaHei': '微软雅黑',
}

export function fontNames(fonts: readonly string[]): string {
  return [...new Set(fonts.map((font) => NAMES[font] ?? font))].join('、')
}
