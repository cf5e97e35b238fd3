; The installer: for one person, without administrator rights, in Chinese.
; makensis -INPUTCHARSET UTF8 -DVERSION=x.y.z -DSTAGE=<folder> -DOUTPUT=<file> [-DUNCOMPRESSED] installer.nsi
; Beside this script lie icon.ico, welcome.bmp and files.nsh (macros LayFiles and DeleteFiles). Exit codes of a silent run:
; 0 done, 2 cancelled, 3 this Windows is too old, 4 the program is running.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
!include MUI2.nsh
!include x64.nsh
!include WinVer.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include files.nsh

!define PRODUCT "旧改一本账"
!define EXE "jiugai-desktop.exe"
!define APPID "cn.jiugai.ledger"
!define PROGID "cn.jiugai.ledger.jgdb"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APPID}"
!define WEBVIEW "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"

Name "${PRODUCT}"
BrandingText "${PRODUCT} ${VERSION}"
OutFile "${OUTPUT}"
!ifdef UNCOMPRESSED
  SetCompress off
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${PRODUCT}"
InstallDirRegKey HKCU "Software\${APPID}" "InstallDir"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=2052 "FileDescription" "${PRODUCT} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "CompanyName" "${PRODUCT}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT 许可证"

!define MUI_ICON icon.ico
!define MUI_UNICON icon.ico
!define MUI_WELCOMEFINISHPAGE_BITMAP welcome.bmp
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装 ${PRODUCT} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "只装给当前用户，不需要管理员权限，也不需要联网。$\r$\n$\r$\n装过旧版本的，直接装在上面就是升级；台账、设置和备份都不会动。$\r$\n$\r$\n开始之前请关闭正在运行的 ${PRODUCT}。"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开 ${PRODUCT}"
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将从这台电脑上卸载 ${PRODUCT}。台账文件（.jgdb）、设置和备份都会保留，不会删除。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; A program file that cannot be opened for writing is running.
!macro WaitUntilClosed FILE
  ${Do}
    ${If} ${FileExists} "$INSTDIR\${FILE}"
      ClearErrors
      FileOpen $0 "$INSTDIR\${FILE}" a
      ${IfNot} ${Errors}
        FileClose $0
        ${ExitDo}
      ${EndIf}
    ${Else}
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
      SetErrorLevel 4
      Quit
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${PRODUCT} 正在运行。$\r$\n$\r$\n请先关闭它的窗口，再点“重试”。" IDCANCEL`
      SetErrorLevel 4
      Quit
    ${EndIf}
  ${Loop}
!macroend

!macro FindWebView RESULT
  SetRegView 32
  ReadRegStr ${RESULT} HKLM "SOFTWARE\${WEBVIEW}" "pv"
  SetRegView lastused
  ${If} ${RESULT} == ""
  ${OrIf} ${RESULT} == "0.0.0.0"
    ReadRegStr ${RESULT} HKCU "Software\${WEBVIEW}" "pv"
  ${EndIf}
  ${If} ${RESULT} == "0.0.0.0"
    StrCpy ${RESULT} ""
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_ICONSTOP "这台电脑的 Windows 太旧，${PRODUCT} 装不了。$\r$\n$\r$\n需要 64 位的 Windows 10（1809 版，2018 年 10 月更新）或更新的版本。请联系单位的电脑管理员升级 Windows。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

Section "-程序"
  !insertmacro WaitUntilClosed "${EXE}"
  !insertmacro WaitUntilClosed "jiugai.exe"
  !insertmacro LayFiles
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$DESKTOP\${PRODUCT}.lnk" "$INSTDIR\${EXE}"
  CreateDirectory "$SMPROGRAMS\${PRODUCT}"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}\${PRODUCT}.lnk" "$INSTDIR\${EXE}"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}\使用说明.lnk" "$INSTDIR\使用说明.txt"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}\卸载.lnk" "$INSTDIR\uninstall.exe"

  ; Ledgers open by a double click.
  WriteRegStr HKCU "Software\Classes\.jgdb" "" "${PROGID}"
  WriteRegStr HKCU "Software\Classes\${PROGID}" "" "${PRODUCT}台账"
  WriteRegStr HKCU "Software\Classes\${PROGID}\DefaultIcon" "" "$INSTDIR\${EXE},0"
  WriteRegStr HKCU "Software\Classes\${PROGID}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  ${RefreshShellIcons}

  WriteRegStr HKCU "Software\${APPID}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${EXE},0"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

Section "-WebView2"
  !insertmacro FindWebView $0
  ${If} $0 == ""
    ; Microsoft's offline installer, laid beside this one on the stick.
    FindFirst $1 $2 "$EXEDIR\MicrosoftEdgeWebView2*.exe"
    ${If} $2 != ""
      DetailPrint "正在安装 WebView2 运行时：$2"
      ExecWait '"$EXEDIR\$2" /silent /install' $3
      DetailPrint "WebView2 安装程序结束，返回 $3"
      !insertmacro FindWebView $0
    ${EndIf}
    FindClose $1
  ${EndIf}
  ${If} $0 == ""
    DetailPrint "没有找到 WebView2 运行时"
    MessageBox MB_ICONEXCLAMATION "${PRODUCT} 已经装好，但这台电脑缺少微软的 WebView2 运行时，暂时打不开窗口。$\r$\n$\r$\n请在能上网的电脑上，到微软官网搜索“WebView2 运行时”，下载“常青版独立安装程序（x64）”，用 U 盘拷过来，和本安装程序放在同一个文件夹里，再运行一次本安装程序。" /SD IDOK
  ${Else}
    DetailPrint "WebView2 运行时：$0"
  ${EndIf}
SectionEnd

Function un.onInit
  !insertmacro WaitUntilClosed "${EXE}"
FunctionEnd

Section "Uninstall"
  !insertmacro DeleteFiles
  Delete "$INSTDIR\uninstall.exe"
  ; Only when nothing else is left inside: a ledger that somebody keeps here stays.
  RMDir "$INSTDIR"
  Delete "$DESKTOP\${PRODUCT}.lnk"
  Delete "$SMPROGRAMS\${PRODUCT}\${PRODUCT}.lnk"
  Delete "$SMPROGRAMS\${PRODUCT}\使用说明.lnk"
  Delete "$SMPROGRAMS\${PRODUCT}\卸载.lnk"
  RMDir "$SMPROGRAMS\${PRODUCT}"
  ReadRegStr $0 HKCU "Software\Classes\.jgdb" ""
  ${If} $0 == "${PROGID}"
    DeleteRegKey HKCU "Software\Classes\.jgdb"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${PROGID}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${APPID}"
  ${un.RefreshShellIcons}
  MessageBox MB_ICONINFORMATION "程序已经卸载，台账没有动：$\r$\n$\r$\n· 您存的台账（.jgdb 文件）还在原来的地方；$\r$\n· 示例台账、设置和自动备份还在 $APPDATA\${APPID}。$\r$\n$\r$\n以后重新安装，打开就能接着用。" /SD IDOK
SectionEnd
